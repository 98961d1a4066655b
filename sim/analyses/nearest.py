"""The nearest point at which a margin is zero, in a metric of standard deviations.

References
----------
Hasofer, A. M. and Lind, N. C. (1974), Exact and invariant second-moment code format. Rackwitz, R. and
Fiessler, B. (1978), Structural reliability under combined random load sequences. Zhang, Y. and Der
Kiureghian, A. (1995), Two improved algorithms for reliability analysis, on the merit of a step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.analyses.progress import Tick, silent
from sim.metrics import Floats

_MOST_STEPS: Final = 40
_HALVINGS: Final = 10
# What may be left of the margin at the start, and how far the next step may still lead for each
# standard deviation: to be done at once, and where a kink in the margin lets no step be better.
_FINE: Final = (1e-6, 1e-3)
_COARSE: Final = (1e-3, 2e-2)

Ended = Literal["converged", "not_converged", "out_of_reach", "flat"]
Margin = Callable[[Floats], Floats]


@dataclass(frozen=True, kw_only=True, eq=False)
class Space:
    """Where is searched: a box around the origin, and how far apart its points count as.

    Attributes
    ----------
    low, high
        Ends of the box, at or below and at or above 0, (dimensions,).
    correlation
        Of the dimensions, (dimensions, dimensions): the square of a distance is y' R^-1 y.
    steps
        For differences in each dimension, (dimensions,).
    """

    low: Floats
    high: Floats
    correlation: Floats
    steps: Floats

    def length(self, point: Floats) -> float:
        """How far a point is from the origin."""
        return float(np.sqrt(point @ np.linalg.solve(self.correlation, point)))


@dataclass(frozen=True, kw_only=True, eq=False)
class Nearest:
    """Where the search ended, and the slope of the margin there; both (dimensions,)."""

    point: Floats
    slope: Floats
    ended: Ended


def nearest_zero(margin: Margin, space: Space, *, tick: Tick = silent) -> Nearest:
    """The point of a space nearest to the origin at which a margin is zero (improved HL-RF).

    Parameters
    ----------
    margin : of points (n, dimensions) the values (n,); NaN where there is none, but not at the origin

    Returns
    -------
    The nearest of those that a way straight down the margin leads to; there may be another one.
    ``"out_of_reach"`` where even the box's own end on that way is on this side.
    """
    point = np.zeros(len(space.steps))
    start = value = float(margin(point[None])[0])
    slope = _gradient(margin, point, value, space)
    if not slope.any():
        return Nearest(point=point, slope=slope, ended="flat")
    ended: Ended = "not_converged"
    for done in range(_MOST_STEPS):
        tick(done, _MOST_STEPS)
        target, reached = _target(point, value, slope, space)
        left = abs(value) / abs(start) if start else 0.0
        to_go = space.length(target - point) / (1 + space.length(point))
        if left <= _FINE[0] and to_go <= _FINE[1]:
            ended = "converged"
            break
        moved = _step(margin, point, value, target, slope, space)
        if moved is None:
            ended = _stuck(left, to_go, reached=reached)
            break
        point, value = moved
        slope = _gradient(margin, point, value, space)
    tick(_MOST_STEPS, _MOST_STEPS)
    return Nearest(point=point, slope=slope, ended=ended)


def _stuck(left: float, to_go: float, *, reached: bool) -> Ended:
    """What it means that no step is better than standing."""
    if left <= _COARSE[0] and to_go <= _COARSE[1]:
        return "converged"
    return "not_converged" if reached else "out_of_reach"


def _gradient(margin: Margin, point: Floats, value: float, space: Space) -> Floats:
    """By central differences within the box; one-sided at its ends and where a side is refused."""
    ahead = np.minimum(point + space.steps, space.high)
    behind = np.maximum(point - space.steps, space.low)
    size = len(point)
    around = np.tile(point, (2 * size, 1))
    around[np.arange(size), np.arange(size)] = ahead
    around[np.arange(size, 2 * size), np.arange(size)] = behind
    found = margin(around)
    ahead_known, behind_known = ~np.isnan(found[:size]), ~np.isnan(found[size:])
    above = np.where(ahead_known, found[:size], value)
    below = np.where(behind_known, found[size:], value)
    width = np.where(ahead_known, ahead, point) - np.where(behind_known, behind, point)
    slope: Floats = np.where(width > 0, (above - below) / np.where(width > 0, width, 1.0), 0.0)
    return slope


def _target(point: Floats, value: float, slope: Floats, space: Space) -> tuple[Floats, bool]:
    """The nearest point where the margin would be zero were it a plane, and whether there is one.

    Along the way straight down, held at the ends of the box.
    """
    way = space.correlation @ slope
    if not way.any():
        return point, False

    def at(far: float) -> Floats:
        return np.clip(far * way, space.low, space.high)

    def left(far: float) -> float:
        return value + float(slope @ (at(far) - point))

    # How far it would be without a box; with one it is never less.
    least = float((slope @ point - value) / (slope @ way))
    if np.array_equal(at(least), least * way):
        return at(least), True
    ends = np.where(least * way > 0, space.high, space.low)
    moving = way != 0
    most = float(np.copysign(np.max(np.abs(ends[moving] / way[moving])), least))
    if left(most) * np.sign(least) < 0:
        return at(most), False
    from scipy.optimize import brentq

    return at(float(brentq(left, least, most, xtol=1e-12 * abs(least)))), True


def _step(
    margin: Margin, point: Floats, value: float, target: Floats, slope: Floats, space: Space
) -> tuple[Floats, float] | None:
    """The best of ever shorter steps towards a target; None where none is better than standing."""
    steepness = float(np.sqrt(slope @ space.correlation @ slope))
    weight = 2 * max(space.length(point), space.length(target)) / steepness
    parts = 0.5 ** np.arange(_HALVINGS)
    tried = point + parts[:, None] * (target - point)
    values = margin(tried)
    lengths = np.array([space.length(each) for each in tried])
    merits = 0.5 * lengths**2 + weight * np.abs(values)
    merits = np.where(np.isnan(merits), np.inf, merits)
    best = int(np.argmin(merits))
    if merits[best] >= 0.5 * space.length(point) ** 2 + weight * abs(value):
        return None
    return tried[best], float(values[best])
