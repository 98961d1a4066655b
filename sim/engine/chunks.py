"""Chunks of worlds: what is the same for all of them, and how one chunk is run beside its pair.

Worlds are computed in chunks of :data:`~sim.engine.layout.LANES`, and chunks are spread over threads
(the compiled engine holds no interpreter lock). The weeks before the policy can be felt are the same
in both runs and computed once.
"""

import os
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, TypeVar

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
)
from sim.engine.layout import LANES, WORKSPACE_SIZE, lever_addresses
from sim.errors import Cancelled
from sim.policy import Policy, has_programmes
from sim.world import World

Draws = Mapping[str, Floats]
T = TypeVar("T")

_own: Final = threading.local()
# Asked before every chunk on threads of this process, for whoever sets it: work that nobody waits for
# makes way there for work that somebody does. No is an end of it.
may_go_on: Final[ContextVar[Callable[[], bool] | None]] = ContextVar("may_go_on", default=None)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What is the same for all worlds of a batch.

    ``drawn`` has shape (numbers, worlds), and so has ``levers_drawn`` with the levers that differ
    from world to world, whose rows stand at ``lever_rows``; ``alike`` counts the first weeks that
    are the same in the run and in its pair.
    """

    packed: Floats
    rows: Integers
    drawn: Floats
    levers: tuple[Floats, Integers]
    lever_rows: Integers
    levers_drawn: Floats
    as_now: tuple[Floats, Integers]
    season: Floats
    scenario: Schedule
    reference: Schedule
    weeks: int
    worlds: int
    alike: int


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="worlds")


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
    reference = plan((), weeks + notice)
    still = Batch(
        packed=pack_world(world),
        rows=at,
        drawn=drawn,
        levers=pack_levers(Policy()),
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
    return under(still, policy, draws)


def under(batch: Batch, policy: Policy, draws: Draws) -> Batch:
    """The same worlds under another policy; ``draws`` are those of the batch."""
    notice = len(batch.reference.stage) - batch.weeks
    scenario = plan(policy.moves, batch.weeks + notice)
    alike = _weeks_alike(_first_programmes(policy, draws), scenario, notice)
    return replace(
        batch,
        levers=pack_levers(policy),
        scenario=scenario,
        alike=min(alike, batch.weeks),
    )


def _first_programmes(policy: Policy, draws: Draws) -> int | None:
    """The first week in which a programme runs in any world, or None where there is none."""
    if not has_programmes(policy) and not draws.keys() & lever_positions().keys():
        return None
    weeks = draws.get("programme_week", np.array([policy.programme_week]))
    return int(np.min(weeks, initial=policy.programme_week))


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


def buffer(name: str, *shape: int) -> Floats:
    """An array of this thread's own, kept from call to call: fresh memory costs page faults."""
    held: dict[str, Floats] = _own.__dict__.setdefault("held", {})
    found = held.get(name)
    if found is None or found.shape != shape:
        found = held[name] = np.zeros(shape)
    return found


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
    """Set the levers of a batch, those that are drawn after those that all worlds share."""
    week.fill_levers(work, addresses(), lever_addresses(), *todo.levers, n)
    for row, values in zip(todo.lever_rows, todo.levers_drawn, strict=True):
        work[row : row + n] = values[start : start + n]


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


def spread(compute: Callable[[T], None], items: Iterable[T], executor: Executor | None) -> None:
    """Do all items, on threads of this process if no executor is given.

    Raises
    ------
    Cancelled
        If what :data:`may_go_on` holds says no.
    """
    ask = may_go_on.get()
    if executor is None and ask is not None:
        _spread_asking(ask, compute, items)
        return
    for _ in (executor or _threads()).map(compute, items):
        pass


def _spread_asking(
    ask: Callable[[], bool], compute: Callable[[T], None], items: Iterable[T]
) -> None:
    stopped = threading.Event()

    def asked(item: T) -> None:
        if stopped.is_set():
            return
        if ask():
            compute(item)
        else:
            # Said and not raised: an exception in a future holds on to every array of the batch.
            stopped.set()

    todo = [_threads().submit(asked, item) for item in items]
    # All of them, whatever happens: they write into buffers that the next batch uses again.
    wait(todo)
    for each in todo:
        each.result()
    if stopped.is_set():
        raise Cancelled("nobody wants it any more")
