"""A change is not undone by an address that was written before it."""

import ast
import inspect
from pathlib import Path
from typing import Final

import pytest
import streamlit as st

import sim.ui

_SOURCES: Final = Path(sim.ui.__file__).parent
_CALLBACKS: Final = ("on_change", "on_click", "on_select")


def _controls() -> dict[str, set[str]]:
    """Streamlit's controls that run the page, and the callback of which it can be told."""
    found: dict[str, set[str]] = {}
    for name in dir(st):
        control = getattr(st, name)
        if not callable(control) or name.startswith("_"):
            continue
        try:
            takes = inspect.signature(control).parameters
        except ValueError:
            continue
        told = {each for each in _CALLBACKS if each in takes and takes[each].default != "ignore"}
        if told:
            found[name] = told
    return found


_CONTROLS: Final = _controls()


def _mute(source: str) -> list[str]:
    """Controls that run the page and call nobody."""
    return [
        f"{call.lineno}: {call.func.attr}"
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "st"
        and call.func.attr in _CONTROLS
        and not any(each.arg is None or each.arg in _CALLBACKS for each in call.keywords)
    ]


@pytest.mark.parametrize("path", sorted(_SOURCES.rglob("*.py")), ids=lambda path: path.stem)
def test_every_control_says_that_it_was_touched(path: Path) -> None:
    assert not _mute(path.read_text(encoding="utf-8"))


def test_a_control_that_calls_nobody_is_found() -> None:
    assert {"button", "text_input", "selectbox", "toggle", "number_input"} <= set(_CONTROLS)
    assert _mute('st.toggle("a", key="b")') == ["1: toggle"]
    assert not _mute('st.toggle("a", on_change=touch)')
