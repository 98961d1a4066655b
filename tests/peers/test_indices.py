"""Indices of variance: SALib's, on the same sample, and on a sample of its own through the simulator."""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any, Final

import numpy as np
import pytest

from sim.analyses.decision import decide
from sim.analyses.draws import draw_mixed, values_at
from sim.analyses.estimator import Estimate, Index, estimate
from sim.analyses.indices import indices
from sim.metrics import Floats
from sim.scenario import Scenario
from sim.uncertainty import ranges
from tests.analyses.test_drivers import ONE, only
from tests.analyses.test_estimator import ishigami, sobol_g

ROWS: Final = 1024
NAMES: Final = ("payout", "native_ads", "quality_native", "churn_trust", "diversion")
UNCERTAIN: Final = replace(ONE, uncertainty=only(*NAMES))


def problem(size: int) -> dict[str, Any]:
    """Shares of probability, whatever it is that they stand for."""
    return {"num_vars": size, "names": [f"x{at}" for at in range(size)], "bounds": [[0, 1]] * size}


def sampled(salib_sample: ModuleType, size: int) -> Floats:
    """Blocks of rows: of the first matrix, of it with each factor from the second, of the second."""
    found: Floats = salib_sample.sample(problem(size), ROWS, calc_second_order=False, seed=11)
    return found


def analyzed(salib_analyze: ModuleType, values: Floats, size: int) -> Any:
    return salib_analyze.analyze(
        problem(size), values, calc_second_order=False, num_resamples=1000, seed=5
    )


def apart(values: Floats, size: int) -> tuple[Floats, Floats, Floats]:
    """The first matrix, the second, and the first with each factor from the second, (factors, n)."""
    rows = values.reshape(-1, size + 2).T
    return rows[0], rows[-1], rows[1:-1]


def decision(scenario: Scenario, shares: Floats) -> Floats:
    """What the policy gains in worlds at these shares of probability, (worlds, factors)."""
    between = ranges(scenario.world, scenario.uncertainty)
    draws = {name: values_at(name, between[name], shares[:, at]) for at, name in enumerate(between)}
    return decide(scenario, draws, "npv_change").values


def simulated(shares: Floats) -> Floats:
    return decision(UNCERTAIN, shares)


FUNCTIONS = [(ishigami, 3), (sobol_g, 6), (simulated, len(NAMES))]
Function = Callable[[Floats], Floats]


def values_of(each: tuple[Index, ...]) -> Floats:
    return np.array([index.value for index in each])


@pytest.fixture(scope="module", params=FUNCTIONS, ids=lambda each: each[0].__name__)
def both(
    request: pytest.FixtureRequest, salib_sample: ModuleType, salib_analyze: ModuleType
) -> tuple[Estimate, Any, tuple[Floats, Floats, Floats]]:
    """Ours and theirs of the same values."""
    function, size = request.param
    values = function(sampled(salib_sample, size))
    rows = apart(values, size)
    return estimate(*rows), analyzed(salib_analyze, values, size), rows


def test_the_same_values_have_the_same_indices(both: Any, salib_analyze: ModuleType) -> None:
    ours, theirs, (first, second, swapped) = both
    np.testing.assert_allclose(values_of(ours.total), theirs["ST"], rtol=0, atol=1e-12)
    # The first-order formula depends on where values are centred: SALib's `analyze` takes the mean
    # of everything, here it is that of both matrices, which are independent of the swapped ones.
    a, b, ab = (each - ours.mean for each in (first, second, swapped))
    same = [salib_analyze.first_order(a, each, b) for each in ab]
    np.testing.assert_allclose(values_of(ours.first), np.maximum(same, 0), rtol=0, atol=1e-12)
    moved = np.abs(values_of(ours.first) - np.maximum(theirs["S1"], 0))
    assert (moved <= 0.1 * theirs["S1_conf"]).all()


def test_intervals_are_as_wide(both: Any) -> None:
    ours, theirs, _ = both
    for kind, name in (("first", "S1_conf"), ("total", "ST_conf")):
        for index, half in zip(getattr(ours, kind), theirs[name], strict=True):
            # Where an interval is cut off at 0 its width says nothing. Of 1,000 resamples a standard
            # deviation is known to 2.2 %, a width between two quantiles to 3 %: four of both together.
            if index.low > 0:
                assert (index.high - index.low) / 2 == pytest.approx(half, rel=0.15)
        assert any(index.low > 0 for index in getattr(ours, kind))


def test_what_cannot_be_told_from_zero_is_the_same(both: Any) -> None:
    ours, theirs, _ = both
    for index, value, half in zip(ours.first, theirs["S1"], theirs["S1_conf"], strict=True):
        # Not where zero is at the very end of an interval.
        if abs(value - half) > 0.2 * half:
            assert index.known == (value > half)


def test_a_decision_hangs_on_the_same_in_a_sample_of_their_own(
    salib_sample: ModuleType, salib_analyze: ModuleType
) -> None:
    ours = indices(UNCERTAIN, base=ROWS)
    order = list(ranges(UNCERTAIN.world, UNCERTAIN.uncertainty))
    theirs = analyzed(salib_analyze, simulated(sampled(salib_sample, len(NAMES))), len(NAMES))
    assert {name for each in ours.factors for name in each.names} == set(NAMES)
    for factor in ours.factors:
        at = order.index(factor.names[0])
        for index, kind in ((factor.first, "S1"), (factor.total, "ST")):
            # Two independent samples, ten numbers: four standard errors of both together.
            room = 2 * np.hypot((index.high - index.low) / 2, theirs[f"{kind}_conf"][at])
            assert index.value == pytest.approx(max(theirs[kind][at], 0), abs=room)
    ranked = [order[at] for at in np.argsort(-theirs["ST"])]
    assert [each.names[0] for each in ours.factors][:3] == ranked[:3]


def test_an_analysis_of_its_own_draws_has_the_digits_of_salib(salib_analyze: ModuleType) -> None:
    ours = indices(UNCERTAIN, base=ROWS)
    order = tuple(ranges(UNCERTAIN.world, UNCERTAIN.uncertainty))
    swaps = [(), *((name,) for name in order), order]
    rows = [
        decide(UNCERTAIN, draw_mixed(UNCERTAIN, swap, 0, ROWS), "npv_change").values
        for swap in swaps
    ]
    theirs = analyzed(salib_analyze, np.stack(rows, axis=1).ravel(), len(order))
    found = {each.names[0]: each.total.value for each in ours.factors}
    np.testing.assert_allclose([found[name] for name in order], theirs["ST"], rtol=0, atol=1e-12)
