"""The world: what we believe about audience, demand, choice, trust, habit, supply and money."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from sim.declare import Declaration, Value, declarations_of
from sim.errors import Refused, unknown
from sim.shown import key_shown
from sim.world.audience import Audience
from sim.world.choice import Choice
from sim.world.demand import Demand
from sim.world.habit import Habit
from sim.world.money import Money
from sim.world.retention import Retention
from sim.world.supply import Supply
from sim.world.trust import Trust

GROUPS: Final[Mapping[str, type]] = MappingProxyType(
    {
        "audience": Audience,
        "demand": Demand,
        "choice": Choice,
        "trust": Trust,
        "habit": Habit,
        "retention": Retention,
        "supply": Supply,
        "money": Money,
    }
)


@dataclass(frozen=True, kw_only=True)
class World:
    """Every number of the world, by group. The defaults describe Kuaishou in the summer of 2021."""

    audience: Audience = field(default_factory=Audience)
    demand: Demand = field(default_factory=Demand)
    choice: Choice = field(default_factory=Choice)
    trust: Trust = field(default_factory=Trust)
    habit: Habit = field(default_factory=Habit)
    retention: Retention = field(default_factory=Retention)
    supply: Supply = field(default_factory=Supply)
    money: Money = field(default_factory=Money)

    def value(self, parameter: str) -> Value:
        """The value of a parameter by its id: a number, or a tuple of numbers for a vector.

        Raises
        ------
        KeyError
            If there is no such parameter.
        """
        group = world_declarations()[parameter].group
        found: Value = getattr(getattr(self, group), parameter)
        return found

    def with_values(self, values: Mapping[str, Value]) -> "World":
        """The same world with some parameters, by id, at other values.

        Raises
        ------
        Refused
            If there is no such parameter; the values themselves are judged when they are run.
        """
        known = tuple(world_declarations())
        strange = [key_shown(str(name)) for name in values if name not in known]
        if strange:
            raise Refused(unknown(f"world.{name}", name, known) for name in strange)
        by_group: dict[str, dict[str, Value]] = {}
        for name, value in values.items():
            by_group.setdefault(world_declarations()[name].group, {})[name] = value
        changed = {
            group: replace(getattr(self, group), **entries) for group, entries in by_group.items()
        }
        return replace(self, **changed)


@cache
def world_declarations() -> Mapping[str, Declaration]:
    """Every parameter of the world by id, in the order of the model page."""
    return MappingProxyType(
        {each.id: each for group, owner in GROUPS.items() for each in declarations_of(owner, group)}
    )
