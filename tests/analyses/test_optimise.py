"""Optimised plans: never worse than the start, within bounds and budget, checked in other worlds."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.batches import judge
from sim.analyses.draws import draw
from sim.analyses.levers import Space, mean_of, other_worlds
from sim.analyses.objective import Aim, scores_of
from sim.analyses.optimise import Optimisation, optimise
from sim.analyses.optimum import Optimum
from sim.analyses.pareto import pareto
from sim.analyses.points import judge_plans
from sim.analyses.variables import variable
from sim.cases.catalogue import case
from sim.errors import Refused
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import Sampling

ONE = replace(case("kuaishou-2021").scenario, weeks=40, sampling=Sampling(seed=3, worlds=64))
CUT, OPENNESS = "policy.moves[0].week", "policy.moves[0].openness"
CARE, BRAND = "policy.care", "policy.brand_target"


def space(*places: str, scenario: Scenario = ONE, budget: float | None = None) -> Space:
    variables = tuple(variable(scenario, each) for each in places)
    return Space(scenario=scenario, variables=variables, budget=budget)


@pytest.fixture(scope="module")
def best() -> Optimisation:
    return optimise(space(CUT, OPENNESS), Aim(), search_worlds=64)


def npv(scenario: Scenario) -> float:
    return float(judge(scenario)["npv_change"].mean())


def test_it_is_never_worse_than_the_start_in_the_worlds_of_the_search(best: Optimisation) -> None:
    assert best.score >= best.score_before
    assert best.score == pytest.approx(npv(best.plan))
    assert best.score_before == pytest.approx(npv(ONE))


def test_even_a_search_that_goes_wrong_ends_with_no_worse_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = Optimum(
        at=np.array([39.0, 1.0]), score=1e12, allowed=True, converged=True, flat=False, tried=9
    )
    monkeypatch.setattr("sim.analyses.optimise.find_optimum", lambda *_, **__: wrong)
    found = optimise(space(CUT, OPENNESS), Aim(), search_worlds=64)
    if npv(found.space.plan(wrong.at)) <= npv(ONE):
        assert found.ended == "start"
        assert found.plan is ONE
        assert [each.value for each in found.numbers] == [each.before for each in found.numbers]
    assert found.score >= found.score_before


def test_it_is_as_good_as_the_best_of_a_grid(best: Optimisation) -> None:
    week, openness = best.space.variables
    plans = [
        best.space.plan(np.array([at, share])).policy
        for at in week.values(8) for share in openness.values(5)
    ]  # fmt: skip
    grid = judge_plans(ONE, plans, draw(ONE), outcomes=["npv_change"])["npv_change"].mean(axis=1)
    assert best.score >= grid.max()


def test_the_check_is_in_other_worlds_and_says_how_much_of_the_gain_is_left(
    best: Optimisation,
) -> None:
    other = other_worlds(best.plan)
    assert other.sampling.seed == 4
    values = [
        judge(replace(each, sampling=other.sampling))["npv_change"] for each in (best.plan, ONE)
    ]
    assert best.checked.score == pytest.approx(values[0].mean())
    assert best.gain == pytest.approx((values[0] - values[1]).mean())
    assert best.ahead == ((values[0] - values[1]) > 0).mean()
    assert best.checked.low < best.checked.middle < best.checked.high
    assert best.checked.error > 0


def test_a_contribution_is_what_is_lost_without_that_number(best: Optimisation) -> None:
    for row, each in enumerate(best.numbers):
        back = best.space.policy(
            np.array([other.value for other in best.numbers]),
            [at for at in range(len(best.numbers)) if at != row],
        )
        assert each.contribution == pytest.approx(best.score - npv(replace(ONE, policy=back)))


def test_bounds_are_hard_and_those_that_hold_it_are_named() -> None:
    tight = Space(scenario=ONE, variables=(variable(ONE, OPENNESS, 0.2, 0.6),))
    found = optimise(tight, Aim(), search_worlds=64)
    (only,) = found.numbers
    assert 0.2 <= only.value <= 0.6
    assert found.start_allowed is False
    assert found.ended == "forced"
    assert only.on_bound in {"low", "high", None}


@pytest.mark.parametrize("measure", ["shortfall", "p05", "probability"])
def test_every_objective_is_what_it_says(measure: str) -> None:
    aim = Aim(measure=measure)
    found = optimise(space(OPENNESS), aim, search_worlds=64)
    values = {name: each[None, :] for name, each in judge(found.plan).items()}
    assert found.score == pytest.approx(float(scores_of(aim, values, 40)[0]))
    assert found.score >= found.score_before


def test_what_is_better_lower_is_made_lower() -> None:
    found = optimise(space(OPENNESS), Aim(outcome="leakage_rate"), search_worlds=64)
    assert found.score <= found.score_before


def test_a_budget_is_kept_to() -> None:
    free = optimise(space(CARE, BRAND), Aim(outcome="viewers_kept"), search_worlds=64)
    assert free.cost > free.cost_before
    limit = free.cost_before + (free.cost - free.cost_before) / 3
    held = optimise(space(CARE, BRAND, budget=limit), Aim(outcome="viewers_kept"), search_worlds=64)
    assert held.ended == "better"
    assert held.cost <= limit
    assert held.score <= free.score
    cost = judge_plans(ONE, [held.plan.policy], draw(ONE), outcomes=["cost_change"])
    assert held.cost == pytest.approx(float(mean_of(cost["cost_change"])[0]))


def test_a_start_that_costs_too_much_is_said_and_left() -> None:
    dear = replace(ONE, policy=replace(ONE.policy, care=0.04))
    found = optimise(space(CARE, scenario=dear, budget=0.0), Aim(), search_worlds=64)
    assert not found.start_allowed
    assert found.ended in {"forced", "none"}
    if found.ended == "forced":
        assert found.cost <= 0.0


def test_without_a_policy_that_acts_everything_is_flat_and_zero() -> None:
    nothing = replace(ONE, policy=Policy())
    found = optimise(space("policy.programme_week", scenario=nothing), Aim(), search_worlds=64)
    assert (found.ended, found.score, found.gain) == ("flat", 0.0, 0.0)
    assert found.plan.policy == Policy()
    assert found.numbers[0].contribution == 0.0


def test_a_target_as_now_is_the_start_and_no_number_of_the_world() -> None:
    found = optimise(space("policy.guarantee_target"), Aim(), search_worlds=64)
    assert found.score >= found.score_before == pytest.approx(npv(ONE))


def test_the_same_seed_gives_the_same_plan(best: Optimisation) -> None:
    again = optimise(space(CUT, OPENNESS), Aim(), search_worlds=64)
    assert again == best


def test_the_front_holds_plans_that_none_beats() -> None:
    aims = (Aim(outcome="npv_change"), Aim(outcome="dip_depth"))
    found = pareto(space(CUT, OPENNESS), aims, search_worlds=64)
    assert found.ended == "front"
    signed = found.values * [1, -1]
    for one in signed:
        assert not ((signed >= one).all(axis=1) & (signed > one).any(axis=1)).any()
    values = judge(found.plan(0))
    assert found.values[0] == pytest.approx([values[each.outcome].mean() for each in aims])
    assert found.before[0] == pytest.approx(npv(ONE))
    assert (found.errors >= 0).all() and found.checked.shape == found.values.shape


@pytest.mark.parametrize(
    ("places", "aim", "said"),
    [
        (("world.diversion",), Aim(), "not known"),
        ((CARE, CARE), Aim(), "twice|pair"),
        ((CARE,), Aim(measure="world"), "objective"),
        ((), Aim(), "missing"),
    ],
)
def test_what_cannot_be_searched_is_refused(places: tuple[str, ...], aim: Aim, said: str) -> None:
    with pytest.raises(Refused, match=said):
        optimise(space(*places), aim)


def test_a_front_of_one_outcome_with_itself_is_refused() -> None:
    with pytest.raises(Refused, match="pareto"):
        pareto(space(CARE), (Aim(), Aim()))
