"""What the decision hangs on, all beliefs moving at once: shares of the variance of its difference.

The first-order index of a parameter says how much of the variance would go if it alone were known; the
total index how much would stay if all others were. Together they show what acts by itself and what
only with others. Parameters that are correlated count as one factor: apart from each other their
shares would mean nothing, while factors remain independent.

References
----------
Sobol, I. M. (1993); Saltelli, A. et al. (2010); see :mod:`sim.analyses.estimator`. Jacques, J., Lavergne,
C. and Devictor, N. (2006), Sensitivity analysis in presence of model uncertainty and correlated inputs,
on groups. Sarrazin, F., Pianosi, F. and Wagener, T. (2016), Global sensitivity analysis of environmental
models: convergence and validation, on when to trust it.
"""

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import numpy as np

from sim.analyses.batches import each_of
from sim.analyses.decision import decide, require_judged
from sim.analyses.draws import draw_mixed
from sim.analyses.estimator import Estimate, Index, estimate
from sim.analyses.progress import Tick, silent
from sim.metrics import Floats
from sim.scenario import Scenario
from sim.uncertainty import ranges

BASE: Final = 1024
BASE_LIMITS: Final = (64, 16_384)
# Widths of the widest interval of a total index at which shares, or at least their order, hold.
_SETTLED: Final = 0.05
_ROUGH: Final = 0.15
# Rows of a matrix in a piece of work.
_ROWS: Final = 2048

Settled = Literal["settled", "rough", "open"]


@dataclass(frozen=True, kw_only=True)
class Factor:
    """One parameter, or several that are correlated, and their indices."""

    names: tuple[str, ...]
    first: Index
    total: Index


@dataclass(frozen=True, kw_only=True)
class Indices:
    """Every factor, that with the highest total index first.

    Attributes
    ----------
    base
        Rows of each of the two matrices.
    worlds
        How many worlds were run, each with the policy and without it.
    refused
        Rows left out, because a world in them had to be refused.
    alone
        The share of the variance that factors explain without acting together.
    mean, variance
        Of the outcome's difference, in its unit and the square of that.
    """

    scenario: Scenario
    outcome: str
    base: int
    worlds: int
    refused: int
    mean: float
    variance: float
    factors: tuple[Factor, ...]
    alone: Index

    @property
    def flat(self) -> bool:
        """Whether the outcome does not vary at all."""
        return self.variance == 0

    @property
    def widest(self) -> float:
        """Width of the widest interval of a total index."""
        return max((each.total.high - each.total.low for each in self.factors), default=0.0)

    @property
    def settled(self) -> Settled:
        """Whether more rows would change anything: not, in detail only, or a good deal."""
        if self.widest <= _SETTLED:
            return "settled"
        return "rough" if self.widest <= _ROUGH else "open"


def indices(
    scenario: Scenario,
    *,
    outcome: str = "npv_change",
    base: int = BASE,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Indices:
    """First-order and total indices of the outcome's difference, over all uncertain parameters.

    The seed is that of the scenario's sampling; ``base`` times the number of factors and two more
    worlds are run.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_judged(scenario)
    factors = factors_of(scenario)
    every = frozenset(name for names in factors for name in names)
    swaps: list[frozenset[str]] = [frozenset(), every, *map(frozenset, factors)]
    spans = [(first, min(first + _ROWS, base)) for first in range(0, base, _ROWS)]
    pieces = [(swap, span) for swap in swaps for span in spans] if factors else []
    work = partial(_judged, scenario, outcome)
    parts = list(each_of(work, pieces, executor=executor, tick=tick))
    found = np.array(parts).reshape(len(swaps), -1) if len(spans) == 1 else _rows(parts, spans)
    estimated = estimate(found[0], found[1], found[2:]) if factors else None
    return _found(scenario, outcome, base, factors, estimated)


def _rows(parts: list[Floats], spans: list[tuple[int, int]]) -> Floats:
    count = len(spans)
    rows = [np.concatenate(parts[at : at + count]) for at in range(0, len(parts), count)]
    return np.stack(rows)


def _judged(
    scenario: Scenario, outcome: str, piece: tuple[frozenset[str], tuple[int, int]]
) -> Floats:
    """The outcome's difference in a span of worlds, some parameters taken from the second matrix."""
    swap, span = piece
    return decide(scenario, draw_mixed(scenario, swap, *span), outcome).values


def factors_of(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """What varies independently: each uncertain parameter, those that are correlated together."""
    names = tuple(ranges(scenario.world, scenario.uncertainty))
    group = {name: {name} for name in names}
    for each in scenario.uncertainty.correlations:
        if each.first in group and each.second in group and each.coefficient != 0:
            joined = group[each.first] | group[each.second]
            group |= dict.fromkeys(joined, joined)
    ordered: Iterable[tuple[str, ...]] = (
        tuple(each for each in names if each in group[name]) for name in names
    )
    return tuple(dict.fromkeys(ordered))


def _found(
    scenario: Scenario,
    outcome: str,
    base: int,
    factors: tuple[tuple[str, ...], ...],
    estimated: Estimate | None,
) -> Indices:
    if estimated is None:
        return Indices(
            scenario=scenario,
            outcome=outcome,
            base=base,
            worlds=0,
            refused=0,
            mean=0.0,
            variance=0.0,
            factors=(),
            alone=Index(value=0.0, low=0.0, high=0.0),
        )
    found = [
        Factor(names=names, first=first, total=total)
        for names, first, total in zip(factors, estimated.first, estimated.total, strict=True)
    ]
    return Indices(
        scenario=scenario,
        outcome=outcome,
        base=base,
        worlds=base * (len(factors) + 2),
        refused=base - estimated.rows,
        mean=estimated.mean,
        variance=estimated.variance,
        alone=estimated.alone,
        factors=tuple(sorted(found, key=lambda each: (-each.total.value, -each.first.value))),
    )
