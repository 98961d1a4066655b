"""Outcomes at many points: other numbers of one scenario, each judged in the same worlds.

Numbers of the world and programmes differ from lane to lane of a batch; numbers of moves make plans,
which share one reference. What is the same at several points is computed once.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.analyses.batches import each_of
from sim.analyses.progress import Tick, silent
from sim.analyses.variables import Variable, number_faults, policy_with, put
from sim.engine.inputs import Integers
from sim.engine.layout import LANES
from sim.engine.plans import run_plans
from sim.errors import Refused
from sim.metrics import OUTCOMES, Floats
from sim.policy import Policy
from sim.scenario import Scenario, require_sound

Draws = Mapping[str, Floats]
# Runs in a piece of work: some tenths of a second, so that progress and cancelling are prompt.
_RUNS: Final = 8192
# Plans in a piece, at least: each piece runs the reference of its worlds once more.
_LEAST_PLANS: Final = 16
# Runs in a piece at most, where pieces are made larger to fill the lanes.
_MOST_RUNS: Final = 32_768
# How much is left of a batch's lanes where worlds do not fill them, at least.
_WELL_FILLED: Final = 0.95


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Worlds under plans, to be judged in one go, wherever that is.

    Each row of ``lanes`` is a point, (points, variables): the worlds are run at the one after the
    other. They are repeated where they are judged, so that little is held and travels.
    """

    scenario: Scenario
    policies: tuple[Policy, ...]
    draws: Draws
    outcomes: tuple[str, ...]
    variables: tuple[Variable, ...] = ()
    lanes: Floats | None = None


