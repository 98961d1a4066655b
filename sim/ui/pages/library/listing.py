"""Everything that one may read: found by name and tag, one's own, shared, or in the trash."""

from datetime import datetime
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from sim.store.featured import case_of
from sim.store.limits import TEXT_LIMITS
from sim.store.listing import Search
from sim.store.people import LOCAL
from sim.store.records import Entry
from sim.text import Words
from sim.ui.library_access import asked
from sim.ui.session import touch, touched
from sim.ui.visit import Visit

if TYPE_CHECKING:
    from streamlit.elements.arrow import DataframeStateInput


def draw_listing(visit: Visit, words: Words) -> bool:
    """Boxes to search with, the table, and what to do when there is nothing in it.

    Whether what is chosen may be shown below: a search that leaves it out hides it as well.
    """
    st.subheader(words("library.shelf"), anchor=False)
    search = _search(words)
    found = asked(visit, lambda store, person: store.scenarios.search(person, search))
    entries = _with_cases(found or (), search, visit, words)
    narrowed = bool(search.name or search.tag or search.trashed)
    shows = not narrowed or any(each.id == visit.shelf.chosen for each in entries)
    if found is None and not entries:
        return shows
    if not entries:
        said = "nothing" if search.name or search.tag else "no_trash" if search.trashed else "empty"
        st.info(words(f"library.{said}"), icon=":material/inventory_2:")
        return shows
    _table(entries, visit, words)
    return shows


def search_for_nothing() -> None:
    """Callback: empty the boxes, so that what was just saved is in the list."""
    for name, empty in (("find", ""), ("tag", ""), ("trash", False)):
        st.session_state[f"library.{name}"] = empty


def _with_cases(
    found: tuple[Entry, ...], search: Search, visit: Visit, words: Words
) -> tuple[Entry, ...]:
    """One's own first; the built-in cases after them, where nothing is searched for but a name."""
    if search.trashed or search.tag or search.owner:
        return found
    cases = asked(visit, lambda store, _: store.scenarios.featured()) or ()
    wanted = search.name.casefold()
    named = {each.id: f"{each.name}\n{shown_name(each, words)}".casefold() for each in cases}
    return (*found, *(each for each in cases if wanted in named[each.id]))


def _search(words: Words) -> Search:
    most = TEXT_LIMITS["search"]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        name, tag = (
            st.text_input(
                words(f"library.{part}"),
                key=f"library.{part}",
                max_chars=most,
                width=width,
                on_change=touch,
            )
            for part, width in (("find", 260), ("tag", 160))
        )
        trashed = st.toggle(words("library.trash"), key="library.trash", on_change=touch)
    return Search(name=name or "", tag=tag or "", trashed=trashed)


def _table(entries: tuple[Entry, ...], visit: Visit, words: Words) -> None:
    rows = [_row(each, words) for each in entries]
    columns = {name: words(f"library.column.{name}") for name in rows[0]}
    # The entries are part of the key: a selection is a row number, and rows move.
    shown = hash(tuple(each.id for each in entries))
    key = f"library.table.{words.language}.{visit.shelf.listing}.{shown}"
    st.dataframe(
        pd.DataFrame(rows),
        key=key,
        hide_index=True,
        on_select=lambda: _choose(key, entries),
        selection_mode="single-row",
        selection_default=_ticked(entries, visit),
        column_config={name: st.column_config.TextColumn(label) for name, label in columns.items()},
    )
    if visit.shelf.chosen is None:
        st.caption(words("library.choose"))


def _ticked(entries: tuple[Entry, ...], visit: Visit) -> "DataframeStateInput":
    """What is chosen, such as what was saved last, is ticked where a table begins anew."""
    rows = [at for at, each in enumerate(entries) if each.id == visit.shelf.chosen]
    return {"selection": {"rows": rows}}


def _row(entry: Entry, words: Words) -> dict[str, str]:
    owner = words("library.featured") if entry.featured else shown_person(entry.owner, words)
    return {
        "name": shown_name(entry, words),
        "owner": owner,
        "role": words(f"library.role.{entry.role.name.lower()}"),
        "tags": words("ui.comma").join(entry.tags),
        "head": str(entry.head),
        "changed": when(entry.changed),
    }


def shown_name(entry: Entry, words: Words) -> str:
    """The name of an entry; a built-in case has one in each language."""
    return words(f"case.{case_of(entry.id)}") if entry.featured else entry.name


def shown_person(id: str, words: Words) -> str:
    """Who that is; where nobody logs in, everybody is this installation."""
    return words("library.owner.local") if id == LOCAL.id else id


def when(moment: datetime | None) -> str:
    """A time as the visitor's own clock has it."""
    if moment is None:
        return ""
    from zoneinfo import ZoneInfo

    zone = st.context.timezone
    local = moment.astimezone(ZoneInfo(zone)) if zone else moment
    return local.strftime("%Y-%m-%d %H:%M")


def _choose(key: str, entries: tuple[Entry, ...]) -> None:
    visit = touched()
    rows = st.session_state[key]["selection"]["rows"]
    visit.shelf.choose(entries[rows[0]].id if rows else None, by_hand=True)
