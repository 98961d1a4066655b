"""How sure a world is as parts of a link: spreads, pairs, and how worlds are drawn."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from sim.declare import Value
from sim.documents.beliefs import AS_DECLARED
from sim.documents.changes import spread_changes
from sim.documents.token_bytes import Cursor, Damaged, number_bytes, varint_bytes
from sim.documents.token_codes import PARAMETER_CODES
from sim.scenario import Scenario
from sim.uncertainty import SHAPES, Spread, Uncertainty

# What a bound is, in two bits of a spread's flags.
_NONE: Final = 0
_ONE: Final = 1
_EACH: Final = 2
_WORLD: Final = "world."


def sampling_bytes(scenario: Scenario) -> bytes:
    """Seed and number of worlds."""
    return varint_bytes(scenario.sampling.seed) + varint_bytes(scenario.sampling.worlds)


def sampling_of_bytes(cursor: Cursor) -> dict[str, Any]:
    """As a document has them."""
    return {"seed": cursor.varint(), "worlds": cursor.varint()}


def spread_records(scenario: Scenario, base: Scenario) -> Iterator[bytes]:
    """What is stated otherwise, a record a parameter."""
    for name, spread in spread_changes(scenario, base).items():
        yield varint_bytes(_codes()[name]) + _spread_bytes(spread)


def all_spread_bytes(uncertainty: Uncertainty) -> Iterator[bytes]:
    """Everything that is stated, for a fingerprint."""
    for name, spread in uncertainty.spreads:
        yield varint_bytes(_codes()[name]) + _spread_bytes(spread)
    yield from pair_records(uncertainty)


def spread_of_bytes(cursor: Cursor) -> tuple[str, Any]:
    """The next parameter, and what is stated of it as a document has it.

    Raises
    ------
    Damaged
        If there is none.
    """
    name, size = _named(cursor)
    flags = cursor.varint()
    shape = flags & 3
    if flags >> 6:
        raise Damaged
    if shape == len(SHAPES):
        return name, AS_DECLARED
    stated: dict[str, Any] = {"shape": SHAPES[shape]}
    for side, kind in (("low", flags >> 2 & 3), ("high", flags >> 4 & 3)):
        if kind == _ONE:
            stated[side] = cursor.number()
        elif kind == _EACH:
            stated[side] = [cursor.number() for _ in range(size)]
        elif kind != _NONE:
            raise Damaged
    return name, stated


def pair_records(uncertainty: Uncertainty) -> Iterator[bytes]:
    """A record a pair."""
    for pair in uncertainty.correlations:
        names = (varint_bytes(_codes()[name]) for name in (pair.first, pair.second))
        yield b"".join(names) + number_bytes(pair.coefficient)


def pair_of_bytes(cursor: Cursor) -> dict[str, Any]:
    """The next pair as a document has it.

    Raises
    ------
    Damaged
        If there is none.
    """
    first, _ = _named(cursor)
    second, _ = _named(cursor)
    return {"between": [first, second], "coefficient": cursor.number()}


@cache
def _codes() -> dict[str, int]:
    places = (entry.partition(":")[0] for entry in PARAMETER_CODES)
    return {
        place.removeprefix(_WORLD): code
        for code, place in enumerate(places)
        if place.startswith(_WORLD)
    }


def _named(cursor: Cursor) -> tuple[str, int]:
    """The parameter of the next code, and how many numbers it takes."""
    code = cursor.varint()
    if code >= len(PARAMETER_CODES) or not PARAMETER_CODES[code].startswith(_WORLD):
        raise Damaged
    name, _, members = PARAMETER_CODES[code].removeprefix(_WORLD).partition(":")
    return name, members.count(",") + 1


def _spread_bytes(spread: Spread | None) -> bytes:
    if spread is None:
        return varint_bytes(len(SHAPES))
    flags, numbers = SHAPES.index(spread.shape), b""
    for shift, bound in ((2, spread.low), (4, spread.high)):
        if bound is not None:
            flags |= (_EACH if isinstance(bound, tuple) else _ONE) << shift
            numbers += _bound_bytes(bound)
    return varint_bytes(flags) + numbers


def _bound_bytes(bound: Value) -> bytes:
    return b"".join(map(number_bytes, bound if isinstance(bound, tuple) else (bound,)))
