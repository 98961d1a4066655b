"""What an analysis varies: one number of a scenario, between two ends.

A parameter of the world, a member of one that is a vector, such a vector as one, a programme, or a
number of a move. Values are in the unit of the scenario; a vector as one is varied by its position:
0 all members at their low, 0.5 as they are, 1 all at their high.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np

from sim.declare import Declaration
from sim.errors import Fault, Refused, unknown
from sim.metrics import Floats
from sim.places import declaration_at, value_or_now, with_value
from sim.policy import Policy, move_declarations, policy_declarations
from sim.scenario import Scenario
from sim.uncertainty import SHARED, Range, Spread, range_of
from sim.world import world_declarations

Kind = Literal["world", "vector", "lever", "move"]
_MOVE: Final = re.compile(r"policy\.moves\[(\d+)\]\.(\w+)")
MIDDLE: Final = 0.5
_TWO_YEARS: Final = 104


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One number of a scenario that is varied from ``low`` to ``high``.

    ``whole`` numbers are rounded; ``now`` is the value that the scenario has.
    """

    place: str
    kind: Kind
    low: float
    high: float
    now: float
    whole: bool = False

    @property
    def name(self) -> str:
        """The id of the parameter, lever, or number of a move."""
        return self.place.split(".")[-1 if self.kind in {"lever", "move"} else 1]

    def values(self, count: int) -> Floats:
        """``count`` values from end to end, evenly; of a whole number each once, so maybe fewer."""
        found = np.linspace(self.low, self.high, count)
        return np.unique(np.round(found)) if self.whole else found


def variable(
    scenario: Scenario, place: str, low: float | None = None, high: float | None = None
) -> Variable:
    """The variable of a place; its ends are the range of the parameter unless they are given.

    Raises
    ------
    Refused
        If there is no such number in the scenario, or an end is outside the hard limits.
    """
    if place not in variable_places(scenario):
        raise Refused([unknown(place, place, variable_places(scenario))])
    found = _usual(scenario, place)
    ends = found.low if low is None else low, found.high if high is None else high
    faults = [*_end_faults(found, ends, limits_of(found))]
    if faults:
        raise Refused(faults)
    return Variable(
        place=place, kind=found.kind, low=ends[0], high=ends[1], now=found.now, whole=found.whole
    )


def variable_places(scenario: Scenario) -> tuple[str, ...]:
    """Every place of a scenario that can be varied, in the order of the declarations."""
    return tuple(_places(scenario))


def limits_of(which: Variable) -> tuple[float, float]:
    """Between which values it may lie at all."""
    if which.kind == "vector":
        return 0.0, 1.0
    declaration = declaration_at(which.place)
    assert declaration is not None
    return declaration.limits


def _places(scenario: Scenario) -> Iterator[str]:
    for name, each in world_declarations().items():
        if name in SHARED or each.sums_to_one:
            continue
        yield f"world.{name}"
        yield from (f"world.{name}.{member}" for member in each.members)
    yield from (f"policy.{name}" for name in policy_declarations())
    for index, move in enumerate(scenario.policy.moves):
        for name in move_declarations():
            if getattr(move, name) is not None:
                yield f"policy.moves[{index}].{name}"


def _usual(scenario: Scenario, place: str) -> Variable:
    declaration = declaration_at(place)
    assert declaration is not None
    if place.startswith("policy."):
        kind: Kind = "move" if _MOVE.fullmatch(place) else "lever"
        now = _number(value_or_now(scenario, place))
        low, high = min(declaration.low[0], now), max(declaration.high[0], now)
        return Variable(
            place=place, kind=kind, low=low, high=high, now=now, whole=declaration.whole
        )
    found = open_range(scenario, declaration)
    _, _, member = place.removeprefix("world.").partition(".")
    if declaration.members and not member:
        return Variable(place=place, kind="vector", low=0.0, high=1.0, now=MIDDLE)
    at = declaration.members.index(member) if member else 0
    return Variable(
        place=place,
        kind="world",
        low=found.low[at],
        high=found.high[at],
        now=found.mode[at],
        whole=declaration.whole,
    )


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)


def open_range(scenario: Scenario, declaration: Declaration) -> Range:
    """Between which values a parameter may lie, also where it is said to be certain."""
    stated = scenario.uncertainty.spread(declaration.id)
    if stated.shape == "fixed":
        stated = Spread(low=stated.low, high=stated.high)
    found = range_of(scenario.world, declaration.id, stated)
    if found.low != found.high:
        return found
    # Without any plausible range: half and half as much again, within the limits; of weeks two years.
    least, most = declaration.limits
    if declaration.whole:
        pairs = [(least, max(each, min(most, _TWO_YEARS))) for each in found.mode]
    else:
        pairs = [_around(each, least, most) for each in found.mode]
    low, high = (tuple(each[side] for each in pairs) for side in (0, 1))
    return Range(shape="pert", low=low, mode=found.mode, high=high, members=found.members)


