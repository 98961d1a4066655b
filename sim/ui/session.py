"""The visit in Streamlit's session state."""

import secrets
from typing import Final

import streamlit as st

from sim.store.people import returning_guest
from sim.ui.entry_guest import COOKIE
from sim.ui.link import first_scenario
from sim.ui.rows.hearing import hear
from sim.ui.shelf import Shelf
from sim.ui.visit import Visit

_KEY: Final = "visit"
_VISITOR: Final = "visitor"
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
    if not current().first and st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
