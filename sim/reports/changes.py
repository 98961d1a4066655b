"""What differs from the case a scenario started from, each as old and new."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sim.declare import Declaration
from sim.policy import Move, policy_declarations
from sim.reports.phrases import move_text
from sim.scenario import Scenario
from sim.text import Words
from sim.text.numbers import quantity
from sim.text.place_words import place_words
from sim.world import world_declarations

Content = float | int | tuple[float, ...] | Move | None

_MOVE = re.compile(r"policy\.moves\[(\d+)\]")
# A vector of more members, such as the season, is one change and not one a member.
_MOST_MEMBERS = 12


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference to the case.

    ``place`` is as in a scenario's document (``world.churn.fan``, ``policy.care``,
    ``policy.moves[0]``, ``weeks``). ``None`` stands for "as now", or for a move that is not there.
    """

    place: str
    unit: str
    old: Content
    new: Content


def changes(scenario: Scenario, base: Scenario) -> tuple[Change, ...]:
    """Everything that a scenario sets otherwise than ``base``, in the order of the document."""
    return tuple(_changes(scenario, base))


def place_title(place: str, words: Words) -> str:
    """What stands at the place of a change; a place that this model does not have, as it is written."""
    move = _MOVE.fullmatch(place)
    if move:
        return words("change.move", number=int(move[1]) + 1)
    try:
        return place_words(place, words)
    except (KeyError, ValueError):
        return place


def describe(change: Change, words: Words) -> str:
    """Old and new value with their units, and an arrow between them."""
    if isinstance(change.old, tuple) and isinstance(change.new, tuple):
        pairs = zip(change.old, change.new, strict=True)
        return words("change.members", count=sum(old != new for old, new in pairs))
    return words(
        "change", old=_said(change.old, change, words), new=_said(change.new, change, words)
    )


def _changes(scenario: Scenario, base: Scenario) -> Iterator[Change]:
    if scenario.weeks != base.weeks:
        yield Change(place="weeks", unit="weeks", old=base.weeks, new=scenario.weeks)
    for name, declared in world_declarations().items():
        old, new = base.world.value(name), scenario.world.value(name)
        yield from _value_changes(f"world.{name}", declared, old, new)
    for name, declared in policy_declarations().items():
        old, new = getattr(base.policy, name), getattr(scenario.policy, name)
        yield from _value_changes(f"policy.{name}", declared, old, new)
    yield from _move_changes(scenario.policy.moves, base.policy.moves)


def _value_changes(
    place: str, declared: Declaration, old: Content, new: Content
) -> Iterator[Change]:
    if old == new:
        return
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) <= _MOST_MEMBERS:
        for member, before, after in zip(declared.members, old, new, strict=True):
            if before != after:
                member_place = f"{place}.{member}"
                yield Change(place=member_place, unit=declared.unit, old=before, new=after)
        return
    yield Change(place=place, unit=declared.unit, old=old, new=new)


def _move_changes(moves: tuple[Move, ...], base: tuple[Move, ...]) -> Iterator[Change]:
    for index in range(max(len(moves), len(base))):
        new = moves[index] if index < len(moves) else None
        old = base[index] if index < len(base) else None
        if old != new:
            yield Change(place=f"policy.moves[{index}]", unit="", old=old, new=new)


def _said(value: Content, change: Change, words: Words) -> str:
    if isinstance(value, Move):
        return move_text(value, words)
    if value is None:
        is_move = change.place.startswith("policy.moves[")
        return words("change.no_move" if is_move else "number.as_now")
    if isinstance(value, tuple):
        return words("change.several")
    return quantity(value, change.unit, words)