def _around(value: float, least: float, most: float) -> tuple[float, float]:
    if value == 0.0:
        return max(least, 0.0), min(most, 1.0)
    low, high = sorted((0.5 * value, 1.5 * value))
    return max(low, least), min(high, most)


def _end_faults(
    found: Variable, ends: tuple[float, float], limits: tuple[float, float]
) -> Iterator[Fault]:
    declaration = declaration_at(found.place)
    assert declaration is not None
    unit = "position" if found.kind == "vector" else declaration.unit
    for side, end in zip(("low", "high"), ends, strict=True):
        facts = {"low": limits[0], "high": limits[1], "unit": unit, "got": end}
        if not math.isfinite(end):
            yield Fault(kind="not_finite", place=f"{found.place} ({side})", facts=facts)
        elif not limits[0] <= end <= limits[1]:
            yield Fault(kind="out_of_range", place=f"{found.place} ({side})", facts=facts)
    if ends[0] > ends[1]:
        facts = {"low": ends[0], "high": ends[1]}
        yield Fault(kind="low_above_high", place=found.place, facts=facts)


def number_faults(which: Variable, values: Floats) -> Iterator[Fault]:
    """What is wrong with values of a variable: the first that lies outside its limits."""
    low, high = limits_of(which)
    wrong = values[~((low <= values) & (values <= high))]
    if len(wrong):
        declaration = declaration_at(which.place)
        assert declaration is not None
        unit = "position" if which.kind == "vector" else declaration.unit
        facts = {"low": low, "high": high, "unit": unit, "got": float(wrong[0])}
        kind = "out_of_range" if math.isfinite(wrong[0]) else "not_finite"
        yield Fault(kind=kind, place=which.place, facts=facts)


def with_number(scenario: Scenario, which: Variable, value: float) -> Scenario:
    """The scenario with another number at a variable's place."""
    if which.kind == "vector":
        declaration = world_declarations()[which.name]
        members = positioned(open_range(scenario, declaration), np.array([value]))[0]
        return with_value(scenario, which.place, tuple(members.tolist()))
    return with_value(scenario, which.place, round(value) if which.whole else value)


def policy_with(policy: Policy, variables: Sequence[Variable], values: Sequence[float]) -> Policy:
    """The policy with other numbers of its levers and moves; each part of it is built once."""
    levers: dict[str, Any] = {}
    moves: dict[int, dict[str, Any]] = {}
    for which, value in zip(variables, values, strict=True):
        number = round(value) if which.whole else value
        of_move = _MOVE.fullmatch(which.place)
        owner = moves.setdefault(int(of_move[1]), {}) if of_move else levers
        owner[which.name] = number
    if moves:
        levers["moves"] = tuple(
            replace(move, **moves[index]) if index in moves else move
            for index, move in enumerate(policy.moves)
        )
    return replace(policy, **levers)


def positioned(between: Range, positions: Floats) -> Floats:
    """A vector's members at positions 0 (low) over 0.5 (now) to 1 (high), shape (n, members)."""
    ends = zip(between.low, between.mode, between.high, strict=True)
    return np.stack([np.interp(positions, (0.0, MIDDLE, 1.0), each) for each in ends], axis=1)


def put(
    draws: Mapping[str, Floats], scenario: Scenario, which: Variable, values: Floats
) -> dict[str, Floats]:
    """The draws of as many worlds, with these values of a variable that is no number of a move.

    Parameters
    ----------
    draws : by parameter id, (n,) or (n, members); what is not in them is as in the scenario
    values : (n,)
    """
    numbers = np.round(values) if which.whole else values
    if which.kind == "vector":
        whole = open_range(scenario, world_declarations()[which.name])
        return {**draws, which.name: positioned(whole, numbers)}
    declaration = declaration_at(which.place)
    assert declaration is not None
    if which.kind == "lever" or not declaration.members:
        return {**draws, which.name: numbers}
    base = draws.get(which.name)
    if base is None:
        base = np.tile(np.array(scenario.world.value(which.name)), (len(values), 1))
    members = base.copy()
    members[:, declaration.members.index(which.place.rpartition(".")[2])] = numbers
    return {**draws, which.name: members}
