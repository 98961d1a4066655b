"""What knowing each assumption is worth: sentence, charts and table."""

from typing import Final

import streamlit as st

from sim.analyses.information import Information, Learned, information
from sim.charts.information import MOST_CURVES, curves_panel, worth_panel
from sim.metrics import MONEY
from sim.reports.information import information_text, label_of, switches_text
from sim.text import Words
from sim.text.numbers import money
from sim.ui.chart_grid import chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.results import grid_words
from sim.ui.visit import Visit
from sim.ui.work import answered, plain

_SHOWN: Final = 10


def draw_assumptions(visit: Visit, outcome: str, words: Words) -> None:
    """What is worth finding out, most worthwhile first."""
    if outcome not in MONEY:
        st.info(words("information.outcome.none"), icon=":material/info:")
        return
    asked = plain(visit.scenario)
    found = answered(
        ("information", asked, outcome),
        lambda tick: information(asked, outcome=outcome, tick=tick),
        label=words("information.run"),
        words=words,
    )
    if found is None:
        return
    draw_sentence(information_text(found, words))
    if found.status == "found":
        _charts(found, visit, words)
        _table(found, words)
    notes = words("information.caption", worlds=f"{found.worlds:,}")
    if found.refused:
        notes += " " + words("information.caption.refused", count=found.refused)
    st.caption(notes)


def _charts(found: Information, visit: Visit, words: Words) -> None:
    header = (words("ui.title"), f"s={token_of(visit.scenario) or ''}")
    worthwhile = [each for each in found.learned if each.worth.value > 0][:_SHOWN]
    if not worthwhile:
        return
    labels = [label_of(each, words) for each in worthwhile]
    curves = worthwhile[:MOST_CURVES]
    panels = [
        worth_panel(found, worthwhile, labels, words, header),
        curves_panel(found, curves, labels[:MOST_CURVES], words, header),
    ]
    chart_grid(
        panels, key="information-charts", language=tag_of(words.language), words=grid_words(words)
    )


def _table(found: Information, words: Words) -> None:
    rows = [_row(each, words) for each in found.learned[:_SHOWN]]
    if rows:
        st.table(rows, border="horizontal")


def _row(each: Learned, words: Words) -> dict[str, str]:
    worth = words("information.zero")
    if each.worth.is_distinct:
        worth = words(
            "information.worth",
            worth=money(each.worth.value, words),
            error=money(each.worth.error, words),
        )
    return {
        words("information.column.assumption"): label_of(each, words),
        words("information.column.worth"): worth,
        words("information.column.where"): switches_text(each, words),
    }
