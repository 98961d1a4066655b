"""Chunks of worlds: what is the same for all of them, and how one chunk is run beside its pair.

Worlds are computed in chunks of :data:`~sim.engine.layout.LANES`. The weeks before the policy can be
felt are the same in both runs and computed once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sim.engine import week
from sim.engine.inputs import (
    Floats,
    Integers,
    Schedule,
    addresses,
    lever_positions,
    pack_levers,
    pack_world,
    plan,
    positions,
    relative_season,
    side_by_side,
)
from sim.engine.layout import LANES, WORKSPACE_SIZE, lever_addresses
from sim.engine.threads import buffer
from sim.policy import Policy, has_programmes
from sim.world import World

Draws = Mapping[str, Floats]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What is the same for all worlds of a batch.

    ``drawn`` has shape (numbers, worlds), and so has ``levers_drawn`` with the levers that differ
    from world to world, whose rows stand at ``lever_rows``; ``alike`` counts the first weeks that
    are the same in the run and in its pair. Of several policies side by side, ``levers`` holds those
    of each, and ``scenario`` says lane by lane what their moves make of the links.
    """

    packed: Floats
    rows: Integers
    drawn: Floats
    levers: tuple[tuple[Floats, Integers], ...]
    lever_rows: Integers
    levers_drawn: Floats
    as_now: tuple[Floats, Integers]
    season: Floats
    scenario: Schedule
    reference: Schedule
    weeks: int
    worlds: int
    alike: int


def _drawn(draws: Draws, sizes: Mapping[str, tuple[int, int]]) -> tuple[Integers, Floats]:
    """Which packed numbers are drawn, and their values, shape (numbers, worlds)."""
    at: list[int] = []
    values: list[Floats] = []
    for name, each in draws.items():
        if name not in sizes:
            continue
        start, size = sizes[name]
        columns = np.atleast_2d(np.asarray(each, dtype=np.float64).T)
        if len(columns) != size:
            raise ValueError(f"draws of {name} need {size} numbers a world, got {len(columns)}")
        at.extend(range(start, start + size))
        values.extend(columns)
    drawn = np.ascontiguousarray(values).reshape(len(at), _worlds(draws))
    return np.array(at, dtype=np.int64), drawn


def _worlds(draws: Draws) -> int:
    """How many worlds the draws are for."""
    if not draws:
        raise ValueError("at least one parameter must be drawn: the draws say how many worlds")
    worlds = {len(each) for each in draws.values()}
    if len(worlds) > 1:
        raise ValueError(f"draws differ in their number of worlds: {sorted(worlds)}")
    unknown = sorted(draws.keys() - positions().keys() - lever_positions().keys())
    if unknown:
        raise ValueError(f"neither a parameter of the world nor a lever: {', '.join(unknown)}")
    return worlds.pop()


def batch_of(world: World, policy: Policy, weeks: int, draws: Draws) -> Batch:
    """Everything about a batch before its first chunk; draws are of parameters, or of levers.

    Raises
    ------
    ValueError
        If draws differ in length or in their number of members.
    """
    worlds = _worlds(draws)
    at, drawn = _drawn(draws, positions())
    levers, levers_drawn = _drawn(draws, lever_positions())
    notice = world.supply.notice_weeks
    if "notice_weeks" in draws:
        notice = int(max(notice, np.max(draws["notice_weeks"], initial=notice)))
    reference = plan(((),), weeks + notice)
    still = Batch(
        packed=pack_world(world),
        rows=at,
        drawn=drawn,
        levers=(),
        lever_rows=lever_addresses()[levers],
        levers_drawn=levers_drawn,
        as_now=pack_levers(Policy()),
        season=relative_season(world, weeks),
        scenario=reference,
        reference=reference,
        weeks=weeks,
        worlds=worlds,
        alike=weeks,
    )
    return under(still, (policy,), draws)


def under(batch: Batch, policies: Sequence[Policy], draws: Draws, worlds: int = 1) -> Batch:
    """The same worlds under another policy, or under several side by side.

    Parameters
    ----------
    draws : those of the batch
    worlds : of several policies, how many worlds each has in a chunk; their lanes are next to each other
    """
    horizon = len(batch.reference.stage)
    moves = tuple(policy.moves for policy in policies)
    one = len(moves) == 1
    scenario = plan(moves, horizon) if one else side_by_side(moves, horizon, worlds)
    felt = [_first_programmes(policy, draws) for policy in policies]
    programmes = min((week for week in felt if week is not None), default=None)
    return replace(
        batch,
        levers=tuple(pack_levers(policy) for policy in policies),
        scenario=scenario,
        alike=min(_weeks_alike(programmes, scenario, horizon - batch.weeks), batch.weeks),
    )


