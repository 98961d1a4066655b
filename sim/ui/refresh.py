"""Which part of the page is drawn again after a change.

A lever redraws the results, the links to the other pages, which carry the scenario, and its own
row: a third of the messages of a full run, and the browser is where the time goes. Whatever
changes more than one control (undo, a case, a draft that came or went) redraws everything.
"""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from sim.text import Words
from sim.ui.visit import Visit

_LOG: Final = logging.getLogger(__name__)
RESULTS: Final = "results"
LINKS: Final = "links"


def row_key(place: str) -> str:
    """The key of the part that holds the controls of a place."""
    return f"part.{place}"


def part(key: str, draw: Callable[[], None], words: Words) -> None:
    """Draw something that can be drawn again by itself; no traceback leaves it."""
    st.fragment(partial(_safely, key, draw, words), key=key)()


def _safely(key: str, draw: Callable[[], None], words: Words) -> None:
    try:
        draw()
    except Exception:
        _LOG.exception("%s could not be drawn", key)
        st.error(words("ui.failed"), icon=":material/error:")


def redraw(parts: Sequence[str]) -> None:
    """In a callback: draw only these parts again."""
    st.rerun([RESULTS, LINKS, *parts])


def redraw_after_change(visit: Visit, place: str, *, drafted_before: bool) -> None:
    """In a callback that has changed one place: its own row and the results, or everything."""
    # Before its first run is through, a session does not yet know its parts.
    if not drafted_before and not visit.drafts and not visit.first:
        redraw([row_key(place)])


def redraw_everything() -> None:
    """In a callback of a widget inside a part: draw the whole page again."""
    st.rerun()
