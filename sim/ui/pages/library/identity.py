"""Who asks: logged in, a guest, or everybody who uses this installation."""

import streamlit as st

from sim.text import Words
from sim.ui.library_access import login_is_configured
from sim.ui.visit import Visit


def draw_identity(_visit: Visit, words: Words) -> None:
    """A line that says so, and the button to log in or out where there is one."""
    if not login_is_configured():
        st.caption(words("library.local"))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.user.get("is_logged_in"):
            name = str(st.user.get("name") or st.user.get("email") or "")
            st.text(words("library.hello", name=name), width="content")
            st.button(words("library.logout"), key="logout", on_click=st.logout)
        else:
            st.caption(words("library.guest"), width="content")
            st.button(words("library.login"), key="login", type="primary", on_click=st.login)
