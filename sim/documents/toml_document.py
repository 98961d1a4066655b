"""The scenario document: read from a file or a text, and written with only what differs."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cases.catalogue import case
from sim.declare import Declaration, Value
from sim.documents.changes import Change, policy_changes, require_storable, world_changes
from sim.documents.limits import MOST_BYTES, one_line
from sim.documents.migrations import FORMAT
from sim.documents.reader import scenario_of
from sim.documents.values import AS_NOW
from sim.errors import Fault, Refused
from sim.policy import Move, policy_declarations
from sim.scenario import Scenario
from sim.world import world_declarations

if TYPE_CHECKING:
    from tomlkit.items import Table


def parse(text_or_bytes: str | bytes) -> Scenario:
    """The scenario that the text of a document describes.

    Raises
    ------
    Refused
        With all that is wrong at once, each with its place.
    """
    return scenario_of(text_or_bytes, case_scenario=lambda id: case(id).scenario)


def read(path: str | Path) -> Scenario:
    """The scenario in a file; ``"-"`` is standard input.

    Raises
    ------
    Refused
        If the file cannot be read, or with all that is wrong in it.
    """
    # One byte more than is legal, so that a device that never ends is refused and not awaited.
    try:
        if str(path) == "-":
            return parse(sys.stdin.buffer.read(MOST_BYTES + 1))
        with Path(path).open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        facts = {"got": one_line(reason)}
        raise Refused([Fault(kind="unreadable", place=one_line(str(path)), facts=facts)]) from None
    return parse(raw)


def base_of(scenario: Scenario) -> Scenario:
    """What a scenario is written as differences to: its case, or the defaults.

    Raises
    ------
    UnknownCase
        If its case is not in the catalogue.
    """
    return Scenario() if scenario.case is None else case(scenario.case).scenario


def write(scenario: Scenario) -> str:
    """The document of a scenario: its name and note, its case, and only what differs from that.

    Raises
    ------
    Refused
        If the document could not be read again, since a number is outside its limits.
    """
    # Reading, which every command does, is to stay light: only writing needs the library.
    import tomlkit

    require_storable(scenario)
    base = base_of(scenario)
    document = tomlkit.document()
    document["format"] = FORMAT
    texts = {"name": scenario.name, "note": scenario.note, "case": scenario.case or ""}
    for key, text in texts.items():
        if text:
            document[key] = text
    if scenario.weeks != base.weeks:
        document["weeks"] = scenario.weeks
    world = _table(world_changes(scenario, base), world_declarations())
    if world:
        document["world"] = world
    policy = _table(policy_changes(scenario, base), policy_declarations())
    if scenario.policy.moves != base.policy.moves:
        policy["moves"] = _moves(scenario.policy.moves)
    if policy:
        document["policy"] = policy
    return tomlkit.dumps(document)


def _table(changes: Mapping[str, Change], declarations: Mapping[str, Declaration]) -> "Table":
    import tomlkit

    table = tomlkit.table()
    for name, change in changes.items():
        table[name] = _written(change.new, change.old, declarations[name])
    return table


def _written(new: Value | None, old: Value | None, declaration: Declaration) -> Any:
    """A value as it stands in a document: a vector by the members that differ, a long one whole."""
    import tomlkit

    if new is None:
        return AS_NOW
    if not isinstance(new, tuple):
        return _number(new, declaration)
    if len(new) > _LONGEST_BY_MEMBER:
        return [_number(each, declaration) for each in new]
    inline = tomlkit.inline_table()
    before = old if isinstance(old, tuple) else new
    for member, each, other in zip(declaration.members, new, before, strict=True):
        if each != other:
            inline[member] = _number(each, declaration)
    return inline


# The season, whose members are weeks and not words, is written as a list.
_LONGEST_BY_MEMBER = 10


def _number(value: float, declaration: Declaration) -> float | int:
    return int(value) if declaration.whole else float(value) + 0.0


def _moves(moves: tuple[Move, ...]) -> Any:
    import tomlkit

    if not moves:
        return []
    tables = tomlkit.aot()
    for move in moves:
        table = tomlkit.table()
        table["week"] = move.week
        table["surfaces"] = list(move.surfaces)
        table["partners"] = list(move.partners)
        for name, value in (("openness", move.openness), ("fee", move.fee)):
            if value is not None:
                table[name] = float(value) + 0.0
        table["ramp_weeks"] = move.ramp_weeks
        tables.append(table)
    return tables
