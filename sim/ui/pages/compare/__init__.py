"""Scenarios beside each other: on every chart, in numbers, and by what they differ in."""

from importlib import import_module
from typing import Final

import streamlit as st

from sim.text import Words
from sim.ui.pages.compare.lineup import draw_lineup
from sim.ui.session import current, hold, touched

# In the order of the page; each is the name of a module here.
VIEWS: Final = ("charts", "panes", "outcomes", "inputs", "grid", "stack")


def draw(words: Words) -> None:
    """The scenarios, and the chosen way to look at them."""
    visit = current()
    st.title(words("ui.page.compare"), anchor=False)
    st.caption(words("compare.help"))
    runnable = draw_lineup(visit, words)
    hold("compare.view", visit.compare_view)
    st.segmented_control(
        words("compare.view"),
        VIEWS,
        default=visit.compare_view,
        key="compare.view",
        required=True,
        format_func=lambda name: words(f"compare.{name}"),
        label_visibility="collapsed",
        on_change=_take_view,
    )
    st.caption(words(f"compare.{visit.compare_view}.help"))
    if runnable:
        import_module(f"sim.ui.pages.compare.{visit.compare_view}").draw(visit, words)


def _take_view() -> None:
    visit = touched()
    chosen = st.session_state.get("compare.view")
    if isinstance(chosen, str) and chosen in VIEWS:
        visit.compare_view = chosen
