"""Answers found by search: a number that reaches a target, the best plan, and what excludes what."""

from importlib import import_module
from typing import Final

import streamlit as st

from sim.text import Words
from sim.ui.session import hold, touched
from sim.ui.visit import Visit

# Each is the module of that name after "search_".
KINDS: Final = ("seek", "optimise", "front")
_KEY: Final = "search.settings.kind"


def draw(visit: Visit, words: Words) -> None:
    """Which search, and that search."""
    held = st.session_state.get(_KEY)
    kind = held if held in KINDS else KINDS[0]
    hold("search.kind", kind)
    st.segmented_control(
        words("search.kind"),
        KINDS,
        default=kind,
        key="search.kind",
        required=True,
        format_func=lambda name: words(f"search.kind.{name}"),
        label_visibility="collapsed",
        on_change=_take,
    )
    import_module(f"sim.ui.pages.decide.search_{kind}").draw(visit, words)


def _take() -> None:
    touched()
    chosen = st.session_state.get("search.kind")
    if chosen in KINDS:
        st.session_state[_KEY] = chosen
