"""Boxes in which something is frequent: a rule induction that peels, patiently, thin slices off.

The whole is narrowed by a twentieth at a time, always on the side whose slice costs the fewest hits
for what it takes away. Each step leaves a box; all of them together trade off how many of the hits are
in the box (coverage) against how many in the box are hits (density).

References
----------
Friedman, J. H. and Fisher, N. I. (1999), Bump hunting in high-dimensional data, sec. 8 (peeling) and
14.1 (gain per point that is removed, for inputs with few values). Boxes are not pasted afterwards but
simplified, see :mod:`sim.analyses.robust.discovery`; once they are, pasting was seen to add nothing to
boxes planted in noise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.metrics import Floats

Truths = NDArray[np.bool_]

# The share of what is in the box that a slice takes away, and the least share of all a box may hold.
_SLICE: Final = 0.05
_LEAST: Final = 0.05
_LEAST_POINTS: Final = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class Limits:
    """Between which values, both included, each input lies in a box, (inputs,); infinite if free."""

    low: Floats
    high: Floats

    @property
    def restricted(self) -> tuple[int, ...]:
        """Which inputs are limited at all."""
        return tuple(np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist())

    def without(self, at: int) -> "Limits":
        """The same with one input free."""
        low, high = self.low.copy(), self.high.copy()
        low[at], high[at] = -np.inf, np.inf
        return Limits(low=low, high=high)

    def holds(self, points: Floats) -> Truths:
        """Which points, (n, inputs), are in the box, (n,)."""
        at = list(self.restricted)
        inside = (points[:, at] >= self.low[at]) & (points[:, at] <= self.high[at])
        found: Truths = np.all(inside, axis=1)
        return found


def whole(inputs: int) -> Limits:
    """The box without any limit."""
    return Limits(low=np.full(inputs, -np.inf), high=np.full(inputs, np.inf))


def peel(points: Floats, hit: Truths, *, only: Sequence[int] | None = None) -> list[Limits]:
    """Boxes from the whole on, each a slice narrower, until nothing but hits or too little is left.

    Parameters
    ----------
    points : (n, inputs)
    hit : (n,)
    only : the inputs that may be limited; all if not given
    """
    columns = list(range(points.shape[1]) if only is None else only)
    box = whole(points.shape[1])
    found = [box]
    least = max(_LEAST * len(points), _LEAST_POINTS)
    inside, hits = points[:, columns], hit
    while columns and not hits.all():
        cut = _best_slice(inside, hits, least)
        if cut is None:
            break
        at, side, limit = cut
        low, high = box.low.copy(), box.high.copy()
        (low if side == 0 else high)[columns[at]] = limit
        box = Limits(low=low, high=high)
        kept = inside[:, at] >= limit if side == 0 else inside[:, at] <= limit
        inside, hits = inside[kept], hits[kept]
        found.append(box)
    return found


def _best_slice(points: Floats, hit: Truths, least: float) -> tuple[int, int, float] | None:
    """The input, the side (0 low, 1 high) and the new limit; None where every slice takes too much."""
    ordered = np.sort(points, axis=0)
    limits = np.stack([_inner(ordered), -_inner(-ordered[::-1])])
    gone = np.stack([points < limits[0], points > limits[1]])
    removed = gone.sum(axis=1)
    left = len(points) - removed
    density = (hit.sum() - hit.astype(float) @ gone) / np.maximum(left, 1)
    gain = np.where((removed > 0) & (left >= least), density - hit.mean(), -np.inf)
    gain = gain / np.maximum(removed, 1)
    if np.isinf(gain).all():
        return None
    side, at = np.unravel_index(int(gain.argmax()), gain.shape)
    return int(at), int(side), float(limits[side, at])


def _inner(ordered: Floats) -> Floats:
    """By column the least value that stays when a slice is taken off below; equal values go together."""
    at = max(int(_SLICE * len(ordered)), 1)
    limit: Floats = ordered[min(at, len(ordered) - 1)]
    tied = limit == ordered[0]
    if tied.any():
        above = np.where(ordered[:, tied] > ordered[0, tied], ordered[:, tied], np.inf)
        limit = limit.copy()
        limit[tied] = np.minimum(above.min(axis=0), ordered[-1, tied])
    return limit
