"""A scenario as the parts of a link: head, values, moves and texts, each only where it differs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Final

from sim.declare import Value
from sim.documents.changes import Change, policy_changes, world_changes
from sim.documents.token_beliefs import (
    all_spread_bytes,
    pair_records,
    sampling_bytes,
    spread_records,
)
from sim.documents.token_bytes import fingerprint, number_bytes, text_bytes, varint_bytes
from sim.documents.token_codes import (
    CASE_CODES,
    PARAMETER_CODES,
    PARTNER_CODES,
    SURFACE_CODES,
)
from sim.policy import Move, policy_declarations
from sim.scenario import Scenario
from sim.world import world_declarations

# A part ends after this many bytes: damage costs a few values, and a checksum a few characters.
_PART: Final = 24


class Tag(IntEnum):
    """What a part of a link carries."""

    HEAD = 0
    VALUES = 1
    MOVES = 2
    NAME = 3
    NOTE = 4
    SAMPLING = 5
    SPREADS = 6
    PAIRS = 7


class Has(IntEnum):
    """What follows in a move, as bits."""

    OPENNESS = 1
    FEE = 2
    RAMP = 4
    LISTS = 8


@dataclass(frozen=True, kw_only=True)
class Code:
    """A parameter in a link: its table and id, and its members in the order of the mask."""

    table: str
    id: str
    members: tuple[str, ...]


@cache
def codes() -> tuple[Code, ...]:
    """Every parameter by its code."""
    return tuple(_code(entry) for entry in PARAMETER_CODES)


def _code(entry: str) -> Code:
    place, _, members = entry.partition(":")
    table, _, name = place.partition(".")
    return Code(table=table, id=name, members=tuple(members.split(",")) if members else ())


def head(scenario: Scenario, base: Scenario, *, parts: int, mark: bytes) -> bytes:
    """How many parts there are, what the scenario is a difference to, its weeks and moves.

    ``mark`` is the :func:`base_fingerprint` of the base for all codes.
    """
    weeks = 0 if scenario.weeks == base.weeks else scenario.weeks + 1
    moves = 0 if scenario.policy.moves == base.policy.moves else len(scenario.policy.moves) + 1
    return b"".join(
        (
            varint_bytes(parts),
            varint_bytes(len(PARAMETER_CODES)),
            mark,
            _case(scenario.case),
            varint_bytes(weeks),
            varint_bytes(moves),
        )
    )


def body(scenario: Scenario, base: Scenario) -> Iterator[tuple[Tag, bytes]]:
    """Every part but the head."""
    for values in _packed(_values(scenario, base)):
        yield Tag.VALUES, values
    if scenario.policy.moves != base.policy.moves:
        for moves in _packed(map(_move, scenario.policy.moves)):
            yield Tag.MOVES, moves
    yield from _beliefs(scenario, base)
    if scenario.name != base.name:
        yield Tag.NAME, text_bytes(scenario.name)
    if scenario.note != base.note:
        yield Tag.NOTE, text_bytes(scenario.note)


def _beliefs(scenario: Scenario, base: Scenario) -> Iterator[tuple[Tag, bytes]]:
    if scenario.sampling != base.sampling:
        yield Tag.SAMPLING, sampling_bytes(scenario)
    for spreads in _packed(spread_records(scenario, base)):
        yield Tag.SPREADS, spreads
    pairs = scenario.uncertainty
    if pairs.correlations != base.uncertainty.correlations:
        # An empty part says that there are none any more.
        for records in _packed(pair_records(pairs)) if pairs.correlations else [b""]:
            yield Tag.PAIRS, records


def base_fingerprint(base: Scenario, known: int) -> bytes:
    """Two bytes that change with any number of what a link is a difference to.

    Only the first ``known`` codes count: a parameter added since the link was made has its default.
    """
    world, levers = world_declarations(), policy_declarations()
    pieces = [varint_bytes(base.weeks), *map(_move, base.policy.moves)]
    for number, code in enumerate(codes()[:known]):
        if code.table == "world" and code.id in world:
            pieces.append(varint_bytes(number) + _plain(base.world.value(code.id)))
        elif code.table == "policy" and code.id in levers:
            pieces.append(varint_bytes(number) + _plain(getattr(base.policy, code.id)))
    pieces.extend(all_spread_bytes(base.uncertainty))
    return fingerprint(pieces)


def _packed(records: Iterable[bytes]) -> Iterator[bytes]:
    """Whole records in parts of about the same length."""
    part = b""
    for record in records:
        part += record
        if len(part) >= _PART:
            yield part
            part = b""
    if part:
        yield part


def _case(case: str | None) -> bytes:
    if case is None:
        return varint_bytes(0)
    if case in CASE_CODES:
        return varint_bytes(CASE_CODES.index(case) + 2)
    text = case.encode("utf-8")
    return varint_bytes(1) + varint_bytes(len(text)) + text


def _values(scenario: Scenario, base: Scenario) -> Iterator[bytes]:
    changes: Mapping[str, Mapping[str, Change]] = {
        "world": world_changes(scenario, base),
        "policy": policy_changes(scenario, base),
    }
    for number, code in enumerate(codes()):
        change = changes[code.table].get(code.id)
        if change is not None:
            yield varint_bytes(number) + _changed(change, code)


def _changed(change: Change, code: Code) -> bytes:
    """The new number; of a vector, a mask of the members that differ and their new numbers."""
    if not isinstance(change.new, tuple) or not isinstance(change.old, tuple):
        return _plain(change.new)
    declared = world_declarations()[code.id].members
    mask, numbers = 0, b""
    for position, member in enumerate(code.members):
        if member in declared:
            at = declared.index(member)
            if change.new[at] != change.old[at]:
                mask |= 1 << position
                numbers += number_bytes(change.new[at])
    return varint_bytes(mask) + numbers


def _plain(value: Value | None) -> bytes:
    if isinstance(value, tuple):
        return b"".join(map(number_bytes, value))
    return number_bytes(value)


def _move(move: Move) -> bytes:
    straight = _straight(move.surfaces, SURFACE_CODES) and _straight(move.partners, PARTNER_CODES)
    flags = (
        Has.OPENNESS * (move.openness is not None)
        | Has.FEE * (move.fee is not None)
        | Has.RAMP * (move.ramp_weeks != 1)
        | Has.LISTS * (not straight)
    )
    cells = _mask if straight else _list
    return b"".join(
        (
            varint_bytes(flags),
            varint_bytes(move.week),
            cells(move.surfaces, SURFACE_CODES),
            cells(move.partners, PARTNER_CODES),
            number_bytes(move.openness) if flags & Has.OPENNESS else b"",
            number_bytes(move.fee) if flags & Has.FEE else b"",
            varint_bytes(move.ramp_weeks) if flags & Has.RAMP else b"",
        )
    )


def _straight(names: tuple[str, ...], order: tuple[str, ...]) -> bool:
    """Whether names stand in the order of the codes, each once, so that a mask can hold them."""
    return names == tuple(name for name in order if name in names)


def _mask(names: tuple[str, ...], order: tuple[str, ...]) -> bytes:
    return varint_bytes(sum(1 << order.index(name) for name in names))


def _list(names: tuple[str, ...], order: tuple[str, ...]) -> bytes:
    return varint_bytes(len(names)) + b"".join(varint_bytes(order.index(name)) for name in names)
