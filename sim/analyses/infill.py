"""Many worlds on a fine grid for the price of a coarse one: run where it matters, told where it does not.

From one value of a number to the next, a world's outcome hardly bends. So every second value of a number
is run, and each world's outcome between them is interpolated; of whole numbers every value, for what
counts in weeks goes with the season. A cell is run after all

- where a straight line and a cubic tell different things of it (there it bends, or it turns there);
- in worlds that are refused somewhere on the coarse grid: nobody knows where their edge is.

Some of the cells that are left, the most doubtful first, are run as a check. If they show that telling
is not good enough, all are run; if they do not, what they show is part of the answer.

References
----------
de Boor, C. (1978), A Practical Guide to Splines. Wahba, G. (1990), Spline Models for Observational Data,
ch. 4, on judging an interpolation by points that it has not seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.analyses.progress import Tick
from sim.engine.arithmetic import NOTHING
from sim.engine.inputs import Integers
from sim.metrics import Floats

Marks = NDArray[np.bool_]
# Outcomes of cells in worlds, both by their numbers: (cells, worlds), NaN where refused.
Judge = Callable[[Integers, Integers, Tick], Floats]
# What is shown of outcomes (cells, worlds): their mean and the share of worlds that are better, (cells,).
Reduce = Callable[[Floats], tuple[Floats, Floats]]

# Of fewer values of a number, or fewer worlds a cell, all cells are run: there is little to save. Of
# more worlds too: each cell's are held until all is told.
_LEAST_VALUES: Final = 12
_WORLDS: Final = (20, 1000)
_STEP: Final = 2
# How far two tellings of the mean may differ, as a share of its span over the grid, and how far a check
# may find it off; and the same of the share of worlds.
_DOUBTFUL: Final = 0.002
_OFF_MEAN: Final = 0.005
_OFF_SHARE: Final = 0.01
_CHECKED: Final = 12


@dataclass(frozen=True, kw_only=True)
class Infilled:
    """How many cells were run in every world, and how far off the others were found to be at most.

    ``off_value`` is in the outcome's unit, ``off_share`` in the share of worlds that are better; both
    were seen at ``checked`` cells that had been told before they were run.
    """

    computed: int
    checked: int
    off_value: float
    off_share: float


@dataclass(frozen=True, kw_only=True)
class Told:
    """Outcomes of a grid of cells, (cells, worlds), NaN where refused, and how they were come by."""

    held: Floats
    how: Infilled


@dataclass(frozen=True, kw_only=True)
class Axis:
    """Values of a number along a grid, (values,), and whether every one of them has to be run."""

    values: Floats
    whole: bool

    @property
    def nodes(self) -> Integers:
        """Which values are run first."""
        count = len(self.values)
        step = 1 if self.whole or count < _LEAST_VALUES else _STEP
        return np.unique(np.append(np.arange(0, count, step), count - 1))


def is_worth_it(x: Axis, y: Axis, worlds: int) -> bool:
    """Whether a grid is fine enough to leave some of it out, and worlds are many but not too many."""
    spared = any(len(each.nodes) < len(each.values) for each in (x, y))
    return spared and _WORLDS[0] <= worlds <= _WORLDS[1]


def infill(x: Axis, y: Axis, worlds: int, *, judge: Judge, reduce: Reduce, tick: Tick) -> Told:
    """Outcomes of a grid, row by row: cell ``row * len(x) + column`` is ``(x[column], y[row])``.

    The outcome is to be an amount: a week, or what exists in some worlds only, cannot be interpolated.

    Raises
    ------
    Whatever ``judge`` and ``tick`` raise.
    """
    held = np.full((len(y.values) * len(x.values), worlds), np.nan)
    is_run = np.zeros(len(held), dtype=np.bool_)
    everywhere = np.arange(worlds)

    def run(cells: Integers, where: Integers) -> None:
        if len(cells) and len(where):
            done = int(is_run.sum())
            ahead = _part_of(tick, done, len(cells), len(held))
            held[np.ix_(cells, where)] = judge(cells, where, ahead)
        is_run[cells] |= len(where) == worlds

    columns, rows = x.nodes, y.nodes
    nodes = (rows[:, np.newaxis] * len(x.values) + columns).reshape(-1)
    run(nodes, everywhere)
    lost = np.isnan(held[nodes]).any(axis=0)
    rest = np.flatnonzero(~is_run)
    run(rest, np.flatnonzero(lost))
    straight = held.copy()
    coarse = held[np.ix_(nodes, ~lost)].reshape(len(rows), len(columns), -1)
    for into, degree in ((held, 3), (straight, 1)):
        between = _spread(_basis(y, degree), _basis(x, degree), coarse)
        into[np.ix_(rest, ~lost)] = between[rest]
    doubt = _doubt(reduce(held), reduce(straight))
    run(rest[doubt[rest] > 1.0], everywhere)

    checked = _sample(np.flatnonzero(~is_run), doubt)
    before = held[checked]
    run(checked, everywhere)
    off_value, off_share = _off(before, held[checked], reduce)
    if off_value > _OFF_MEAN * _span(reduce(held)[0]) or off_share > _OFF_SHARE:
        run(np.flatnonzero(~is_run), everywhere)
    how = Infilled(
        computed=int(is_run.sum()),
        checked=len(checked),
        off_value=off_value,
        off_share=off_share,
    )
    return Told(held=held, how=how)


def _part_of(tick: Tick, done: int, cells: int, total: int) -> Tick:
    """How far a part of the cells is, told as how far all are."""
    return lambda part, of: tick(done + round(cells * part / max(of, 1)), total)


def _basis(axis: Axis, degree: int) -> Floats:
    """What each node adds to each value, (values, nodes)."""
    from scipy.interpolate import make_interp_spline  # slow to import, and seldom needed

    count = len(axis.nodes)
    if count == len(axis.values):
        return np.eye(count)
    spline = make_interp_spline(axis.values[axis.nodes], np.eye(count), k=degree)
    found: Floats = spline(axis.values)
    return found


def _spread(up: Floats, along: Floats, coarse: Floats) -> Floats:
    """Outcomes (rows, columns, worlds) at nodes, at all cells: (cells, worlds)."""
    spread: Floats = np.einsum("xc,ycw->yxw", along, np.tensordot(up, coarse, 1))
    return spread.reshape(len(up) * len(along), -1)


def _span(mean: Floats) -> float:
    known = mean[~np.isnan(mean)]
    return float(np.ptp(known)) if len(known) else 0.0


def _doubt(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> Floats:
    """How much two tellings of mean and share differ, (cells,): above 1 too much to trust either."""
    mean = np.abs(one[0] - other[0]) / max(_DOUBTFUL * _span(one[0]), NOTHING)
    share = np.abs(one[1] - other[1]) / _OFF_SHARE
    return np.nan_to_num(np.maximum(mean, share), nan=np.inf)


def _sample(cells: Integers, doubt: Floats) -> Integers:
    """Some of the cells: those with the greatest doubt, and as many from all over the grid."""
    worst = cells[np.argsort(-doubt[cells], kind="stable")[:_CHECKED]]
    among = np.linspace(0, len(cells) - 1, min(_CHECKED, len(cells)))
    return np.union1d(worst, cells[among.round().astype(np.int64)])


def _off(told: Floats, run: Floats, reduce: Reduce) -> tuple[float, float]:
    """How far mean and share of cells were told off at most; a refusal not foreseen is wholly off."""
    if len(told) == 0:
        return 0.0, 0.0
    if (np.isnan(told) != np.isnan(run)).any():
        return float("inf"), 1.0
    mean, share = (np.abs(a - b) for a, b in zip(reduce(told), reduce(run), strict=True))
    return float(np.max(mean, initial=0.0, where=~np.isnan(mean))), float(
        np.max(share, initial=0.0, where=~np.isnan(share))
    )
