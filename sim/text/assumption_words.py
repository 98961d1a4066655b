"""The words of an assumption of the world as one: what it is called, and its values with their unit."""

from collections.abc import Sequence
from typing import Final

from sim.declare import Declaration
from sim.text import Words
from sim.text.numbers import MINUS, exponent_of, quantity
from sim.text.place_words import member_words, place_words
from sim.world import world_declarations

_DIGITS: Final = (3, 4, 5, 6)
# Of the plausible range: less than this is as good as zero.
_NOTHING: Final = 1e-4
# Units that are no longer than their number; the others are said once for several numbers.
_SHORT: Final = frozenset({"share", "per_year", "week", "weeks", "hazard", "trust", "persons"})


def parameter_words(name: str, words: Words) -> str:
    """What an assumption is called."""
    return place_words(f"world.{name}", words)


def has_short_unit(name: str) -> bool:
    """Whether the unit of an assumption can stand with each of several numbers."""
    return world_declarations()[name].unit in _SHORT


def values_text(
    name: str,
    values: Sequence[float],
    beside: Sequence[float],
    words: Words,
    *,
    only: int | None = None,
    bare: bool = False,
) -> str:
    """Values of a parameter with unit, of a vector each with its member.

    With as many digits as tell them from those that they stand beside; of one member ``only``, if it
    is said, and then without its name. ``bare`` leaves the unit out.
    """
    declaration = world_declarations()[name]
    pairs = list(zip(values, beside, strict=True))
    wide = [high - low for low, high in zip(declaration.low, declaration.high, strict=True)]
    least = [_NOTHING * each for each in wide] or [0.0] * len(pairs)
    once = bool(declaration.members) and only is None and not has_short_unit(name)
    told = [
        _told(_rounded(value, other, nothing), declaration, words, bare=bare or once)
        for (value, other), nothing in zip(pairs, least, strict=True)
    ]
    if only is not None or not declaration.members:
        return told[only or 0]
    members = [member_words(each, words) for each in declaration.members]
    named = [
        words("drivers.member", member=member, value=value)
        for member, value in zip(members, told, strict=True)
    ]
    whole = words("drivers.members").join(named)
    if bare or not once:
        return whole
    return words("drivers.unit", label=whole, unit=words(f"unit.{declaration.unit}"))


def _told(value: float, declaration: Declaration, words: Words, *, bare: bool) -> str:
    if bare:
        exponent = exponent_of(abs(value), words)
        return f"{value / 10**exponent:,.8g}".replace("-", MINUS) + words(
            f"number.scale.{exponent}"
        )
    if declaration.unit == "weeks" and not float(value).is_integer():
        # Part of a week is no length to plan with, but a half-life may well differ by it.
        return words("number.weeks", number=f"{value:.8g}")
    return quantity(value, declaration.unit, words)


def _rounded(value: float, beside: float, nothing: float) -> float:
    if abs(value) < nothing:
        return 0.0
    for digits in _DIGITS:
        found = float(f"{value:.{digits}g}")
        if value == beside or found != float(f"{beside:.{digits}g}"):
            return found
    return found
