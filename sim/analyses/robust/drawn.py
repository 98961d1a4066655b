"""What is drawn, one column an input: what scenario discovery restricts."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.analyses.variables import MIDDLE
from sim.engine.inputs import Floats
from sim.scenario import Scenario
from sim.uncertainty import Range, ranges
from sim.world import world_declarations


@dataclass(frozen=True, kw_only=True)
class Input:
    """One thing that is drawn: its place in a scenario, and its ends.

    A vector is drawn as one: its values are its position, 0 all members low, 0.5 as they are, 1 all high.
    """

    place: str
    unit: str
    low: float
    high: float
    whole: bool


def inputs_of(scenario: Scenario, draws: Mapping[str, Floats]) -> tuple[tuple[Input, ...], Floats]:
    """What is drawn, one column each, (worlds, inputs); no column where nothing is uncertain."""
    found = ranges(scenario.world, scenario.uncertainty)
    names = tuple(_input(name, each) for name, each in found.items())
    columns = [_column(draws[name], each) for name, each in found.items()]
    worlds = len(next(iter(draws.values())))
    return names, np.stack(columns, axis=1) if columns else np.zeros((worlds, 0))


def _input(name: str, between: Range) -> Input:
    declaration = world_declarations()[name]
    if declaration.members:
        return Input(place=f"world.{name}", unit="position", low=0.0, high=1.0, whole=False)
    return Input(
        place=f"world.{name}",
        unit=declaration.unit,
        low=between.low[0],
        high=between.high[0],
        whole=declaration.whole,
    )


def _column(drawn: Floats, between: Range) -> Floats:
    """The drawn values; of a vector the position that all its members have in common."""
    if drawn.ndim == 1:
        return drawn
    spans = [high - low for low, high in zip(between.low, between.high, strict=True)]
    at = int(np.argmax(spans))
    ends = (between.low[at], between.mode[at], between.high[at])
    return np.interp(drawn[:, at], ends, (0.0, MIDDLE, 1.0))
