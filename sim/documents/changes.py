"""What a scenario has that its case, or the defaults, have not; only that is written down."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.declare import Value
from sim.policy import policy_declarations
from sim.scenario import Scenario
from sim.uncertainty import Spread
from sim.world import world_declarations


@dataclass(frozen=True, kw_only=True)
class Change:
    """A value that differs: the new one, and the one it differs from (None: "as now")."""

    new: Value | None
    old: Value | None


def world_changes(scenario: Scenario, base: Scenario) -> Mapping[str, Change]:
    """Every parameter that differs, by id, in the order of the declarations."""
    return _changes(
        {
            name: Change(new=scenario.world.value(name), old=base.world.value(name))
            for name in world_declarations()
        }
    )


def policy_changes(scenario: Scenario, base: Scenario) -> Mapping[str, Change]:
    """Every lever that differs, moves apart, by id, in the order of the declarations."""
    return _changes(
        {
            name: Change(new=getattr(scenario.policy, name), old=getattr(base.policy, name))
            for name in policy_declarations()
        }
    )


def spread_changes(scenario: Scenario, base: Scenario) -> Mapping[str, Spread | None]:
    """What is stated otherwise of a parameter, by id; None where it is as declared again."""
    new, old = dict(scenario.uncertainty.spreads), dict(base.uncertainty.spreads)
    return {name: new.get(name) for name in world_declarations() if new.get(name) != old.get(name)}


def _changes(pairs: Mapping[str, Change]) -> Mapping[str, Change]:
    return {name: pair for name, pair in pairs.items() if pair.new != pair.old}
