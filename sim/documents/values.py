"""One value of a document by its declaration: a number, or a vector by member or as a list."""

from dataclasses import replace
from typing import Final, TypeGuard

from sim.declare import Declaration, Value, Vector
from sim.documents.homes import note_unknown
from sim.errors import Fault
from sim.scenario import WEEKS_LIMITS, value_faults
from sim.shown import BIG, key_shown, shown

# TOML has no null; a lever that its case moves and the scenario does not needs a word for it.
AS_NOW: Final = "as_now"

WEEKS: Final = Declaration(
    id="weeks", group="", default=104, unit="weeks", limits=WEEKS_LIMITS, low=(), high=(),
    role="constant", level="basic", status="assumption", source="", symbol="", members=(),
    whole=True, sums_to_one=False, logarithmic=False,
)  # fmt: skip


def is_number(raw: object) -> TypeGuard[int | float]:
    """Whether it is a number; TOML's booleans are none, though Python's are."""
    return isinstance(raw, int | float) and not isinstance(raw, bool)


def number_of(
    place: str, raw: object, declaration: Declaration, faults: list[Fault]
) -> float | int | None:
    """The number, or None with what is wrong with it added to ``faults``."""
    value = raw
    if is_number(raw) and not declaration.whole and not (isinstance(raw, int) and abs(raw) >= BIG):
        # Adding 0.0 turns -0.0, which equals 0.0 but prints otherwise, into 0.0.
        value = float(raw) + 0.0
    found = list(value_faults(place, value, replace(declaration, members=(), sums_to_one=False)))
    # What was got is shown as the document says it, and not as Python does.
    faults.extend(replace(each, facts={**each.facts, "got": shown(raw)}) for each in found)
    return None if found or not is_number(value) else value


def vector_of(
    place: str, raw: object, declaration: Declaration, base: Vector, faults: list[Fault]
) -> Vector | None:
    """The vector, a member left out at its value in ``base``; None where anything is wrong."""
    if isinstance(raw, dict):
        given = _known_members(place, raw, declaration, faults)
    elif isinstance(raw, list) and len(raw) == declaration.size:
        given = dict(zip(declaration.members, raw, strict=True))
    elif isinstance(raw, list):
        length = {"legal": declaration.size, "got": len(raw)}
        faults.append(Fault(kind="wrong_length", place=place, facts=length))
        return None
    else:
        legal = f"{{ {declaration.members[0]} = … }}, [ … ]"
        facts = {"legal": legal, "got": shown(raw)}
        faults.append(Fault(kind="wrong_type", place=place, facts=facts))
        return None
    return _merged(place, given, declaration, base, faults)


def value_of(
    place: str, raw: object, declaration: Declaration, base: Value | None, faults: list[Fault]
) -> Value | None:
    """The value of a parameter as its declaration asks for it, or None with faults added."""
    if isinstance(base, tuple):
        return vector_of(place, raw, declaration, base, faults)
    return number_of(place, raw, declaration, faults)


def _known_members(
    place: str, raw: dict[str, object], declaration: Declaration, faults: list[Fault]
) -> dict[str, object]:
    for name in [each for each in raw if each not in declaration.members]:
        note_unknown(faults, f"{place}.{key_shown(name)}", name, declaration.members)
    return {name: raw[name] for name in declaration.members if name in raw}


def _merged(
    place: str,
    given: dict[str, object],
    declaration: Declaration,
    base: Vector,
    faults: list[Fault],
) -> Vector | None:
    before = len(faults)
    found = {
        name: number_of(f"{place}.{name}", raw, declaration, faults) for name, raw in given.items()
    }
    if len(faults) > before:
        return None
    merged: list[float] = []
    for name, old in zip(declaration.members, base, strict=True):
        new = found.get(name)
        merged.append(old if new is None else new)
    sums = list(value_faults(place, tuple(merged), declaration))
    faults.extend(sums)
    return None if sums else tuple(merged)
