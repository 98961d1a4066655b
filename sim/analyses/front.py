"""What cannot be had together: the points between bounds that no other beats in both of two scores.

Generalised differential evolution: a trial replaces its parent where it is no worse in both; where
neither is, both stay, and the crowd is thinned again. The front is taken from all that was tried.

References
----------
Kukkonen, S. and Lampinen, J. (2005), GDE3: the third evolution step of generalized differential
evolution. Deb, K. et al. (2002), A fast and elitist multiobjective genetic algorithm: NSGA-II, on
crowding.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.analyses.progress import Tick, silent
from sim.metrics import Floats

# Points (n, numbers) to scores (n, 2), higher is better, and excesses (n,): above 0 is not allowed.
Scored = Callable[[Floats], tuple[Floats, Floats]]
Marks = NDArray[np.bool_]

_MEMBERS: Final = 40
_GENERATIONS: Final = 40
_STEP: Final = 0.5
_CROSS: Final = 0.7


@dataclass(frozen=True, kw_only=True)
class Front:
    """Points that no other one tried beats in both scores, in the order of the first.

    ``points`` has shape (n, numbers), ``scores`` (n, 2); empty where nothing is allowed. ``flat``:
    whatever was tried has the same scores.
    """

    points: Floats
    scores: Floats
    flat: bool
    tried: int


def find_front(
    function: Scored,
    low: Floats,
    high: Floats,
    start: Floats,
    *,
    whole: Marks | None = None,
    size: int = _MEMBERS,
    generations: int = _GENERATIONS,
    seed: int = 1,
    tick: Tick = silent,
) -> Front:
    """The front of two scores between ``low`` and ``high``, at most ``size`` points of it.

    Parameters
    ----------
    low, high, start : (numbers,); a start outside the bounds is moved onto them
    whole : which numbers are whole, none if not given
    """
    marks = np.zeros(len(low), dtype=np.bool_) if whole is None else whole
    generator = np.random.default_rng(seed)
    members = _first(low, high, start, marks, size, generator)
    scores, excess = function(members)
    tried, all_scores = [members], [_allowed(scores, excess)]
    for done in range(generations):
        tick(done, generations)
        trials = _trials(members, low, high, marks, generator)
        new_scores, new_excess = function(trials)
        tried.append(trials)
        all_scores.append(_allowed(new_scores, new_excess))
        members, scores, excess = _chosen(
            (members, scores, excess), (trials, new_scores, new_excess), size
        )
    return _front(np.concatenate(tried), np.concatenate(all_scores), size)


def _allowed(scores: Floats, excess: Floats) -> Floats:
    """Scores, NaN where something is exceeded."""
    return np.where((excess <= 0)[:, None], scores, np.nan)


def _first(
    low: Floats,
    high: Floats,
    start: Floats,
    whole: Marks,
    size: int,
    generator: np.random.Generator,
) -> Floats:
    """Spread evenly over each number, the start among them."""
    ranks = generator.permuted(np.tile(np.arange(size), (len(low), 1)), axis=1).T
    members = low + (high - low) * (ranks + generator.random(ranks.shape)) / size
    members[0] = start
    return _within(members, low, high, whole)


def _within(points: Floats, low: Floats, high: Floats, whole: Marks) -> Floats:
    return np.clip(np.where(whole, np.round(points), points), low, high)


def _trials(
    members: Floats, low: Floats, high: Floats, whole: Marks, generator: np.random.Generator
) -> Floats:
    """A trial for each member: another one, moved by the difference of two more."""
    count, numbers = members.shape
    one, two, three = (generator.permutation(count) for _ in range(3))
    moved = members[one] + _STEP * (members[two] - members[three])
    crossed = generator.random(members.shape) < _CROSS
    crossed[np.arange(count), generator.integers(numbers, size=count)] = True
    trials = np.where(crossed, moved, members)
    # Turned back at a bound half way between it and the parent, or the front would be all bounds.
    trials = np.where(trials < low, (members + low) / 2, trials)
    trials = np.where(trials > high, (members + high) / 2, trials)
    return _within(trials, low, high, whole)


_Group = tuple[Floats, Floats, Floats]


def _chosen(parents: _Group, trials: _Group, size: int) -> _Group:
    """The parents that no trial replaced and the trials that stayed, thinned to ``size``."""
    better = _dominates(trials[1], trials[2], parents[1], parents[2])
    worse = _dominates(parents[1], parents[2], trials[1], trials[2])
    keep_parent, keep_trial = ~better, ~worse
    held = [
        np.concatenate([parent[keep_parent], trial[keep_trial]])
        for parent, trial in zip(parents, trials, strict=True)
    ]
    order = _ranked(held[1], held[2])[:size]
    return held[0][order], held[1][order], held[2][order]


def _dominates(one: Floats, one_excess: Floats, other: Floats, other_excess: Floats) -> Marks:
    """Row by row, whether one is at least as good in both and better in one; less excess comes first."""
    over, other_over = np.maximum(one_excess, 0), np.maximum(other_excess, 0)
    better = np.logical_and((one >= other).all(axis=1), (one > other).any(axis=1))
    found: Marks = np.where(over == other_over, better, over < other_over)
    return found


def _ranked(scores: Floats, excess: Floats) -> NDArray[np.int64]:
    """By front, then by how much room there is around each; what exceeds comes last."""
    over = np.maximum(np.nan_to_num(excess, nan=np.inf), 0)
    known = np.isfinite(scores).all(axis=1)
    layer = np.full(len(scores), len(scores), dtype=np.int64)
    crowd = np.zeros(len(scores))
    left = np.flatnonzero((over == 0) & known)
    depth = 0
    while len(left):
        front = left[non_dominated(scores[left])]
        layer[front] = depth
        crowd[front] = room(scores[front])
        left = np.setdiff1d(left, front)
        depth += 1
    return np.lexsort((-crowd, over, layer))


def non_dominated(scores: Floats) -> NDArray[np.int64]:
    """Which rows (n, 2) no other beats in both scores, in the order of the first; of equals one."""
    order = np.lexsort((-scores[:, 1], -scores[:, 0]))
    second = scores[order, 1]
    highest = np.maximum.accumulate(second)
    first = np.concatenate([[True], second[1:] > highest[:-1]])
    kept: NDArray[np.int64] = order[first][::-1]
    return kept


def room(scores: Floats) -> Floats:
    """How far apart the neighbours of each point of a front are, of all its length; ends have all."""
    order = np.argsort(scores[:, 0], kind="stable")
    found = np.full(len(scores), np.inf)
    width = np.maximum(np.ptp(scores, axis=0), 1e-300)
    if len(scores) > 2:
        apart = np.abs(scores[order[2:]] - scores[order[:-2]]) / width
        found[order[1:-1]] = apart.sum(axis=1)
    return found


def _front(points: Floats, scores: Floats, size: int) -> Front:
    known = np.flatnonzero(np.isfinite(scores).all(axis=1))
    held = known[non_dominated(scores[known])] if len(known) else known
    while len(held) > size:
        held = np.delete(held, int(np.argmin(room(scores[held]))))
    flat = len(known) > 1 and bool((np.ptp(scores[known], axis=0) == 0).all())
    return Front(points=points[held], scores=scores[held], flat=flat, tried=len(points))
