"""A map: an outcome and how likely it is to be better, over all pairs of values of two numbers.

Every cell is judged in the same worlds, so that neighbours differ by the two numbers and not by luck.
Piece by piece the worlds of a cell are reduced to its mean and its share of worlds. Of a fine map most
cells are told from their neighbours, world by world; see :mod:`sim.analyses.infill`.

References
----------
Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed., ch. 11, on common random numbers.
"""

import math
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from sim.analyses.cells import Asked, cells_of
from sim.analyses.draws import draw
from sim.analyses.infill import Infilled
from sim.analyses.progress import Tick, silent
from sim.analyses.variables import Variable
from sim.analyses.verdict import better_sign
from sim.errors import Fault, Refused, unknown
from sim.metrics import OUTCOMES, Floats
from sim.scenario import Scenario, require_sound

CELL_WORLDS: Final = 200
CELL_WORLDS_LIMITS: Final = (1, 100_000)
COUNT_LIMITS: Final = (2, 200)
COUNT: Final = 50


@dataclass(frozen=True, kw_only=True)
class Map:
    """An outcome over two numbers.

    Attributes
    ----------
    xs, ys
        Values of both numbers, (nx,) and (ny,), in their units.
    values
        The outcome as a difference to the reference, (ny, nx), in its unit: in the scenario's own
        world, or the mean over the worlds of a cell. NaN where nothing can be run; of the payback
        week also where there is none, the mean being of those worlds that have one.
    better
        Share of worlds in which the policy is better than none, (ny, nx).
    worlds
        Worlds a cell, 0 where only the scenario's own was asked for.
    refused
        Cells in which no world can be run.
    partly
        Cells in which some worlds cannot be run.
    infilled
        How cells that were not run were told from their neighbours; None where all were run.
    """

    scenario: Scenario
    x: Variable
    y: Variable
    outcome: str
    xs: Floats
    ys: Floats
    values: Floats
    better: Floats
    worlds: int
    refused: int
    partly: int
    infilled: Infilled | None = None

    @property
    def is_flat(self) -> bool:
        """Whether neither number makes any difference to the outcome."""
        known = self.values[~np.isnan(self.values)]
        return len(known) > 0 and bool(np.ptp(known) == 0)

    @property
    def shares(self) -> tuple[float, float]:
        """Shares of the cells that can be run in which the policy pays, and in which it costs."""
        known = self.levels[~np.isnan(self.better)]
        if len(known) == 0:
            return float("nan"), float("nan")
        return float((known > 0).mean()), float((known < 0).mean())

    @property
    def levels(self) -> Floats:
        """What is above 0 where the policy pays and below 0 where it does not, (ny, nx).

        The frontier is where it is 0: of the outcome itself; of the payback week, of the share of
        worlds that pay back, less one half.
        """
        if self.outcome == "payback_week":
            return self.better - 0.5
        return better_sign(self.outcome) * self.values

    @property
    def frontier(self) -> tuple[tuple[float, float], ...]:
        """Points (x, y) at which it breaks even, between neighbouring cells, by straight lines."""
        along = _crossings(self.xs, self.ys, self.levels)
        up = ((x, y) for y, x in _crossings(self.ys, self.xs, self.levels.T))
        return tuple(sorted({*along, *up}))


def map_of(
    scenario: Scenario,
    x: Variable,
    y: Variable,
    *,
    outcome: str = "npv_change",
    counts: tuple[int, int] = (COUNT, COUNT),
    worlds: int = 0,
    every_cell: bool = False,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Map:
    """An outcome at every pair of values of two numbers.

    Parameters
    ----------
    counts : how many values of each; of whole numbers there may be fewer
    worlds : how many a cell, the first of the scenario's sampling; 0 for its own world alone
    every_cell : run all cells, also where most could be told from their neighbours

    Raises
    ------
    Refused
        If the scenario cannot be run at all, or what is asked for is not known.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(scenario)
    _require(x, y, outcome, counts, worlds)
    xs, ys = x.values(counts[0]), y.values(counts[1])
    asked = Asked(
        scenario=scenario,
        variables=(x, y),
        xs=xs,
        ys=ys,
        outcome=outcome,
        draws=draw(scenario, 0, worlds) if worlds else None,
        executor=executor,
        every_cell=every_cell,
    )
    found = cells_of(asked, tick)
    return Map(
        scenario=scenario,
        x=x,
        y=y,
        outcome=outcome,
        xs=xs,
        ys=ys,
        values=found.values.reshape(len(ys), len(xs)),
        better=found.better.reshape(len(ys), len(xs)),
        worlds=worlds,
        refused=int((found.known == 0).sum()),
        partly=int(((found.known > 0) & (found.known < max(worlds, 1))).sum()),
        infilled=found.infilled,
    )


def _require(x: Variable, y: Variable, outcome: str, counts: tuple[int, int], worlds: int) -> None:
    faults = []
    if outcome not in OUTCOMES:
        faults.append(unknown("outcome", outcome, tuple(OUTCOMES)))
    if x.place == y.place:
        faults.append(Fault(kind="pair_twice", place="x, y", facts={"got": x.place}))
    asked = [(x.place, counts[0], COUNT_LIMITS), (y.place, counts[1], COUNT_LIMITS)]
    if worlds:
        asked.append(("cell-worlds", worlds, CELL_WORLDS_LIMITS))
    for place, got, (low, high) in asked:
        if not low <= got <= high:
            facts = {"low": low, "high": high, "got": got}
            faults.append(Fault(kind="not_whole", place=place, facts=facts))
    if faults:
        raise Refused(faults)


def _crossings(xs: Floats, ys: Floats, levels: Floats) -> Iterator[tuple[float, float]]:
    """Where rows (ny, nx) begin or cease to be above 0 along x."""
    for row, y in enumerate(ys.tolist()):
        for left, right in pairwise(range(len(xs))):
            low, high = float(levels[row, left]), float(levels[row, right])
            known = math.isfinite(low) and math.isfinite(high)
            if known and (low > 0) != (high > 0):
                way = low / (low - high)
                yield float(xs[left] + way * (xs[right] - xs[left])), y
