"""Every scenario on every chart."""

from typing import Final

import streamlit as st

from sim.charts.overlay import SUBJECTS, overlay_panel
from sim.text import Words
from sim.ui.chart_grid import chart_grid
from sim.ui.link import tag_of
from sim.ui.pages.compare.shown import axis_of, base_of_all, contenders, csv_header
from sim.ui.results import grid_words
from sim.ui.session import hold, touched
from sim.ui.visit import SHOWS, Visit

_KEY: Final = "compare.shows"


def draw(visit: Visit, words: Words) -> None:
    """All subjects in their order, as values or as differences to what is chosen."""
    _choose(visit, words)
    panels = [
        overlay_panel(
            subject,
            contenders(visit, words),
            words=words,
            axis=axis_of(visit),
            base=base_of_all(visit),
            shows=visit.compare_shows,
            csv_header=csv_header(visit, words),
        )
        for subject in SUBJECTS
    ]
    chart_grid(
        panels, key="compare-charts", language=tag_of(words.language), words=grid_words(words)
    )


def _choose(visit: Visit, words: Words) -> None:
    hold(_KEY, visit.compare_shows)
    st.segmented_control(
        words("ui.shows"),
        SHOWS,
        default=visit.compare_shows,
        key=_KEY,
        required=True,
        format_func=lambda name: words(f"ui.shows.{name}"),
        on_change=_take,
    )


def _take() -> None:
    visit = touched()
    chosen = st.session_state.get(_KEY)
    if chosen in SHOWS:
        visit.compare_shows = chosen
