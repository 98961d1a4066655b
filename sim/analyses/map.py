"""A map: an outcome and how likely it is to be better, over all pairs of values of two numbers.

Every cell is judged in the same worlds, so that neighbours differ by the two numbers and not by luck.
Piece by piece the worlds of a cell are reduced to its mean and its share of worlds.

References
----------
Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed., ch. 11, on common random numbers.
"""

import math
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from sim.analyses.draws import draw
from sim.analyses.points import Draws, judge_points, judged_points
from sim.analyses.progress import Tick, silent
from sim.analyses.variables import Variable
from sim.analyses.verdict import better_sign, is_better
from sim.errors import Fault, Refused, unknown
from sim.metrics import OUTCOMES, Floats
from sim.policy import Policy
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
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Map:
    """An outcome at every pair of values of two numbers.

    Parameters
    ----------
    counts : how many values of each; of whole numbers there may be fewer
    worlds : how many a cell, the first of the scenario's sampling; 0 for its own world alone

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
    points = np.array([(at, up) for up in ys.tolist() for at in xs.tolist()])
    draws = draw(scenario, 0, worlds) if worlds else None
    judged = _judged(scenario, (x, y), points, outcome, draws, executor, tick)
    rows = [each.reshape(len(ys), len(xs)) for each in judged]
    values, better, known = rows
    return Map(
        scenario=scenario,
        x=x,
        y=y,
        outcome=outcome,
        xs=xs,
        ys=ys,
        values=values,
        better=better,
        worlds=worlds,
        refused=int((known == 0).sum()),
        partly=int(((known > 0) & (known < max(worlds, 1))).sum()),
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


def _judged(
    scenario: Scenario,
    variables: tuple[Variable, Variable],
    points: Floats,
    outcome: str,
    draws: Draws | None,
    executor: Executor | None,
    tick: Tick,
) -> tuple[Floats, Floats, Floats]:
    """Mean, share of worlds that are better, and worlds that are known, each (points,)."""
    values, better = np.full(len(points), np.nan), np.full(len(points), np.nan)
    known = np.zeros(len(points))
    base = _reference(scenario, variables, points, outcome, draws, executor)
    wanted = tuple(dict.fromkeys((outcome, "npv_change")))
    for rows, part in judged_points(
        scenario, variables, points, draws, outcomes=wanted, executor=executor, tick=tick
    ):
        refused = np.isnan(part["npv_change"])
        held = part[outcome] - (0.0 if base is None else base[rows])
        known[rows] = (~refused).sum(axis=1)
        values[rows] = _mean(held)
        better[rows] = _mean(is_better(outcome, held, refused))
    return values, better, known


def _reference(
    scenario: Scenario,
    variables: tuple[Variable, Variable],
    points: Floats,
    outcome: str,
    draws: Draws | None,
    executor: Executor | None,
) -> Floats | None:
    """The outcome without any policy, (points, worlds); None where outcomes are differences anyway."""
    if OUTCOMES[outcome].difference:
        return None
    at = [row for row, each in enumerate(variables) if each.kind in {"world", "vector"}]
    still = replace(scenario, policy=Policy())
    without = [variables[row] for row in at]
    distinct, which = np.unique(points[:, at], axis=0, return_inverse=True)
    found = judge_points(still, without, distinct, draws, outcomes=(outcome,), executor=executor)
    return found[outcome][which.reshape(-1)]


def _mean(values: Floats) -> Floats:
    """Over the worlds that are known, (points, worlds) to (points,); NaN where none is."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _crossings(xs: Floats, ys: Floats, levels: Floats) -> Iterator[tuple[float, float]]:
    """Where rows (ny, nx) begin or cease to be above 0 along x."""
    for row, y in enumerate(ys.tolist()):
        for left, right in pairwise(range(len(xs))):
            low, high = float(levels[row, left]), float(levels[row, right])
            known = math.isfinite(low) and math.isfinite(high)
            if known and (low > 0) != (high > 0):
                way = low / (low - high)
                yield float(xs[left] + way * (xs[right] - xs[left])), y
