"""Indices of variance: those of functions whose indices are known, and of nothing at all."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import qmc, sobol_indices, uniform

from sim.analyses.estimator import Estimate, estimate

Floats = NDArray[np.float64]
Function = Callable[[Floats], Floats]
G = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0])


def ishigami(x: Floats) -> Floats:
    """Ishigami and Homma (1990), a = 7, b = 0.1, of shares of probability, (n, 3)."""
    a, b, c = (2 * np.pi * x - np.pi).T
    return np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)


def ishigami_indices() -> tuple[Floats, Floats]:
    variance = 7**2 / 8 + 0.1 * np.pi**4 / 5 + 0.1**2 * np.pi**8 / 18 + 0.5
    first = np.array([0.5 * (1 + 0.1 * np.pi**4 / 5) ** 2, 7**2 / 8, 0.0]) / variance
    both = 0.1**2 * np.pi**8 * (1 / 18 - 1 / 50) / variance
    return first, first + np.array([both, 0.0, both])


def sobol_g(x: Floats) -> Floats:
    """Sobol's G function (Saltelli and Sobol 1995), (n, 6)."""
    found: Floats = np.prod((np.abs(4 * x - 2) + G) / (1 + G), axis=1)
    return found


def sobol_g_indices() -> tuple[Floats, Floats]:
    parts = 1 / (3 * (1 + G) ** 2)
    variance = np.prod(1 + parts) - 1
    total = parts * np.prod(1 + parts) / (1 + parts) / variance
    return parts / variance, total


def estimated(function: Function, size: int, rows: int, seed: int = 5) -> Estimate:
    points = qmc.Sobol(d=2 * size, rng=seed).random(rows)
    first, second = points[:, :size], points[:, size:]
    swapped = np.empty((size, rows))
    for factor in range(size):
        mixed = first.copy()
        mixed[:, factor] = second[:, factor]
        swapped[factor] = function(mixed)
    return estimate(function(first), function(second), swapped)


KNOWN = [(ishigami, 3, ishigami_indices()), (sobol_g, 6, sobol_g_indices())]


@pytest.mark.parametrize(("function", "size", "known"), KNOWN)
def test_known_indices_are_found_within_their_error(
    function: Function, size: int, known: tuple[Floats, Floats]
) -> None:
    found = estimated(function, size, 4096)
    for indices, expected in zip((found.first, found.total), known, strict=True):
        values = np.array([each.value for each in indices])
        np.testing.assert_allclose(values, expected, atol=0.02)
        # Quasi-random points are better than the bootstrap of random ones thinks.
        for each, true in zip(indices, expected, strict=True):
            assert each.low - 0.005 <= true <= each.high + 0.005


@pytest.mark.parametrize(("function", "size", "known"), KNOWN)
def test_an_established_package_finds_the_same(
    function: Function, size: int, known: tuple[Floats, Floats]
) -> None:
    found = estimated(function, size, 4096)
    theirs = sobol_indices(
        func=lambda x: function(x.T), n=4096, dists=[uniform()] * size, rng=np.random.default_rng(1)
    )
    first = np.array([each.value for each in found.first])
    total = np.array([each.value for each in found.total])
    np.testing.assert_allclose(first, theirs.first_order, atol=0.03)
    np.testing.assert_allclose(total, theirs.total_order, atol=0.03)


def test_more_rows_leave_narrower_intervals() -> None:
    few, many = (estimated(ishigami, 3, rows) for rows in (256, 4096))
    for before, after in zip(few.total, many.total, strict=True):
        assert after.high - after.low < 0.5 * (before.high - before.low)


def test_a_linear_function_has_no_more_in_total_than_in_the_first_order() -> None:
    found = estimated(lambda x: x @ np.array([3.0, 4.0, 0.0]), 3, 4096)
    for indices in (found.first, found.total):
        values = [each.value for each in indices]
        assert values == pytest.approx([9 / 25, 16 / 25, 0.0], abs=0.01)
    assert found.alone.value == pytest.approx(1.0, abs=0.02)
    assert found.total[2].value == 0.0
    assert not found.total[2].known
    assert found.variance == pytest.approx(25 / 12, rel=0.02)


def test_what_cannot_be_told_from_zero_is_never_below_it() -> None:
    found = estimated(lambda x: np.sin(99 * x[:, 0]) * (x[:, 1] > 0.5) + 0.01 * x[:, 2], 4, 128)
    for each in (*found.first, *found.total):
        assert each.value >= 0 and each.low >= 0
    assert not found.first[2].known


def test_a_function_that_does_not_vary_has_indices_of_zero() -> None:
    found = estimated(lambda x: np.full(len(x), 7.0), 3, 64)
    assert found.variance == 0
    assert found.mean == 7.0
    assert all(each.value == each.high == 0 for each in (*found.first, *found.total))


def test_rows_that_are_not_known_are_left_out() -> None:
    def holed(x: Floats) -> Floats:
        return np.where(x[:, 0] < 0.02, np.nan, ishigami(x))

    found = estimated(holed, 3, 2048)
    assert 1800 < found.rows < 2048
    first = np.array([each.value for each in found.first])
    np.testing.assert_allclose(first, ishigami_indices()[0], atol=0.06)
    empty = estimate(np.full(8, np.nan), np.zeros(8), np.zeros((2, 8)))
    assert (empty.rows, empty.variance) == (0, 0.0)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    points = np.random.default_rng(3).random((64, 6))
    values = np.stack([ishigami(points[:, at : at + 3]) for at in range(4)])
    shuffled = values[:, np.random.default_rng(seed).permutation(64)]
    once, again = (estimate(each[0], each[1], each[2:]) for each in (values, shuffled))
    assert once == again
