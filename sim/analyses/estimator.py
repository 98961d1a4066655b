"""First-order and total indices of variance from two matrices of points, of any function.

Rows are independent points; the function is known at all of a first matrix, at all of a second, and
at the first with the column of one factor taken from the second. The order of the rows changes
nothing.

References
----------
Sobol, I. M. (1993), Sensitivity estimates for nonlinear mathematical models. Saltelli, A. et al.
(2010), Variance based sensitivity analysis of model output, table 2 (b) and (f), the latter of Jansen,
M. J. W. (1999), Analysis of variance designs for model output. Archer, G. E. B., Saltelli, A. and
Sobol, I. M. (1997), Sensitivity measures, ANOVA-like techniques and the use of bootstrap.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.metrics import Floats

# Resamples, so many at once: all of many rows would fill the memory.
_RESAMPLES: Final = 10
_AT_ONCE: Final = 100
# Of the intervals: 95 %.
_TAILS: Final = (0.025, 0.975)
_STREAM: Final = 20_260


@dataclass(frozen=True, kw_only=True)
class Index:
    """A share of the variance, floored at 0, and between which values it lies (95 %)."""

    value: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether it can be told from zero."""
        return self.low > 0


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """What is estimated, by factor, and ``variance`` in the square of the function's unit.

    ``alone`` is the share of the variance that all factors explain without acting together.
    """

    first: tuple[Index, ...]
    total: tuple[Index, ...]
    alone: Index
    variance: float
    mean: float
    rows: int


def estimate(first: Floats, second: Floats, swapped: Floats) -> Estimate:
    """The indices of every factor; all 0 for a function that does not vary.

    Parameters
    ----------
    first, second : the function at the points of both matrices, (n,)
    swapped : at the first matrix with one factor from the second, (factors, n)

    Rows in which anything is NaN are left out.
    """
    rows = _in_order(first, second, swapped)
    if rows.shape[1] < 2 or np.ptp(rows) == 0:
        return _still(rows)
    centre = float(rows[:2].mean())
    a, b, ab = rows[0] - centre, rows[1] - centre, rows[2:] - centre
    terms = np.concatenate([b * (ab - a), 0.5 * (a - ab) ** 2, [a, b, a**2, b**2]])
    means = terms.mean(axis=1, keepdims=True)
    values = _indices(means)[:, 0]
    low, high = np.quantile(_resampled(terms), _TAILS, axis=1)
    found = [
        Index(value=max(float(value), 0.0), low=max(float(least), 0.0), high=max(float(most), 0.0))
        for value, least, most in zip(values, low, high, strict=True)
    ]
    return Estimate(
        first=tuple(found[: len(swapped)]),
        total=tuple(found[len(swapped) : -1]),
        alone=found[-1],
        variance=float(_variance(means)[0]),
        mean=centre,
        rows=rows.shape[1],
    )


def _still(rows: Floats) -> Estimate:
    """Of a function that does not vary, or is not known."""
    nothing = Index(value=0.0, low=0.0, high=0.0)
    none = (nothing,) * (len(rows) - 2)
    mean = float(rows[0].mean()) if rows.size else float("nan")
    return Estimate(
        first=none, total=none, alone=nothing, variance=0.0, mean=mean, rows=rows.shape[1]
    )


def _in_order(first: Floats, second: Floats, swapped: Floats) -> Floats:
    """All values by row, sorted: who resamples by position resamples the same then."""
    rows = np.concatenate([[first, second], swapped])
    rows = rows[:, ~np.isnan(rows).any(axis=0)]
    return rows[:, np.lexsort(rows[::-1])]


def _variance(means: Floats) -> Floats:
    """Of both matrices together, from the means of the last four terms, (resamples,)."""
    centre = (means[-4] + means[-3]) / 2
    found: Floats = (means[-2] + means[-1]) / 2 - centre**2
    return found


def _indices(means: Floats) -> Floats:
    """First-order, then total indices, then the sum of the first, (2 factors + 1, resamples)."""
    variance = _variance(means)
    shares = means[:-4] / np.where(variance > 0, variance, np.inf)
    return np.concatenate([shares, shares[: len(shares) // 2].sum(axis=0, keepdims=True)])


def _resampled(terms: Floats) -> Floats:
    """The indices of rows drawn again with replacement, (2 factors + 1, resamples)."""
    rows = terms.shape[1]
    stream = np.random.default_rng(_STREAM)
    even = np.full(rows, 1 / rows)
    counts = (stream.multinomial(rows, even, size=_AT_ONCE) for _ in range(_RESAMPLES))
    return np.concatenate([_indices(terms @ (each.T / rows)) for each in counts], axis=1)
