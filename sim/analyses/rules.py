"""A rule that decides by one number that is seen: on which side of a threshold to go on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.metrics import Floats


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Go on where what is seen lies above the threshold (or, if not ``above``, below it).

    The threshold is the mean change a week, in the unit of the signal, against the same world
    without the pilot.
    """

    threshold: float
    above: bool

    def goes_on(self, seen: Floats) -> NDArray[np.bool_]:
        """Whether it goes on in each world."""
        return seen > self.threshold if self.above else seen < self.threshold


def best_rule(seen: Floats, gained: Floats) -> tuple[Rule, bool]:
    """The threshold with the highest mean, on whichever side of it one goes on.

    Parameters
    ----------
    seen, gained : by world what is seen, and how much better it is to go on than back

    Returns
    -------
    The rule, and whether it decides alike in all these worlds.
    """
    order = np.argsort(seen, kind="stable")
    ordered = seen[order]
    below = np.concatenate([[0.0], np.cumsum(gained[order])])
    total = below[-1]
    # Between worlds in which the same is seen there is no threshold.
    cuts = np.flatnonzero(np.diff(ordered) > 0) + 1
    always = max(total, 0.0)
    best, at, above = always, -1, True
    for is_above, worth in ((True, total - below), (False, below)):
        if len(cuts):
            cut = int(cuts[np.argmax(worth[cuts])])
            if worth[cut] > best:
                best, at, above = float(worth[cut]), cut, is_above
    if at < 0:
        return Rule(threshold=float("-inf" if total > 0 else "inf"), above=True), True
    middle = ordered[at - 1] + (ordered[at] - ordered[at - 1]) / 2
    return Rule(threshold=float(middle), above=above), False
