"""All scenarios as the rows of a spreadsheet: type, paste, fill down."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from sim.analyses.side_by_side import MOST, differing
from sim.errors import Fault, Refused
from sim.reports.naming import names_of_all
from sim.text import Words, words_of
from sim.text.place_words import variable_words
from sim.ui.grid_edits import NAME, edited, grid_places, shown_cell
from sim.ui.link import require_shown
from sim.ui.markdown import plain
from sim.ui.refusals import refusal_text
from sim.ui.rows.row_data import Named, unit_words
from sim.ui.session import hold, touched
from sim.ui.spans import span_of
from sim.ui.visit import Visit


def draw(visit: Visit, words: Words) -> None:
    """Which columns, what of the last edit could not be, and the grid."""
    places = _columns(visit, words)
    for name, fault in visit.grid_faults:
        said = words("phrase.change", title=plain(name), what=_refusal(fault, words))
        st.error(said, icon=":material/block:")
    names = names_of_all(visit.lineup, words)
    rows = [
        {NAME: name} | {place: shown_cell(each, place, words.language) for place in places}
        for name, each in zip(names, visit.lineup, strict=True)
    ]
    key = f"compare.grid.{words.language}.{visit.edition}.{len(rows)}.{len(places)}"
    st.data_editor(
        pd.DataFrame(rows, columns=[NAME, *places]).astype(str),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config={NAME: st.column_config.TextColumn(words("compare.grid.name"), pinned=True)}
        | {place: _column(place, words) for place in places},
        on_change=_take,
        args=(key, tuple(places), words.language),
    )


def _column(place: str, words: Words) -> Any:
    return st.column_config.TextColumn(_heading(place, words))


def _heading(place: str, words: Words) -> str:
    unit = unit_words(place, span_of(place, 0.0, words.language), words)
    return words("compare.grid.column", name=variable_words(place, words), unit=unit)


def _refusal(fault: Fault, words: Words) -> str:
    """Why a cell could not be, by the heading of its column and in its unit."""
    if fault.place.partition(".")[0] not in _GROUPS:
        return words.fault(fault)
    heading = _heading(fault.place, words)
    named = Named(place=fault.place, label=heading, help="")
    told = replace(fault, place=heading)
    span = span_of(fault.place, 0.0, words.language)
    refusal = refusal_text(named, span, [told], words)
    if fault.kind != "not_a_number":
        return refusal
    return words(
        "compare.grid.no_number", got=plain(str(fault.facts["got"]).strip('"')), reason=refusal
    )


def _columns(visit: Visit, words: Words) -> list[str]:
    every = grid_places(visit.lineup)
    chosen = [place for place in visit.grid_columns if place in every] or _usual(visit, every)
    key = f"compare.columns.{words.language}"
    hold(key, chosen)
    got = st.multiselect(
        words("compare.grid.columns"),
        every,
        default=chosen,
        key=key,
        format_func=lambda place: variable_words(place, words),
        on_change=_take_columns,
        args=(key,),
        placeholder=words("compare.grid.columns"),
    )
    return list(got)


def _usual(visit: Visit, every: tuple[str, ...]) -> list[str]:
    """Where the scenarios differ; else what most begin with."""
    found = differing(visit.lineup, visit.scenario, lambda _: None)
    apart = [each.place for each in found]
    chosen = [
        place
        for place in every
        if any(place == each or place.startswith(f"{each}.") for each in apart)
    ]
    return chosen[:12] or [place for place in every if place in _FIRST]


_GROUPS: Final = frozenset({"world", "policy"})
_FIRST = ("world.diversion", "world.commission", "policy.guarantee_target", "policy.moves[0].week")


def _take_columns(key: str) -> None:
    visit = touched()
    visit.grid_columns = tuple(st.session_state.get(key) or ())


def _take(key: str, places: tuple[str, ...], language: str) -> None:
    visit = touched()
    sent = st.session_state.get(key)
    edits: Mapping[str, Any] = sent if isinstance(sent, Mapping) else {}
    # Names for new rows as well: each begins as the scenario on the page.
    lineup = (*visit.lineup, *[visit.scenario] * MOST)
    names = names_of_all(lineup, words_of(language))
    found = edited(visit.lineup, places, edits, language, names)
    faults = list(found.faults)
    try:
        require_shown(found.scenarios[0])
        visit.change(found.scenarios[0])
    except Refused as refused:
        faults += [(found.scenarios[0].name, fault) for fault in refused.faults]
    visit.compared = found.scenarios[1:]
    if visit.against is not None and visit.against >= len(visit.lineup):
        visit.against = None
    visit.grid_faults = tuple(faults)
    # What was edited may be alike now; the columns that were shown stay.
    visit.grid_columns = places
    # The grid begins anew from the scenarios: what was typed and refused is said above it.
    visit.edition += 1
