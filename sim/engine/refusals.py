"""What only the first week can tell: worlds whose observed facts no rates can explain."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.engine import calibrate
from sim.errors import Fault
from sim.sets import SEGMENTS, SURFACES
from sim.shown import at_least, number_shown
from sim.world import World


def diversion_bounds(conversion: float, closed_share: float) -> tuple[float, float]:
    """The diversions that a nested logit can reproduce, both ends excluded but the lower one.

    The lower one is the plain logit's (dissimilarity 1); the upper one is 1, links and shop being
    perfect substitutes (dissimilarity 0).
    """
    if closed_share >= 1.0:
        return 0.0, 1.0
    # With 1 - κ cancelled by hand: near κ = 1 the quotient of differences keeps no digit.
    return closed_share * conversion / (1.0 - conversion * (1.0 - closed_share)), 1.0


def faults_of_status(world: World, status: int) -> Iterator[Fault]:
    """The faults behind the refusal bits of one world."""
    for s, segment in enumerate(SEGMENTS):
        facts: dict[str, object] = {"segment": segment}
        if status & calibrate.NO_INTENSITY << s:
            yield Fault(kind="no_intensity", place="world.shopping_intensity", facts=facts)
        elif status & calibrate.NO_GOOD_ORDERS << s:
            yield Fault(kind="no_good_orders", place="world.conversion_index", facts=facts)
        if status & calibrate.SEGMENT_NOT_HELD << s:
            yield Fault(kind="segment_not_held", place="world.segment_share", facts=facts)
        if status & calibrate.NATIVE_HABIT_FULL << s:
            full = facts | _below_one(number_shown(world.habit.native_habit[s]))
            yield Fault(kind="native_habit_full", place="world.native_habit", facts=full)
    yield from _demand_faults(world, status)
    if status & calibrate.EXTERNAL_HABIT_FULL:
        longrun = _below_one(number_shown(world.habit.external_habit_longrun))
        yield Fault(kind="external_habit_full", place="world.external_habit_longrun", facts=longrun)
    if status & calibrate.NO_CONVERSION_INDEX:
        yield Fault(kind="no_conversion_index", place="world.conversion_index")


def faults_of_series(names: Sequence[str], finite: NDArray[np.bool_]) -> Iterator[Fault]:
    """The faults of series that are no numbers; ``finite`` has shape (series, weeks)."""
    # A series is numbers to whoever reads it: what is none must be said, and not shown as a gap.
    for name, weeks in zip(names, finite, strict=True):
        if not weeks.all():
            facts = {"got": int(np.argmin(weeks))}
            yield Fault(kind="series_not_finite", place=name, facts=facts)


def _demand_faults(world: World, status: int) -> Iterator[Fault]:
    for c, surface in enumerate(SURFACES):
        if status & calibrate.DIVERSION_RANGE << c:
            low, high = diversion_bounds(world.demand.conversion[c], world.demand.closed_share[c])
            facts = {
                "low": at_least(low, below=high),
                "high": number_shown(high),
                "surface": surface,
                "got": number_shown(world.demand.diversion),
            }
            yield Fault(kind="diversion_range", place="world.diversion", facts=facts)
    for s, segment in enumerate(SEGMENTS):
        for c, surface in enumerate(SURFACES):
            if status & calibrate.CONVERSION_SUM << (3 * s + c):
                # Refused for reaching 1, whatever the order in which it was summed up here.
                got = at_least(max(_sum(world, s, c), 1.0))
                sums = _below_one(got) | {"segment": segment, "surface": surface}
                yield Fault(kind="conversion_sum", place="world.conversion", facts=sums)


def _below_one(got: str) -> dict[str, object]:
    return {"legal": "1", "got": got}


def _sum(world: World, s: int, c: int) -> float:
    """Conversion of a segment on a surface, and direct share, as the first week adds them."""
    audience, demand = world.audience, world.demand
    shopping = [
        share * intensity
        for share, intensity in zip(
            audience.segment_share, audience.shopping_intensity, strict=True
        )
    ]
    weighted = sum(x * index for x, index in zip(shopping, audience.conversion_index, strict=True))
    if not weighted > 0.0:
        # Nobody shops at all, which is a fault of its own; the index is then left unscaled.
        return demand.conversion[c] * audience.conversion_index[s] + demand.direct_share
    index = audience.conversion_index[s] * sum(shopping) / weighted
    return demand.conversion[c] * index + demand.direct_share
