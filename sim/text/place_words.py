"""The words of a place: of a lever, of a number in a move, of an assumption or its member."""

import re
from typing import Final

from sim.places import declaration_at
from sim.sets import PARTNERS, SEGMENTS, SURFACES
from sim.text import Words
from sim.text.numbers import quantity, share
from sim.world import world_declarations

_MOVE: Final = re.compile(r"policy\.moves\[(\d+)\]\.")


def place_words(place: str, words: Words) -> str:
    """What a control of that place is called."""
    group, _, rest = place.partition(".")
    if place == "weeks":
        return words("ui.horizon")
    if rest.startswith("moves["):
        return words(f"move.{rest.rpartition('.')[2]}")
    if group == "policy":
        return words(place)
    name, _, member = rest.partition(".")
    label = words(world_declarations()[name].key)
    return (
        words("ui.world.member", label=label, member=member_words(member, words))
        if member
        else label
    )


def member_words(member: str, words: Words) -> str:
    """What a member of a vector is called."""
    for kind, names in (("segment", SEGMENTS), ("surface", SURFACES), ("partner", PARTNERS)):
        if member in names:
            return words(f"{kind}.{member}")
    return words("ui.world.week", number=int(member.removeprefix("w")))


def variable_words(place: str, words: Words) -> str:
    """What a number is called where several are listed: with its move, if it is of one."""
    found = _MOVE.match(place)
    label = place_words(place, words)
    if found is None:
        return label
    return words("variable.of_move", number=int(found[1]) + 1, label=label)


def variable_value(place: str, value: float, words: Words) -> str:
    """A value of a variable in its unit; of a vector as one, how far along its range it is."""
    declaration = declaration_at(place)
    if declaration is None:
        return quantity(value, "weeks", words)
    if declaration.members and place.count(".") == 1:
        return words("variable.position", share=share(value, words))
    return quantity(value, declaration.unit, words)