def _first_programmes(policy: Policy, draws: Draws) -> int | None:
    """The first week in which a programme runs in any world, or None where there is none."""
    if not has_programmes(policy) and not draws.keys() & lever_positions().keys():
        return None
    if "programme_week" not in draws:
        return policy.programme_week
    return int(np.min(draws["programme_week"], initial=policy.programme_week))


def _weeks_alike(programmes: int | None, schedule: Schedule, notice: int) -> int:
    """The first weeks in which no lever is felt: no programme runs, no move acts or is announced."""
    unmoved = (
        np.all(schedule.open_at[0] == 1.0)
        and np.all(schedule.fee_keep[0] == 1.0)
        and np.all(schedule.fee_put[0] == 0.0)
    )
    if not unmoved:
        return 0
    later = np.flatnonzero(schedule.stage != schedule.stage[0])
    felt = int(later[0]) - notice if len(later) else len(schedule.stage)
    return max(felt if programmes is None else min(felt, programmes), 0)


def opened(todo: Batch, start: int) -> tuple[int, Integers, Floats]:
    """The worlds from ``start`` before their first week, without any lever.

    Returns
    -------
    How many worlds, their status, and the workspace.
    """
    n = min(LANES, todo.worlds - start)
    work = buffer("work", WORKSPACE_SIZE)
    status = np.zeros(LANES, dtype=np.int64)
    week.fill(work, addresses(), todo.packed, todo.rows, todo.drawn, start, n)
    week.prepare(work, status, n)
    week.fill_levers(work, addresses(), lever_addresses(), *todo.as_now, n)
    return n, status, work


def fill_policy(work: Floats, todo: Batch, start: int, n: int) -> None:
    """Set the levers of a batch, those that are drawn after those that all worlds share.

    Of several policies each has ``n`` lanes, one after the other.
    """
    for side, levers in enumerate(todo.levers):
        own = work[side * n :]
        week.fill_levers(own, addresses(), lever_addresses(), *levers, n)
        for row, values in zip(todo.lever_rows, todo.levers_drawn, strict=True):
            own[row : row + n] = values[start : start + n]


def run_weeks(
    work: Floats,
    todo: Batch,
    schedule: Schedule,
    span: tuple[int, int],
    kept: Integers,
    out: Floats,
    n: int,
) -> None:
    """Run ``n`` worlds from the stocks in the workspace, over the weeks of ``span``."""
    pressures = buffer("pressures", len(schedule.open_at), 3 * LANES)
    week.run(
        work,
        todo.season,
        schedule.stage,
        schedule.open_at,
        schedule.fee_keep,
        schedule.fee_put,
        pressures,
        *span,
        todo.weeks,
        kept,
        out,
        n,
    )


def run_chunk(
    todo: Batch, start: int, kept: Integers, run: Floats, reference: Floats | None
) -> tuple[int, Integers, Floats]:
    """Run the worlds from ``start``, beside their paired runs if there is room for them.

    Parameters
    ----------
    kept : rows of the workspace that are kept
    run, reference : (kept, weeks, LANES), filled

    Returns
    -------
    How many worlds, their status, and the workspace.
    """
    n, status, work = opened(todo, start)
    fill_policy(work, todo, start, n)
    before = buffer("before", WORKSPACE_SIZE)
    alike, weeks = todo.alike, todo.weeks
    run_weeks(work, todo, todo.scenario, (0, alike), kept, run, n)
    before[:] = work
    run_weeks(work, todo, todo.scenario, (alike, weeks), kept, run, n)
    if reference is not None:
        reference[:, :alike] = run[:, :alike]
        work[:] = before
        week.fill_levers(work, addresses(), lever_addresses(), *todo.as_now, n)
        run_weeks(work, todo, todo.reference, (alike, weeks), kept, reference, n)
    return n, status, work


def chunks(todo: Batch) -> range:
    """Where each chunk starts."""
    return range(0, todo.worlds, LANES)
