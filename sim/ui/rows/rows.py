"""A block of number rows: one browser component, and the callbacks that hear from it."""

import json
import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from sim.text import Words
from sim.ui.assets import component
from sim.ui.link import require_shown
from sim.ui.places import value_at
from sim.ui.refresh import block_key, part, redraw_after_change, redraw_everything
from sim.ui.rows.edits import Edit, number_at, read_edits
from sim.ui.rows.row_data import Named, row_data
from sim.ui.session import touched
from sim.ui.visit import Visit

_LOG: Final = logging.getLogger(__name__)
_ROOT: Final = '<div class="sim-rows"></div>'


def number_rows(block: str, names: Sequence[Named], visit: Visit, words: Words) -> None:
    """Draw the rows of some numbers; what is done to them goes into the scenario.

    Parameters
    ----------
    block
        Stable name of these rows on the page.
    """
    visit.blocks.update({named.place: block for named in names})
    part(block_key(block), partial(_rows, block, tuple(names), visit, words), words)


def _rows(block: str, names: Sequence[Named], visit: Visit, words: Words) -> None:
    rows = [row_data(named, visit, words) for named in names]
    data = json.dumps({"rows": rows}, ensure_ascii=False, allow_nan=False).encode()
    key = f"rows.{block}"
    mount = component("rows", _ROOT, js="rows.js", css="rows.css")
    mount(
        key=key,
        data=data,
        on_sent_change=partial(_take, key, words.language),
        on_reset_change=partial(_put_back, key),
    )


def _sent(key: str, name: str) -> Any:
    state = st.session_state.get(key)
    return state.get(name) if state is not None else None


def _take(key: str, language: str) -> None:
    """Callback: what the controls show goes into the scenario, or becomes a draft."""
    sent = _sent(key, "sent")
    if not isinstance(sent, Mapping):
        return
    visit = touched()
    drafted_before = bool(visit.drafts)
    number = sent.get("number")
    visit.heard = number if isinstance(number, int) else visit.heard
    try:
        edits = read_edits(sent.get("edits"))
    except ValueError as error:
        _LOG.warning("the page sent no edits: %s", error)
        return
    places = [edit.place for edit in edits if _propose(edit, visit, language)]
    redraw_after_change(visit, places, drafted_before=drafted_before)
    redraw_everything()


def _propose(edit: Edit, visit: Visit, language: str) -> bool:
    try:
        value = edit.value(visit.scenario, language)
    except ValueError as error:
        # The move it belonged to is gone.
        _LOG.info("not taken: %s", error)
        return False
    visit.propose(edit.place, value, require_shown)
    return True


def _put_back(key: str) -> None:
    """Callback: the value of the case again."""
    place = _sent(key, "reset")
    visit = touched()
    if not isinstance(place, str) or not _has_number(visit, place):
        return
    drafted_before = bool(visit.drafts)
    visit.withdraw(place)
    visit.propose(place, value_at(visit.base, place), require_shown)
    redraw_after_change(visit, [place], drafted_before=drafted_before)
    redraw_everything()


def _has_number(visit: Visit, place: str) -> bool:
    try:
        number_at(visit.scenario, place)
    except ValueError:
        return False
    return True


def names_of(places: Mapping[str, str], words: Words) -> tuple[Named, ...]:
    """Places with the words that are kept under a key."""
    return tuple(
        Named(place=place, label=words(key), help=words(f"{key}.help"))
        for place, key in places.items()
    )
