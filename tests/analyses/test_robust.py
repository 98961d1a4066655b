"""Plans in the same worlds: what each costs where it is not the best, and which is safe."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.draws import draw
from sim.analyses.robust.failing import failing, failures, first_plan
from sim.analyses.robust.plan_set import KEEP, OWN, PLANS, plan_set
from sim.analyses.robust.regret import robust
from sim.analyses.robust.tripwires import begins
from sim.cases.catalogue import case, case_ids
from sim.engine.batch import run_outcomes
from sim.metrics import OUTCOMES
from sim.policy import Move, Policy
from sim.scenario import Scenario, require_sound
from sim.uncertainty import Sampling, Spread, Uncertainty, ranges

SCENARIO = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=2, worlds=256))


def certain(scenario: Scenario) -> Scenario:
    """The same with nothing uncertain."""
    names = ranges(scenario.world, scenario.uncertainty)
    still = Uncertainty(spreads=tuple((name, Spread(shape="fixed")) for name in names))
    return replace(scenario, uncertainty=still)


@pytest.mark.parametrize("name", case_ids())
def test_every_case_has_its_plans_and_each_can_be_run(name: str) -> None:
    scenario = case(name).scenario
    plans = plan_set(scenario)
    assert [each for each in PLANS if each in plans] == list(plans)
    assert set(PLANS) - {OWN} <= set(plans)
    for policy in plans.values():
        require_sound(replace(scenario, policy=policy))
    assert len(set(plans.values())) == len(plans)


def test_plans_begin_with_the_scenarios_own_first_move() -> None:
    moves = (Move(week=33, surfaces=("live",), partners=("saas",), openness=0.5),)
    plans = plan_set(replace(SCENARIO, policy=Policy(moves=moves)))
    started = {name: begins(policy) for name, policy in plans.items()}
    assert started.pop(KEEP) is None
    assert started.pop("trust") == case("trust-first").scenario.policy.programme_week
    assert set(started.values()) == {33}
    usual = plan_set(replace(SCENARIO, policy=Policy()))
    assert OWN not in usual
    assert begins(usual["price"]) == case(case_ids()[0]).scenario.policy.moves[0].week
    assert begins(plan_set(replace(SCENARIO, policy=Policy(), weeks=10))["price"]) == 0


def test_the_facts_of_plans_are_those_of_the_cases() -> None:
    plans = plan_set(SCENARIO)
    priced = case("price-not-cut").scenario.policy.moves[0]
    assert [move.fee for move in plans["price"].moves] == [priced.fee]
    trust = case("trust-first").scenario.policy
    assert plans["trust"].care == trust.care
    assert plans["trust"].guarantee_target == trust.guarantee_target
    sure = replace(SCENARIO, world=SCENARIO.world.with_values({"guarantee": 0.98}))
    assert plan_set(sure)["trust"].guarantee_target is None
    steps = [(each.fee is not None, each.openness) for each in plans["staged"].moves]
    assert steps == [(True, None), (False, 0.0), (False, 1.0)]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_regret_is_what_the_best_plan_of_each_world_is_better_by(outcome: str) -> None:
    found = robust(SCENARIO, outcome=outcome)
    plans, worlds = plan_set(SCENARIO), draw(SCENARIO)
    alone = []
    for policy in plans.values():
        values = run_outcomes(SCENARIO.world, policy, SCENARIO.weeks, worlds)[outcome].copy()
        if outcome == "payback_week":
            values[np.isnan(values)] = SCENARIO.weeks
        alone.append(values)
    values = np.array(alone)
    np.testing.assert_array_equal(found.values, values)
    sign = -1 if OUTCOMES[outcome].better == "lower" else 1
    regret = (sign * values).max(axis=0) - sign * values
    np.testing.assert_array_equal(found.regrets, regret)
    for at, standing in enumerate(found.standings.values()):
        assert standing.regret == pytest.approx(regret[at].mean(), rel=1e-12)
        assert standing.regret_most == regret[at].max()
        assert standing.better == np.mean(sign * (values[at] - values[0]) > 0)
    assert sum(each.wins for each in found.standings.values()) == pytest.approx(1.0, abs=1e-9)
    worst = {name: each.regret_most for name, each in found.standings.items()}
    assert found.safest == min(worst, key=lambda name: worst[name])


@pytest.mark.parametrize("outcome", [name for name in OUTCOMES if OUTCOMES[name].unit != "week"])
def test_no_policy_changes_nothing_in_any_world(outcome: str) -> None:
    found = robust(SCENARIO, outcome=outcome)
    keep = found.standings[KEEP]
    if OUTCOMES[outcome].difference:
        assert not found.values[0].any()
        assert (keep.mean, keep.error, keep.shortfall) == (0.0, 0.0, 0.0)
    assert (keep.better, keep.better_error) == (0.0, 0.0)


def test_plans_that_are_all_the_same_share_every_world() -> None:
    found = robust(SCENARIO, plans={KEEP: Policy(), "a": Policy(), "b": Policy()})
    assert found.state == "same"
    assert not found.regrets.any()
    wins = [each.wins for each in found.standings.values()]
    assert wins == pytest.approx([1 / 3] * 3)
    assert failing(found, "a").discovery.state == "none_fail"


def test_a_plan_that_is_best_in_every_world_is_clear() -> None:
    harm = Policy(coupon=0.9, coupon_weeks=52, programme_week=0)
    found = robust(SCENARIO, plans={KEEP: Policy(), "harm": harm})
    assert (found.state, found.safest, found.best) == ("clear", KEEP, KEEP)
    assert found.standings[KEEP].regret_most == 0
    assert found.standings["harm"].wins == 0
    told = failing(found, "harm")
    assert (told.discovery.state, told.tripwires.state) == ("all_fail", "all_fail")


def test_where_nothing_is_uncertain_every_world_is_the_same() -> None:
    found = robust(certain(SCENARIO))
    assert all(each.error == 0.0 and each.wins in (0.0, 1.0) for each in found.standings.values())
    assert failing(found, OWN).discovery.state in {"none_fail", "all_fail"}


def test_where_no_world_can_be_run_it_is_said() -> None:
    low = Spread(shape="uniform", low=0.0, high=0.65)
    scenario = replace(SCENARIO, uncertainty=Uncertainty(spreads=(("diversion", low),)))
    some = robust(scenario)
    assert 0 < some.refused < 256
    assert all(np.isfinite(each.mean) for each in some.standings.values())
    told = failing(some, first_plan(some))
    assert told.discovery.worlds == 256 - some.refused
    impossible = replace(scenario, world=scenario.world.with_values({"diversion": 0.001}))
    narrow = Uncertainty(spreads=(("diversion", Spread(shape="uniform", low=0.0, high=0.002)),))
    none = robust(replace(impossible, uncertainty=narrow))
    assert (none.state, none.safest, dict(none.standings)) == ("none", None, {})
    assert failing(none, OWN).discovery.state == "none_fail"


def test_more_worlds_leave_the_first_as_they_are_and_come_in_any_pieces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = robust(SCENARIO)
    monkeypatch.setattr("sim.analyses.robust.regret._PIECE", 100)
    many = robust(replace(SCENARIO, sampling=Sampling(seed=2, worlds=512)))
    np.testing.assert_array_equal(many.values[:, :256], few.values)


def test_to_fail_is_to_be_worse_than_no_policy_or_to_regret_too_much() -> None:
    found = robust(SCENARIO)
    row = list(found.standings).index(OWN)
    np.testing.assert_array_equal(failures(found, row, None), found.values[row] < 0)
    told = failing(found, OWN, fails="regret", level=1e9)
    np.testing.assert_array_equal(told.failed, found.regrets[row] > 1e9)
    usual = failing(found, OWN, fails="regret")
    assert usual.level == np.quantile(found.regrets[row], 0.8)
    assert usual.failed.mean() == pytest.approx(0.2, abs=0.01)
    dips = robust(SCENARIO, outcome="dip_depth")
    np.testing.assert_array_equal(failures(dips, row, None), dips.values[row] > 0)
