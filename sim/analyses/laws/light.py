"""What a light is: a law on one scenario, what was measured of it, and the numbers behind that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine.inputs import Floats
from sim.series import SERIES

Run = Mapping[str, Floats]

# Two ways to the same number differ by rounding only; shares may leave [0, 1] by less still.
CLOSE: Final = 1e-9
WITHIN: Final = 1e-12


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Two numbers that have to be the same: what ought to be, and what the engine gives."""

    id: str
    expected: float
    found: float
    unit: str
    member: str = ""

    @property
    def error(self) -> float:
        """How far apart they are: against the expected one where that is above 1, else as it is."""
        return abs(self.found - self.expected) / max(abs(self.expected), 1.0)


@dataclass(frozen=True, kw_only=True)
class Light:
    """One law on this scenario. ``ok`` is None where it has nothing to say, such as without links."""

    id: str
    measured: float
    threshold: float
    readings: tuple[Reading, ...] = ()
    digest: str = ""
    applies: bool = True

    @property
    def ok(self) -> bool | None:
        """Whether the law holds here."""
        # Written so that what is not a number is not a success.
        return self.measured <= self.threshold if self.applies else None


def measured_light(id: str, readings: list[Reading], threshold: float = CLOSE) -> Light:
    """The light of a law whose readings are to agree: measured is the worst of their errors."""
    return Light(
        id=id,
        measured=_worst(reading.error for reading in readings),
        threshold=threshold,
        readings=tuple(readings),
    )


def _worst(errors: Iterable[float]) -> float:
    """The largest, or NaN where one is: the built-in ``max`` may pass a NaN over."""
    return float(np.max(np.fromiter(errors, dtype=np.float64)))


def largest_difference(one: Run, other: Run) -> float:
    """The largest difference between two runs in any week of any series."""
    return float(np.max([np.max(np.abs(one[name] - other[name])) for name in SERIES]))