def judge_plans(
    scenario: Scenario,
    policies: Sequence[Policy],
    draws: Draws | None = None,
    *,
    outcomes: Sequence[str] = tuple(OUTCOMES),
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Mapping[str, Floats]:
    """Outcomes of several policies in the same worlds, by id, each of shape (policies, worlds).

    Parameters
    ----------
    draws : the worlds; the scenario's own world alone if not given

    Raises
    ------
    Refused
        If a plan cannot be run at all.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    for policy in policies:
        require_sound(_under(scenario, policy))
    worlds = draws or _own(scenario)
    count = len(next(iter(worlds.values())))
    size = max(_RUNS // max(len(policies), 1), 256)
    pieces = [
        Piece(
            scenario=scenario,
            policies=tuple(policies),
            draws={name: each[first : first + size] for name, each in worlds.items()},
            outcomes=tuple(outcomes),
        )
        for first in range(0, count, size)
    ]
    parts = list(each_of(judged_piece, pieces, executor=executor, tick=tick))
    return {name: np.concatenate([each[name] for each in parts], axis=1) for name in outcomes}


def judge_points(
    scenario: Scenario,
    variables: Sequence[Variable],
    points: Floats,
    draws: Draws | None = None,
    *,
    outcomes: Sequence[str] = ("npv_change",),
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Mapping[str, Floats]:
    """Outcomes of a scenario at many points, by id, each of shape (points, worlds).

    Parameters
    ----------
    points : (points, variables), in the unit of each variable
    draws : the worlds in which each point is judged, by parameter id, (worlds,) or (worlds, members);
        the scenario's own world alone if not given
    outcomes : ids of outcomes; ``<series>_change`` is the sum of a weekly series over the horizon,
        such as ``cost_change``, less that of the reference

    Returns
    -------
    NaN where a world has to be refused at a point (and for the payback week where there is none).

    Raises
    ------
    Refused
        If the scenario cannot be run at all, or a point lies outside the limits of a variable.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    count = len(next(iter((draws or _own(scenario)).values())))
    found = {name: np.full((len(points), count), np.nan) for name in outcomes}
    for rows, part in judged_points(
        scenario, variables, points, draws, outcomes=outcomes, executor=executor, tick=tick
    ):
        for name, values in part.items():
            found[name][rows] = values
    return found


def judged_points(
    scenario: Scenario,
    variables: Sequence[Variable],
    points: Floats,
    draws: Draws | None = None,
    *,
    outcomes: Sequence[str] = ("npv_change",),
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Iterator[tuple[Integers, Mapping[str, Floats]]]:
    """:func:`judge_points` piece by piece, for who keeps less than every world of every point.

    Yields
    ------
    Which points, and their outcomes by id, each of shape (those points, worlds); every point once.
    """
    require_sound(scenario)
    faults = [fault for each, column in zip(variables, points.T, strict=True)
              for fault in number_faults(each, column)]  # fmt: skip
    if faults:
        raise Refused(faults)
    worlds = draws or _own(scenario)
    count = len(next(iter(worlds.values())))
    moved = [at for at, each in enumerate(variables) if _in_plan(each, worlds, count)]
    laned = [at for at in range(len(variables)) if at not in moved]
    plans, plan_of = _distinct(points[:, moved])
    lanes, lane_of = _distinct(points[:, laned])
    movers = [variables[at] for at in moved]
    policies = [policy_with(scenario.policy, movers, plan) for plan in plans.tolist()]
    cuts = _cuts(plan_of, lane_of, (len(plans), len(lanes)), count)
    pieces = [
        Piece(
            scenario=scenario,
            policies=tuple(policies[row] for row in plan_rows.tolist()),
            draws=worlds,
            outcomes=tuple(outcomes),
            variables=tuple(variables[at] for at in laned),
            lanes=lanes[lane_rows],
        )
        for plan_rows, lane_rows in cuts
    ]
    parts = each_of(judged_piece, pieces, executor=executor, tick=tick)
    for (plan_rows, lane_rows), part in zip(cuts, parts, strict=True):
        plan_at, lane_at = _places(plan_rows, len(plans)), _places(lane_rows, len(lanes))
        rows = np.flatnonzero((plan_at[plan_of] >= 0) & (lane_at[lane_of] >= 0))
        at = plan_at[plan_of[rows]], lane_at[lane_of[rows]]
        shape = len(plan_rows), len(lane_rows), count
        yield rows, {name: part[name].reshape(shape)[at] for name in outcomes}


def _in_plan(which: Variable, worlds: Draws, count: int) -> bool:
    """Whether a variable makes plans, rather than differing from lane to lane.

    Plans share their reference, lanes are computed several at once: where there are worlds enough to
    fill the lanes, plans cost half.
    """
    return which.kind == "move" or (
        which.kind == "lever" and count >= LANES and which.name not in worlds
    )


def _own(scenario: Scenario) -> Draws:
    """The scenario's own world, as the only one."""
    return {"viewers": np.array([scenario.world.audience.viewers])}


def _under(scenario: Scenario, policy: Policy) -> Scenario:
    return replace(scenario, policy=policy)


def _distinct(points: Floats) -> tuple[Floats, Integers]:
    """The points that differ, and which of them each one is; of no columns all are the same."""
    if points.shape[1] == 0:
        return np.zeros((1, 0)), np.zeros(len(points), dtype=np.int64)
    found, at = np.unique(points, axis=0, return_inverse=True)
    return found, at.reshape(-1).astype(np.int64)


def _places(rows: Integers, count: int) -> Integers:
    """Where each of ``count`` stands among the rows, -1 for those that are not there."""
    found = np.full(count, -1, dtype=np.int64)
    found[rows] = np.arange(len(rows))
    return found


def _cuts(
    plan_of: Integers, lane_of: Integers, shape: tuple[int, int], count: int
) -> list[tuple[Integers, Integers]]:
    """Which plans and which lanes go into each piece."""
    plans, lanes = shape
    if plans * lanes <= 2 * len(plan_of):
        size = min(max(_RUNS // count, _LEAST_PLANS), plans)
        groups = np.array_split(np.arange(plans), -(-plans // size))
        return [
            (group, part) for part in _lane_parts(np.arange(lanes), len(groups[0]), count)
            for group in groups
        ]  # fmt: skip
    # Few lanes of each plan are asked for: plan by plan, and no more than that.
    return [
        (np.array([plan]), part)
        for plan in range(plans)
        for part in _lane_parts(np.unique(lane_of[plan_of == plan]), 1, count)
    ]


def _lane_parts(rows: Integers, plans: int, count: int) -> list[Integers]:
    """Lanes in parts of about :data:`_RUNS` runs, or a little more where that fills the lanes."""
    size = max(_RUNS // (plans * count), 1)
    while size < len(rows) and (size + 1) * plans * count <= _MOST_RUNS:
        held = size * count / LANES
        if held >= _WELL_FILLED * math.ceil(held):
            break
        size += 1
    return [rows[first : first + size] for first in range(0, len(rows), size)]


def judged_piece(piece: Piece) -> dict[str, Floats]:
    """The outcomes of a piece, each of shape (policies, worlds); pieces may be judged anywhere."""
    scenario = piece.scenario
    sums = [name.removesuffix("_change") for name in piece.outcomes if name not in OUTCOMES]
    draws = _repeated(piece)
    found = run_plans(scenario.world, piece.policies, scenario.weeks, draws, sums=sums)
    return {name: found[name] for name in piece.outcomes}


def _repeated(piece: Piece) -> Draws:
    """The worlds of a piece at each of its points."""
    if piece.lanes is None or not piece.variables:
        return piece.draws
    count = len(next(iter(piece.draws.values())))
    repeated = {
        name: np.tile(each, (len(piece.lanes),) + (1,) * (each.ndim - 1))
        for name, each in piece.draws.items()
    }
    for which, values in zip(piece.variables, piece.lanes.T, strict=True):
        repeated = put(repeated, piece.scenario, which, np.repeat(values, count))
    return repeated
