"""From the text of a document to a scenario, with every fault named at once.

How a case is found is handed in, so that the catalogue can read its own documents with this.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sim.declare import Value
from sim.documents.beliefs import correlations_of, sampling_of, spreads_of
from sim.documents.guard import require_shallow, text_of
from sim.documents.homes import TOP, note_strange
from sim.documents.limits import DEEPEST, told
from sim.documents.migrations import Document, NoFormat, migrated
from sim.documents.moves import moves_of
from sim.documents.syntax import syntax_fault
from sim.documents.values import AS_NOW, WEEKS, number_of, value_of
from sim.errors import Fault, Refused, TooLarge
from sim.policy import Policy, policy_declarations
from sim.scenario import Scenario, text_faults
from sim.shown import key_shown, number_shown, shown
from sim.uncertainty import Uncertainty
from sim.world import World, world_declarations

CaseScenario = Callable[[str], Scenario]


@dataclass(kw_only=True)
class _Reading:
    """A document while it is read: what it holds, what it starts from, and what is wrong so far."""

    document: Document
    base: Scenario
    faults: list[Fault] = field(default_factory=list)


def scenario_of(raw: bytes | str, *, case_scenario: CaseScenario) -> Scenario:
    """The scenario that a document describes.

    Parameters
    ----------
    case_scenario
        Gives the scenario of a case by its id, or raises :class:`Refused`.

    Raises
    ------
    Refused
        With all that is wrong at once, each with its place.
    """
    reading = _Reading(document=_parsed(text_of(raw)), base=Scenario())
    _migrate(reading)
    _note_top(reading)
    case = _start(reading, case_scenario)
    found = Scenario(
        name=_text(reading, "name"),
        note=_text(reading, "note"),
        case=case,
        weeks=_weeks(reading),
        world=_world(reading),
        policy=_policy(reading),
        uncertainty=_uncertainty(reading),
        sampling=sampling_of(_table(reading, "sampling"), reading.base.sampling, reading.faults),
    )
    if case is None and "case" in reading.document:
        # Members left out belong to a case that was not found: their sum says nothing.
        reading.faults = [each for each in reading.faults if each.kind != "sum_not_one"]
    if reading.faults:
        raise Refused(told(reading.faults))
    return found


def _parsed(text: str) -> Document:
    require_shallow(text)
    try:
        return tomllib.loads(text)
    except RecursionError:
        deep = {"got": f"> {DEEPEST}", "legal": DEEPEST}
        raise TooLarge([Fault(kind="too_deep", facts=deep)]) from None
    except ValueError as error:
        # Not only TOMLDecodeError: an integer of more than 4,300 digits is a plain ValueError.
        raise Refused([syntax_fault(text, str(error))]) from None


def _migrate(reading: _Reading) -> None:
    """Bring the document up to date; one of a format that never was is judged as of the newest."""
    try:
        reading.document = migrated(reading.document)
    except NoFormat as none:
        reading.faults.extend(none.faults)


def _note_top(reading: _Reading) -> None:
    if "format" not in reading.document:
        reading.faults.append(Fault(kind="missing", place="format", facts={"legal": 1}))
    for name in reading.document:
        if name not in TOP:
            note_strange(reading.faults, key_shown(name), name, TOP)


def _start(reading: _Reading, case_scenario: CaseScenario) -> str | None:
    """The id of the case it starts from; ``reading.base`` becomes the scenario of that case."""
    case = reading.document.get("case")
    if case is None:
        return None
    if not isinstance(case, str):
        _note_type(reading.faults, "case", '"…"', case)
        return None
    try:
        reading.base = case_scenario(case)
    except Refused as refused:
        reading.faults.extend(refused.faults)
        return None
    return case


def _text(reading: _Reading, place: str) -> str:
    text = reading.document.get(place, "")
    if not isinstance(text, str):
        _note_type(reading.faults, place, '"…"', text)
        return ""
    reading.faults.extend(text_faults(place, text))
    return text


def _weeks(reading: _Reading) -> int:
    if "weeks" not in reading.document:
        return reading.base.weeks
    weeks = number_of("weeks", reading.document["weeks"], WEEKS, reading.faults)
    return reading.base.weeks if weeks is None else int(weeks)


def _table(reading: _Reading, place: str) -> Mapping[str, Any]:
    table = reading.document.get(place, {})
    if isinstance(table, dict):
        return table
    # Said with the brackets that were typed: one pair too many makes it a list of tables.
    many = isinstance(table, list) and any(isinstance(each, dict) for each in table)
    got = f"[[{place}]]" if many else shown(table)
    facts = {"legal": f"[{place}]", "got": got}
    reading.faults.append(Fault(kind="wrong_type", place=place, facts=facts))
    return {}


def _world(reading: _Reading) -> World:
    declarations, world = world_declarations(), reading.base.world
    values: dict[str, Value] = {}
    for name, raw in _table(reading, "world").items():
        if name not in declarations:
            note_strange(reading.faults, f"world.{key_shown(name)}", name, tuple(declarations))
            continue
        place, declaration = f"world.{name}", declarations[name]
        value = value_of(place, raw, declaration, world.value(name), reading.faults)
        if value is not None:
            values[name] = value
    return world.with_values(values)


def _policy(reading: _Reading) -> Policy:
    declarations, policy = policy_declarations(), reading.base.policy
    fields: dict[str, Any] = {}
    for name, raw in _table(reading, "policy").items():
        if name == "moves":
            fields["moves"] = moves_of(raw, reading.faults)
        elif name not in declarations:
            legal = ("moves", *declarations)
            note_strange(reading.faults, f"policy.{key_shown(name)}", name, legal)
        elif raw == AS_NOW and declarations[name].default is None:
            fields[name] = None
        elif isinstance(raw, str) and declarations[name].default is None:
            low, high = map(number_shown, declarations[name].limits)
            _note_type(reading.faults, f"policy.{name}", f'{low} … {high} / "{AS_NOW}"', raw)
        else:
            value = number_of(f"policy.{name}", raw, declarations[name], reading.faults)
            fields[name] = getattr(policy, name) if value is None else value
    return replace(policy, **fields)


def _uncertainty(reading: _Reading) -> Uncertainty:
    base, faults = reading.base.uncertainty, reading.faults
    found = spreads_of(_table(reading, "uncertainty"), base, faults)
    if "correlations" not in reading.document:
        return found
    return replace(found, correlations=correlations_of(reading.document["correlations"], faults))


def _note_type(faults: list[Fault], place: str, legal: str, raw: object) -> None:
    faults.append(Fault(kind="wrong_type", place=place, facts={"legal": legal, "got": shown(raw)}))
