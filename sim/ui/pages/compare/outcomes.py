"""What each scenario comes to, against the one that is chosen or against its own world."""

from collections.abc import Iterator

import streamlit as st

from sim.analyses.montecarlo import MonteCarlo
from sim.analyses.side_by_side import against, comparable, probability
from sim.charts.overlay import Contender
from sim.metrics import OUTCOMES
from sim.reports.side_by_side import outcome_cell, outcome_title
from sim.text import Words
from sim.ui.pages.compare.shown import base_of_all, contenders
from sim.ui.session import hold, touched
from sim.ui.visit import Visit
from sim.ui.worlds import worlds_of

_KEY = "compare.chances"


def draw(visit: Visit, words: Words) -> None:
    """A table of outcomes, a column a scenario; with shares of worlds if they are wanted."""
    hold(_KEY, visit.compare_chances)
    st.toggle(
        words("compare.chances"),
        value=visit.compare_chances,
        key=_KEY,
        help=words("compare.chances.help"),
        on_change=_take,
    )
    all_of_them = contenders(visit, words)
    worlds = _worlds(visit, all_of_them) if visit.compare_chances else {}
    st.table(
        [
            {words("compare.outcome"): outcome_title(name, words)}
            | dict(_cells(name, visit, all_of_them, worlds, words))
            for name in OUTCOMES
        ],
        border="horizontal",
    )
    _note(visit, words)


def _worlds(visit: Visit, all_of_them: tuple[Contender, ...]) -> dict[int, MonteCarlo]:
    return {
        each.style: worlds_of(scenario)
        for each, scenario in zip(all_of_them, visit.lineup, strict=True)
    }


def _cells(
    name: str,
    visit: Visit,
    all_of_them: tuple[Contender, ...],
    worlds: dict[int, MonteCarlo],
    words: Words,
) -> Iterator[tuple[str, str]]:
    base = base_of_all(visit)
    other = None if visit.against is None else worlds.get(visit.against)
    for each in all_of_them:
        if each.style == visit.against:
            yield each.name, words("compare.is_reference")
            continue
        value = against(each.comparison, base)[name]
        known = worlds.get(each.style)
        chance = probability(name, known, other) if known else None
        yield each.name, outcome_cell(name, value, words, probability=chance)


def _note(visit: Visit, words: Words) -> None:
    if visit.against is None:
        return
    base = visit.lineup[visit.against]
    if len({each.weeks for each in visit.lineup}) > 1:
        st.caption(words("compare.note.weeks"))
    if visit.compare_chances and not all(comparable(each, base) for each in visit.lineup):
        st.caption(words("compare.note.worlds"))


def _take() -> None:
    visit = touched()
    visit.compare_chances = bool(st.session_state.get(_KEY))
