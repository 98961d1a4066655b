"""The sidebar: the case, the levers, and the assumptions behind them."""

import streamlit as st

from sim.cases.catalogue import case, case_ids
from sim.text import Words
from sim.ui.assumption_panel import draw_assumptions
from sim.ui.levers import draw_levers, group
from sim.ui.session import adopts, hold, overtaken, touched
from sim.ui.visit import Visit


def draw_sidebar(visit: Visit, words: Words) -> None:
    """From the most used to the least used."""
    _case(visit, words)
    draw_levers(visit, words)
    group("world", words("ui.world"), visit, lambda: draw_assumptions(visit, words))


def _case(visit: Visit, words: Words) -> None:
    # The language is part of the key: a selectbox whose labels change loses its choice at the
    # interaction after that, in the browser and not in tests without one.
    key = f"case.{words.language}"
    ids = case_ids()
    chosen = visit.scenario.case if visit.scenario.case in ids else None
    hold(key, chosen)
    got = st.selectbox(
        words("ui.case"),
        ids,
        index=ids.index(chosen) if chosen else None,
        key=key,
        format_func=lambda name: words(f"case.{name}"),
        help=words("ui.case.help"),
        on_change=_choose,
        args=(key,),
        filter_mode=None,
        placeholder=words("ui.case"),
    )
    if got and adopts(got, chosen):
        _take_case(visit, got)
    if chosen:
        st.caption(words(f"case.{chosen}.note"))


def _choose(key: str) -> None:
    visit, chosen = touched(), st.session_state.get(key)
    if chosen in case_ids() and not overtaken(key):
        _take_case(visit, chosen)


def _take_case(visit: Visit, chosen: str) -> None:
    visit.forget_drafts()
    visit.change(case(chosen).scenario)
