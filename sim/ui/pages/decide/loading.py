"""A point or a plan that was found becomes the scenario; undo brings the old one back."""

from collections.abc import Sequence

import streamlit as st

from sim.scenario import Scenario
from sim.text import Words
from sim.ui.link import require_shown
from sim.ui.session import touched
from sim.ui.visit import Visit


def load(scenario: Scenario, place: str) -> None:
    """Callback: go on to a scenario; where it cannot be run, that is said of ``place``."""
    touched().attempt(place, scenario, require_shown)


def draw_undo(visit: Visit, places: Sequence[str], words: Words) -> None:
    """A button that goes one step back, and why what was asked for could not be loaded."""
    st.button(
        words("ui.undo"),
        key="decide.undo",
        icon=":material/undo:",
        disabled=not visit.past,
        help=words("ui.undo.help"),
        on_click=_undo,
    )
    for place in places:
        for fault in visit.refusals.get(place, ()):
            st.error(words.complaint(fault), icon=":material/error:")


def _undo() -> None:
    touched().undo()
