"""The component that tells the browser what page it is on: its language, and what it shows."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import streamlit as st

from sim.text import words_of
from sim.ui.assets import AssetsUnavailableError, component
from sim.ui.link import tag_of
from sim.ui.session import touch

_TAB: Final = "tab"
_ROOT: Final = '<div class="sim-page"></div>'
# What Streamlit calls its own controls and the entries of its menu.
_STREAMLIT_NAMES: Final = (
    "Add files",
    "Add row",
    "Collapse sidebar",
    "Dark",
    "Error: ",
    "Decrement",
    "Download as CSV",
    "Expand sidebar",
    "Fullscreen",
    "Help for",
    "Increment",
    "Light",
    "Link to heading",
    "Main menu",
    "Open",
    "Page not found",
    "Print",
    "Search",
    "Show/hide columns",
    "Sidebar",
    "System",
    "The page that you have requested does not seem to exist. Running the app's main page.",
    "Theme",
    "Upload",
    "file upload",
    "per file",
    "too large",
)


def page_state(
    language: str, *, on_alone: Callable[[], None] | None = None, **state: object
) -> bool:
    """Tell the browser the language of the document, and on the simulator what is on it.

    Parameters
    ----------
    language
        Of the page: ``zh`` or ``en``.
    on_alone
        Callback of a browser that gets no live answers.
    state
        On the simulator, ``outcomes`` (HTML that is drawn here) and what live questions start
        from: ``s`` (the token), ``look``, ``worldsOf`` (the token of the scenario whose worlds are
        drawn), whether these are ``fresh``, and ``heard``, the number of the last change taken in.

    Returns
    -------
    bool
        Whether the browser will be told; Streamlit may not take our files.
    """
    try:
        mount = component("live", _ROOT, js="page.js")
    except AssetsUnavailableError:
        return False
    words = words_of(language)
    names = {name: words(f"ui.streamlit.{name}") for name in _STREAMLIT_NAMES}
    told = {"tag": tag_of(language), "language": language, "names": names}
    mount(key="page-state", data={**told, **state}, on_alone_change=on_alone or touch)
    return True


def keep_tab(unsaved: Mapping[str, object], *, on_unsaved: Callable[[object], None]) -> None:
    """What belongs to the tab, whatever page is on it.

    The browser asks for the whole page where it has lost the server and found one again, and keeps what
    is not saved. Outside every part of the page: what a part asks for, another server does not know.

    Parameters
    ----------
    unsaved
        As of :func:`sim.ui.unsaved.told`.
    on_unsaved
        Called with what the tab has kept, where it is asked for it.
    """
    try:
        mount = component("live", _ROOT, js="page.js")
    except AssetsUnavailableError:
        return
    mount(
        key=_TAB,
        data={"back": True, "unsaved": unsaved},
        on_back_change=touch,
        on_unsaved_change=partial(_take_unsaved, on_unsaved),
    )


def _take_unsaved(on_unsaved: Callable[[object], None]) -> None:
    touch()
    state = st.session_state.get(_TAB)
    if state is not None and state.get("unsaved") is not None:
        on_unsaved(state["unsaved"])
