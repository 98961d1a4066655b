"""The nearest point at which a margin is zero: known ones, and that of a scenario."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize

from sim.analyses.compare import compare
from sim.analyses.draws import share_below
from sim.analyses.joint_flip import joint_flip
from sim.analyses.montecarlo import montecarlo
from sim.analyses.nearest import Space, nearest_zero
from sim.cases.catalogue import case
from sim.errors import Refused
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import Correlation, Sampling, Spread, Uncertainty, ranges

Floats = NDArray[np.float64]
ONE = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=3, worlds=2048))


def space(size: int, reach: float = 9.0, correlation: Floats | None = None) -> Space:
    return Space(
        low=np.full(size, -reach),
        high=np.full(size, reach),
        correlation=np.eye(size) if correlation is None else correlation,
        steps=np.full(size, 0.02),
    )


def test_the_nearest_point_of_a_plane_is_straight_ahead() -> None:
    slope = np.array([3.0, -4.0, 0.0])
    found = nearest_zero(lambda x: 10 + x @ slope, space(3))
    assert found.ended == "converged"
    np.testing.assert_allclose(found.point, [-1.2, 1.6, 0.0], atol=1e-6)
    assert space(3).length(found.point) == pytest.approx(2.0)


def test_of_a_curved_margin_an_established_optimiser_finds_the_same() -> None:
    def margin(x: Floats) -> Floats:
        a, b, c = x.T
        return 3 + a + 0.3 * b - 0.4 * b**2 + 0.2 * a * c - np.exp(0.3 * c)

    theirs = minimize(
        lambda x: 0.5 * x @ x,
        np.array([-1.0, 0.1, 0.1]),
        constraints={"type": "eq", "fun": lambda x: margin(x[None])[0]},
        method="SLSQP",
        options={"ftol": 1e-12},
    )
    found = nearest_zero(margin, space(3))
    assert found.ended == "converged"
    assert margin(found.point[None])[0] == pytest.approx(0.0, abs=1e-5)
    np.testing.assert_allclose(found.point, theirs.x, atol=5e-3)


def test_correlated_dimensions_are_nearer_where_they_go_together() -> None:
    together = np.array([[1.0, 0.8], [0.8, 1.0]])
    wide = space(2, correlation=together)
    found = nearest_zero(lambda x: 3 - x.sum(axis=1), wide)
    # The margin has a standard deviation of sqrt(3.6).
    assert wide.length(found.point) == pytest.approx(3 / np.sqrt(3.6), rel=1e-6)
    np.testing.assert_allclose(found.point, [1.5, 1.5], atol=1e-6)
    # What nothing hangs on is likeliest elsewhere, too, where it goes with what does.
    found = nearest_zero(lambda x: 3 - x[:, 0], wide)
    np.testing.assert_allclose(found.point, [3.0, 2.4], atol=1e-6)
    assert wide.length(found.point) == pytest.approx(3.0)


def test_what_the_box_holds_back_the_others_have_to_make_up_for() -> None:
    narrow = replace(space(2), high=np.array([0.5, 9.0]))
    found = nearest_zero(lambda x: 3 - 2 * x[:, 0] - x[:, 1], narrow)
    assert found.ended == "converged"
    np.testing.assert_allclose(found.point, [0.5, 2.0], atol=1e-6)


def test_a_margin_that_no_point_of_the_box_turns_is_out_of_reach() -> None:
    assert nearest_zero(lambda x: 30 - x.sum(axis=1), space(2)).ended == "out_of_reach"


def test_a_margin_that_does_not_move_is_flat() -> None:
    assert nearest_zero(lambda x: np.full(len(x), 2.0), space(2)).ended == "flat"


def test_points_without_a_margin_are_gone_round() -> None:
    def holed(x: Floats) -> Floats:
        # By its slope at the origin the margin is zero at 2, where there is none.
        return np.where(x[:, 0] > 1.8, np.nan, 4 - 2 * x[:, 0] - x[:, 0] ** 2)

    found = nearest_zero(holed, space(2))
    assert found.ended == "converged"
    np.testing.assert_allclose(found.point, [np.sqrt(5) - 1, 0.0], atol=1e-5)


def test_the_decision_is_as_good_as_none_at_the_flip() -> None:
    found = joint_flip(ONE)
    assert found.converged
    assert found.distance is not None and found.probability is not None
    shifted = {each.name: each.there for each in found.shifts}
    values = {name: there if len(there) > 1 else there[0] for name, there in shifted.items()}
    values["notice_weeks"] = round(shifted["notice_weeks"][0])
    there = compare(replace(ONE, world=ONE.world.with_values(values))).outcomes["npv_change"]
    now = compare(ONE).outcomes["npv_change"]
    assert there is not None and now is not None
    assert abs(there) < 2e-3 * abs(now)
    assert found.better == (now > 0)
    sizes = [abs(each.deviations) for each in found.shifts]
    assert sizes == sorted(sizes, reverse=True)
    assert np.linalg.norm(sizes) == pytest.approx(found.distance)
    still = [each for each in found.shifts if each.deviations == 0]
    assert still and all(each.there == each.now for each in still)


@pytest.mark.parametrize("name", ["kuaishou-2021-no-cut", "kuaishou-2022"])
def test_how_probable_the_other_answer_is_is_counted_too(name: str) -> None:
    scenario = replace(case(name).scenario, sampling=Sampling(seed=3))
    found = joint_flip(scenario)
    npv = montecarlo(scenario).distributions["npv_change"]
    assert npv.better is not None
    assert found.probability is not None and found.counted is not None
    assert found.better == (name == "kuaishou-2022")
    other = 1 - npv.better if found.better else npv.better
    assert found.counted == pytest.approx(other, abs=0.04)
    # A plane is not the decision, but on which side it mostly lies it says.
    assert found.probability < 0.4


def test_paying_back_is_as_far_away_as_being_ahead_in_profit() -> None:
    payback, profit = (joint_flip(ONE, outcome=each) for each in ("payback_week", "profit_change"))
    assert payback.converged
    assert (payback.distance, payback.shifts) == (profit.distance, profit.shifts)


def test_one_uncertain_parameter_is_as_probable_as_its_own_tail() -> None:
    every = ranges(ONE.world, Uncertainty())
    fixed = {name: Spread(shape="fixed") for name in every if name != "payout"}
    scenario = replace(ONE, uncertainty=Uncertainty(spreads=tuple(fixed.items())))
    found = joint_flip(scenario)
    assert found.probability is not None and found.distance is not None
    (shift,) = found.shifts
    assert abs(shift.deviations) == pytest.approx(found.distance)
    (low,), (mode,), (high,) = (getattr(every["payout"], each) for each in ("low", "mode", "high"))
    mean = (low + 4 * mode + high) / 6
    deviation = np.sqrt((mean - low) * (high - mean) / 7)
    assert shift.deviations == pytest.approx((shift.there[0] - mode) / deviation)
    # It turns where pay-outs are lower, so the other answer is the lower tail.
    assert shift.deviations < 0
    below = share_below("pert", low, mode, high, np.array(shift.there))[0]
    assert found.probability == pytest.approx(float(below), abs=1e-3)


def test_a_pair_that_moves_together_is_counted_as_it_moves() -> None:
    names = ("payout", "native_ads")
    every = ranges(ONE.world, Uncertainty())
    fixed = tuple((name, Spread(shape="fixed")) for name in every if name not in names)
    distances = []
    for coefficient in (0.4, 0.0, -0.4):
        pairs = (Correlation(first="payout", second="native_ads", coefficient=coefficient),)
        belief = Uncertainty(spreads=fixed, correlations=pairs if coefficient else ())
        found = joint_flip(replace(ONE, uncertainty=belief))
        assert found.distance is not None
        distances.append(found.distance)
    # Lower pay-outs and more advertising both speak for it: the more they go together, the nearer.
    assert distances[0] > distances[1] > distances[2]


@pytest.mark.parametrize("outcome", ["npv_change", "payback_week", "closed_share", "fans_kept"])
def test_without_a_policy_there_is_nothing_to_turn(outcome: str) -> None:
    found = joint_flip(replace(ONE, policy=Policy()), outcome=outcome)
    assert (found.ended, found.distance, found.probability) == ("flat", None, None)
    assert found.shifts == ()


def test_an_outcome_that_only_touches_zero_has_no_margin() -> None:
    assert joint_flip(ONE, outcome="dip_depth").ended == "no_margin"
    assert joint_flip(ONE, outcome="dip_weeks").ended == "no_margin"


def test_with_nothing_uncertain_it_is_flat_and_a_faulty_world_is_refused() -> None:
    every = ranges(ONE.world, Uncertainty())
    still = Uncertainty(spreads=tuple((name, Spread(shape="fixed")) for name in every))
    assert joint_flip(replace(ONE, uncertainty=still)).ended == "flat"
    broken: Scenario = replace(ONE, world=ONE.world.with_values({"diversion": 0.0}))
    with pytest.raises(Refused, match="diversion"):
        joint_flip(broken)
