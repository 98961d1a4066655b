"""Many plans in the same worlds give what each gives by itself."""

import numpy as np
import pytest

from sim.engine.batch import run_outcomes
from sim.engine.plans import run_plans
from sim.engine.reduce import WRITTEN
from sim.engine.single import run_series, run_side_by_side
from sim.policy import Policy
from sim.world import World
from tests.engine.checks import CLOSE_ALL, cut
from tests.engine.strategies import drawn

WEEKS = 60
PLANS = (
    Policy(),
    CLOSE_ALL,
    Policy(moves=(cut(week=30, surfaces=("live",)),)),
    Policy(moves=(cut(week=30, openness=None, fee=0.2),), care=0.01, programme_week=20),
    Policy(moves=(cut(week=200),), guarantee_target=0.9, programme_week=45),
    Policy(guarantee_target=0.95, programme_week=0),
    Policy(moves=(cut(week=12, ramp_weeks=9), cut(week=33, openness=0.7, surfaces=("shelf",)))),
    Policy(moves=(cut(week=33, fee=0.1, ramp_weeks=4), cut(week=5, openness=0.4)), coupon=0.02),
)


@pytest.mark.parametrize("worlds", [1, 3, 64, 200])
def test_every_plan_has_the_outcomes_it_has_alone(worlds: int) -> None:
    draws = drawn(worlds, seed=5)
    together = run_plans(World(), PLANS, WEEKS, draws)
    for index, policy in enumerate(PLANS):
        alone = run_outcomes(World(), policy, WEEKS, draws)
        for name in WRITTEN:
            np.testing.assert_array_equal(together[name][index], alone[name], err_msg=name)


def test_policies_side_by_side_have_the_series_they_have_alone() -> None:
    together = run_side_by_side(World(), PLANS, WEEKS)
    for policy, found in zip(PLANS, together, strict=True):
        alone = run_series(World(), policy, WEEKS)
        for name, series in alone.items():
            np.testing.assert_array_equal(found[name], series, err_msg=name)


def test_a_drawn_lever_is_the_same_in_every_plan() -> None:
    draws = drawn(70, seed=6) | {"care": np.linspace(0.0, 0.05, 70)}
    together = run_plans(World(), PLANS, WEEKS, draws)
    for index, policy in enumerate(PLANS):
        alone = run_outcomes(World(), policy, WEEKS, draws)
        np.testing.assert_array_equal(together["npv_change"][index], alone["npv_change"])


@pytest.mark.parametrize("worlds", [1, 40])
def test_sums_are_those_of_the_series_against_the_reference(worlds: int) -> None:
    draws = {"diversion": np.linspace(0.7, 0.9, worlds)}
    found = run_plans(World(), PLANS, WEEKS, draws, sums=("cost", "revenue"))
    world = World().with_values({"diversion": float(draws["diversion"][0])})
    still = run_series(world, Policy(), WEEKS)
    for index, policy in enumerate(PLANS):
        series = run_series(world, policy, WEEKS)
        cost = (series["cost"] - still["cost"]).sum()
        assert found["cost_change"][index, 0] == pytest.approx(cost, rel=1e-9, abs=1e-3)
    gained = found["revenue_change"] - found["cost_change"]
    np.testing.assert_allclose(gained, found["profit_change"], rtol=1e-6, atol=1.0)
    assert (found["cost_change"][0] == 0).all()


def test_plans_shared_out_over_threads_are_what_they_are_alone() -> None:
    plans = [Policy(moves=(cut(week=week),)) for week in range(90)]
    draws = drawn(3, seed=5)
    together = run_plans(World(), plans, WEEKS, draws)
    for index in (0, 17, 89):
        alone = run_outcomes(World(), plans[index], WEEKS, draws)
        for name in WRITTEN:
            np.testing.assert_array_equal(together[name][index], alone[name], err_msg=name)


def test_worlds_that_must_be_refused_are_in_no_plan() -> None:
    draws = {"diversion": np.array([0.65, 0.01, 0.8])}
    found = run_plans(World(), PLANS, WEEKS, draws)
    for values in found.values():
        assert np.isnan(values[:, 1]).all()
    assert not np.isnan(found["npv_change"][:, [0, 2]]).any()
