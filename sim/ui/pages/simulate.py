"""The page of the simulator: outcomes and charts in the main area, levers in the sidebar."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Final

import streamlit as st

from sim.analyses.compare import Comparison
from sim.charts import Panel
from sim.reports.changes import changes
from sim.reports.nothing_changed import explain
from sim.scenario import Scenario
from sim.text import Words
from sim.text.place_words import place_words
from sim.ui import address
from sim.ui.change_lines import change_lines
from sim.ui.chart_grid.grid import ready_grid
from sim.ui.drawn import Drawn, drawn, fanned_of, results_of
from sim.ui.link import token_of
from sim.ui.link_notices import draw_link_notices
from sim.ui.live.page import page_state
from sim.ui.refresh import RESULTS, part, redraw_everything
from sim.ui.results import grid_words
from sim.ui.session import touched, visitor
from sim.ui.sidebar import draw_sidebar
from sim.ui.simulation import compared
from sim.ui.toolbar import draw_toolbar
from sim.ui.visit import Visit
from sim.ui.worlds import worlds_soon

_LOOK_AGAIN: Final = 1.0


def draw(words: Words, visit: Visit) -> None:
    """Draw the page. What the eye waits for is sent first: charts, outcomes, then the controls."""
    part(RESULTS, partial(_results, words, visit), words)
    with st.sidebar:
        draw_sidebar(visit, words)


def _results(words: Words, visit: Visit) -> None:
    comparison = compared(visit.scenario)
    # At first the fan comes with the figures; later it follows them, when the hand is off the lever.
    if visit.first or not visit.asks_worlds:
        worlds_soon(visit.scenario, visitor(), waits=True)
    before = (visit.drawn, visit.fanned)
    visit.fanned = fanned_of(visit.scenario, before)
    visit.drawn = visit.scenario
    shown = drawn(visit.scenario, look=visit.look, language=words.language, before=before)
    # Above the figures: they may not be those that whoever sent the link meant.
    with st.container(key="link-notices"):
        draw_link_notices(visit, words)
    told = _outcomes(shown, words, visit)
    summary = st.container(key="summary")
    tools = st.container(key="tools")
    grid = ready_grid(
        lambda: shown.grid,
        lambda: _panels(words, visit),
        key="charts",
        words=grid_words(words),
    )
    with summary:
        _messages(comparison, visit, words)
        _changes(visit, words)
    with tools:
        draw_toolbar(comparison, visit, words)
    if not visit.first:
        address.write(visit)
    if not shown.fresh and not (told and visit.asks_worlds and grid.failed is None):
        _follow_worlds(visit.scenario)


def _panels(words: Words, visit: Visit) -> Sequence[Panel]:
    fanned = visit.fanned
    scenario, look = visit.scenario, visit.look
    return results_of(scenario, look=look, language=words.language, fanned=fanned).panels()


def _follow_worlds(scenario: Scenario) -> None:
    """Draw the page once more when the worlds are there, where the browser does not ask for them."""

    def look() -> None:
        if worlds_soon(scenario, visitor(), waits=False) is not None:
            redraw_everything()

    st.fragment(look, run_every=_LOOK_AGAIN, key="worlds")()


def _outcomes(shown: Drawn, words: Words, visit: Visit) -> bool:
    """Draw the outcomes; whether by the browser's own component."""
    told = page_state(
        words.language,
        on_alone=_take_alone,
        outcomes=shown.outcomes,
        s=token_of(visit.scenario),
        look=asdict(visit.look),
        worldsOf=(token_of(visit.fanned) or "") if visit.fanned else None,
        fresh=shown.fresh,
        heard=visit.heard,
    )
    if not told:
        st.html(shown.outcomes)
    return told


def _take_alone() -> None:
    """Callback: the browser gets no live answers, so that the page itself follows the worlds."""
    touched().asks_worlds = False
    redraw_everything()


def _messages(comparison: Comparison, visit: Visit, words: Words) -> None:
    unchanged = explain(comparison, words)
    if unchanged:
        st.info(unchanged, icon=":material/info:")
    if visit.refusals:
        names = words("ui.comma").join(place_words(place, words) for place in visit.refusals)
        st.warning(words("ui.refused.banner", names=names), icon=":material/block:")
        st.button(words("ui.refused.drop"), key="drop", on_click=_drop)


def _changes(visit: Visit, words: Words) -> None:
    """What differs from the case, old and new."""
    # Drawn even when empty: the charts below must not jump at the first change.
    found = changes(visit.scenario, visit.base)
    with st.expander(words("ui.changes.title", count=len(found)), key="changes"):
        st.markdown(change_lines(found, words) or words("ui.changes.none"))


def _drop() -> None:
    touched().forget_drafts()
    redraw_everything()
