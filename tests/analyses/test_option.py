"""A pilot first: rules with known answers, plans nobody knows of before they are decided."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.draws import draw
from sim.analyses.montecarlo import montecarlo
from sim.analyses.option import PLANS, OptionValue, option_value
from sim.analyses.pilots import pilot_of
from sim.analyses.rules import Rule, best_rule
from sim.cases.catalogue import case
from sim.engine.traces import run_traces
from sim.errors import Refused
from sim.metrics import Floats
from sim.policy import Move, Policy
from sim.series import SERIES
from sim.uncertainty import Sampling, Spread, Uncertainty

EVERYWHERE = ("live", "video", "shelf")
CUT = replace(case("cut-everything").scenario, weeks=60, sampling=Sampling(seed=3, worlds=512))


def worth(rule: Rule, seen: Floats, gained: Floats) -> float:
    return float(gained[rule.goes_on(seen)].sum())


def test_a_rule_finds_the_threshold_that_parts_gain_from_loss() -> None:
    seen = np.array([3.0, 1.0, 2.0, 5.0, 4.0])
    rule, constant = best_rule(seen, np.where(seen > 2.5, 1.0, -1.0))
    assert rule == Rule(threshold=2.5, above=True)
    assert not constant
    rule, constant = best_rule(seen, np.where(seen < 3.5, 1.0, -1.0))
    assert rule == Rule(threshold=3.5, above=False)
    assert not constant


def test_no_other_threshold_is_better() -> None:
    random = np.random.default_rng(1)
    for _ in range(50):
        seen, gained = np.round(random.normal(size=(2, 40)), 1)
        rule, _ = best_rule(seen, gained)
        found = worth(rule, seen, gained)
        tried = [
            worth(Rule(threshold=at, above=above), seen, gained)
            for at in np.unique(seen) + 0.05
            for above in (True, False)
        ]
        assert found == pytest.approx(max([*tried, gained.sum(), 0.0]))


@pytest.mark.parametrize(("gained", "on"), [([1.0, 2.0, 0.5], True), ([-1.0, -2.0, -0.5], False)])
def test_where_one_end_is_always_better_nothing_that_is_seen_matters(
    gained: list[float], on: bool
) -> None:
    rule, constant = best_rule(np.array([1.0, 2.0, 3.0]), np.array(gained))
    assert constant
    assert (rule.goes_on(np.array([-1e300, 0.0, 1e300])) == on).all()


def test_what_is_seen_alike_in_all_worlds_parts_nothing() -> None:
    rule, constant = best_rule(np.full(4, 7.0), np.array([1.0, -1.0, 1.0, -0.5]))
    assert constant
    assert rule.goes_on(np.full(4, 7.0)).all()


def test_a_pilot_is_the_cut_on_one_surface_and_the_rest_waits() -> None:
    first = Move(week=10, surfaces=EVERYWHERE, partners=("saas",), openness=0.2, fee=0.03)
    second = Move(week=30, surfaces=("live",), partners=("adapter",), openness=0.0)
    pilot = pilot_of(Policy(moves=(second, first), care=0.01), "live", 8)
    assert (pilot.begins, pilot.decided) == (10, 18)
    (tried,) = pilot.trial.moves
    assert tried == replace(first, surfaces=("live",), fee=None)
    reopened = pilot.back(notice=4).moves[-1]
    assert reopened == Move(week=22, surfaces=("live",), partners=("saas",), openness=1.0)
    on = pilot.on(notice=4).moves
    assert on[0] == tried
    assert on[1] == replace(first, surfaces=("video", "shelf"), week=22)
    assert on[2] == second
    assert pilot.trial.care == pilot.back(4).care == 0.01


def test_a_fee_on_the_surface_itself_waits_too() -> None:
    priced = Move(week=3, surfaces=("live",), partners=("saas",), openness=0.5, fee=0.2)
    pilot = pilot_of(Policy(moves=(priced,)), "live", 4)
    assert pilot.trial.moves == (replace(priced, fee=None),)
    assert pilot.on(0).moves[1] == replace(priced, openness=None, week=7)


def test_before_the_decision_nobody_can_tell_how_it_will_fall() -> None:
    pilot = pilot_of(CUT.policy, "live", 8)
    draws = draw(CUT)
    weeks = range(pilot.decided)
    for notice in np.unique(draws["notice_weeks"]).astype(int).tolist():
        mine = draws["notice_weeks"] == notice
        some = {name: each[mine] for name, each in draws.items()}
        runs = [
            run_traces(CUT.world, policy, some, series=tuple(SERIES), at=weeks)
            for policy in (pilot.trial, pilot.on(notice), pilot.back(notice))
        ]
        np.testing.assert_array_equal(runs[0], runs[1])
        np.testing.assert_array_equal(runs[0], runs[2])


@pytest.fixture(scope="module")
def found() -> OptionValue:
    return option_value(CUT, weeks=8)


def test_every_plan_is_judged_in_the_worlds_of_monte_carlo(found: OptionValue) -> None:
    quoted = np.arange(512) % 8 >= 4
    now = montecarlo(CUT).values["npv_change"][quoted]
    assert found.plans["now"].mean == np.nanmean(now)
    never = montecarlo(replace(CUT, policy=replace(CUT.policy, moves=())))
    assert found.plans["never"].mean == np.nanmean(never.values["npv_change"][quoted])
    assert set(found.plans) == set(PLANS)
    assert found.worlds == 256
    assert found.seen is not None and found.better is not None
    assert len(found.seen) == len(found.better) == 256


def test_the_rule_is_what_waiting_costs_and_learning_brings(found: OptionValue) -> None:
    plans = found.plans
    assert found.gain is not None and found.waiting is not None and found.learning is not None
    assert found.gain.mean == pytest.approx(plans["rule"].mean - plans[found.fixed].mean, rel=1e-9)
    assert found.gain.mean == pytest.approx(found.waiting.mean + found.learning.mean, abs=1e-3)
    assert plans["foreseen"].mean >= max(plans["rule"].mean, plans["go_on"].mean)
    assert found.rule is not None and found.seen is not None and found.better is not None
    on = found.rule.goes_on(found.seen)
    assert found.goes_on == on.mean()
    assert found.wrongly_on == np.mean(on & (found.better < 0))
    assert found.wrongly_back == np.mean(~on & (found.better > 0))


def test_a_pilot_that_is_the_whole_policy_and_goes_on_is_the_policy() -> None:
    live = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(worlds=256))
    found = option_value(live)
    assert found.plans["go_on"] == found.plans["now"]


def test_without_moves_there_is_nothing_to_try() -> None:
    for policy in (Policy(), Policy(care=0.01)):
        found = option_value(replace(CUT, policy=policy))
        assert (found.status, found.verdict, dict(found.plans)) == ("no_moves", "alike", {})


def test_a_surface_that_is_not_cut_cannot_be_a_pilot() -> None:
    shelf = Move(week=5, surfaces=("shelf",), partners=("saas",), openness=0.0)
    priced = Move(week=5, surfaces=("live",), partners=("saas",), fee=0.2)
    for move in (shelf, priced):
        found = option_value(replace(CUT, policy=Policy(moves=(move,))), surface="live")
        assert found.status == "not_there"


def test_a_decision_after_the_horizon_is_too_late() -> None:
    assert option_value(CUT, weeks=41).status == "too_late"
    assert option_value(replace(CUT, sampling=Sampling(worlds=64)), weeks=40).plans


def test_a_cut_that_changes_nothing_is_worth_exactly_nothing() -> None:
    open_still = Move(week=5, surfaces=EVERYWHERE, partners=("saas",), openness=1.0)
    found = option_value(replace(CUT, policy=Policy(moves=(open_still,))))
    assert all(each.mean == each.error == 0.0 for each in found.plans.values())
    assert found.gain is not None
    assert (found.gain.mean, found.verdict, found.status) == (0.0, "alike", "always_back")
    assert found.wrongly_on == found.wrongly_back == 0.0


def test_refused_worlds_are_left_out() -> None:
    narrow = Spread(shape="uniform", low=0.0, high=0.65)
    uncertain = Uncertainty(spreads=(("diversion", narrow),))
    found = option_value(replace(CUT, uncertainty=uncertain))
    assert found.refused > 0
    assert found.worlds < 256
    assert not math.isnan(found.plans["rule"].mean)


@pytest.mark.parametrize(
    ("options", "place"),
    [({"surface": "radio"}, "surface"), ({"signal": "mood"}, "signal"), ({"weeks": 0}, "weeks"),
     ({"outcome": "closed_share"}, "outcome")],
)  # fmt: skip
def test_what_there_is_not_is_refused_by_its_place(options: dict[str, object], place: str) -> None:
    with pytest.raises(Refused) as refused:
        option_value(CUT, **options)  # type: ignore[arg-type]
    assert [fault.place for fault in refused.value.faults] == [place]
