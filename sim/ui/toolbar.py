"""Above the charts: undo, redo, what was changed, the horizon, how to look at it, and the data."""

from dataclasses import replace
from functools import partial
from typing import cast

import streamlit as st

from sim.analyses.compare import Comparison
from sim.scenario import WEEKS_LIMITS
from sim.text import Words
from sim.ui.download import all_series_csv
from sim.ui.link import require_shown
from sim.ui.refresh import redraw, redraw_everything
from sim.ui.session import adopts, hold, overtaken, touched
from sim.ui.visit import AXES, SHOWS, Visit


def draw_toolbar(comparison: Comparison, visit: Visit, words: Words) -> None:
    """One row; it wraps where there is no room."""
    with st.container(key="toolbar", horizontal=True, vertical_alignment="bottom", gap="small"):
        _steps(visit, words)
        _horizon(visit, words)
        _look(visit, words)
        st.download_button(
            words("ui.download"),
            data=partial(all_series_csv, comparison),
            key="download",
            file_name=f"{visit.scenario.case or 'scenario'}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            help=words("ui.download.help"),
        )


def _steps(visit: Visit, words: Words) -> None:
    st.button(
        words("ui.undo"),
        key="undo",
        icon=":material/undo:",
        disabled=not visit.past,
        shortcut="Mod+Z",
        help=words("ui.undo.help"),
        on_click=_undo,
    )
    st.button(
        words("ui.redo"),
        key="redo",
        icon=":material/redo:",
        disabled=not visit.future,
        shortcut="Mod+Shift+Z",
        help=words("ui.redo.help"),
        on_click=_redo,
    )
    st.button(
        words("ui.reset_all"),
        key="reset-all",
        icon=":material/restart_alt:",
        disabled=visit.scenario == visit.base and not visit.drafts,
        help=words("ui.reset_all.help"),
        on_click=_reset_all,
    )


def _undo() -> None:
    touched().undo()
    redraw_everything()


def _redo() -> None:
    touched().redo()
    redraw_everything()


def _reset_all() -> None:
    visit = touched()
    visit.forget_drafts()
    visit.change(visit.base)
    redraw_everything()


def _horizon(visit: Visit, words: Words) -> None:
    weeks = int(cast("int", visit.shown("weeks")))
    hold("weeks.box", weeks)
    got = st.number_input(
        f"{words('ui.horizon')} ({words('unit.weeks')})",
        value=weeks,
        step=13,
        key="weeks.box",
        format="%d",
        help=words("ui.horizon.help"),
        on_change=_take_weeks,
        width=150,
    )
    if adopts(got, weeks):
        visit.propose("weeks", int(got), require_shown)
    if "weeks" in visit.refusals:
        low, high = WEEKS_LIMITS
        st.error(words("ui.refused.range", name=words("ui.horizon"), low=low, high=high))


def _take_weeks() -> None:
    visit = touched()
    weeks = st.session_state.get("weeks.box")
    if weeks is not None and not overtaken("weeks.box"):
        visit.propose("weeks", int(weeks), require_shown)
    redraw([])


def _look(visit: Visit, words: Words) -> None:
    for name, choices in (("axis", AXES), ("shows", SHOWS)):
        chosen = getattr(visit.look, name)
        hold(name, chosen)
        st.segmented_control(
            words(f"ui.{name}"),
            choices,
            default=chosen,
            key=name,
            required=True,
            format_func=partial(_choice, words, name),
            on_change=_take_look,
        )
    hold("fan", visit.look.fan)
    st.toggle(
        words("ui.fan"),
        value=visit.look.fan,
        key="fan",
        help=words("ui.fan.help"),
        on_change=_take_look,
    )


def _choice(words: Words, name: str, choice: str) -> str:
    return words(f"ui.{name}.{choice}")


def _take_look() -> None:
    visit = touched()
    asked = {name: st.session_state.get(name) for name in ("axis", "shows", "fan")}
    given = {
        name: value for name, value in asked.items() if value is not None and not overtaken(name)
    }
    visit.look = replace(visit.look, **given)
