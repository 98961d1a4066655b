"""Who asks: logged in, a guest, or everybody who uses this installation."""

import logging
from typing import Final

import streamlit as st
from streamlit.errors import Error as StreamlitError

from sim.text import Words
from sim.ui.hosting.login import standing
from sim.ui.library_access import end_log_in, known_as, who
from sim.ui.session import touched
from sim.ui.visit import Visit

_LOG: Final = logging.getLogger(__name__)


def draw_identity(visit: Visit, words: Words) -> None:
    """A line that says so, and the button to log in or out where there is one."""
    if standing() == "none":
        st.caption(words("library.local"))
        return
    id = known_as()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if id is not None:
            _known(id, words)
        elif standing() == "broken":
            st.caption(words("library.guest"), width="content")
        else:
            _guest(words)
    _trouble(visit, words)


def _known(id: str, words: Words) -> None:
    name = str(st.user.get("name") or id)
    st.text(words("library.hello", name=name), width="content")
    if name != id:
        st.text(words("library.known_as", id=id), width="content")
    st.button(words("library.logout"), key="logout", on_click=_log_out)


def _guest(words: Words) -> None:
    key = {"over": "library.login.over", "nameless": "library.login.nameless"}.get(who())
    st.caption(words(key or "library.guest"), width="content")
    st.button(words("library.login"), key="login", type="primary", on_click=_log_in)
    if key is not None:
        # A cookie is still there; it goes with this.
        st.button(words("library.logout"), key="logout", on_click=_log_out)


def _trouble(visit: Visit, words: Words) -> None:
    """What became of the last try, where it did not lead to a log-in."""
    if standing() == "broken":
        st.warning(words("library.login.broken"), icon=":material/warning:")
    elif visit.shelf.log_in is not None and who() != "known":
        st.warning(words(f"library.login.{visit.shelf.log_in}"), icon=":material/warning:")


def _log_in() -> None:
    visit = touched()
    visit.shelf.log_in = None
    try:
        st.login()
    except StreamlitError:
        _LOG.exception("the log-in could not begin")
        visit.shelf.log_in = "failed"


def _log_out() -> None:
    touched().shelf.let_go()
    end_log_in()
    st.logout()
