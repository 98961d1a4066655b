"""Boxes of the page of decisions whose choice lasts as long as the visit."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from sim.ui.session import hold, touched
from sim.ui.visit import Visit

T = TypeVar("T", bound=object)


def ask(
    visit: Visit,
    key: str,
    options: Sequence[T],
    usual: T,
    label: str,
    *,
    text: Callable[[Any], str],
    help: str | None = None,
    along: bool = False,
) -> T:
    """The option that is chosen in a box, or along a slider; the usual one where none is any more."""
    held = visit.asked.get(key)
    chosen = next((each for each in options if each == held), usual)
    hold(key, chosen)
    common: dict[str, Any] = {"key": key, "format_func": text, "help": help, "args": (key,)}
    if along:
        st.select_slider(label, options, value=chosen, on_change=_take, **common)
    else:
        at = list(options).index(chosen)
        st.selectbox(label, options, index=at, on_change=_take, width=360, **common)
    return chosen


def _take(key: str) -> None:
    touched().asked[key] = st.session_state.get(key)
