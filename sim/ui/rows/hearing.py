"""What the rows of controls have sent and the visit has not taken up yet.

A lever that is let go and a button that is pressed at once may reach the server together, and
Streamlit then calls the button first. So whoever changes the visit first hears the rows: a change
counts before what was done after it.
"""

import logging
from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from sim.ui.link import require_shown
from sim.ui.rows.edits import Edit, read_edits
from sim.ui.visit import Visit

_LOG: Final = logging.getLogger(__name__)


def rows_key(block: str) -> str:
    """The key of the component that shows a block of rows."""
    return f"rows.{block}"


def sent(key: str, name: str) -> Any:
    """What a component sent under a name for this run, or None."""
    state = st.session_state.get(key)
    return state.get(name) if state is not None else None


def hear(visit: Visit) -> list[str]:
    """Take up, once, every change that was sent; the places that were changed."""
    places: list[str] = []
    for block in dict.fromkeys(visit.blocks.values()):
        change = sent(rows_key(block), "sent")
        if isinstance(change, Mapping) and _is_new(change.get("number"), visit):
            visit.heard = change["number"]
            places += _take(change.get("edits"), visit)
    return places


def _is_new(number: object, visit: Visit) -> bool:
    return isinstance(number, int) and number > visit.heard


def _take(edits: object, visit: Visit) -> list[str]:
    try:
        read = read_edits(edits)
    except ValueError as error:
        _LOG.warning("the page sent no edits: %s", error)
        return []
    return [edit.place for edit in read if _propose(edit, visit)]


def _propose(edit: Edit, visit: Visit) -> bool:
    try:
        value = edit.value(visit.scenario, visit.language)
    except ValueError as error:
        # The move it belonged to is gone.
        _LOG.info("not taken: %s", error)
        return False
    visit.propose(edit.place, value, require_shown)
    return True
