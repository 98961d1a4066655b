"""From the parts of a link back to values, each checked; what is not sound is said."""

from dataclasses import dataclass, field, replace
from typing import Any

from sim.declare import Value
from sim.documents.beliefs import correlations_of, sampling_of, spreads_of
from sim.documents.token_beliefs import pair_of_bytes, sampling_of_bytes, spread_of_bytes
from sim.documents.token_bytes import Cursor, Damaged, TooMuch, text_of_bytes
from sim.documents.token_codes import CASE_CODES, PARTNER_CODES, SURFACE_CODES
from sim.documents.token_write import Code, Has, Tag, codes
from sim.documents.values import WEEKS, number_of, value_of
from sim.errors import Fault, unknown
from sim.policy import Move, move_declarations, policy_declarations
from sim.scenario import MOST_MOVES, TEXT_LIMITS, Scenario, move_faults, text_faults
from sim.shown import key_shown
from sim.uncertainty import Uncertainty
from sim.world import world_declarations


@dataclass(frozen=True, kw_only=True)
class Head:
    """The first part of a link; 0 for weeks or moves means "as in what it starts from"."""

    parts: int
    known: int
    fingerprint: bytes
    case: str | None
    weeks: int
    moves: int
    left: int


@dataclass(kw_only=True)
class Carried:
    """What the parts of a link have brought so far, all of it sound, and what was not."""

    base: Scenario
    known: int
    values: dict[str, Value] = field(default_factory=dict)
    levers: dict[str, Any] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    moves_seen: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    sampling: dict[str, Any] = field(default_factory=dict)
    spreads: dict[str, Any] = field(default_factory=dict)
    pairs: list[dict[str, Any]] | None = None
    said: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


def head_of(payload: bytes) -> Head:
    """The head of a link.

    Raises
    ------
    Damaged
        If it is none.
    """
    cursor = Cursor(payload)
    return Head(
        parts=cursor.varint(),
        known=cursor.varint(),
        fingerprint=cursor.take(2),
        case=_case(cursor),
        weeks=cursor.varint(),
        moves=cursor.varint(),
        left=cursor.left,
    )


def take_part(carried: Carried, tag: int, payload: bytes) -> None:
    """Add what one part carries.

    Raises
    ------
    Damaged
        If the payload is not what its tag says.
    """
    if tag == Tag.VALUES:
        _take_values(carried, Cursor(payload))
    elif tag == Tag.MOVES:
        cursor = Cursor(payload)
        while not cursor.done:
            _take_move(carried, cursor)
    elif tag in (Tag.NAME, Tag.NOTE):
        _take_text(carried, "name" if tag == Tag.NAME else "note", payload)
    else:
        _take_beliefs(carried, tag, Cursor(payload))


def _take_beliefs(carried: Carried, tag: int, cursor: Cursor) -> None:
    if tag == Tag.SAMPLING:
        _say(carried, "sampling")
        carried.sampling = sampling_of_bytes(cursor)
    elif tag == Tag.SPREADS:
        while not cursor.done:
            name, stated = spread_of_bytes(cursor)
            _say(carried, f"uncertainty.{name}")
            carried.spreads[name] = stated
    elif tag == Tag.PAIRS:
        carried.pairs = carried.pairs or []
        while not cursor.done:
            carried.pairs.append(pair_of_bytes(cursor))
    else:
        raise Damaged
    if not cursor.done:
        raise Damaged


def finished(carried: Carried, head: Head) -> Scenario:
    """The scenario that the link starts from, with everything that it carried."""
    base = carried.base
    weeks: float | int | None = base.weeks
    if head.weeks:
        weeks = number_of("weeks", head.weeks - 1, WEEKS, carried.faults)
    levers = dict(carried.levers)
    if head.moves == 1 or carried.moves:
        levers["moves"] = tuple(carried.moves[:MOST_MOVES])
    announced = max(head.moves - 1, 0)
    if carried.moves_seen != announced:
        differing = {"got": carried.moves_seen, "legal": announced}
        carried.faults.append(Fault(kind="moves_differ", place="policy.moves", facts=differing))
    if len(carried.moves) > MOST_MOVES:
        many = {"got": len(carried.moves), "legal": MOST_MOVES}
        carried.faults.append(Fault(kind="too_many", place="policy.moves", facts=many))
    return replace(
        base,
        name=carried.texts.get("name", base.name),
        note=carried.texts.get("note", base.note),
        weeks=base.weeks if weeks is None else int(weeks),
        world=base.world.with_values(carried.values),
        policy=replace(base.policy, **levers),
        uncertainty=_uncertainty(carried),
        sampling=sampling_of(carried.sampling, base.sampling, carried.faults),
    )


