"""The path of one uncertain parameter through its range, from 0 at its low to 1 at its high.

A number goes evenly through its values. A vector moves as one: all members evenly from their lows to
where they are now, and on to their highs. How probable the part below a place of it is, the members
need not agree on; it is the mean of their shares (and theirs, where their ranges are alike).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.analyses.draws import share_below
from sim.analyses.variables import MIDDLE, positioned
from sim.metrics import Floats
from sim.uncertainty import Range
from sim.world import world_declarations

_POINTS: Final = 25
# Whole numbers are all looked at where there are no more of them than this.
_MOST_WHOLE: Final = 128


@dataclass(frozen=True, kw_only=True)
class Path:
    """One uncertain parameter by its id, and between which values it lies."""

    name: str
    between: Range

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are possible."""
        return world_declarations()[self.name].whole

    @property
    def now(self) -> float:
        """Where on the path the scenario's own value lies."""
        if self.between.members:
            return MIDDLE
        low, high = self.between.low[0], self.between.high[0]
        return (self.between.mode[0] - low) / (high - low)

    def grid(self) -> Floats:
        """Places from end to end at which nothing is to be overlooked."""
        if self.whole and not self.between.members:
            count = round(self.between.high[0] - self.between.low[0]) + 1
            return np.linspace(0.0, 1.0, count if count <= _MOST_WHOLE else _POINTS)
        return np.linspace(0.0, 1.0, _POINTS)

    def values(self, along: Floats) -> Floats:
        """Values at these places, (n,) or (n, members)."""
        found = positioned(self.between, along) if self.between.members else self._number(along)
        return np.round(found) if self.whole else found

    def shares(self, along: Floats) -> Floats:
        """Shares of probability below these places, shape as ``along``."""
        between = self.between
        places = positioned(between, along).T if between.members else [self._number(along)]
        members = zip(between.low, between.mode, between.high, places, strict=True)
        found = [
            share_below(between.shape, low, mode, high, values)
            for low, mode, high, values in members
            if low != high
        ]
        mean: Floats = np.mean(found, axis=0)
        return mean

    def _number(self, along: Floats) -> Floats:
        low, high = self.between.low[0], self.between.high[0]
        return low + (high - low) * along
