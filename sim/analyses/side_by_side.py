"""Several scenarios beside each other: what each comes to against one of them, and which inputs do it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.analyses.compare import Comparison
from sim.analyses.montecarlo import MonteCarlo
from sim.declare import Value
from sim.metrics import OUTCOMES, Floats, outcomes
from sim.policy import Move, policy_declarations
from sim.scenario import Scenario
from sim.world import world_declarations

MOST: Final = 8
MOVES: Final = "policy.moves"
# Outcomes that are differences and add up: against another scenario in the same world they are the
# difference of two differences to no policy.
_ADDITIVE: Final = ("gmv_change", "profit_change", "npv_change", "viewers_kept", "fans_kept")


@dataclass(frozen=True, kw_only=True)
class Input:
    """A place at which scenarios differ: its value in each, and what it does by itself.

    Attributes
    ----------
    place
        A parameter or lever by its place in a scenario, or :data:`MOVES` for all moves together.
    values
        One a scenario, in their order.
    effects
        What the outcome of the reference changes by if it took this one value from each scenario,
        all else as it is; None where that cannot be run.
    """

    place: str
    values: tuple[Value | tuple[Move, ...] | None, ...]
    effects: tuple[float | None, ...]

    @property
    def size(self) -> float:
        """The largest effect in any direction, 0 where none can be run."""
        return max((abs(each) for each in self.effects if each is not None), default=0.0)


def against(one: Comparison, other: Comparison | None) -> Mapping[str, float | None]:
    """Outcomes of a scenario against another one, or against its own world without policy.

    Where horizons differ, both are taken as far as the shorter one goes. Discounted at the rate of
    the first.
    """
    if other is None:
        return one.outcomes
    weeks = min(one.run.scenario.weeks, other.run.scenario.weeks)
    rate = one.run.scenario.world.money.discount_rate
    runs = [
        {name: values[:weeks] for name, values in each.run.series.items()} for each in (one, other)
    ]
    return outcomes(runs[0], runs[1], discount_rate=rate)


def comparable(one: Scenario, other: Scenario) -> bool:
    """Whether worlds drawn for both are the same worlds: only then can shares of them be told."""
    return (one.world, one.uncertainty, one.sampling, one.weeks) == (
        other.world,
        other.uncertainty,
        other.sampling,
        other.weeks,
    )


def probability(outcome: str, one: MonteCarlo, other: MonteCarlo | None) -> float | None:
    """In what share of the worlds a scenario is better than another one, ties not counted.

    None where the outcome cannot be compared world by world, or where the two are not
    :func:`comparable`. Without another it is :attr:`Distribution.better`.
    """
    if other is None:
        return one.distributions[outcome].better
    if not comparable(one.scenario, other.scenario):
        return None
    levels = not OUTCOMES[outcome].difference
    if outcome not in _ADDITIVE and not levels:
        return None
    gained: Floats = one.values[outcome] - other.values[outcome]
    known = ~np.isnan(gained)
    if not known.any():
        return None
    better = gained < 0 if OUTCOMES[outcome].better == "lower" else gained > 0
    return float(better[known].mean())


def differing(
    scenarios: Sequence[Scenario],
    reference: Scenario,
    effect_of: Callable[[Scenario], float | None],
) -> tuple[Input, ...]:
    """Every input at which scenarios differ from each other, the one that does most first.

    Parameters
    ----------
    reference : the scenario into which single values are put
    effect_of : what a scenario comes to; the effect is the difference to the reference's own
    """
    found = [_input(place, scenarios, reference, effect_of) for place in _places(scenarios)]
    return tuple(sorted(found, key=lambda each: -each.size))


def _places(scenarios: Sequence[Scenario]) -> list[str]:
    world = [f"world.{name}" for name in world_declarations()]
    levers = [f"policy.{name}" for name in policy_declarations()]
    places = ["weeks", *world, *levers, MOVES]
    return [place for place in places if len({_held(place, each) for each in scenarios}) > 1]


def _held(place: str, scenario: Scenario) -> Value | tuple[Move, ...] | None:
    group, _, name = place.partition(".")
    if group == "world":
        return scenario.world.value(name)
    found: Value | tuple[Move, ...] | None
    found = getattr(scenario.policy, name) if group == "policy" else getattr(scenario, place)
    return found


def _input(
    place: str,
    scenarios: Sequence[Scenario],
    reference: Scenario,
    effect_of: Callable[[Scenario], float | None],
) -> Input:
    values = tuple(_held(place, each) for each in scenarios)
    own = effect_of(reference)

    def effect(value: Value | tuple[Move, ...] | None) -> float | None:
        found = effect_of(_put(reference, place, value))
        return None if found is None or own is None else found - own

    return Input(place=place, values=values, effects=tuple(effect(value) for value in values))


def _put(scenario: Scenario, place: str, value: object) -> Scenario:
    group, _, name = place.partition(".")
    given: dict[str, object] = {name or place: value}
    if group == "world":
        return replace(scenario, world=scenario.world.with_values(given))  # type: ignore[arg-type]
    if group == "policy":
        return replace(scenario, policy=replace(scenario.policy, **given))  # type: ignore[arg-type]
    return replace(scenario, **given)  # type: ignore[arg-type]
