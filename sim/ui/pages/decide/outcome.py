"""By which outcome the policy is judged, on every view that asks for one."""

import streamlit as st

from sim.metrics import OUTCOMES
from sim.text import Words
from sim.ui.session import hold, touched
from sim.ui.visit import Visit


def draw_outcome(visit: Visit, words: Words) -> str:
    """A box to choose from all outcomes; the one that is chosen."""
    hold("outcome", visit.outcome)
    st.selectbox(
        words("decide.outcome"),
        tuple(OUTCOMES),
        index=tuple(OUTCOMES).index(visit.outcome),
        key="outcome",
        format_func=lambda name: words(f"outcome.{name}"),
        help=words("decide.outcome.help"),
        on_change=_take_outcome,
        width=360,
    )
    return visit.outcome


def _take_outcome() -> None:
    visit = touched()
    chosen = st.session_state.get("outcome")
    if isinstance(chosen, str) and chosen in OUTCOMES:
        visit.outcome = chosen
