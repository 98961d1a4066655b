"""Outcomes at many points: other numbers of one scenario, each judged in the same worlds.

Numbers of the world and programmes differ from lane to lane of a batch; numbers of moves make plans,
which share one reference. What is the same at several points is computed once.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.analyses.batches import each_of
from sim.analyses.progress import Tick, silent
from sim.analyses.variables import Variable, put, with_number
from sim.engine.inputs import Integers
from sim.engine.plans import run_plans
from sim.metrics import OUTCOMES, Floats
from sim.policy import Policy
from sim.scenario import Scenario, require_sound

Draws = Mapping[str, Floats]
# Runs in a piece of work: some tenths of a second, so that progress and cancelling are prompt.
_RUNS: Final = 8192


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Worlds under plans, to be judged in one go, wherever that is."""

    scenario: Scenario
    policies: tuple[Policy, ...]
    draws: Draws
    outcomes: tuple[str, ...]


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

    Returns
    -------
    NaN where a world has to be refused at a point (and for the payback week where there is none).

    Raises
    ------
    Refused
        If the scenario, or one of its plans, cannot be run at all.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(scenario)
    worlds = draws or _own(scenario)
    count = len(next(iter(worlds.values())))
    moved = [at for at, each in enumerate(variables) if each.kind == "move"]
    laned = [at for at in range(len(variables)) if at not in moved]
    plans, plan_of = _distinct(points[:, moved])
    lanes, lane_of = _distinct(points[:, laned])
    policies = [
        _moved(scenario, [variables[at] for at in moved], plan.tolist()).policy for plan in plans
    ]
    for policy in policies:
        require_sound(_under(scenario, policy))
    if len(plans) * len(lanes) <= 2 * len(points):
        groups = [(np.arange(len(plans)), np.arange(len(lanes)))]
    else:
        # Few lanes of each plan are asked for: plan by plan, and no more than that.
        groups = [
            (np.array([plan]), np.unique(lane_of[plan_of == plan])) for plan in range(len(plans))
        ]
    chosen = [variables[at] for at in laned]
    pieces, spans = _pieces(scenario, policies, chosen, lanes, groups, worlds, tuple(outcomes))
    found = {name: np.full((len(plans), len(lanes), count), np.nan) for name in outcomes}
    parts = each_of(judged_piece, pieces, executor=executor, tick=tick)
    for (plan_rows, lane_rows), part in zip(spans, parts, strict=True):
        for name in outcomes:
            values = part[name].reshape(len(plan_rows), len(lane_rows), count)
            found[name][np.ix_(plan_rows, lane_rows)] = values
    return {name: each[plan_of, lane_of] for name, each in found.items()}


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


def _moved(scenario: Scenario, variables: Sequence[Variable], values: Sequence[float]) -> Scenario:
    for which, value in zip(variables, values, strict=True):
        scenario = with_number(scenario, which, value)
    return scenario


def _pieces(
    scenario: Scenario,
    policies: Sequence[Policy],
    variables: Sequence[Variable],
    lanes: Floats,
    groups: Sequence[tuple[Integers, Integers]],
    worlds: Draws,
    outcomes: tuple[str, ...],
) -> tuple[list[Piece], list[tuple[Integers, Integers]]]:
    """Pieces of about :data:`_RUNS` runs, and which plans and lanes each of them holds."""
    count = len(next(iter(worlds.values())))
    pieces, spans = [], []
    for plan_rows, lane_rows in groups:
        size = max(_RUNS // (len(plan_rows) * count), 1)
        for first in range(0, len(lane_rows), size):
            rows = lane_rows[first : first + size]
            repeated = {
                name: np.tile(each, (len(rows),) + (1,) * (each.ndim - 1))
                for name, each in worlds.items()
            }
            for at, which in enumerate(variables):
                repeated = put(repeated, scenario, which, np.repeat(lanes[rows, at], count))
            pieces.append(
                Piece(
                    scenario=scenario,
                    policies=tuple(policies[row] for row in plan_rows),
                    draws=repeated,
                    outcomes=outcomes,
                )
            )
            spans.append((plan_rows, rows))
    return pieces, spans


def judged_piece(piece: Piece) -> dict[str, Floats]:
    """The outcomes of a piece, each of shape (policies, worlds); pieces may be judged anywhere."""
    scenario = piece.scenario
    found = run_plans(scenario.world, piece.policies, scenario.weeks, piece.draws)
    return {name: found[name] for name in piece.outcomes}