def _uncertainty(carried: Carried) -> Uncertainty:
    found = spreads_of(carried.spreads, carried.base.uncertainty, carried.faults)
    if carried.pairs is None:
        return found
    return replace(found, correlations=correlations_of(carried.pairs, carried.faults))


def _case(cursor: Cursor) -> str | None:
    number = cursor.varint()
    if number == 0:
        return None
    if number == 1:
        try:
            return cursor.take(cursor.varint()).decode("utf-8")
        except UnicodeDecodeError:
            raise Damaged from None
    # A case added to the codes since: unknown, and said to be so by its number.
    return CASE_CODES[number - 2] if number - 2 < len(CASE_CODES) else f"#{number}"


def _take_values(carried: Carried, cursor: Cursor) -> None:
    while not cursor.done:
        number = cursor.varint()
        if number >= len(codes()):
            # How long its number is depends on what it is, so nothing after it can be read. Values
            # come in the order of their codes: of a later program, all that follows is newer.
            if number >= carried.known:
                facts = {"got": number, "legal": len(codes())}
                carried.faults.append(Fault(kind="unknown_code", facts=facts))
            return
        code = codes()[number]
        raw = _raw(cursor, code)
        _say(carried, f"{code.table}.{code.id}")
        _take_value(carried, code, raw)


def _say(carried: Carried, place: str) -> None:
    if place in carried.said:
        carried.faults.append(Fault(kind="said_twice", place=place))
    carried.said.add(place)


def _raw(cursor: Cursor, code: Code) -> Any:
    if not code.members:
        return cursor.number()
    return {member: cursor.number() for member in _masked(cursor, code.members)}


def _take_value(carried: Carried, code: Code, raw: Any) -> None:
    place, faults = f"{code.table}.{code.id}", carried.faults
    declarations = world_declarations() if code.table == "world" else policy_declarations()
    if code.id not in declarations:
        faults.append(unknown(place, code.id, tuple(declarations)))
        return
    declaration = declarations[code.id]
    if code.table == "policy":
        if raw is None and declaration.default is None:
            carried.levers[code.id] = None
            return
        lever = number_of(place, raw, declaration, faults)
        carried.levers |= {} if lever is None else {code.id: lever}
        return
    value = value_of(place, raw, declaration, carried.base.world.value(code.id), faults)
    if value is not None:
        carried.values[code.id] = value


def _take_move(carried: Carried, cursor: Cursor) -> None:
    place = f"policy.moves[{carried.moves_seen}]"
    carried.moves_seen += 1
    flags = cursor.varint()
    raw: dict[str, Any] = {"week": cursor.varint()}
    cells = _listed if flags & Has.LISTS else _masked
    surfaces, partners = cells(cursor, SURFACE_CODES), cells(cursor, PARTNER_CODES)
    if flags & Has.OPENNESS:
        raw["openness"] = cursor.number()
    if flags & Has.FEE:
        raw["fee"] = cursor.number()
    if flags & Has.RAMP:
        raw["ramp_weeks"] = cursor.varint()
    before, numbers = len(carried.faults), move_declarations()
    sound = {
        name: number_of(f"{place}.{name}", value, numbers[name], carried.faults)
        for name, value in raw.items()
    }
    if len(carried.faults) > before:
        return
    move = Move(surfaces=surfaces, partners=partners, **sound)  # type: ignore[arg-type]
    carried.faults.extend(move_faults(place, move))
    if len(carried.faults) == before:
        carried.moves.append(move)


def _masked(cursor: Cursor, order: tuple[str, ...]) -> tuple[str, ...]:
    mask = cursor.varint()
    return tuple(_name(at, order) for at in range(mask.bit_length()) if mask >> at & 1)


def _listed(cursor: Cursor, order: tuple[str, ...]) -> tuple[str, ...]:
    # As many as are announced, whatever is legal: the cursor ends before memory does.
    return tuple(_name(cursor.varint(), order) for _ in range(cursor.varint()))


def _name(at: int, order: tuple[str, ...]) -> str:
    """The name of a code; one that is not known is named by its number, and refused for that."""
    return order[at] if at < len(order) else f"#{at}"


def _take_text(carried: Carried, place: str, payload: bytes) -> None:
    _say(carried, place)
    legal = TEXT_LIMITS[place]
    try:
        text = text_of_bytes(payload, longest=legal)
    except TooMuch:
        facts = {"got": f"> {legal}", "legal": legal}
        carried.faults.append(Fault(kind="too_long", place=place, facts=facts))
        return
    found = list(text_faults(place, text))
    carried.faults.extend(found)
    if not found:
        carried.texts[place] = text


def newer_faults(head: Head) -> list[Fault]:
    """What a link of the same version says that only a later program knows."""
    if head.known <= len(codes()):
        return []
    facts = {"got": key_shown(str(head.known)), "legal": len(codes())}
    return [Fault(kind="newer_part", facts=facts)]
