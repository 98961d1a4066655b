"""The visit in Streamlit's session state."""

import secrets
from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from sim.store.people import returning_guest
from sim.ui.address import is_older
from sim.ui.entry_guest import COOKIE
from sim.ui.link import first_scenario
from sim.ui.rows.hearing import hear
from sim.ui.shelf import Shelf
from sim.ui.visit import Visit

_KEY: Final = "visit"
_VISITOR: Final = "visitor"
_BOXES: Final = "boxes"
# By which a front leads a browser to the same server (assets/hosting/nginx.conf.template).
_FRONT_COOKIE: Final = "visitor"


def current() -> Visit:
    """The visit of this session; a new one stands where a clean address leads."""
    if _KEY not in st.session_state:
        shelf = Shelf(guest=returning_guest(st.context.cookies.get(COOKIE)))
        st.session_state[_KEY] = Visit(scenario=first_scenario(), shelf=shelf)
    visit: Visit = st.session_state[_KEY]
    return visit


def visitor() -> str:
    """A name for this session among all others; it says nothing of who it is."""
    if _VISITOR not in st.session_state:
        st.session_state[_VISITOR] = secrets.token_hex(8)
    name: str = st.session_state[_VISITOR]
    return name


def payer() -> str:
    """Whose budget long work takes: the browser's, by the cookie of the front; without one, the tab's."""
    return st.context.cookies.get(_FRONT_COOKIE) or visitor()


def touch() -> None:
    """Callback of widgets that change no scenario: the address may be older than this run."""
    current().touched = True


def touched() -> Visit:
    """The visit, for callbacks that change it: what the rows sent before comes first."""
    visit = current()
    visit.touched = True
    visit.heard_late = bool(hear(visit)) or visit.heard_late
    return visit


def hold(key: str, wanted: object) -> None:
    """Make a widget that is about to be drawn show ``wanted``, whatever the browser says.

    On the first run of a session the browser's own value goes first, because after a restart of
    the server it is newer than the address.
    """
    boxes = _boxes()
    said = st.session_state.get(key)
    if not current().first and said != wanted:
        boxes.before[key] = said
        st.session_state[key] = wanted
    boxes.shown[key] = wanted


def overtaken(key: str) -> bool:
    """In a callback: whether what a box says is no choice, but from before the server changed it.

    The browser tells of every box each time it asks. Where it has not been told of the last run yet, or
    never will be, since the connection broke, it tells what they showed before; and Streamlit takes that
    for a choice. Such a question still carries the address of before.
    """
    boxes, said = _boxes(), st.session_state.get(key)
    if key in boxes.shown and said == boxes.shown[key]:
        return True
    return key in boxes.before and said == boxes.before[key] and is_older(current())


def adopts(got: object, shown: object) -> bool:
    """Whether what a box says goes before what it is to show; then all is drawn once more.

    So it is after a restart of the server, of which the browser knows more than the address.
    """
    visit = current()
    if not visit.first or got == shown:
        return False
    visit.adopted = True
    return True


@dataclass
class _Boxes:
    """By the key of a box: what it was made to show last, and what the browser had in it before."""

    shown: dict[str, object] = field(default_factory=dict)
    before: dict[str, object] = field(default_factory=dict)


def _boxes() -> _Boxes:
    if _BOXES not in st.session_state:
        st.session_state[_BOXES] = _Boxes()
    boxes: _Boxes = st.session_state[_BOXES]
    return boxes
