"""A pane for each scenario, all on the same axes; a zoom in one is a zoom in all."""

import streamlit as st

from sim.charts.overlay import SUBJECTS, pane_panels, subject_words
from sim.text import Words
from sim.ui.chart_grid import chart_grid
from sim.ui.link import tag_of
from sim.ui.pages.compare.shown import axis_of, contenders, csv_header
from sim.ui.results import grid_words
from sim.ui.session import hold, touched
from sim.ui.visit import Visit


def draw(visit: Visit, words: Words) -> None:
    """A box for the subject, and its panes."""
    key = f"compare.subject.{words.language}"
    hold(key, visit.compare_subject)
    st.selectbox(
        words("compare.subject"),
        tuple(SUBJECTS),
        index=tuple(SUBJECTS).index(visit.compare_subject),
        key=key,
        format_func=lambda name: subject_words(name, words),
        on_change=_take,
        args=(key,),
        filter_mode=None,
        width=320,
    )
    panels = pane_panels(
        visit.compare_subject,
        contenders(visit, words),
        words=words,
        axis=axis_of(visit),
        csv_header=csv_header(visit, words),
    )
    chart_grid(
        panels, key="compare-panes", language=tag_of(words.language), words=grid_words(words)
    )


def _take(key: str) -> None:
    visit = touched()
    chosen = st.session_state.get(key)
    if isinstance(chosen, str) and chosen in SUBJECTS:
        visit.compare_subject = chosen
