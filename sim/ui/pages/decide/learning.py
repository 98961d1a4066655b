"""What is worth finding out before deciding, and what a trial on one surface is worth."""

import streamlit as st

from sim.text import Words
from sim.ui.pages.decide.learning_assumptions import draw_assumptions
from sim.ui.pages.decide.learning_pilot import draw_pilot
from sim.ui.pages.decide.outcome import draw_outcome
from sim.ui.visit import Visit


def draw(visit: Visit, words: Words) -> None:
    """The worth of each assumption, then the pilot; both by the outcome that is chosen."""
    outcome = draw_outcome(visit, words)
    st.subheader(words("information.title"), anchor=False)
    draw_assumptions(visit, outcome, words)
    st.subheader(words("option.title"), anchor=False)
    draw_pilot(visit, outcome, words)
