"""What knowing more is worth: closed forms of the linear-normal case, and what no one need learn."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from sim.analyses.draws import shares_of
from sim.analyses.information import ERRORS, Information, information, learn, perfect
from sim.analyses.montecarlo import montecarlo
from sim.analyses.smoothing import basis, fitted
from sim.cases.catalogue import case
from sim.errors import Refused
from sim.metrics import Floats
from sim.policy import Policy
from sim.uncertainty import Correlation, Sampling, Spread, Uncertainty

CUT = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=3, worlds=1024))
WORLDS = 8192


def normal(name: str, seed: int = 1) -> Floats:
    return ndtri(shares_of(name, seed, 0, WORLDS))


def closed_form(mean: float, deviation: float) -> float:
    """The worth of learning what makes the difference normal: the unit normal loss integral."""
    z = abs(mean) / deviation
    return deviation * (math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi) - z * float(ndtr(-z)))


@pytest.mark.parametrize(
    ("mean", "first", "second"), [(0.0, 1.0, 0.5), (0.6, 1.0, 1.5), (-1.0, 2.0, 0.3)]
)
def test_the_linear_normal_case_has_its_closed_form(
    mean: float, first: float, second: float
) -> None:
    x, y = normal("diversion"), normal("blame")
    gain = mean + first * x + second * y
    judged = np.stack([np.zeros(WORLDS), gain])
    for known, slope in ((x, first), (y, second)):
        found = learn("x", judged, known).worth
        assert found.value == pytest.approx(closed_form(mean, slope), abs=4 * found.error + 0.004)
    everything = perfect(judged)
    expected = closed_form(mean, math.hypot(first, second))
    assert everything.value == pytest.approx(expected, abs=4 * everything.error + 0.004)


@pytest.mark.parametrize("correlation", [0.8, -0.6])
def test_knowing_one_of_a_pair_tells_of_the_other(correlation: float) -> None:
    x, other = normal("diversion"), normal("blame")
    y = correlation * x + math.sqrt(1 - correlation**2) * other
    judged = np.stack([np.zeros(WORLDS), 0.3 + x + 2.0 * y])
    found = learn("x", judged, x).worth
    expected = closed_form(0.3, abs(1 + 2 * correlation))
    assert found.value == pytest.approx(expected, abs=4 * found.error + 0.004)


def test_where_one_would_decide_otherwise_is_where_the_curve_crosses() -> None:
    x = normal("diversion")
    judged = np.stack([np.zeros(WORLDS), 0.5 + x + 0.5 * normal("blame")])
    (switch,) = learn("x", judged, x).switches
    assert (switch.low, switch.option) == (None, 0)
    assert switch.high == pytest.approx(-0.5, abs=0.08)
    assert switch.share == pytest.approx(float(ndtr(-0.5)), abs=0.03)


def test_a_decision_can_change_in_the_middle_and_between_several_plans() -> None:
    x = normal("diversion")
    judged = np.stack([np.zeros(WORLDS), x**2 - 0.4, 0.3 - 2 * np.abs(x)])
    found = learn("x", judged, x)
    assert [each.option for each in found.switches] == [0, 2, 0]
    assert found.switches[1].low == pytest.approx(-0.15, abs=0.05)
    assert found.switches[2].high == pytest.approx(math.sqrt(0.4), abs=0.05)


def test_what_has_no_say_is_not_told_from_zero() -> None:
    x, y = normal("diversion"), normal("blame")
    # The hardest case: as good as undecided, so that every wobble of a curve turns the decision.
    judged = np.stack([np.zeros(WORLDS), 0.001 + x])
    idle = learn("y", judged, y)
    assert idle.worth.value < 0.02
    assert not idle.worth.is_distinct
    assert idle.switches == ()
    certain = np.stack([np.zeros(WORLDS), 5 + 0.1 * x])
    assert learn("x", certain, x).worth.value == 0.0


def test_no_number_of_idle_assumptions_seems_worth_learning() -> None:
    judged = np.stack([np.zeros(1024), 0.02 + normal("diversion")[:1024]])
    names = ("blame", "evasion", "remedy", "backlash", "payout", "gmv", "returns", "care_cost")
    passed = [
        learn(name, judged, normal(name, seed)[:1024]).worth.is_distinct
        for name in names
        for seed in range(5)
    ]
    assert sum(passed) <= 1


def test_nothing_is_learned_from_what_is_the_same_in_every_world() -> None:
    judged = np.stack([np.zeros(WORLDS), 0.2 + normal("diversion")])
    found = learn("x", judged, np.full(WORLDS, 7.0))
    assert not found.worth.is_distinct


def test_refused_worlds_are_left_out() -> None:
    x = normal("diversion")
    judged = np.stack([np.zeros(WORLDS), 0.5 + x])
    judged[:, ::5] = np.nan
    found = learn("x", judged, x).worth
    assert found.value == pytest.approx(closed_form(0.5, 1.0), abs=0.03)
    assert math.isnan(perfect(np.full((2, 16), np.nan)).value)


def test_a_smooth_curve_goes_through_a_noisy_cloud() -> None:
    at = (np.arange(4000) + 0.5) / 4000
    truth = np.sin(5 * at)
    noisy = truth + np.random.default_rng(1).normal(size=4000)
    groups = np.arange(4000) % 8
    curves = fitted(basis(at), np.stack([noisy, 3 * at]), groups, 8)
    found = curves.at(at)
    assert np.sqrt(np.mean((found[0] - truth) ** 2)) < 0.08
    np.testing.assert_allclose(found[1], 3 * at, atol=1e-6)
    left = curves.left_out(basis(at), groups)
    assert 0 < np.sqrt(np.mean((left[0] - found[0]) ** 2)) < 0.1


def test_a_straight_line_is_smoothed_to_itself_and_flat_stays_flat() -> None:
    at = (np.arange(64) + 0.5) / 64
    curves = fitted(basis(at), np.stack([np.zeros(64), 1 - at]), np.arange(64) % 8, 8)
    np.testing.assert_allclose(curves.at(at), [np.zeros(64), 1 - at], atol=1e-6)


@pytest.fixture(scope="module")
def found() -> Information:
    return information(CUT)


def test_the_worlds_are_those_of_monte_carlo_and_no_part_is_worth_more_than_all(
    found: Information,
) -> None:
    npv = montecarlo(CUT).distributions["npv_change"]
    assert found.means[0] == 0.0
    assert found.means[1] == npv.mean
    assert found.errors[1] == npv.error
    assert found.best == (1 if npv.mean > 0 else 0)
    gains = montecarlo(CUT).values["npv_change"]
    held = gains[~np.isnan(gains)]
    whole = np.maximum(held, 0).mean() - max(held.mean(), 0)
    assert found.perfect.value == pytest.approx(whole, rel=1e-9)
    assert len(found.learned) == 76
    for each in found.learned:
        assert 0 <= each.worth.value <= found.perfect.value + ERRORS * found.perfect.error
    worths = [each.worth.value for each in found.learned]
    assert worths == sorted(worths, reverse=True)
    assert found.status == "found"
    assert found.worlds + found.refused == 1024


def test_a_curve_says_what_is_expected_over_the_range_of_an_assumption(found: Information) -> None:
    for each in found.learned[:5]:
        assert each.expected.shape == (2, len(each.shares)) == (2, len(each.values))
        np.testing.assert_allclose(each.expected[0], 0, atol=1e-3)
        assert each.expected[1].mean() == pytest.approx(found.means[1], abs=6 * found.errors[1])
        assert (np.diff(each.values) >= 0).all()


def test_no_policy_leaves_nothing_to_learn() -> None:
    nothing = information(replace(CUT, policy=Policy()))
    assert nothing.status == "no_difference"
    assert (nothing.perfect.value, nothing.perfect.error) == (0.0, 0.0)
    assert all(each.worth.value == each.worth.error == 0.0 for each in nothing.learned)
    assert not any(each.switches for each in nothing.learned)


def test_where_nothing_is_uncertain_nothing_is_learned() -> None:
    from sim.uncertainty import ranges

    still = tuple((name, Spread(shape="fixed")) for name in ranges(CUT.world, Uncertainty()))
    found = information(replace(CUT, uncertainty=Uncertainty(spreads=still)))
    assert found.learned == ()
    assert (found.status, found.perfect.value) == ("settled", 0.0)


def test_another_plan_is_another_option() -> None:
    gentle = Policy(care=0.002)
    two, three = information(CUT), information(CUT, plans=[gentle])
    assert len(three.means) == 3
    assert three.means[:2] == two.means
    alone = information(replace(CUT, policy=gentle))
    assert three.means[2] == alone.means[1]


def test_a_pair_that_moves_together_is_drawn_so() -> None:
    pair = Correlation(first="quality_native", second="viewer_revenue", coefficient=0.9)
    tied = replace(CUT, weeks=104, uncertainty=Uncertainty(correlations=(pair,)))

    def worth(of: Information) -> float:
        return next(each.worth.value for each in of.learned if each.name == "viewer_revenue")

    # What viewers bring beside shopping says nothing of the cut, unless it tells of quality.
    assert worth(information(tied)) > 3e8 > 3e7 > worth(information(replace(CUT, weeks=104)))


def test_what_is_not_money_is_refused() -> None:
    with pytest.raises(Refused, match="gmv_change, profit_change, npv_change"):
        information(CUT, outcome="closed_share")
