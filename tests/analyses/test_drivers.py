"""What the decision hangs on: tornado and indices of a scenario, with nothing where nothing acts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.compare import compare
from sim.analyses.draws import draw, draw_mixed, quantile, share_below, shares_of
from sim.analyses.indices import factors_of, indices
from sim.analyses.montecarlo import montecarlo
from sim.analyses.tornado import tornado
from sim.cases.catalogue import case
from sim.errors import Cancelled, Refused
from sim.metrics import OUTCOMES
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import Correlation, Sampling, Spread, Uncertainty, ranges

ONE = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=3, worlds=64))
NOTHING = replace(ONE, policy=Policy())


def only(*names: str, pairs: tuple[Correlation, ...] = ()) -> Uncertainty:
    """Nothing is uncertain but these."""
    every = ranges(ONE.world, Uncertainty())
    fixed = tuple((name, Spread(shape="fixed")) for name in every if name not in names)
    return Uncertainty(spreads=fixed, correlations=pairs)


def alone(scenario: Scenario, outcome: str = "npv_change") -> float:
    found = compare(scenario).outcomes[outcome]
    assert found is not None
    return found


def test_every_bar_is_the_scenario_with_that_value() -> None:
    found = tornado(ONE)
    assert len(found.bars) == len(ranges(ONE.world, ONE.uncertainty))
    assert found.now == alone(ONE)
    swings = [each.swing for each in found.bars]
    assert swings == sorted(swings, reverse=True)
    for bar in (*found.bars[:4], next(each for each in found.bars if len(each.low) == 3)):
        for values, at in ((bar.low, bar.at_low), (bar.high, bar.at_high)):
            value = values if len(values) > 1 else values[0]
            whole = isinstance(ONE.world.value(bar.name), int)
            world = ONE.world.with_values({bar.name: int(values[0]) if whole else value})
            assert at == alone(replace(ONE, world=world))


def test_the_ends_are_quantiles_of_the_parameters_own_distribution() -> None:
    bar = next(each for each in tornado(ONE).bars if each.name == "diversion")
    between = ranges(ONE.world, ONE.uncertainty)["diversion"]
    expected = quantile(
        "pert", between.low[0], between.mode[0], between.high[0], np.array([0.05, 0.95])
    )
    assert (bar.low[0], bar.high[0]) == tuple(expected)
    drawn = draw(replace(ONE, sampling=Sampling(worlds=8192)))["diversion"]
    assert np.quantile(drawn, [0.05, 0.95]) == pytest.approx(expected, abs=2e-3)


def test_a_bar_says_at_which_end_the_policy_gains_and_whether_it_turns() -> None:
    found = tornado(ONE)
    for bar in found.bars:
        assert bar.at_low is not None and bar.at_high is not None
        gained = (bar.at_low > found.now, bar.at_high > found.now)
        words = {(1, 0): "low", (0, 1): "high", (1, 1): "both", (0, 0): "neither"}
        assert bar.gains == words[gained]
        assert bar.turns == (
            ((bar.at_low > 0) != found.better) or ((bar.at_high > 0) != found.better)
        )
    lower = next(each for each in tornado(ONE, outcome="leakage_rate").bars if each.swing)
    # Where less is better, the end with less gains.
    assert lower.at_low is not None and lower.at_high is not None
    assert (lower.gains == "low") == (lower.at_low < lower.at_high)


@pytest.mark.parametrize("outcome", [each for each in OUTCOMES if each != "payback_week"])
def test_no_policy_moves_nothing_whatever_is_believed(outcome: str) -> None:
    found = tornado(NOTHING, outcome=outcome)
    assert found.now == 0
    assert found.flat
    assert all(each.at_low == each.at_high == 0 for each in found.bars)


def test_no_policy_never_pays_back_whatever_is_believed() -> None:
    found = tornado(NOTHING, outcome="payback_week")
    assert (found.now, found.flat, found.better) == (60, True, False)


def test_an_end_that_no_world_can_have_is_none_and_the_rest_stands() -> None:
    low = Spread(shape="uniform", low=0.0, high=0.9)
    found = tornado(replace(ONE, uncertainty=Uncertainty().with_spread("diversion", low)))
    bar = next(each for each in found.bars if each.name == "diversion")
    assert bar.at_low is None and bar.at_high is not None
    assert bar.swing == abs(bar.at_high - found.now)
    assert not any(np.isnan(each.swing) for each in found.bars)


def test_a_scenario_that_cannot_be_run_is_refused() -> None:
    world = ONE.world.with_values({"diversion": 0.0})
    for ask in (tornado, indices):
        with pytest.raises(Refused, match="diversion"):
            ask(replace(ONE, world=world))


def test_with_nothing_uncertain_there_is_nothing_to_show() -> None:
    still = replace(ONE, uncertainty=only())
    assert tornado(still).bars == ()
    assert indices(still, base=64).factors == ()
    assert indices(still, base=64).flat


def test_indices_are_zero_where_there_is_no_policy() -> None:
    found = indices(NOTHING, base=64)
    assert found.flat
    assert found.mean == 0
    assert all(each.first.value == each.total.value == 0 for each in found.factors)


def test_the_only_uncertain_parameter_has_the_whole_variance() -> None:
    found = indices(replace(ONE, uncertainty=only("payout")), base=512)
    (factor,) = found.factors
    assert factor.total.value == pytest.approx(1.0, abs=0.05)
    assert factor.first.value == pytest.approx(1.0, abs=0.05)
    assert found.worlds == 512 * 3


def test_the_mean_and_variance_are_those_of_drawn_worlds() -> None:
    some = replace(ONE, uncertainty=only("payout", "native_ads", "quality_native", "churn_trust"))
    found = indices(some, base=512)
    values = montecarlo(replace(some, sampling=Sampling(seed=3, worlds=4096))).values["npv_change"]
    assert found.variance == pytest.approx(float(values.var()), rel=0.1)
    assert found.mean == pytest.approx(float(values.mean()), abs=0.1 * float(values.std()))
    # Bad orders times what is paid for one: some of it only both together explain.
    assert 0.7 < found.alone.value < 1
    assert found.alone.low < found.alone.value < found.alone.high


def test_a_parameter_more_changes_no_other_draw() -> None:
    few = replace(ONE, uncertainty=only("payout", "diversion"))
    more = replace(ONE, uncertainty=only("payout", "diversion", "churn_trust"))
    for swap in ((), ("payout",), ("payout", "diversion")):
        one, other = (draw_mixed(each, swap, 0, 64) for each in (few, more))
        np.testing.assert_array_equal(one["payout"], other["payout"])
        np.testing.assert_array_equal(one["diversion"], other["diversion"])


def test_the_second_matrix_is_independent_of_the_first() -> None:
    first, second = (shares_of("payout", 1, 0, 4096, which) for which in (0, 1))
    # A good 2-D set puts about a quarter of its points into each quarter of the square.
    for low in (first < 0.5, first >= 0.5):
        assert np.mean(low & (second < 0.5)) == pytest.approx(0.25, abs=0.01)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.02
    np.testing.assert_array_equal(first[8:24], shares_of("payout", 1, 8, 24, 0))
    np.testing.assert_array_equal(second[8:24], shares_of("payout", 1, 8, 24, 1))


def test_correlated_parameters_count_as_one() -> None:
    pairs = (
        Correlation(first="payout", second="remedy", coefficient=0.8),
        Correlation(first="remedy", second="guarantee", coefficient=0.3),
    )
    names = ("payout", "remedy", "guarantee", "native_ads")
    scenario = replace(ONE, uncertainty=only(*names, pairs=pairs))
    assert factors_of(scenario) == (("guarantee", "remedy", "payout"), ("native_ads",))
    mixed = draw_mixed(scenario, ("payout", "remedy", "guarantee"), 0, 4096)
    plain = draw_mixed(scenario, (), 0, 4096)
    np.testing.assert_array_equal(mixed["native_ads"], plain["native_ads"])
    for each in (mixed, plain):
        assert np.corrcoef(each["payout"], each["remedy"])[0, 1] > 0.7
    assert abs(np.corrcoef(mixed["payout"], plain["payout"])[0, 1]) < 0.05
    found = indices(scenario, base=256)
    assert sum(each.first.value for each in found.factors) == pytest.approx(1.0, abs=0.15)


def test_worlds_that_are_refused_are_left_out_and_counted() -> None:
    low = Spread(shape="uniform", low=0.0, high=0.9)
    some = replace(ONE, uncertainty=only("payout", "diversion").with_spread("diversion", low))
    found = indices(some, base=256)
    assert 0 < found.refused < 256
    assert not found.flat


def test_an_executor_and_a_seed_give_the_same_digits() -> None:
    some = replace(ONE, uncertainty=only("payout", "native_ads"))
    here = indices(some, base=128)
    with ThreadPoolExecutor(2) as pool:
        there = indices(some, base=128, executor=pool)
    assert here == there
    other = indices(replace(some, sampling=Sampling(seed=4)), base=128)
    assert other.factors != here.factors


def test_progress_is_told_and_the_work_can_be_stopped() -> None:
    some = replace(ONE, uncertainty=only("payout", "native_ads"))
    told: list[tuple[int, int]] = []
    indices(some, base=64, tick=lambda done, total: told.append((done, total)))
    assert told[-1] == (4, 4)

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        indices(some, base=64, tick=stop)


def test_the_mark_of_convergence_goes_by_the_widest_interval() -> None:
    some = replace(ONE, uncertainty=only("payout", "native_ads"))
    few, many = (indices(some, base=base) for base in (64, 8192))
    assert few.settled in ("rough", "open")
    assert many.settled == "settled"
    assert many.widest <= 0.05 < few.widest


@pytest.mark.parametrize("shape", ["pert", "uniform"])
def test_the_share_below_a_quantile_is_the_one_asked_for(shape: str) -> None:
    shares = np.linspace(0.001, 0.999, 41)
    for mode in (2.0, 2.5, 4.0, 6.0):
        values = quantile(shape, 2.0, mode, 6.0, shares)
        np.testing.assert_allclose(share_below(shape, 2.0, mode, 6.0, values), shares, atol=1e-9)
    ends = share_below(shape, 2.0, 3.0, 6.0, np.array([1.0, 2.0, 6.0, 7.0]))
    np.testing.assert_allclose(ends, [0, 0, 1, 1])
    still = share_below(shape, 2.0, 2.0, 2.0, np.array([1.0, 3.0]))
    np.testing.assert_array_equal(still, [0.0, 1.0])
