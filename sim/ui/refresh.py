"""Which part of the page is drawn again after a change.

A lever redraws the results, the links to the other pages, which carry the scenario, and the rows
around it: a third of the messages of a full run, and the browser is where the time goes. Whatever
changes more than that (undo, a case, a draft that came or went) redraws everything.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from sim.text import Words
from sim.ui.front import FRONT
from sim.ui.session import touch
from sim.ui.visit import Visit

_LOG: Final = logging.getLogger(__name__)
RESULTS: Final = "results"
LINKS: Final = "links"
# What is said of flip points; it sees to it that those of a changed scenario are computed.
FLIPS: Final = "flips"
# Its toggle: it is on only where that part has been drawn.
FLIPS_SHOWN: Final = "flips.shown"


def block_key(block: str) -> str:
    """The key of the part that holds a block of controls."""
    return f"part.{block}"


def part(key: str, draw: Callable[[], None], words: Words) -> None:
    """Draw something that can be drawn again by itself; no traceback leaves it."""
    st.fragment(partial(_safely, key, draw, words), key=key)()


def _safely(key: str, draw: Callable[[], None], words: Words) -> None:
    try:
        with FRONT.entered():
            draw()
    except Exception:
        _LOG.exception("%s could not be drawn", key)
        st.error(words("ui.failed"), icon=":material/error:")


def redraw(parts: Sequence[str]) -> None:
    """In a callback: draw only these parts again, where they are on the page."""
    marks = [FLIPS] if st.session_state.get(FLIPS_SHOWN) else []
    wanted = [RESULTS, LINKS, *parts, *marks]
    try:
        st.rerun(wanted)
    except StreamlitAPIException:
        # The visitor has gone to another page meanwhile, which is drawn in full.
        _LOG.info("nothing of %s is on this page", wanted)


def redraw_after_change(visit: Visit, places: Iterable[str], *, drafted_before: bool) -> None:
    """In a callback that has changed places: their blocks and the results, or everything."""
    blocks = [visit.blocks.get(place) for place in places]
    # Before its first run is through, a session does not yet know its parts.
    is_small = not drafted_before and not visit.drafts and not visit.heard_late
    if is_small and not visit.first and all(blocks):
        redraw([block_key(block) for block in dict.fromkeys(blocks) if block])


def redraw_everything() -> None:
    """In a callback of a widget inside a part, or in a part that looks again: draw the whole page."""
    touch()
    st.rerun()
