"""The best point between bounds of a function that is given many points at once.

Differential evolution finds the region, a compass search its best point: neither needs gradients, so
that a worst twentieth, a share of worlds and whole weeks are as good as anything smooth. The start is
the first point that is tried, and nothing replaces it that is not better.

References
----------
Storn, R. and Price, K. (1997), Differential evolution. Deb, K. (2000), An efficient constraint
handling method for genetic algorithms. Kolda, T., Lewis, R. and Torczon, V. (2003), Optimization by
direct search, on compass search.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.analyses.progress import Tick, silent
from sim.metrics import Floats

# Points (n, numbers) to scores (n,), higher is better, and excesses (n,): above 0 is not allowed.
Scored = Callable[[Floats], tuple[Floats, Floats]]
Marks = NDArray[np.bool_]

_MEMBERS: Final = 12
_LEAST_MEMBERS: Final = 16
_GENERATIONS: Final = 40
_STEPS: Final = 40
# The first step of the compass search, and the one below which nothing is worth trying.
_FIRST_STEP: Final = 0.1
_LEAST_STEP: Final = 2e-4
_NOT_ALLOWED: Final = 1e100
_NOTHING_KNOWN: Final = 1e110


@dataclass(kw_only=True)
class Best:
    """The best of what has been tried; the first of equals.

    ``least`` and ``most`` are the scores of all that was allowed.
    """

    at: Floats
    score: float = float("nan")
    excess: float = float("inf")
    least: float = float("inf")
    most: float = float("-inf")
    tried: int = field(default=0)

    def note(self, points: Floats, scores: Floats, excesses: Floats) -> bool:
        """Take in what was tried; whether there is a new best."""
        self.tried += len(points)
        allowed = np.isfinite(scores) & (excesses <= 0)
        if allowed.any():
            self.least = min(self.least, float(scores[allowed].min()))
            self.most = max(self.most, float(scores[allowed].max()))
        at = int(np.argmin(energies(scores, excesses)))
        new = energies(scores[at : at + 1], excesses[at : at + 1])[0]
        if self.tried > len(points) and not new < self.energy:
            return False
        self.at, self.score = points[at].copy(), float(scores[at])
        self.excess = float(excesses[at])
        return True

    @property
    def energy(self) -> float:
        """What is made as low as can be."""
        return float(energies(np.array([self.score]), np.array([self.excess]))[0])

    @property
    def allowed(self) -> bool:
        """Whether it keeps within what may be exceeded, and has a score at all."""
        return bool(np.isfinite(self.score)) and self.excess <= 0


@dataclass(frozen=True, kw_only=True)
class Optimum:
    """Where the search ended.

    Attributes
    ----------
    at, score
        The best point that is allowed, (numbers,), and its score.
    allowed
        Whether any point that was tried is allowed; else ``at`` exceeds by the least.
    converged
        Whether no smaller step was better.
    flat
        Whether all that was tried and allowed has the same score.
    tried
        How many points.
    """

    at: Floats
    score: float
    allowed: bool
    converged: bool
    flat: bool
    tried: int


def energies(scores: Floats, excesses: Floats) -> Floats:
    """What is minimised: any allowed point lies below any that is not, those by how far they exceed."""
    found = np.where(excesses > 0, _NOT_ALLOWED * (1.0 + np.minimum(excesses, 1e9)), -scores)
    return np.where(np.isfinite(scores) & np.isfinite(excesses), found, _NOTHING_KNOWN)


def find_optimum(
    function: Scored,
    low: Floats,
    high: Floats,
    start: Floats,
    *,
    whole: Marks | None = None,
    seed: int = 1,
    tick: Tick = silent,
) -> Optimum:
    """The point between ``low`` and ``high`` with the highest score.

    Parameters
    ----------
    low, high, start : (numbers,); a start outside the bounds is moved onto them
    whole : which numbers are whole, none if not given
    seed : of the search; the same gives the same digits
    """
    marks = np.zeros(len(low), dtype=np.bool_) if whole is None else whole
    first = np.clip(start, low, high)[None, :]
    best = Best(at=first[0])
    best.note(first, *function(first))
    if np.all(low == high):
        return _ended(best, converged=True)
    _evolve(function, low, high, marks, best, seed=seed, tick=tick)
    converged = _polish(function, low, high, marks, best, tick=tick)
    return _ended(best, converged=converged)


def _ended(best: Best, *, converged: bool) -> Optimum:
    at = best.at.copy()
    at.flags.writeable = False
    return Optimum(
        at=at,
        score=best.score,
        allowed=best.allowed,
        converged=converged,
        flat=best.tried > 1 and best.least >= best.most,
        tried=best.tried,
    )


def _evolve(
    function: Scored,
    low: Floats,
    high: Floats,
    whole: Marks,
    best: Best,
    *,
    seed: int,
    tick: Tick,
) -> None:
    from scipy.optimize import differential_evolution

    open_numbers = np.flatnonzero(low < high)
    members = max(_MEMBERS, -(-_LEAST_MEMBERS // len(open_numbers)))
    done = 0

    def energy(columns: Floats) -> Floats:
        nonlocal done
        done += 1
        # Whole numbers vary in between as well: the search rounds them in its own way.
        points = np.tile(low, (columns.shape[1], 1))
        points[:, open_numbers] = columns.T
        scores, excesses = function(points)
        best.note(points, scores, excesses)
        tick(min(done, _GENERATIONS), _GENERATIONS + _STEPS)
        return energies(scores, excesses)

    differential_evolution(
        energy,
        list(zip(low[open_numbers], high[open_numbers], strict=True)),
        integrality=whole[open_numbers],
        x0=best.at[open_numbers],
        popsize=members,
        maxiter=_GENERATIONS - 1,
        tol=1e-6,
        init="sobol",
        polish=False,
        updating="deferred",
        vectorized=True,
        rng=seed,
    )


def _polish(
    function: Scored, low: Floats, high: Floats, whole: Marks, best: Best, *, tick: Tick
) -> bool:
    """One step up and one down along every number, halved where none is better; whether it settled."""
    width = high - low
    step = np.where(whole, np.ceil(_FIRST_STEP * width), _FIRST_STEP * width)
    for done in range(_STEPS):
        tick(_GENERATIONS + done, _GENERATIONS + _STEPS)
        moves = np.concatenate([np.diag(step), -np.diag(step)])
        points = np.clip(best.at + moves, low, high)
        points = points[(points != best.at).any(axis=1)]
        if len(points) and best.note(points, *function(points)):
            continue
        if np.all(step <= np.where(whole, 1.0, _LEAST_STEP * width)):
            return True
        step = np.where(whole, np.maximum(np.floor(step / 2), np.minimum(1.0, width)), step / 2)
    return False
