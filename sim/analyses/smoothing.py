"""The mean of a noisy quantity as a smooth curve of one number, fitted with and without each group.

References
----------
Eilers, P. H. C. and Marx, B. D. (1996), Flexible smoothing with B-splines and penalties. Craven, P. and
Wahba, G. (1979), Smoothing noisy data with spline functions, on generalised cross-validation.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.metrics import Floats

_PIECES: Final = 12
_DEGREE: Final = 3
_COLUMNS: Final = _PIECES + _DEGREE
# Penalties that are tried, times the number of observations.
_STIFFNESS: Final = 10.0 ** np.arange(-7.0, 4.0)


@dataclass(frozen=True, kw_only=True)
class Curves:
    """One curve a quantity, on [0, 1].

    ``whole`` holds the coefficients fitted to everything, (columns, quantities); ``without`` those
    fitted to all but one group, (groups, columns, quantities).
    """

    whole: Floats
    without: Floats

    def at(self, positions: Floats) -> Floats:
        """The curves fitted to everything at some positions, (quantities, positions)."""
        return (basis(positions) @ self.whole).T

    def left_out(self, design: Floats, groups: NDArray[np.int64]) -> Floats:
        """At each observation the curves that have not seen its group, (quantities, n)."""
        found = np.empty((self.whole.shape[1], len(groups)))
        for group, coefficients in enumerate(self.without):
            mine = groups == group
            found[:, mine] = (design[mine] @ coefficients).T
        return found


def fitted(design: Floats, values: Floats, groups: NDArray[np.int64], count: int) -> Curves:
    """Penalised cubic splines, as stiff as generalised cross-validation finds best.

    Parameters
    ----------
    design : :func:`basis` at the positions of the observations, (n, columns)
    values : (quantities, n)
    groups : the group of each observation, from 0 to before ``count``
    """
    grams = np.empty((count, _COLUMNS, _COLUMNS))
    sides = np.empty((count, _COLUMNS, len(values)))
    for group in range(count):
        mine = groups == group
        grams[group] = design[mine].T @ design[mine]
        sides[group] = design[mine].T @ values[:, mine].T
    gram, side = grams.sum(axis=0), sides.sum(axis=0)
    whole = np.empty((_COLUMNS, len(values)))
    without = np.empty((count, _COLUMNS, len(values)))
    for at, each in enumerate(values):
        penalty = _stiffness(gram, side[:, at], float(each @ each), len(each)) * _roughness()
        whole[:, at] = np.linalg.solve(gram + penalty, side[:, at])
        left = gram - grams + penalty
        without[:, :, at] = np.linalg.solve(left, (side - sides)[:, :, at, None])[:, :, 0]
    return Curves(whole=whole, without=without)


def basis(positions: Floats) -> Floats:
    """Cubic B-splines on [0, 1], (n, columns)."""
    # Imported when needed: scipy takes half a second that the first page does not have.
    from scipy.interpolate import BSpline

    # Evenly spaced beyond the ends as well, so that a straight line has no roughness at all.
    knots = np.arange(-_DEGREE, _PIECES + _DEGREE + 1) / _PIECES
    found: Floats = BSpline.design_matrix(positions, knots, _DEGREE).toarray()
    return found


def _stiffness(gram: Floats, side: Floats, squares: float, n: int) -> float:
    """The penalty with the least generalised cross-validation score."""
    tried = n * _STIFFNESS
    systems = gram + tried[:, None, None] * _roughness()
    coefficients = np.linalg.solve(
        systems, np.broadcast_to(side, (len(tried), _COLUMNS))[..., None]
    )
    found = coefficients[..., 0]
    freedom = np.trace(
        np.linalg.solve(systems, np.broadcast_to(gram, systems.shape)), axis1=1, axis2=2
    )
    explained = 2 * found @ side - np.einsum("ti,ij,tj->t", found, gram, found)
    scores = np.maximum(squares - explained, 0.0) / (n - freedom) ** 2
    return float(tried[np.argmin(scores)])


@cache
def _roughness() -> Floats:
    """Squared second differences, and next to nothing of the rest, so that it can be inverted."""
    second = np.diff(np.eye(_COLUMNS), 2, axis=0)
    found: Floats = second.T @ second + 1e-10 * np.eye(_COLUMNS)
    found.flags.writeable = False
    return found
