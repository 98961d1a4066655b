"""Cells of a map: each reduced to the mean of an outcome and the share of worlds that are better.

Either every cell is run, or most are told from their neighbours; see :mod:`sim.analyses.infill`.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.analyses.infill import Axis, Infilled, infill, is_worth_it
from sim.analyses.points import Draws, judge_points, judged_points
from sim.analyses.progress import Tick
from sim.analyses.variables import Variable
from sim.analyses.verdict import is_better
from sim.engine.inputs import Integers
from sim.metrics import OUTCOMES, Floats
from sim.policy import Policy
from sim.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Values of two numbers, and the worlds in which every pair of them is judged.

    ``draws`` is None where the scenario's own world alone is asked for; with ``every_cell`` none is
    told from its neighbours.
    """

    scenario: Scenario
    variables: tuple[Variable, Variable]
    xs: Floats
    ys: Floats
    outcome: str
    draws: Draws | None
    executor: Executor | None = None
    every_cell: bool = False


@dataclass(frozen=True, kw_only=True)
class Cells:
    """What is known of cells, row by row: mean, share of worlds that are better, worlds known, (cells,).

    ``infilled`` is None where all cells were run.
    """

    values: Floats
    better: Floats
    known: Floats
    infilled: Infilled | None = None


def cells_of(asked: Asked, tick: Tick) -> Cells:
    """Every pair of values: cell ``row * len(xs) + column`` is ``(xs[column], ys[row])``.

    Raises
    ------
    Refused, ExecutorLost, Cancelled
        As :func:`sim.analyses.points.judged_points`.
    """
    draws = asked.draws
    points = np.array([(at, up) for up in asked.ys.tolist() for at in asked.xs.tolist()])
    if draws is None or asked.every_cell or not _is_amount(asked.outcome):
        return _judged(asked, points, tick)
    worlds = len(next(iter(draws.values())))
    x, y = (
        Axis(values=values, whole=each.whole)
        for values, each in zip((asked.xs, asked.ys), asked.variables, strict=True)
    )
    if not is_worth_it(x, y, worlds):
        return _judged(asked, points, tick)
    return _infilled(asked, points, (x, y), draws, tick)


def _is_amount(outcome: str) -> bool:
    """Whether a little more of a number makes a little more or less of an outcome; weeks jump."""
    return OUTCOMES[outcome].unit not in {"week", "weeks"}


def _infilled(
    asked: Asked, points: Floats, axes: tuple[Axis, Axis], draws: Draws, tick: Tick
) -> Cells:
    def judge(cells: Integers, where: Integers, ahead: Tick) -> Floats:
        some = {name: each[where] for name, each in draws.items()}
        found = np.empty((len(cells), len(where)))
        for rows, held, _ in _pieces(replace(asked, draws=some), points[cells], ahead):
            found[rows] = held
        return found

    def reduce(held: Floats) -> tuple[Floats, Floats]:
        return _mean(held), _mean(is_better(asked.outcome, held, np.isnan(held)))

    worlds = len(next(iter(draws.values())))
    told = infill(*axes, worlds, judge=judge, reduce=reduce, tick=tick)
    values, better = reduce(told.held)
    known = (~np.isnan(told.held)).sum(axis=1).astype(np.float64)
    all_run = told.how.computed == len(points)
    return Cells(values=values, better=better, known=known, infilled=None if all_run else told.how)


def _judged(asked: Asked, points: Floats, tick: Tick) -> Cells:
    shape = len(points)
    values, better, known = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape)
    for rows, held, refused in _pieces(asked, points, tick):
        known[rows] = (~refused).sum(axis=1)
        values[rows] = _mean(held)
        better[rows] = _mean(is_better(asked.outcome, held, refused))
    return Cells(values=values, better=better, known=known)


def _pieces(
    asked: Asked, points: Floats, tick: Tick
) -> Iterator[tuple[Integers, Floats, NDArray[np.bool_]]]:
    """Which points, and their outcomes as differences and where they are refused, (those, worlds)."""
    base = _reference(asked, points)
    wanted = tuple(dict.fromkeys((asked.outcome, "npv_change")))
    for rows, part in judged_points(
        asked.scenario,
        asked.variables,
        points,
        asked.draws,
        outcomes=wanted,
        executor=asked.executor,
        tick=tick,
    ):
        held = part[asked.outcome] - (0.0 if base is None else base[rows])
        yield rows, held, np.isnan(part["npv_change"])


def _reference(asked: Asked, points: Floats) -> Floats | None:
    """The outcome without any policy, (points, worlds); None where outcomes are differences anyway."""
    if OUTCOMES[asked.outcome].difference:
        return None
    of_world = [at for at, each in enumerate(asked.variables) if each.kind in {"world", "vector"}]
    still = replace(asked.scenario, policy=Policy())
    without = [asked.variables[at] for at in of_world]
    distinct, which = np.unique(points[:, of_world], axis=0, return_inverse=True)
    found = judge_points(
        still,
        without,
        distinct,
        asked.draws,
        outcomes=(asked.outcome,),
        executor=asked.executor,
    )
    return found[asked.outcome][which.reshape(-1)]


def _mean(values: Floats) -> Floats:
    """Over the worlds that are known, (points, worlds) to (points,); NaN where none is."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
