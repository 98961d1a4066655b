"""In what the scenarios differ, the input that does most to the answer first."""

import streamlit as st

from sim.analyses.side_by_side import differing
from sim.errors import Refused
from sim.reports.naming import names_of_all
from sim.reports.side_by_side import effect_text, input_cells, setting_title
from sim.scenario import Scenario
from sim.text import Words
from sim.ui.simulation import compared
from sim.ui.visit import Visit


def draw(visit: Visit, words: Words) -> None:
    """A table of inputs, a column a scenario, and what each input does by itself."""
    names = names_of_all(visit.lineup, words)
    reference = visit.lineup[visit.against or 0]
    found = differing(visit.lineup, reference, _gain)
    if not found:
        st.info(words("compare.inputs.none"), icon=":material/info:")
        return
    st.table(
        [
            {words("compare.input"): setting_title(each.place, words)}
            | dict(zip(names, input_cells(each, words), strict=True))
            | {words("compare.effect.title"): effect_text(each, names, words)}
            for each in found
        ],
        border="horizontal",
    )
    st.caption(words("compare.effect.help", name=names[visit.against or 0]))


def _gain(scenario: Scenario) -> float | None:
    """What the policy gains in NPV; None where the scenario cannot be run."""
    try:
        return compared(scenario).outcomes["npv_change"]
    except Refused:
        return None
