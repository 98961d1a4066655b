"""What an older version came to, what it comes to now, and what changed in between."""

from typing import Any, Final

import streamlit as st

from sim.metrics import OUTCOMES
from sim.policy import Move
from sim.reports.certainty import outcome_text
from sim.reports.side_by_side import setting_title, value_text
from sim.text import Words
from sim.ui.markdown import plain
from sim.ui.shelf import Drift

_MOST_SETTINGS: Final = 20
_NOTHING: Final = "–"


def draw_drift(drift: Drift, words: Words) -> None:
    """Old number, new number, and what changed between them."""
    st.warning(words("library.drift", version=drift.model), icon=":material/history:")
    rows = [
        (words(f"outcome.{name}"), *(_outcome(name, each, words) for each in pair))
        for name, pair in drift.outcomes.items()
        if name in OUTCOMES
    ]
    for place, pair in list(drift.settings.items())[:_MOST_SETTINGS]:
        rows.append((_title(place, words), *(_setting(place, each, words) for each in pair)))
    heads = [words(f"library.drift.{name}") for name in ("what", "then", "now")]
    st.table([dict(zip(heads, row, strict=True)) for row in rows], border="horizontal")
    more = len(drift.settings) - _MOST_SETTINGS
    if more > 0:
        st.caption(words("library.drift.more", count=more))


def _outcome(name: str, value: float | None, words: Words) -> str:
    return _NOTHING if value is None else outcome_text(name, value, words)


def _title(place: str, words: Words) -> str:
    """What a number is called; one that this model no longer has, by its place."""
    try:
        return setting_title(place, words)
    except KeyError:
        return plain(place)


def _setting(place: str, value: object, words: Words) -> str:
    """A value as it is said today; as it was kept, where this model does not know what it is."""
    if value is None:
        return _NOTHING
    try:
        said = value_text(place, _content(value), words)
    except (AssertionError, KeyError, TypeError, ValueError):
        said = str(value)
    return plain(said)


def _content(value: object) -> Any:
    """A value as a scenario has it: the library keeps tuples as lists, and moves as tables."""
    if not isinstance(value, list):
        return value
    return tuple(_move(each) if isinstance(each, dict) else each for each in value)


def _move(kept: dict[str, object]) -> Move:
    fields = {name: tuple(each) if isinstance(each, list) else each for name, each in kept.items()}
    return Move(**fields)  # type: ignore[arg-type]
