"""Many worlds under one policy, each beside its paired run, counted into bands of series."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.engine import reduce
from sim.engine.chunks import Batch, Draws, batch_of, buffer, run_chunk, spread
from sim.engine.inputs import Floats, Integers
from sim.engine.layout import LANES, series_addresses
from sim.policy import Policy
from sim.world import World

Counts = NDArray[np.int32]

# Worlds whose trajectories are held at once while bands are counted.
_GROUP: Final = 1024
_BINS: Final = 512


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
        If draws differ in length or in their number of members.
    """
    todo = batch_of(world, policy, weeks, draws)
    kept = series_addresses(tuple(series))
    shape = (3, len(kept), weeks)
    low, high = np.empty(shape), np.empty(shape)
    counts = np.zeros((*shape, _BINS), dtype=np.int32)
    total = 0
    for run, reference, n in _groups(todo, kept):
        if total == 0:
            spread(partial(_range_part, run, reference, low, high, n), _parts(len(kept)), None)
        spread(partial(_count_part, run, reference, low, high, counts, n), _parts(len(kept)), None)
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


def _groups(todo: Batch, kept: Integers) -> Iterator[tuple[Floats, Floats, int]]:
    """Trajectories (series, weeks, worlds) of one group after the other, admissible worlds only."""
    run = buffer("group run", len(kept), todo.weeks, _GROUP)
    reference = buffer("group reference", len(kept), todo.weeks, _GROUP)
    for first in range(0, todo.worlds, _GROUP):
        last = min(first + _GROUP, todo.worlds)
        sound = np.zeros(last - first, dtype=np.bool_)
        compute = partial(_group_chunk, todo, kept, run, reference, sound, first)
        spread(compute, range(first, last, LANES), None)
        n = int(sound.sum())
        if n == last - first:
            yield run, reference, n
        elif n:
            held = np.flatnonzero(sound)
            yield run[:, :, held], reference[:, :, held], n


def _group_chunk(
    todo: Batch,
    kept: Integers,
    run: Floats,
    reference: Floats,
    sound: NDArray[np.bool_],
    first: int,
    start: int,
) -> None:
    at = slice(start - first, start - first + LANES)
    n, status, _ = run_chunk(todo, start, kept, run[:, :, at], reference[:, :, at])
    sound[at.start : at.start + n] = status[:n] == 0
