"""The words of an assumption of the world as one: what it is called, and its values with their unit."""

from collections.abc import Sequence
from typing import Final

from sim.text import Words
from sim.text.numbers import quantity
from sim.text.place_words import member_words, place_words
from sim.world import world_declarations

_DIGITS: Final = (3, 4, 5, 6)


def parameter_words(name: str, words: Words) -> str:
    """What an assumption is called."""
    return place_words(f"world.{name}", words)


def values_text(
    name: str,
    values: Sequence[float],
    beside: Sequence[float],
    words: Words,
    *,
    only: int | None = None,
) -> str:
    """Values of a parameter with unit, of a vector each with its member.

    With as many digits as tell them from those that they stand beside; of one member ``only``, if it
    is said, and then without its name.
    """
    declaration = world_declarations()[name]
    pairs = list(zip(values, beside, strict=True))
    told = [
        quantity(value if declaration.whole else _rounded(value, other), declaration.unit, words)
        for value, other in pairs
    ]
    if only is not None or not declaration.members:
        return told[only or 0]
    members = [member_words(each, words) for each in declaration.members]
    named = [
        words("drivers.member", member=member, value=value)
        for member, value in zip(members, told, strict=True)
    ]
    return words("drivers.members").join(named)


def _rounded(value: float, beside: float) -> float:
    for digits in _DIGITS:
        found = float(f"{value:.{digits}g}")
        if value == beside or found != float(f"{beside:.{digits}g}"):
            return found
    return found
