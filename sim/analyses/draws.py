"""Worlds drawn from what is believed: quasi-random, with a stream for every parameter.

A world's number, the seed and a parameter's id decide its draw, and nothing else: one parameter, one
scenario or a thousand worlds more change no other draw. Every plan is so judged in the same worlds.

Worlds come as eight independent randomisations of one low-discrepancy sequence, dealt out in turn:
world ``i`` is point ``i // 8`` of randomisation ``i % 8``. How far the eight means lie apart says how
far the mean of all can be from that of infinitely many worlds.

References
----------
Sobol, I. M. (1967), On the distribution of points in a cube. Joe, S. and Kuo, F. Y. (2008),
Constructing Sobol sequences with better two-dimensional projections (their direction numbers).
Owen, A. B. (1995), Randomly permuted (t,m,s)-nets. Burley, B. (2020), Practical hash-based Owen
scrambling, with the hash of Vegdahl, N. (2021). L'Ecuyer, P. (2018), Randomized quasi-Monte Carlo.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.declare import Declaration
from sim.documents.token_codes import PARAMETER_CODES
from sim.engine.inputs import Floats
from sim.scenario import Scenario
from sim.uncertainty import Correlation, Range, matrix, ranges
from sim.world import world_declarations

REPLICATES: Final = 8
# Worlds drawn at once where there are more: a million worlds are never in memory together.
BLOCK: Final = 16_384
_BITS: Final = 32
_NODES: Final = 1025
# Where the columns of a second, independent matrix of draws begin: far beyond any parameter's own.
_SECOND: Final = 512
# Draws of more worlds than this at once are not worth remembering.
_MOST_REMEMBERED: Final = 4096

Words = NDArray[np.uint32]


def draw(scenario: Scenario, first: int = 0, last: int | None = None) -> Mapping[str, Floats]:
    """Worlds ``first`` to before ``last`` of a scenario's sampling, all of them if none is said.

    Returns
    -------
    By the id of each uncertain parameter, read-only: (worlds,), or (worlds, members) of a vector.
    Where nothing is uncertain, the platform's viewers are given as they are in every world.
    """
    sampling = scenario.sampling
    span = (first, sampling.worlds if last is None else last)
    found = _drawn(ranges(scenario.world, scenario.uncertainty), scenario, span)
    if found:
        return found
    still = np.full(span[1] - span[0], scenario.world.audience.viewers)
    return MappingProxyType({"viewers": still})


def draw_mixed(
    scenario: Scenario, second: Collection[str], first: int, last: int
) -> Mapping[str, Floats]:
    """Worlds as of :func:`draw`, but with some parameters from a second, independent matrix.

    What is correlated is to be taken from one matrix together: only so do its draws stay as stated.
    """
    drawn = ranges(scenario.world, scenario.uncertainty)
    return _drawn(drawn, scenario, (first, last), frozenset(second)) if drawn else {}


def blocks(worlds: int, size: int = BLOCK) -> Iterator[tuple[int, int]]:
    """Where each block of worlds begins and ends."""
    for first in range(0, worlds, size):
        yield first, min(first + size, worlds)


def _drawn(
    drawn: Mapping[str, Range],
    scenario: Scenario,
    span: tuple[int, int],
    second: frozenset[str] = frozenset(),
) -> Mapping[str, Floats]:
    seed = scenario.sampling.seed
    mixed = _correlated(scenario.uncertainty.correlations, tuple(drawn), seed, span, second)
    return MappingProxyType(
        {
            name: values_at(name, each, mixed[name])
            if name in mixed
            else _values(name, each, seed, span, int(name in second))
            for name, each in drawn.items()
        }
    )


def _values(name: str, drawn: Range, seed: int, span: tuple[int, int], which: int) -> Floats:
    is_small = span[1] - span[0] <= _MOST_REMEMBERED
    compute = _independent if is_small else _independent.__wrapped__
    return compute(name, drawn, seed, span, which)


@lru_cache(maxsize=512)
def _independent(
    name: str, drawn: Range, seed: int, span: tuple[int, int], which: int = 0
) -> Floats:
    """Kept, because a lever or another parameter that moves leaves these as they are."""
    return values_at(name, drawn, shares_of(name, seed, *span, which))


def values_at(name: str, drawn: Range, share: Floats) -> Floats:
    """Values of a parameter at these shares of its probability, of every member at once.

    Read-only, of the shape (n,) of ``share``, or (n, members) of a vector; whole numbers are rounded.
    """
    declaration: Declaration = world_declarations()[name]
    members = zip(drawn.low, drawn.mode, drawn.high, strict=True)
    values = np.stack([quantile(drawn.shape, *each, share) for each in members], axis=1).astype(
        np.float64, copy=False
    )
    if declaration.whole:
        values = np.round(values)
    found = values if declaration.members else np.ascontiguousarray(values[:, 0])
    found.flags.writeable = False
    return found


def quantile(shape: str, low: float, mode: float, high: float, share: Floats) -> Floats:
    """The value below which a share of the probability lies, shape as ``share``.

    PERT is the beta distribution on [low, high] with its mode where it is said, of weight 4.

    References
    ----------
    Malcolm, D. G. et al. (1959), Application of a technique for research and development program
    evaluation. Vose, D. (2008), Risk Analysis, 3rd ed., on the (modified) PERT.
    """
    width = high - low
    if width == 0:
        return np.full(share.shape, low)
    if shape == "uniform":
        return low + width * share
    return low + width * np.interp(share, _nodes(), _pert_table((mode - low) / width))


def share_below(shape: str, low: float, mode: float, high: float, values: Floats) -> Floats:
    """The share of probability below these values: :func:`quantile` the other way round."""
    width = high - low
    if width == 0:
        return np.where(values < low, 0.0, 1.0)
    along = np.clip((values - low) / width, 0.0, 1.0)
    if shape == "uniform":
        return along
    return np.interp(along, _pert_table((mode - low) / width), _nodes())


@cache
def _nodes() -> Floats:
    """Shares of probability of the table, closer together towards both ends."""
    return (1 - np.cos(np.linspace(0, np.pi, _NODES))) / 2


@lru_cache(maxsize=256)
def _pert_table(mode: float) -> Floats:
    """Quantiles of PERT on [0, 1] at the nodes.

    A straight line between them is within 5e-5 of the range, 4e-4 in the last thousandths.
    """
    # Imported when needed: scipy takes half a second that the first page does not have.
    from scipy.special import betaincinv

    before = 1 + 4 * mode
    table: Floats = betaincinv(before, 6 - before, _nodes())
    return table


def shares_of(name: str, seed: int, first: int, last: int, which: int = 0) -> Floats:
    """Shares of probability of a parameter in worlds ``first`` to before ``last``, in (0, 1).

    ``which`` is 0 for the worlds of every analysis and 1 for a second matrix beside them. Its points
    come from other columns of the sequence: another scrambling of the same column would put every
    half of the one against one half of the other.
    """
    start, stop = first // REPLICATES, -(-last // REPLICATES)
    points = _sequence(start, stop, which * _SECOND)[:, _dimension(name)]
    scrambled = np.empty((len(points), REPLICATES), dtype=np.uint32)
    stream = f"{name}/{which}" if which else name
    for replicate in range(REPLICATES):
        scrambled[:, replicate] = _scrambled(points, _key(seed, replicate, stream))
    worlds = scrambled.reshape(-1)[first - start * REPLICATES : last - start * REPLICATES]
    found: Floats = (worlds.astype(np.float64) + 0.5) / 2.0**_BITS
    return found


@cache
def _dimensions() -> Mapping[str, int]:
    names = (entry.partition(":")[0].partition(".") for entry in PARAMETER_CODES)
    return {name: at for at, (table, _, name) in enumerate(names) if table == "world"}


def _dimension(name: str) -> int:
    """The column of the sequence that is a parameter's for ever: its code in links."""
    return _dimensions()[name]


