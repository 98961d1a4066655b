"""The page of the simulator: outcomes and charts in the main area, levers in the sidebar."""

from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from sim.analyses.compare import Comparison
from sim.cases.catalogue import case, festivals
from sim.charts import Axis, simulate_panels
from sim.reports.changes import changes, describe, title
from sim.reports.nothing_changed import explain
from sim.reports.sentence import headline
from sim.text import Words
from sim.ui import address
from sim.ui.chart_grid import chart_grid
from sim.ui.document_language import tag_of
from sim.ui.outcomes import outcomes_html
from sim.ui.place_words import place_words
from sim.ui.refresh import RESULTS, part, redraw_everything
from sim.ui.session import touched
from sim.ui.sidebar import draw_sidebar
from sim.ui.simulation import compared
from sim.ui.toolbar import draw_toolbar
from sim.ui.visit import Visit

_MARKDOWN: Final = "\\`*_{}[]<>#|~$:"
_PLOTLY_WORDS: Final = (
    "Download plot as a PNG",
    "Zoom",
    "Pan",
    "Zoom in",
    "Zoom out",
    "Reset axes",
)


def draw(words: Words, visit: Visit) -> None:
    """Draw the page. What the eye waits for is sent first: charts, outcomes, then the controls."""
    part(RESULTS, partial(_results, words, visit), words)
    with st.sidebar:
        draw_sidebar(visit, words)


def _results(words: Words, visit: Visit) -> None:
    comparison = compared(visit.scenario)
    summary = st.container(key="summary")
    tools = st.container(key="tools")
    _charts(comparison, visit, words)
    with summary:
        name = words(f"case.{visit.scenario.case}") if visit.scenario.case else words("ui.title")
        sentence = headline(comparison, words, case_name=name)
        st.html(outcomes_html(comparison, name, sentence, words))
        _messages(comparison, visit, words)
        _changes(visit, words)
    with tools:
        draw_toolbar(comparison, visit, words)
    if not visit.first:
        address.write(visit)


def _charts(comparison: Comparison, visit: Visit, words: Words) -> None:
    axis = Axis(kind=visit.axis, start=_start(visit))
    panels = simulate_panels(
        comparison,
        words=words,
        axis=axis,
        festivals=festivals(),
        csv_header=_csv_header(visit, words),
    )
    chart_grid(
        panels,
        key="charts",
        language=tag_of(words.language),
        words={
            "csv": words("ui.csv"),
            "expand": words("ui.expand"),
            "close": words("ui.close"),
            **{f"plotly.{each}": words(f"ui.plotly.{each}") for each in _PLOTLY_WORDS},
        },
    )


def _start(visit: Visit) -> date | None:
    """The Monday of week 0; the scenario of no case has none of its own."""
    return case(visit.scenario.case).start if visit.scenario.case else None


def _csv_header(visit: Visit, words: Words) -> tuple[str, ...]:
    name = words(f"case.{visit.scenario.case}") if visit.scenario.case else words("ui.title")
    return (words("ui.title"), name, f"s={address.token_of(visit.scenario) or ''}")


def _messages(comparison: Comparison, visit: Visit, words: Words) -> None:
    unchanged = explain(comparison, words)
    if unchanged:
        st.info(unchanged, icon=":material/info:")
    for fault in visit.notices:
        st.warning(words("ui.link_notice", reason=words.fault(fault)), icon=":material/link_off:")
    if visit.refusals:
        names = words("ui.comma").join(place_words(place, words) for place in visit.refusals)
        st.warning(words("ui.refused.banner", names=names), icon=":material/block:")
        st.button(words("ui.refused.drop"), key="drop", on_click=_drop)


def _changes(visit: Visit, words: Words) -> None:
    """What differs from the case, old and new."""
    # Drawn even when empty: the charts below must not jump at the first change.
    found = changes(visit.scenario, visit.base)
    with st.expander(words("ui.changes.title", count=len(found)), key="changes"):
        lines = (
            f"- {_plain(title(each, words))}: {_plain(describe(each, words))}" for each in found
        )
        st.markdown("\n".join(lines) or words("ui.changes.none"))


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"\\{letter}" if letter in _MARKDOWN else letter for letter in text)


def _drop() -> None:
    touched().forget_drafts()
    redraw_everything()
