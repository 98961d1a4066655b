"""The visit in Streamlit's session state."""

import time
from typing import Final

import streamlit as st

from sim.ui.address import first_scenario
from sim.ui.visit import Visit

_KEY: Final = "visit"


def current() -> Visit:
    """The visit of this session; a new one stands where a clean address leads."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Visit(scenario=first_scenario())
    visit: Visit = st.session_state[_KEY]
    return visit


def touch() -> None:
    """Callback of widgets that change no scenario: the address may be older than this run."""
    current().touched = True


def touched() -> Visit:
    """The visit, for callbacks that change it."""
    visit = current()
    visit.touched = True
    return visit


def hold(key: str, wanted: object) -> None:
    """Make a widget that is about to be drawn show ``wanted``, whatever the browser says.

    On the first run of a session the browser's own value goes first, because after a restart of
    the server it is newer than the address.
    """
    if not current().first and st.session_state.get(key) != wanted:
        st.session_state[key] = wanted


def hold_number(key: str, wanted: float, *, tolerance: float = 0.0) -> None:
    """The same for a slider or its box, which show one number and must not fight over it.

    An assignment is sent to the browser, where it would put back a slider that has moved on
    meanwhile. So there is one only where the page itself wants something else than it last did.
    """
    visit = current()
    echoes, fresh = visit.echoes, key not in st.session_state
    drawn = echoes.drawn.get(key)
    if drawn is not None and not fresh and abs(wanted - drawn) <= tolerance:
        return
    if not visit.first and st.session_state.get(key) != wanted:
        st.session_state[key] = wanted
    echoes.draw(key, wanted, now=time.monotonic())


def is_echo(key: str, partner: str) -> bool:
    """Whether a widget's "change" is but what it showed before the page last assigned to it.

    When the slider moves twice in quick succession, the browser sends the second move before it
    has heard what the first did to the box, and the box's old number comes back as if typed.
    """
    echoes, now = current().echoes, time.monotonic()
    value = st.session_state.get(key)
    moved = st.session_state.get(partner) != echoes.drawn.get(partner)
    found = echoes.has(key, value, partner=partner, partner_moved=moved, now=now)
    if not found and value is not None:
        echoes.accept(key, value, now=now)
    return found
