"""A grid of scenarios and numbers as it was edited or pasted: read cell by cell, nothing lost.

No Streamlit here. What cannot be read or run is a fault with the scenario and the place; every other
cell goes in.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.analyses.side_by_side import MOST
from sim.analyses.variables import variable_places
from sim.errors import Fault, Refused, unknown
from sim.places import value_or_now, with_value
from sim.scenario import Scenario, text_faults
from sim.shown import shown
from sim.ui.link import require_shown
from sim.ui.spans import span_of

NAME: Final = "name"
# What stands in numbers that come from a spreadsheet and means nothing.
_NOISE: Final = str.maketrans("", "", "%,， \u00a0\u2009'_")


@dataclass(frozen=True, kw_only=True)
class Edited:
    """The scenarios after an edit, and what of it could not be."""

    scenarios: tuple[Scenario, ...]
    faults: tuple[tuple[str, Fault], ...]


def grid_places(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Every number that at least one of the scenarios has, in the order of the declarations."""
    found = dict.fromkeys(place for each in scenarios for place in _places(each))
    return tuple(found)


def _places(scenario: Scenario) -> list[str]:
    """Single numbers only: a vector stands in the grid member by member."""
    places = variable_places(scenario)
    parents = {place.rpartition(".")[0] for place in places if place.count(".") > 1}
    return [place for place in places if place not in parents]


def shown_cell(scenario: Scenario, place: str, language: str) -> str:
    """A number in the unit of its control; empty where the scenario has no such number."""
    value = value_or_now(scenario, place)
    if not isinstance(value, int | float):
        return ""
    return f"{span_of(place, float(value), language).show(float(value)):.10g}"


def edited(
    scenarios: Sequence[Scenario],
    places: Sequence[str],
    edits: Mapping[str, Any],
    language: str,
    names: Sequence[str] | None = None,
) -> Edited:
    """The scenarios with the edits of a data editor in them: changed, added and deleted rows.

    A new row begins as the first scenario, even where nothing is typed into it yet. The first row
    stays, whatever is deleted. Faults are told by ``names``, which are what the rows are called where
    they are shown; those after the last row are for new ones.
    """
    called = names or [each.name for each in scenarios]
    found = list(scenarios)
    faults: list[tuple[str, Fault]] = []
    for row, cells in edits.get("edited_rows", {}).items():
        at = int(row)
        if at < len(found):
            name = str(cells.get(NAME) or called[at])
            found[at] = _filled(found[at], places, cells, language, faults, name)
    gone = {int(row) for row in edits.get("deleted_rows", ())}
    if 0 in gone:
        faults.append((called[0], Fault(kind="first_row")))
        gone.remove(0)
    kept = [each for at, each in enumerate(found) if at not in gone]
    fresh = list(called[len(found) :])
    for cells in edits.get("added_rows", ()):
        name = str(cells.get(NAME) or (fresh.pop(0) if fresh else called[0]))
        if len(kept) == MOST:
            faults.append((name, Fault(kind="grid_full", facts={"legal": MOST})))
            break
        named = {**cells, NAME: name}
        kept.append(_filled(found[0], places, named, language, faults, name))
    return Edited(scenarios=tuple(kept), faults=tuple(faults))


def _filled(
    scenario: Scenario,
    places: Sequence[str],
    cells: Mapping[str, Any],
    language: str,
    faults: list[tuple[str, Fault]],
    called: str,
) -> Scenario:
    """A scenario with what was typed: first all cells together, else those that can be."""
    name = str(cells.get(NAME) or scenario.name)
    wrong = [*text_faults("name", name)]
    faults.extend((shown(name), fault) for fault in wrong)
    if not wrong:
        scenario = replace(scenario, name=name)
    read: dict[str, float] = {}
    for place in places:
        typed = cells.get(place)
        if typed is None or not str(typed).strip():
            continue
        try:
            read[place] = _number(scenario, place, str(typed), language)
        except Refused as refused:
            faults.extend((called, fault) for fault in refused.faults)
    try:
        together = _with_all(scenario, read)
        require_shown(together)
    except Refused:
        return _one_by_one(scenario, read, faults, called)
    return together


def _with_all(scenario: Scenario, read: Mapping[str, float]) -> Scenario:
    for place, value in read.items():
        scenario = with_value(scenario, place, value)
    return scenario


def _one_by_one(
    scenario: Scenario,
    read: Mapping[str, float],
    faults: list[tuple[str, Fault]],
    called: str,
) -> Scenario:
    for place, value in read.items():
        tried = with_value(scenario, place, value)
        try:
            require_shown(tried)
        except Refused as refused:
            faults.extend((called, fault) for fault in refused.faults)
        else:
            scenario = tried
    return scenario


def _number(scenario: Scenario, place: str, text: str, language: str) -> float:
    if place not in variable_places(scenario):
        raise Refused([unknown(place, place, variable_places(scenario))])
    now = value_or_now(scenario, place)
    assert isinstance(now, int | float)
    span = span_of(place, float(now), language)
    kind = "not_finite"
    try:
        number = float(text.translate(_NOISE))
    except ValueError:
        kind, number = "not_a_number", math.nan
    if not math.isfinite(number):
        facts = {"low": span.show(span.low), "high": span.show(span.high), "unit": span.scale}
        raise Refused([Fault(kind=kind, place=place, facts={**facts, "got": shown(text)})])
    return span.read(number)