@lru_cache(maxsize=8)
def _sequence(start: int, stop: int, column: int = 0) -> Words:
    """Points ``start`` to before ``stop`` of the sequence before scrambling, (points, parameters).

    Of its columns, those from ``column`` on.
    """
    import warnings

    from scipy.stats.qmc import Sobol

    points = Sobol(d=column + max(_dimensions().values()) + 1, scramble=False, bits=_BITS)
    with warnings.catch_warnings():
        # A count that is no power of two loses some balance; the error bar shows what is left.
        warnings.simplefilter("ignore", UserWarning)
        if start:
            points.fast_forward(start)
        drawn = points.random(stop - start)[:, column:]
    found: Words = (drawn * 2.0**_BITS).astype(np.uint32)
    found.flags.writeable = False
    return found


def _key(seed: int, replicate: int, name: str) -> int:
    digest = hashlib.sha256(f"{seed}/{replicate}/{name}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def _scrambled(points: Words, key: int) -> Words:
    """Owen scrambling: each bit is turned over or not by a hash of the bits above it."""
    bits = _reversed(points.copy())
    seed, odd = np.uint32(key), np.uint32(key >> 16 | 1)
    bits ^= bits * np.uint32(0x3D20ADEA)
    bits += seed
    bits *= odd
    bits ^= bits * np.uint32(0x05526C56)
    bits ^= bits * np.uint32(0x53A22864)
    return _reversed(bits)


def _reversed(bits: Words) -> Words:
    """Every word with its bits in the opposite order."""
    for shift, mask in ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF)):
        low = np.uint32(mask)
        bits = ((bits >> np.uint32(shift)) & low) | ((bits & low) << np.uint32(shift))
    return (bits >> np.uint32(16)) | (bits << np.uint32(16))


def _correlated(
    correlations: Sequence[Correlation],
    drawn: tuple[str, ...],
    seed: int,
    span: tuple[int, int],
    second: frozenset[str],
) -> Mapping[str, Floats]:
    """Shares of the parameters that move together; the first of them keeps its own.

    A Gaussian copula: normal scores, mixed by the Cholesky factor of their correlations.
    """
    held = [each for each in correlations if each.first in drawn and each.second in drawn]
    if not held:
        return {}
    from scipy.special import ndtr, ndtri

    order, wanted = matrix(held)
    scores = np.stack([ndtri(shares_of(name, seed, *span, int(name in second))) for name in order])
    mixed = np.linalg.cholesky(wanted) @ scores
    return {name: ndtr(mixed[at]) for at, name in enumerate(order)}


def standard_error(
    values: Floats, statistic: Callable[[Floats], float] = lambda each: float(np.mean(each))
) -> float:
    """How far a statistic of all worlds, by default their mean, can be off: one standard error.

    From the spread of the eight independent randomisations. ``values`` has shape (worlds,), from
    world 0 on, NaN in worlds that were refused; the error is NaN where a randomisation has none.
    """
    groups = [values[replicate::REPLICATES] for replicate in range(REPLICATES)]
    held = [each[~np.isnan(each)] for each in groups]
    if any(len(each) == 0 for each in held):
        return float("nan")
    return float(np.std([statistic(each) for each in held], ddof=1) / np.sqrt(REPLICATES))
