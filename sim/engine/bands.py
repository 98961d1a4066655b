"""Many worlds under one policy, each beside its paired run, counted into bands of series.

Worlds are added block by block and only counts are kept, so that a million of them need no more
memory than the first thousand, and counts of several processes can be added up.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.engine import reduce
from sim.engine.chunks import Batch, Draws, batch_of, run_chunk
from sim.engine.inputs import Floats, Integers
from sim.engine.layout import LANES, W, series_addresses
from sim.engine.threads import spread
from sim.policy import Policy
from sim.world import World

Counts = NDArray[np.int32]

QUANTILES: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
# Worlds whose trajectories are held at once while bands are counted.
_GROUP: Final = 1024
_BINS: Final = 512
# Trajectories of a group are some 60 MB: held once, and lent to one batch at a time.
_lent: Final = threading.Lock()
_trajectories: Final[list[Floats]] = []


@dataclass(frozen=True, kw_only=True)
class Bands:
    """Quantiles by week of the run, of its paired run, and of their difference.

    Each maps a series id to a read-only float64 array of shape (weeks, quantiles). ``above`` and
    ``below`` say by week, shape (weeks,), in what share of the worlds the run lies above its paired
    run, and below it. ``refused`` says how many worlds had to be left out because no rates explain
    their first week.
    """

    quantiles: tuple[float, ...]
    run: Mapping[str, Floats]
    reference: Mapping[str, Floats]
    difference: Mapping[str, Floats]
    above: Mapping[str, Floats]
    below: Mapping[str, Floats]
    worlds: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class Bins:
    """Where bins begin and end: least and greatest of each column, shape (3, series, weeks)."""

    low: Floats
    high: Floats


@dataclass(kw_only=True)
class BandCount:
    """What has been counted so far of one policy in one world over some weeks.

    ``series`` may name those of :data:`sim.engine.reduce.DERIVED` too. Bins lie between the extremes
    of the first thousand worlds, unless ``bins`` hands them in: a quantile is off by at most a bin,
    1/512 of that range, and by far less where the density is smooth.
    """

    world: World
    policy: Policy
    weeks: int
    series: Sequence[str]
    bins: Bins | None = None
    worlds: int = 0
    refused: int = 0

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The series that are counted: what outcomes need, what was asked for, what derives."""
        asked = (name for name in self.series if name not in reduce.DERIVED)
        return (*dict.fromkeys((*reduce.NEEDED, *asked)), *reduce.DERIVED)

    @cached_property
    def counts(self) -> Counts:
        """Worlds by bin, shape (3, series, weeks, bins)."""
        return np.zeros((3, len(self.rows), self.weeks, _BINS), dtype=np.int32)

    @cached_property
    def signs(self) -> Integers:
        """Worlds in which the run lies above its pair, and below it, shape (2, series, weeks)."""
        return np.zeros((2, len(self.rows), self.weeks), dtype=np.int64)

    def add(self, draws: Draws) -> Mapping[str, Floats]:
        """Run and count more worlds; their outcomes as :func:`sim.engine.batch.run_outcomes` gives.

        Raises
        ------
        ValueError
            If draws differ in length or in their number of members.
        """
        todo = batch_of(self.world, self.policy, self.weeks, draws)
        found = np.empty((len(reduce.WRITTEN) + 1, todo.worlds))
        with _lent:
            for run, reference, n in _groups(todo, self.rows, found):
                self._count(run, reference, n)
        self.refused += int(found[-1].sum())
        found.flags.writeable = False
        return MappingProxyType(dict(zip((*reduce.WRITTEN, "refused"), found, strict=True)))

    def merge(self, other: "BandCount") -> None:
        """Add what another has counted into the same bins."""
        self.counts[:] += other.counts
        self.signs[:] += other.signs
        self.worlds += other.worlds
        self.refused += other.refused

    def _count(self, run: Floats, reference: Floats, n: int) -> None:
        parts = _parts(len(self.rows))
        if self.bins is None:
            low, high = np.empty((2, *self.counts.shape[:3]))
            spread(partial(_range_part, run, reference, low, high, n), parts, None)
            self.bins = Bins(low=low, high=high)
        spread(partial(_count_part, run, reference, self, self.bins, n), parts, None)
        self.worlds += n

    def bands(self, quantiles: Sequence[float] = QUANTILES) -> Bands:
        """What the counts say; NaN throughout where no world could be run."""
        found = np.full((*self.counts.shape[:3], len(quantiles)), np.nan)
        shares = np.full(self.signs.shape, np.nan)
        if self.bins is not None:
            low, high = self.bins.low, self.bins.high
            reduce.read_quantiles(self.counts, low, high, np.array(quantiles), self.worlds, found)
            shares = self.signs / self.worlds
        run, reference, difference = (self._named(each) for each in found)
        above, below = (self._named(each) for each in shares)
        return Bands(
            quantiles=tuple(quantiles),
            run=run,
            reference=reference,
            difference=difference,
            above=above,
            below=below,
            worlds=self.worlds,
            refused=self.refused,
        )

    def _named(self, values: Floats) -> Mapping[str, Floats]:
        values.flags.writeable = False
        at = {name: index for index, name in enumerate(self.rows)}
        return MappingProxyType({name: values[at[name]] for name in self.series})


