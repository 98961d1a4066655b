"""The chosen entry: open it, its history, with whom it is shared, its rounds, the trash."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import streamlit as st

from sim.documents.toml_document import parse
from sim.errors import Refused
from sim.reports.naming import note_of
from sim.store.people import Role
from sim.store.records import Entry, Version
from sim.store.settings import changed_since
from sim.text import Words
from sim.ui import compare_set
from sim.ui.library_access import asked, taken_down
from sim.ui.link import require_shown
from sim.ui.markdown import plain
from sim.ui.pages.library.drift import draw_drift
from sim.ui.pages.library.history import draw_history
from sim.ui.pages.library.listing import search_for_nothing, shown_name, when
from sim.ui.pages.library.round import draw_rounds
from sim.ui.pages.library.sharing import draw_sharing
from sim.ui.session import hold, overtaken, touched
from sim.ui.shelf import Drift, drift_of
from sim.ui.simulation import compared
from sim.ui.visit import Visit

_COMMAS: Final = re.compile(r"[,，、;；]")


def draw_details(visit: Visit, words: Words) -> None:
    """What can be done with the entry, by the role one has."""
    chosen = visit.shelf.chosen or ""
    entry = asked(visit, lambda store, person: store.scenarios.entry(person, chosen))
    if entry is None:
        # A library that does not answer may yet have it.
        if any(fault.kind == "not_found" for fault in visit.shelf.faults):
            visit.shelf.choose(None)
            visit.shelf.notice = None
        return
    st.subheader(plain(shown_name(entry, words)), anchor=False)
    if entry.note:
        st.text(note_of(entry.note, words))
    _actions(entry, words)
    if entry.role >= Role.EDITOR and not entry.featured and entry.trashed is None:
        _tags(entry, words)
    desk = visit.shelf.desk
    if desk.drift is not None and desk.kept is not None and desk.kept.id == entry.id:
        draw_drift(desk.drift, words)
    if entry.featured:
        return
    draw_history(entry, visit, words)
    if entry.role == Role.OWNER and entry.trashed is None:
        draw_sharing(entry, visit, words)
        draw_rounds(entry, visit, words)


def _actions(entry: Entry, words: Words) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("library.open"),
            key="library.open",
            type="primary",
            icon=":material/folder_open:",
            on_click=open_version,
            args=(entry.id, None),
        )
        st.button(
            words("library.compare"),
            key="library.compare",
            icon=":material/compare_arrows:",
            on_click=_compare,
            args=(entry.id,),
        )
        if entry.role != Role.OWNER or entry.featured:
            return
        if entry.removable is None:
            st.button(
                words("library.throw"),
                key="library.throw",
                icon=":material/delete:",
                on_click=_trash,
                args=("trash", entry.id),
            )
            return
        early = datetime.now(UTC) < entry.removable
        for act in ("recover", "purge"):
            st.button(
                words(f"library.{act}"),
                key=f"library.{act}",
                disabled=act == "purge" and early,
                on_click=_trash,
                args=(act, entry.id),
            )
    if early:
        st.caption(words("library.purge.from", day=when(entry.removable)))


def _tags(entry: Entry, words: Words) -> None:
    key = f"library.tags.{entry.id}"
    shown = words("ui.comma").join(entry.tags)
    hold(key, shown)
    st.text_input(
        words("library.tags"),
        value=shown,
        key=key,
        help=words("library.tags.help"),
        on_change=_take_tags,
        args=(key, entry.id),
        width=480,
    )


def _take_tags(key: str, id: str) -> None:
    visit = touched()
    if overtaken(key):
        return
    parts = _COMMAS.split(str(st.session_state.get(key) or ""))
    tags = [part.strip() for part in parts if part.strip()]
    if asked(visit, lambda store, person: store.scenarios.tag(person, id, tags)) is not None:
        visit.shelf.notice = "tag"


def open_version(id: str, number: int | None) -> None:
    """Callback: bring a version onto the page, and say what has changed under it since."""
    visit = touched()
    found = taken_down(visit, id, number)
    if found is None:
        return
    version, kept = found
    visit.forget_drafts()
    visit.change(kept.scenario)
    desk = visit.shelf.lay_out(kept.scenario)
    desk.kept, desk.why, desk.drift = kept, dict(version.why), _drifted(version, visit)
    visit.shelf.notice = "open"


def _drifted(version: Version, visit: Visit) -> Drift | None:
    now = compared(visit.scenario).outcomes
    return drift_of(version.outcomes, now, changed_since(version), model=version.model.version)


def _compare(id: str) -> None:
    visit = touched()
    version = asked(visit, lambda store, person: store.scenarios.version(person, id))
    if version is None:
        return
    try:
        scenario = parse(version.document)
        require_shown(scenario)
    except Refused as refused:
        visit.shelf.faults = refused.faults
        return
    visit.shelf.notice = "full" if compare_set.add(visit, [scenario]).left else "compare"


def _trash(act: str, id: str) -> None:
    visit = touched()
    before = visit.shelf.faults
    asked(visit, lambda store, person: getattr(store.scenarios, act)(person, id))
    if visit.shelf.faults != before:
        return
    visit.shelf.notice = act
    if act == "recover":
        search_for_nothing()
        visit.shelf.choose(id)
    elif act == "purge":
        visit.shelf.choose(None)
    desk = visit.shelf.desk
    if desk.kept is not None and desk.kept.id == id:
        is_there = act == "recover"
        desk.kept = None if act == "purge" else replace(desk.kept, may_change=is_there)
