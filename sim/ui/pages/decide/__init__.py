"""From a curve to a decision: how sure, what it hangs on, which plan, and what to learn first."""

from importlib import import_module
from typing import Final

import streamlit as st

from sim.errors import Refused
from sim.reports.naming import name_of
from sim.text import Words
from sim.ui.markdown import plain
from sim.ui.session import current, hold, touched
from sim.ui.simulation import compared

# In the order in which one decides; each is the name of a module here.
VIEWS: Final = (
    "certainty",
    "drivers",
    "map",
    "search",
    "plans",
    "attribution",
    "learning",
)


def draw(words: Words) -> None:
    """The chosen question, of the scenario on the page."""
    visit = current()
    st.title(words("ui.page.decide"), anchor=False)
    name = plain(name_of(visit.scenario, words))
    st.caption(words("decide.scenario", name=name, weeks=visit.scenario.weeks))
    _choose(words)
    try:
        compared(visit.scenario)
    except Refused as refused:
        for fault in refused.faults:
            st.error(words.complaint(fault), icon=":material/block:")
        return
    import_module(f"sim.ui.pages.decide.{visit.view}").draw(visit, words)


def _choose(words: Words) -> None:
    visit = current()
    hold("view", visit.view)
    st.segmented_control(
        words("decide.view"),
        VIEWS,
        default=visit.view,
        key="view",
        required=True,
        format_func=lambda name: words(f"decide.{name}"),
        label_visibility="collapsed",
        on_change=_take_view,
    )
    st.markdown(words(f"decide.{visit.view}.help"))


def _take_view() -> None:
    visit = touched()
    chosen = st.session_state.get("view")
    visit.view = chosen if chosen in VIEWS else visit.view
