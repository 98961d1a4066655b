"""The path of one uncertain parameter through its range, from 0 at its low to 1 at its high.

A number goes evenly through its values. A vector goes the way its draws do, all members at the same
share of probability; as they need not agree on where now is, now is there the mean of their shares.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.analyses.draws import share_below, values_at
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
        if not self.between.members:
            low, high = self.between.low[0], self.between.high[0]
            return (self.between.mode[0] - low) / (high - low)
        shares = [
            float(share_below(self.between.shape, low, mode, high, np.array([mode]))[0])
            for low, mode, high in self._members()
            if low != high
        ]
        return float(np.arccos(1 - 2 * np.mean(shares)) / np.pi)

    def grid(self) -> Floats:
        """Places from end to end at which nothing is to be overlooked."""
        if self.whole and not self.between.members:
            count = round(self.between.high[0] - self.between.low[0]) + 1
            return np.linspace(0.0, 1.0, count if count <= _MOST_WHOLE else _POINTS)
        return np.linspace(0.0, 1.0, _POINTS)

    def values(self, along: Floats) -> Floats:
        """Values at these places, (n,) or (n, members)."""
        if self.between.members:
            return values_at(self.name, self.between, _slowly(along))
        low, high = self.between.low[0], self.between.high[0]
        found = low + (high - low) * along
        return np.round(found) if self.whole else found

    def shares(self, along: Floats) -> Floats:
        """Shares of probability below these places, shape as ``along``."""
        if self.between.members:
            return _slowly(along)
        ((low, mode, high),) = self._members()
        return share_below(self.between.shape, low, mode, high, low + (high - low) * along)

    def _members(self) -> list[tuple[float, float, float]]:
        between = self.between
        return list(zip(between.low, between.mode, between.high, strict=True))


def _slowly(along: Floats) -> Floats:
    """Shares of probability, closer together towards both ends, where values are far apart."""
    return (1 - np.cos(np.pi * along)) / 2
