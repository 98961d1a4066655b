"""The habit of ordering where one ordered before: at the third party, or in the native shop."""

from dataclasses import dataclass

from sim.declare import Vector, parameter
from sim.sets import SEGMENTS


@dataclass(frozen=True, kw_only=True)
class Habit:
    """Shares of viewers who come back out of habit, and how fast habits form and fade."""

    external_habit: Vector = parameter(
        (0.10, 0.12, 0.10),
        unit="share",
        limits=(0.0, 1.0),
        members=SEGMENTS,
        status="assumption",
        symbol="He_s0",
    )
    external_habit_longrun: float = parameter(
        0.20,
        unit="share",
        between=(0.1, 0.4),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="He_∞",
        level="basic",
    )
    external_habit_halflife: float = parameter(
        13.0,
        unit="weeks",
        between=(4.0, 39.0),
        limits=(0.05, 1e9),
        status="found",
        source="lally-2010",
        symbol="h_He",
    )
    native_habit: Vector = parameter(
        (0.15, 0.30, 0.50),
        unit="share",
        limits=(0.0, 1.0),
        members=SEGMENTS,
        status="assumption",
        symbol="Hn_s0",
    )
    native_habit_halflife: float = parameter(
        13.0,
        unit="weeks",
        between=(4.0, 39.0),
        limits=(0.05, 1e9),
        status="found",
        source="lally-2010",
        symbol="h_Hn",
    )
