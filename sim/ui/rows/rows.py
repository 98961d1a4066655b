"""A block of number rows: one browser component, and the callbacks that hear from it."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from sim.places import value_at
from sim.text import Words
from sim.ui.assets import component
from sim.ui.link import require_shown
from sim.ui.refresh import block_key, part, redraw_after_change, redraw_everything
from sim.ui.rows.edits import number_at
from sim.ui.rows.hearing import hear, rows_key, sent
from sim.ui.rows.row_data import Named, row_data
from sim.ui.session import current, touched
from sim.ui.visit import Visit

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
    sent = {"heard": visit.heard, "rows": rows}
    data = json.dumps(sent, ensure_ascii=False, allow_nan=False).encode()
    key = rows_key(block)
    mount = component("rows", _ROOT, js="rows.js", css="rows.css")
    mount(
        key=key,
        data=data,
        on_sent_change=_take,
        on_reset_change=partial(_put_back, key),
    )


def _take() -> None:
    """Callback: what the controls show goes into the scenario, or becomes a draft."""
    visit = current()
    visit.touched = True
    drafted_before = bool(visit.drafts)
    redraw_after_change(visit, hear(visit), drafted_before=drafted_before)
    redraw_everything()


def _put_back(key: str) -> None:
    """Callback: the value of the case again."""
    place = sent(key, "reset")
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
