"""Between which values the world may lie: a table to edit, and the pairs that move together."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from sim.errors import Fault, Refused
from sim.scenario import Scenario, require_sound
from sim.text import Words
from sim.ui.link import require_shown
from sim.ui.range_edits import shown_range, spans, with_pairs, with_range
from sim.ui.rows.row_data import unit_words
from sim.ui.session import touched
from sim.ui.visit import Visit
from sim.uncertainty import COEFFICIENT_LIMITS, SHAPES, SHARED
from sim.world import world_declarations

_HEIGHT: Final = 420


def draw_ranges(visit: Visit, words: Words) -> None:
    """Both tables, and what of the last edit could not be."""
    with st.expander(words("ranges.title"), key="ranges-box", expanded=bool(visit.range_faults)):
        st.caption(words("ranges.help"))
        for fault in visit.range_faults:
            st.error(words.complaint(fault), icon=":material/block:")
        _table(visit, words)
        st.markdown(f"**{words('ranges.pairs')}**")
        st.caption(words("ranges.pairs.help"))
        _pairs(visit, words)
        st.button(
            words("ranges.reset"),
            key="ranges-reset",
            icon=":material/restart_alt:",
            disabled=visit.scenario.uncertainty == visit.base.uncertainty,
            on_click=_reset,
        )


def names() -> tuple[str, ...]:
    """The parameters that may be uncertain."""
    return tuple(
        name
        for name, each in world_declarations().items()
        if name not in SHARED and not each.sums_to_one
    )


def _table(visit: Visit, words: Words) -> None:
    scenario = visit.scenario
    rows = [_row(name, scenario, words) for name in names()]
    key = f"ranges.{words.language}.{visit.edition}"
    st.data_editor(
        pd.DataFrame(rows, index=pd.Index(names(), name="id")),
        key=key,
        hide_index=True,
        height=_HEIGHT,
        disabled=("label", "unit", "mode"),
        column_config={
            "label": st.column_config.TextColumn(words("ranges.parameter"), pinned=True),
            "unit": st.column_config.TextColumn(words("ranges.unit")),
            "shape": st.column_config.SelectboxColumn(
                words("ranges.shape"),
                options=list(SHAPES),
                format_func=lambda shape: words(f"ranges.shape.{shape}"),
                required=True,
            ),
            "low": st.column_config.TextColumn(words("ranges.low")),
            "mode": st.column_config.TextColumn(words("ranges.mode")),
            "high": st.column_config.TextColumn(words("ranges.high")),
        },
        on_change=_take_ranges,
        args=(key, words.language),
    )


def _row(name: str, scenario: Scenario, words: Words) -> dict[str, str]:
    declaration = world_declarations()[name]
    return {
        "label": words(declaration.key),
        "unit": unit_words(f"world.{name}", spans(name, scenario, words.language)[0], words),
        "shape": scenario.uncertainty.spread(name).shape,
        **shown_range(name, scenario, words.language),
    }


def _take_ranges(key: str, language: str) -> None:
    """Callback: every edited cell goes into the scenario, or into a list of faults."""
    visit = touched()
    edits: Mapping[int, Mapping[str, Any]] = _sent(key).get("edited_rows", {})
    scenario = visit.scenario
    faults: list[Fault] = []
    for row, cells in edits.items():
        try:
            changed = with_range(scenario, names()[int(row)], cells, language)
            require_sound(changed)
            scenario = changed
        except Refused as refused:
            faults.extend(refused.faults)
    _go_on(visit, scenario, faults)


def _pairs(visit: Visit, words: Words) -> None:
    key = f"pairs.{words.language}.{visit.edition}"
    rows = [vars(each) for each in visit.scenario.uncertainty.correlations]
    low, high = COEFFICIENT_LIMITS
    options = list(names())

    def label(name: object) -> str:
        return words(world_declarations()[str(name)].key)

    named = {
        side: st.column_config.SelectboxColumn(
            words(f"ranges.pairs.{side}"), options=options, format_func=label, required=True
        )
        for side in ("first", "second")
    }
    st.data_editor(
        pd.DataFrame(rows, columns=["first", "second", "coefficient"]),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        column_config=named
        | {
            "coefficient": st.column_config.NumberColumn(
                words("ranges.pairs.coefficient"),
                min_value=low,
                max_value=high,
                step=0.05,
                required=True,
            )
        },
        on_change=_take_pairs,
        args=(key,),
    )


def _take_pairs(key: str) -> None:
    visit = touched()
    changed = with_pairs(visit.scenario, _sent(key))
    if changed is None:
        return
    try:
        require_sound(changed)
    except Refused as refused:
        _go_on(visit, visit.scenario, list(refused.faults))
    else:
        _go_on(visit, changed, [])


def _reset() -> None:
    visit = touched()
    base = visit.base.uncertainty
    _go_on(visit, replace(visit.scenario, uncertainty=base), [])


def _sent(key: str) -> Mapping[str, Any]:
    found = st.session_state.get(key)
    return found if isinstance(found, Mapping) else {}


def _go_on(visit: Visit, scenario: Scenario, faults: list[Fault]) -> None:
    try:
        require_shown(scenario)
        visit.change(scenario)
    except Refused as refused:
        faults = [*faults, *refused.faults]
    visit.range_faults = tuple(faults)
    # The table begins anew from the scenario: what was typed and refused is said above it.
    visit.edition += 1
