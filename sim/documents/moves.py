"""The moves of a document: every one with its week, its cells, and what it does to them."""

from typing import Any

from sim.documents.homes import CELLS, MOVES, note_strange, note_unknown
from sim.documents.values import number_of
from sim.errors import Fault
from sim.policy import Move, move_declarations
from sim.scenario import MOST_MOVES, MOST_NAMES, move_faults
from sim.sets import PARTNERS, SURFACES
from sim.shown import key_shown, shown

_CELLS = dict(zip(CELLS, (SURFACES, PARTNERS), strict=True))


def moves_of(raw: object, faults: list[Fault]) -> tuple[Move, ...]:
    """The moves that are sound, in the order of the document; what is wrong goes to ``faults``."""
    if not isinstance(raw, list):
        # A table where one table a move belongs is most often a pair of brackets too few.
        got = f"[{MOVES}]" if isinstance(raw, dict) else shown(raw)
        facts = {"legal": f"[[{MOVES}]]", "got": got}
        faults.append(Fault(kind="wrong_type", place=MOVES, facts=facts))
        return ()
    if len(raw) > MOST_MOVES:
        many = {"got": len(raw), "legal": MOST_MOVES}
        faults.append(Fault(kind="too_many", place=MOVES, facts=many))
        return ()
    found = [_move(f"{MOVES}[{index}]", entry, faults) for index, entry in enumerate(raw)]
    return tuple(move for move in found if move is not None)


def _move(place: str, raw: object, faults: list[Fault]) -> Move | None:
    if not isinstance(raw, dict):
        facts = {"legal": f"[[{MOVES}]]", "got": shown(raw)}
        faults.append(Fault(kind="wrong_type", place=place, facts=facts))
        return None
    before = len(faults)
    numbers = move_declarations()
    fields: dict[str, Any] = {}
    for name, value in raw.items():
        here = f"{place}.{key_shown(name)}"
        if name in numbers:
            fields[name] = number_of(here, value, numbers[name], faults)
        elif name in _CELLS:
            fields[name] = _names(here, value, _CELLS[name], faults)
        else:
            note_strange(faults, here, name, (*_CELLS, *numbers))
    return _whole(place, fields, raw, before, faults)


def _whole(
    place: str, fields: dict[str, Any], raw: dict[str, object], before: int, faults: list[Fault]
) -> Move | None:
    """The move, or None; what only the move as a whole can lack is said beside its other faults."""
    move = Move(**{name: value for name, value in fields.items() if value is not None})
    broken = {name for name in raw if fields.get(name) is None}
    if "week" not in raw:
        # A move forgotten to be dated must not begin in week 0 unseen.
        low, high = move_declarations()["week"].limits
        dated = {"legal": f"{low:.0f} … {high:.0f}"}
        faults.append(Fault(kind="missing", place=f"{place}.week", facts=dated))
    for fault in move_faults(place, move):
        # A list or number that is there but broken has been named already.
        lacking = fault.kind == "missing" and fault.place.rsplit(".", 1)[1] not in broken
        empty = fault.kind == "empty_move" and not broken & {"openness", "fee"}
        if lacking or empty:
            faults.append(fault)
    return move if len(faults) == before else None


def _names(
    place: str, raw: object, legal: tuple[str, ...], faults: list[Fault]
) -> tuple[str, ...] | None:
    if not isinstance(raw, list):
        example = f'["{legal[0]}", …]'
        facts = {"legal": example, "got": shown(raw)}
        faults.append(Fault(kind="wrong_type", place=place, facts=facts))
        return None
    if len(raw) > MOST_NAMES:
        many = {"got": len(raw), "legal": MOST_NAMES}
        faults.append(Fault(kind="too_many", place=place, facts=many))
        return None
    before = len(faults)
    for name in raw:
        if not isinstance(name, str):
            wrong = {"legal": " / ".join(map(shown, legal)), "got": shown(name)}
            faults.append(Fault(kind="wrong_type", place=place, facts=wrong))
        elif name not in legal:
            note_unknown(faults, f"{place}.{key_shown(name)}", name, legal)
    return tuple(raw) if len(faults) == before else None
