"""Many worlds under one policy, each beside its paired run: outcomes, or bands of series.

Worlds are computed in chunks of :data:`~sim.engine.layout.LANES`, chunks are spread over threads (the
compiled engine holds no interpreter lock), and only what was asked for is kept, so that time and
memory grow with the draws by no more than their own numbers.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.engine import reduce, week
from sim.engine.inputs import (
    Floats,
    Integers,
    Schedule,
    addresses,
    pack_levers,
    pack_world,
    plan,
    positions,
    relative_season,
)
from sim.engine.layout import LANES, WORKSPACE_SIZE, W, lever_addresses, series_addresses
from sim.policy import Policy
from sim.world import World

Draws = Mapping[str, Floats]
T = TypeVar("T")
Counts = NDArray[np.int32]

# Worlds whose trajectories are held at once while bands are counted.
_GROUP: Final = 1024
_BINS: Final = 512
_own: Final = threading.local()


@dataclass(frozen=True, kw_only=True)
class Bands:
    """Quantiles by week of the run, of its paired run, and of their difference.

    Each maps a series id to a read-only float64 array of shape (weeks, quantiles). ``refused`` says
    how many worlds had to be left out because no rates explain their first week.
    """

    quantiles: tuple[float, ...]
    run: Mapping[str, Floats]
    reference: Mapping[str, Floats]
    difference: Mapping[str, Floats]
    worlds: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """What is the same for all worlds of a batch."""

    packed: Floats
    rows: Integers
    drawn: Floats
    levers: tuple[Floats, Integers]
    as_now: tuple[Floats, Integers]
    season: Floats
    scenario: Schedule
    reference: Schedule
    weeks: int
    worlds: int


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="worlds")


def _drawn(draws: Draws) -> tuple[Integers, Floats]:
    """Which packed numbers are drawn, and their values, shape (numbers, worlds)."""
    if not draws:
        raise ValueError("at least one parameter must be drawn: the draws say how many worlds")
    at: list[int] = []
    values: list[Floats] = []
    for name, each in draws.items():
        start, size = positions()[name]
        columns = np.atleast_2d(np.asarray(each, dtype=np.float64).T)
        if len(columns) != size:
            raise ValueError(f"draws of {name} need {size} numbers a world, got {len(columns)}")
        at.extend(range(start, start + size))
        values.extend(columns)
    worlds = {len(each) for each in values}
    if len(worlds) > 1:
        raise ValueError(f"draws differ in their number of worlds: {sorted(worlds)}")
    return np.array(at, dtype=np.int64), np.ascontiguousarray(values).reshape(len(at), -1)


def _plan(world: World, policy: Policy, weeks: int, draws: Draws) -> _Plan:
    at, drawn = _drawn(draws)
    notice = world.supply.notice_weeks
    if "notice_weeks" in draws:
        notice = int(max(notice, np.max(draws["notice_weeks"], initial=notice)))
    return _Plan(
        packed=pack_world(world),
        rows=at,
        drawn=drawn,
        levers=pack_levers(policy),
        as_now=pack_levers(Policy()),
        season=relative_season(world, weeks),
        scenario=plan(policy.moves, weeks + notice),
        reference=plan((), weeks + notice),
        weeks=weeks,
        worlds=drawn.shape[1],
    )


def _buffer(name: str, *shape: int) -> Floats:
    """An array of this thread's own, kept from call to call: fresh memory costs page faults."""
    held: dict[str, Floats] = _own.__dict__.setdefault("held", {})
    found = held.get(name)
    if found is None or found.shape != shape:
        found = held[name] = np.zeros(shape)
    return found


def _run(
    work: Floats, todo: _Plan, schedule: Schedule, kept: Integers, out: Floats, n: int
) -> None:
    pressures = _buffer("pressures", len(schedule.open_at), 3 * LANES)
    week.run(
        work,
        todo.season,
        schedule.stage,
        schedule.open_at,
        schedule.fee_keep,
        schedule.fee_put,
        pressures,
        todo.weeks,
        kept,
        out,
        n,
    )


def _chunk(
    todo: _Plan, start: int, kept: Integers, run: Floats, reference: Floats
) -> tuple[int, Integers, Floats]:
    """Run one chunk beside its paired run; how many worlds, their status, and the workspace."""
    n = min(LANES, todo.worlds - start)
    work = _buffer("work", WORKSPACE_SIZE)
    status = np.zeros(LANES, dtype=np.int64)
    week.fill(work, addresses(), todo.packed, todo.rows, todo.drawn, start, n)
    week.prepare(work, status, n)
    week.fill_levers(work, addresses(), lever_addresses(), *todo.levers, n)
    _run(work, todo, todo.scenario, kept, run, n)
    week.fill_levers(work, addresses(), lever_addresses(), *todo.as_now, n)
    _run(work, todo, todo.reference, kept, reference, n)
    return n, status, work


