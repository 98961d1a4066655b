"""Boxes for amounts and names that a view keeps, in the reader's own units."""

from collections.abc import Callable, Sequence
from typing import Final

import streamlit as st

from sim.text import Words
from sim.ui.session import hold, touched

# Money and people are counted in these, by language: how many, and the words of the scale.
_SCALES: Final = {"zh": (1e8, "yi"), "en": (1e6, "million")}
_SCALED: Final = frozenset({"cny", "persons"})


def scale_of(unit: str, words: Words) -> tuple[float, str]:
    """What one of a box stands for in a unit of the outcomes, and what it is called."""
    if unit == "share":
        return 0.01, "%"
    if unit in _SCALED:
        size, name = _SCALES[words.language]
        scale = words(f"ui.scale.{name}")
        return size, words("ui.scaled_unit", scale=scale, unit=words(f"unit.{unit}"))
    return 1.0, words(f"unit.{unit}")


def amount_box(key: str, label: str, unit: str, default: float, words: Words) -> float:
    """A number in a unit of the outcomes; ``label`` is the key of words that take the unit.

    It is kept under ``key``, for each unit by itself.
    """
    size, name = scale_of(unit, words)
    kept = f"{key}.{unit}"
    value = float(f"{st.session_state.get(kept, default) / size:.12g}")
    box = f"{kept}.{words.language}"
    hold(f"{box}.box", value)
    st.number_input(
        words(label, unit=name),
        value=value,
        step=1.0,
        format="%.6g",
        key=f"{box}.box",
        on_change=_take_amount,
        args=(kept, f"{box}.box", size),
        width=190,
    )
    return float(st.session_state.get(kept, default))


def _take_amount(kept: str, box: str, size: float) -> None:
    touched()
    value = st.session_state.get(box)
    if isinstance(value, int | float):
        st.session_state[kept] = float(value) * size


def name_box(
    key: str,
    label: str,
    names: Sequence[str],
    shown: Callable[[str], str],
    *,
    help: str | None = None,
) -> str:
    """One of several names, kept under ``key``."""
    held = st.session_state.get(key)
    name = held if held in names else names[0]
    hold(f"{key}.box", name)
    st.selectbox(
        label,
        names,
        index=names.index(name),
        key=f"{key}.box",
        format_func=shown,
        help=help,
        on_change=_take_name,
        args=(key,),
        width=300,
    )
    return str(name)


def _take_name(key: str) -> None:
    touched()
    chosen = st.session_state.get(f"{key}.box")
    if isinstance(chosen, str):
        st.session_state[key] = chosen


def switch(key: str, label: str, *, help: str | None = None) -> bool:
    """On or off, kept under ``key``."""
    held = st.session_state.get(key) is True
    hold(f"{key}.box", held)
    st.toggle(label, value=held, key=f"{key}.box", help=help, on_change=_take_switch, args=(key,))
    return held


def _take_switch(key: str) -> None:
    touched()
    st.session_state[key] = st.session_state.get(f"{key}.box") is True
