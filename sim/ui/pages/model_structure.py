"""The diagram of the model page, and the same as a list."""

import logging
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from sim.analyses.structure import structure
from sim.charts.structure import CSS, carried_words, mechanism_words, structure_svg
from sim.errors import ClosedLoopError
from sim.text import Words, words_of
from sim.ui.markdown import plain

_LOG: Final = logging.getLogger(__name__)


def draw_structure(words: Words) -> None:
    """The diagram; the list stands below it for those who cannot see it."""
    st.markdown(words("model.structure.note"))
    names = words("model.arrow").join(
        mechanism_words(name, words) for name in structure().mechanisms
    )
    st.caption(words("model.structure.order", order=names))
    try:
        # No user's text is in it: Streamlit does not clean what a component shows.
        _diagram(words.language)(key=f"structure.{words.language}")
    except (AttributeError, TypeError, ClosedLoopError, st.errors.Error):
        _LOG.exception("the diagram could not be drawn")
    with st.expander(words("model.structure.list")):
        st.markdown(_list(words.language))


@lru_cache(maxsize=4)
def _diagram(language: str) -> Any:
    """A component of its own for each language: its HTML is fixed, so it needs no script."""
    return st.components.v2.component(
        f"sim.structure.{language}", html=structure_svg(structure(), words_of(language)), css=CSS
    )


@lru_cache(maxsize=4)
def _list(language: str) -> str:
    words = words_of(language)
    heads = [words(f"model.structure.{each}") for each in ("maker", "carried", "kind", "user")]
    lines = ["| " + " | ".join(heads) + " |", "|---|---|---|---|"]
    for each in structure().carried:
        makers = words("ui.comma").join(mechanism_words(name, words) for name in each.makers)
        users = words("ui.comma").join(mechanism_words(name, words) for name in each.users)
        kind = words(f"model.structure.{'stock' if each.is_stock else 'flow'}")
        cells = [makers, carried_words(each, words), kind, users or words("model.structure.nobody")]
        lines.append("| " + " | ".join(plain(cell) for cell in cells) + " |")
    return "\n".join(lines)