def run_outcomes(
    world: World, policy: Policy, weeks: int, draws: Draws, *, executor: Executor | None = None
) -> Mapping[str, Floats]:
    """Outcomes of many worlds against their paired runs, by id, each of shape (worlds,).

    Parameters
    ----------
    world : the world that holds what is not drawn
    draws : by parameter id, (worlds,) or (worlds, members); the season is never drawn
    executor : where chunks run; threads of this process if None

    Returns
    -------
    Every outcome of :data:`sim.engine.reduce.WRITTEN`, NaN in worlds that had to be refused (and for
    the payback week where there is none), and ``refused``, 1 in those worlds.

    Raises
    ------
    ValueError
        If draws differ in length or in their number of members.
    """
    todo = _plan(world, policy, weeks, draws)
    found = np.empty((len(reduce.WRITTEN) + 1, todo.worlds))
    kept = series_addresses(reduce.NEEDED)

    def compute(start: int) -> None:
        run = _buffer("run", len(kept), weeks, LANES)
        reference = _buffer("reference", len(kept), weeks, LANES)
        n, status, work = _chunk(todo, start, kept, run, reference)
        into = found[:-1, start : start + n]
        rates = work[W.discount_rate : W.discount_rate + n]
        reduce.reduce_outcomes(run, reference, rates, into, n)
        refused = status[:n] != 0
        into[:, refused] = np.nan
        found[-1, start : start + n] = refused

    _spread(compute, range(0, todo.worlds, LANES), executor)
    found.flags.writeable = False
    return MappingProxyType(dict(zip((*reduce.WRITTEN, "refused"), found, strict=True)))


def _spread(compute: Callable[[T], None], items: Iterable[T], executor: Executor | None) -> None:
    for _ in (executor or _threads()).map(compute, items):
        pass


def run_bands(
    world: World,
    policy: Policy,
    weeks: int,
    draws: Draws,
    *,
    series: Sequence[str],
    quantiles: Sequence[float] = (0.05, 0.25, 0.5, 0.75, 0.95),
) -> Bands:
    """Bands of series over many worlds, of the run, its paired run and their difference.

    Counted in bins between the extremes of the first thousand worlds: a quantile is off by at most a
    bin, 1/512 of that range, and by far less where the density is smooth.

    Raises
    ------
    ValueError
        As :func:`run_outcomes`.
    """
    todo = _plan(world, policy, weeks, draws)
    kept = series_addresses(tuple(series))
    shape = (3, len(kept), weeks)
    low, high = np.empty(shape), np.empty(shape)
    counts = np.zeros((*shape, _BINS), dtype=np.int32)
    total = 0
    for run, reference, n in _groups(todo, kept):
        if total == 0:
            _spread(partial(_range_part, run, reference, low, high, n), _parts(len(kept)), None)
        _spread(partial(_count_part, run, reference, low, high, counts, n), _parts(len(kept)), None)
        total += n
    bands = np.full((*shape, len(quantiles)), np.nan)
    if total:
        reduce.read_quantiles(counts, low, high, np.array(quantiles), total, bands)
    bands.flags.writeable = False
    found = [MappingProxyType(dict(zip(series, each, strict=True))) for each in bands]
    return Bands(
        quantiles=tuple(quantiles),
        run=found[0],
        reference=found[1],
        difference=found[2],
        worlds=total,
        refused=todo.worlds - total,
    )


def _range_part(
    run: Floats, reference: Floats, low: Floats, high: Floats, n: int, part: tuple[int, int]
) -> None:
    reduce.column_ranges(run, reference, low, high, *part, n)


def _count_part(
    run: Floats,
    reference: Floats,
    low: Floats,
    high: Floats,
    counts: Counts,
    n: int,
    part: tuple[int, int],
) -> None:
    reduce.count_columns(run, reference, low, high, counts, *part, n)


def _parts(rows: int) -> list[tuple[int, int]]:
    """Series shared out evenly, a few parts a core."""
    edges = np.linspace(0, rows, min(rows, 8) + 1).astype(int)
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _groups(todo: _Plan, kept: Integers) -> Iterator[tuple[Floats, Floats, int]]:
    """Trajectories (series, weeks, worlds) of one group after the other, admissible worlds only."""
    run = _buffer("group run", len(kept), todo.weeks, _GROUP)
    reference = _buffer("group reference", len(kept), todo.weeks, _GROUP)
    for first in range(0, todo.worlds, _GROUP):
        last = min(first + _GROUP, todo.worlds)
        sound = np.zeros(last - first, dtype=np.bool_)
        compute = partial(_group_chunk, todo, kept, run, reference, sound, first)
        _spread(compute, range(first, last, LANES), None)
        n = int(sound.sum())
        if n == last - first:
            yield run, reference, n
        elif n:
            held = np.flatnonzero(sound)
            yield run[:, :, held], reference[:, :, held], n


def _group_chunk(
    todo: _Plan,
    kept: Integers,
    run: Floats,
    reference: Floats,
    sound: NDArray[np.bool_],
    first: int,
    start: int,
) -> None:
    at = slice(start - first, start - first + LANES)
    n, status, _ = _chunk(todo, start, kept, run[:, :, at], reference[:, :, at])
    sound[at.start : at.start + n] = status[:n] == 0
