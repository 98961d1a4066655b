"""Which of two is better, and how bad the worst is: by outcome, over worlds."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.metrics import OUTCOMES, Floats

# Expected shortfall is the mean over this share of the worlds, the worst ones.
TAIL: Final = 0.05


def better_sign(outcome: str) -> int:
    """1 where more of an outcome is better, -1 where less is."""
    return -1 if OUTCOMES[outcome].better == "lower" else 1


def is_better(outcome: str, values: Floats, refused: NDArray[np.bool_]) -> Floats:
    """1 where a policy is better than none, 0 where it is not, NaN in worlds that were refused.

    Better than none is more than none; a payback week is better than none wherever there is one.
    Depth and length of a dip are never below those of no policy, which are 0. Shape as ``values``.
    """
    if outcome == "payback_week":
        won = ~np.isnan(values)
    elif better_sign(outcome) < 0:
        won = values <= 0
    else:
        won = values > 0
    return np.where(refused, np.nan, won)


def shortfall(values: Floats, *, sign: int, tail: float = TAIL) -> float:
    """Mean over the worst share ``tail`` of the values, at least one of them.

    ``sign`` is 1 where the lowest values are the worst, -1 where the highest are.

    References
    ----------
    Rockafellar, R. T. and Uryasev, S. (2000), Optimization of conditional value-at-risk.
    """
    ordered = np.sort(values)[::sign]
    return float(ordered[: max(round(tail * len(ordered)), 1)].mean())


def refused_worlds(values: Mapping[str, Floats]) -> NDArray[np.bool_]:
    """In which worlds nothing is known: only there has the change of NPV no value."""
    return np.isnan(values["npv_change"])
