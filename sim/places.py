"""Places in a scenario by name: ``world.churn.fan``, ``policy.care``, ``policy.moves[0].week``.

A control of the page and an axis of an analysis are bound to a place; reading and writing go through
here, and neither needs to know how a scenario is built.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from sim.declare import Declaration, Value
from sim.policy import TARGETS, Move, move_declarations, policy_declarations
from sim.scenario import Scenario
from sim.world import world_declarations

Content = Value | None | tuple[str, ...]

_MOVE: Final = re.compile(r"policy\.moves\[(\d+)\]\.(\w+)")


def declaration_at(place: str) -> Declaration | None:
    """What is declared about a place; None for lists of names and for the horizon."""
    move = _MOVE.fullmatch(place)
    if move:
        return move_declarations().get(move[2])
    group, _, rest = place.partition(".")
    if group == "world":
        return world_declarations()[rest.partition(".")[0]]
    return policy_declarations().get(rest) if group == "policy" else None


def value_at(scenario: Scenario, place: str) -> Content:
    """What stands at a place; None where nothing does, such as in a move that is not there."""
    move = _MOVE.fullmatch(place)
    if move:
        moves = scenario.policy.moves
        index = int(move[1])
        found: Content = getattr(moves[index], move[2]) if index < len(moves) else None
        return found
    group, _, rest = place.partition(".")
    if group == "world":
        return _world_value(scenario, rest)
    owner = (scenario.policy, rest) if group == "policy" else (scenario, place)
    held: Content = getattr(*owner)
    return held


def _world_value(scenario: Scenario, rest: str) -> Value:
    name, _, member = rest.partition(".")
    value = scenario.world.value(name)
    if not member:
        return value
    index = world_declarations()[name].members.index(member)
    assert isinstance(value, tuple)
    return value[index]


def with_value(scenario: Scenario, place: str, value: Content) -> Scenario:
    """The same scenario with something else at a place."""
    move = _MOVE.fullmatch(place)
    if move:
        return _with_move_value(scenario, int(move[1]), move[2], value)
    group, _, rest = place.partition(".")
    if group == "world":
        return _with_world_value(scenario, rest, value)
    if group == "policy":
        lever: dict[str, Any] = {rest: value}
        return replace(scenario, policy=replace(scenario.policy, **lever))
    setting: dict[str, Any] = {place: value}
    return replace(scenario, **setting)


def _with_move_value(scenario: Scenario, index: int, name: str, value: Content) -> Scenario:
    moves = list(scenario.policy.moves)
    setting: dict[str, Any] = {name: value}
    moves[index] = replace(moves[index], **setting)
    return with_moves(scenario, moves)


def _with_world_value(scenario: Scenario, rest: str, value: Content) -> Scenario:
    name, _, member = rest.partition(".")
    whole: Any = value
    if member:
        old = scenario.world.value(name)
        assert isinstance(old, tuple)
        members = world_declarations()[name].members
        whole = tuple(
            value if each == member else kept for each, kept in zip(members, old, strict=True)
        )
    return replace(scenario, world=scenario.world.with_values({name: whole}))


def with_moves(scenario: Scenario, moves: Iterable[Move]) -> Scenario:
    """The same scenario with other moves."""
    return replace(scenario, policy=replace(scenario.policy, moves=tuple(moves)))


# A target of None means "as now": the parameter of the world that it starts from.
NOW: Final = {f"policy.{lever}": f"world.{now}" for lever, now in TARGETS.items()}


def value_or_now(scenario: Scenario, place: str) -> Content:
    """What stands at a place, with the world's own value for a target that is "as now"."""
    value = value_at(scenario, place)
    return value_at(scenario, NOW[place]) if value is None and place in NOW else value
