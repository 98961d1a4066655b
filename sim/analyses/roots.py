"""Where a function of one number has a value: every place that a scan can tell apart.

A scan over the whole range brackets each crossing, Brent's method then narrows it down; whole numbers
are scanned one by one and need no more. What is not found is said in words.

References
----------
Brent, R. P. (1973), Algorithms for Minimization without Derivatives, ch. 4.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.metrics import Floats

Function = Callable[[Floats], Floats]
# How a place meets the value: to the last digit that counts; between two whole numbers, of which it
# is the nearer one; or the function jumps over the value there.
Meets = Literal["meets", "between", "jumps"]
Ended = Literal["found", "none", "flat", "unknown"]

_SCAN: Final = 65
_FINE: Final = 33
# Whole numbers that are tried one by one; of more, as many evenly spaced and then by halves.
_MOST_WHOLE: Final = 1041
_SAME: Final = 1e-7


@dataclass(frozen=True, kw_only=True)
class Root:
    """A place at which the function has the value, and what it really has there."""

    at: float
    value: float
    meets: Meets


@dataclass(frozen=True, kw_only=True)
class Roots:
    """What was found.

    Attributes
    ----------
    ended
        ``found``; ``none``: the value is not taken between the ends; ``flat``: the function does not
        hang on the number; ``unknown``: it has no value anywhere.
    roots
        The nearest to now first.
    nearest
        The place of the scan at which the function comes closest, None where it is unknown.
    on_bound
        On which end that is, if on one.
    tried, values
        The scan, (tried,).
    """

    ended: Ended
    roots: tuple[Root, ...]
    nearest: Root | None
    on_bound: Literal["low", "high"] | None
    tried: Floats
    values: Floats


def find_roots(
    function: Function,
    target: float,
    low: float,
    high: float,
    *,
    now: float,
    whole: bool = False,
    grain: float = 0.0,
) -> Roots:
    """Every place between the ends at which a function has a value.

    Parameters
    ----------
    function : numbers (n,) to values (n,), NaN where it has none
    now : the place from which solutions are ordered
    whole : only whole numbers count
    grain : the step of a function that has steps; a solution within it meets the value
    """
    tried = _scan(low, high, whole=whole)
    values = function(tried)
    off = values - target
    known = np.flatnonzero(np.isfinite(off))
    if len(known) == 0:
        return _without("unknown", tried, values)
    span = float(np.ptp(values[known]))
    close = max(_SAME * max(span, abs(target)), grain)
    if len(known) > 1 and span <= 1e-12 * max(float(np.abs(values[known]).max()), 1e-300):
        return _without("flat", tried, values, known, target, now)
    found = [*_touched(tried, values, off, now, close if grain else 0.0)]
    for left, right in pairwise(known.tolist()):
        if off[left] * off[right] < 0:
            ends = float(tried[left]), float(tried[right])
            found.append(_narrowed(function, target, ends, whole=whole, close=close))
    if not found:
        return _nearest(function, target, tried, values, whole=whole)
    ordered = _apart(sorted(found, key=lambda each: abs(each.at - now)), high - low, whole=whole)
    return Roots(
        ended="found",
        roots=ordered,
        nearest=ordered[0],
        on_bound=_bound_of(ordered[0].at, low, high),
        tried=tried,
        values=values,
    )


def _scan(low: float, high: float, *, whole: bool) -> Floats:
    if low == high:
        return np.array([low])
    if not whole:
        return np.linspace(low, high, _SCAN)
    count = round(high - low) + 1
    return np.unique(np.round(np.linspace(low, high, min(count, _MOST_WHOLE))))


def _touched(
    tried: Floats, values: Floats, off: Floats, now: float, close: float
) -> Iterator[Root]:
    """Places of the scan that have the value; of neighbours that all have it the nearest to now."""
    has = np.abs(np.nan_to_num(off, nan=np.inf)) <= close
    edges = np.flatnonzero(np.diff(np.concatenate([[0], has.astype(np.int64), [0]])))
    for first, last in edges.reshape(-1, 2).tolist():
        at = first + int(np.argmin(np.abs(tried[first:last] - now)))
        yield Root(at=float(tried[at]), value=float(values[at]), meets="meets")


def _narrowed(
    function: Function, target: float, ends: tuple[float, float], *, whole: bool, close: float
) -> Root:
    if whole:
        return _between(function, target, ends)
    from scipy.optimize import brentq

    def off(at: float) -> float:
        return float(function(np.array([at]))[0]) - target

    try:
        at = float(brentq(off, *ends, xtol=1e-12 + 1e-9 * (ends[1] - ends[0]), maxiter=80))
    except (ValueError, RuntimeError):
        # No value somewhere in between, or no end in sight: the nearer end is what is known.
        both = function(np.array(ends))
        side = int(np.argmin(np.abs(both - target)))
        return Root(at=ends[side], value=float(both[side]), meets="jumps")
    value = off(at) + target
    return Root(at=at, value=value, meets="meets" if abs(value - target) <= close else "jumps")


def _between(function: Function, target: float, ends: tuple[float, float]) -> Root:
    """The whole number next to a crossing whose value comes nearer, by halves where it is far."""
    left, right = ends
    both = function(np.array(ends)) - target
    while right - left > 1.5:
        middle = float(np.floor((left + right) / 2))
        off = float(function(np.array([middle]))[0]) - target
        if off * both[0] <= 0:
            right, both[1] = middle, off
        else:
            left, both[0] = middle, off
    side = int(np.nanargmin(np.abs(both)))
    meets: Meets = "meets" if both[side] == 0 else "between"
    return Root(at=(left, right)[side], value=float(both[side]) + target, meets=meets)


def _apart(found: list[Root], width: float, *, whole: bool) -> tuple[Root, ...]:
    """Solutions without those that are the same but for rounding."""
    least = 0.5 if whole else _SAME * width
    kept: list[Root] = []
    for each in found:
        if all(abs(each.at - other.at) > least for other in kept):
            kept.append(each)
    return tuple(kept)


def _bound_of(at: float, low: float, high: float) -> Literal["low", "high"] | None:
    if at == low:
        return "low"
    return "high" if at == high else None


def _without(
    ended: Ended,
    tried: Floats,
    values: Floats,
    known: NDArray[np.int64] | None = None,
    target: float = 0.0,
    now: float = 0.0,
) -> Roots:
    nearest = None
    if known is not None:
        at = known[int(np.argmin(np.abs(tried[known] - now)))]
        meets: Meets = "meets" if values[at] == target else "jumps"
        nearest = Root(at=float(tried[at]), value=float(values[at]), meets=meets)
    return Roots(ended=ended, roots=(), nearest=nearest, on_bound=None, tried=tried, values=values)


def _nearest(
    function: Function, target: float, tried: Floats, values: Floats, *, whole: bool
) -> Roots:
    """The place that comes closest, looked at more closely around the best of the scan."""
    at = int(np.nanargmin(np.abs(values - target)))
    best, value = float(tried[at]), float(values[at])
    if not whole and len(tried) > 1:
        around = tried[max(at - 1, 0)], tried[min(at + 1, len(tried) - 1)]
        fine = np.linspace(*around, _FINE)
        more = function(fine)
        inner = int(np.nanargmin(np.abs(more - target)))
        if abs(more[inner] - target) < abs(value - target):
            best, value = float(fine[inner]), float(more[inner])
    return Roots(
        ended="none",
        roots=(),
        nearest=Root(at=best, value=value, meets="jumps"),
        on_bound=_bound_of(best, float(tried[0]), float(tried[-1])),
        tried=tried,
        values=values,
    )