def run_bands(
    world: World,
    policy: Policy,
    weeks: int,
    draws: Draws,
    *,
    series: Sequence[str],
    quantiles: Sequence[float] = QUANTILES,
) -> Bands:
    """Bands of series over many worlds, of the run, its paired run and their difference.

    Raises
    ------
    ValueError
        If draws differ in length or in their number of members.
    """
    counted = BandCount(world=world, policy=policy, weeks=weeks, series=series)
    counted.add(draws)
    return counted.bands(quantiles)


def _range_part(
    run: Floats, reference: Floats, low: Floats, high: Floats, n: int, part: tuple[int, int]
) -> None:
    reduce.column_ranges(run, reference, low, high, *part, n)


def _count_part(
    run: Floats, reference: Floats, into: BandCount, bins: Bins, n: int, part: tuple[int, int]
) -> None:
    reduce.count_columns(run, reference, bins.low, bins.high, into.counts, into.signs, *part, n)


def _parts(rows: int) -> list[tuple[int, int]]:
    """Series shared out evenly, a few parts a core."""
    edges = np.linspace(0, rows, min(rows, 8) + 1).astype(int)
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _held(*shape: int) -> tuple[Floats, Floats]:
    """Two arrays for trajectories, kept from batch to batch: fresh memory costs page faults."""
    if not _trajectories or _trajectories[0].shape != shape:
        _trajectories[:] = [np.zeros(shape), np.zeros(shape)]
    return _trajectories[0], _trajectories[1]


def _groups(
    todo: Batch, rows: tuple[str, ...], found: Floats
) -> Iterator[tuple[Floats, Floats, int]]:
    """Trajectories (series, weeks, worlds) of one group after the other, admissible worlds only.

    ``found`` gets the outcomes of every world, and whether it was refused.
    """
    run, reference = _held(len(rows), todo.weeks, _GROUP)
    for first in range(0, todo.worlds, _GROUP):
        last = min(first + _GROUP, todo.worlds)
        compute = partial(_group_chunk, todo, rows, run, reference, found, first)
        spread(compute, range(first, last, LANES), None)
        sound = found[-1, first:last] == 0
        n = int(sound.sum())
        if n == last - first:
            yield run, reference, n
        elif n:
            held = np.flatnonzero(sound)
            yield run[:, :, held], reference[:, :, held], n


def _group_chunk(
    todo: Batch,
    rows: tuple[str, ...],
    run: Floats,
    reference: Floats,
    found: Floats,
    first: int,
    start: int,
) -> None:
    at = slice(start - first, start - first + LANES)
    plain = len(rows) - len(reduce.DERIVED)
    kept = series_addresses(rows[:plain])
    own, paired = run[:, :, at], reference[:, :, at]
    n, status, work = run_chunk(todo, start, kept, own[:plain], paired[:plain])
    for each in (own, paired):
        reduce.derive(each, each[plain:], n)
    into = found[:, start : start + n]
    rates = work[W.discount_rate : W.discount_rate + n]
    reduce.reduce_outcomes(own, paired, rates, into[:-1], n)
    refused = status[:n] != 0
    into[:-1, refused] = np.nan
    into[-1] = refused
