"""Keep what is on the page: its name, its note, why each change was made, and what this version did."""

import secrets
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from sim.documents.toml_document import write
from sim.errors import Fault
from sim.reports.changes import Change, changes, describe, place_title
from sim.reports.naming import name_of, note_of
from sim.scenario import TEXT_LIMITS, Scenario
from sim.store.limits import TEXT_LIMITS as STORE_LIMITS
from sim.store.records import Draft, Version
from sim.text import Words
from sim.ui.change_lines import change_lines
from sim.ui.library_access import asked, taken_down
from sim.ui.link import require_shown
from sim.ui.pages.library.details import open_version
from sim.ui.pages.library.listing import search_for_nothing
from sim.ui.session import adopts, current, hold, overtaken, touched
from sim.ui.shelf import Kept, draft_of
from sim.ui.simulation import compared
from sim.ui.visit import Visit

_NOTE: Final = "library.version-note"


def draw_keep(visit: Visit, words: Words) -> None:
    """Boxes for words, a table of reasons, and the ways to save."""
    st.subheader(words("library.keep"), anchor=False)
    with st.container(border=True):
        _texts(visit, words)
        _reasons(visit, words)
        _version_note(visit, words)
        if visit.shelf.desk.rival is not None:
            _conflict(visit, words)
        else:
            _buttons(visit, words)


def _texts(visit: Visit, words: Words) -> None:
    for name, area in (("name", False), ("note", True)):
        key = f"library.{name}"
        scenario = visit.scenario
        shown = name_of(scenario, words) if name == "name" else note_of(scenario.note, words)
        hold(key, shown)
        draw = st.text_area if area else st.text_input
        got = draw(
            words(f"library.{name}"),
            value=shown,
            key=key,
            max_chars=TEXT_LIMITS[name],
            on_change=_take_text,
            args=(name,),
        )
        if adopts(got, shown):
            _put_text(visit, name, str(got))


def _take_text(name: str) -> None:
    visit = touched()
    text = st.session_state.get(f"library.{name}")
    if not isinstance(text, str) or overtaken(f"library.{name}"):
        return
    _put_text(visit, name, text)


def _put_text(visit: Visit, name: str, text: str) -> None:
    if name == "name" and not text.strip():
        visit.shelf.faults = (Fault(kind="nameless"),)
        return
    changed: Scenario = replace(visit.scenario, **{name: text})  # type: ignore[arg-type]
    _propose(visit, changed)


def _propose(visit: Visit, changed: Scenario) -> None:
    from sim.errors import Refused

    try:
        require_shown(changed)
    except Refused as refused:
        visit.shelf.faults = refused.faults
    else:
        visit.change(changed)


def _reasons(visit: Visit, words: Words) -> None:
    """A line for each change against the case, with room for why."""
    found = changes(visit.scenario, visit.base)
    if not found:
        st.caption(words("library.why.none"))
        return
    st.caption(words("library.why.help"))
    key = f"library.why.{words.language}.{visit.shelf.edition}.{hash(found)}"
    rows = [_reason_row(each, visit, words) for each in found]
    columns = {name: words(f"library.why.{name}") for name in rows[0]}
    st.data_editor(
        pd.DataFrame(rows),
        key=key,
        hide_index=True,
        disabled=("what", "change"),
        column_config={
            name: st.column_config.TextColumn(label, max_chars=STORE_LIMITS["why"])
            for name, label in columns.items()
        },
        on_change=_take_reasons,
        args=(key, tuple(each.place for each in found)),
    )


def _reason_row(change: Change, visit: Visit, words: Words) -> dict[str, str]:
    return {
        "what": place_title(change.place, words),
        # Before what can be long: a phone shows two columns.
        "why": visit.shelf.desk.why.get(change.place, ""),
        "change": describe(change, words),
    }


def _take_reasons(key: str, places: tuple[str, ...]) -> None:
    visit = touched()
    edits = (st.session_state.get(key) or {}).get("edited_rows", {})
    for row, cells in edits.items():
        visit.shelf.desk.why[places[int(row)]] = str(cells.get("why") or "")


def _version_note(visit: Visit, words: Words) -> None:
    hold(_NOTE, visit.shelf.desk.note)
    typed = st.text_input(
        words("library.version_note"),
        value=visit.shelf.desk.note,
        key=_NOTE,
        max_chars=STORE_LIMITS["version_note"],
        placeholder=words("library.version_note.placeholder"),
        on_change=_take_version_note,
    )
    if visit.first:
        visit.shelf.desk.note = typed


def _take_version_note() -> None:
    visit = touched()
    if not overtaken(_NOTE):
        visit.shelf.desk.note, visit.shelf.begun = str(st.session_state.get(_NOTE) or ""), True


def _buttons(visit: Visit, words: Words) -> None:
    kept = visit.shelf.desk.kept
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        if kept is not None and kept.may_change:
            st.button(
                words("library.save"),
                key="library.save",
                type="primary",
                icon=":material/save:",
                on_click=_save,
            )
        st.button(
            words("library.save_as"),
            key="library.save-as",
            type="secondary" if kept is not None and kept.may_change else "primary",
            icon=":material/save_as:",
            on_click=_save_as,
        )
        if kept is not None:
            fresh = kept.scenario == visit.scenario
            key = "library.state.same" if fresh else "library.state.changed"
            st.caption(words(key, number=kept.number), width="content")


def _conflict(visit: Visit, words: Words) -> None:
    """Somebody saved in between: theirs is kept, and so is this, whichever way is chosen."""
    rival = visit.shelf.desk.rival
    st.warning(words("library.conflict", number=rival), icon=":material/call_split:")
    _against_theirs(visit, words)
    with st.container(horizontal=True, gap="small"):
        st.button(words("library.conflict.as"), key="conflict.as", on_click=_save_as)
        st.button(words("library.conflict.top"), key="conflict.top", on_click=_save_on_top)
        st.button(words("library.conflict.look"), key="conflict.look", on_click=_look)


def _against_theirs(visit: Visit, words: Words) -> None:
    """What this says otherwise than theirs."""
    desk = visit.shelf.desk
    if desk.theirs is None and desk.kept is not None:
        found = taken_down(visit, desk.kept.id, desk.rival)
        desk.theirs = found[1].scenario if found is not None else None
    if desk.theirs is None:
        return
    lines = change_lines(changes(visit.scenario, desk.theirs), words)
    st.caption(words("library.conflict.differs" if lines else "library.conflict.same"))
    st.markdown(lines)


def _draft(visit: Visit) -> Draft:
    places = {each.place for each in changes(visit.scenario, visit.base)}
    outcomes = compared(visit.scenario).outcomes
    return draft_of(write(_named(visit)), visit.shelf.desk, outcomes, places)


def _named(visit: Visit) -> Scenario:
    """The scenario under the name that is shown: a case that was changed is not saved as the case."""
    from sim.text import words_of

    return replace(visit.scenario, name=name_of(visit.scenario, words_of(visit.language)))


def _save_id(visit: Visit) -> str:
    visit.shelf.desk.save_id = visit.shelf.desk.save_id or secrets.token_urlsafe(16)
    return visit.shelf.desk.save_id


def _save() -> None:
    visit = touched()
    kept = visit.shelf.desk.kept
    if kept is not None:
        _save_based_on(visit, kept.id, kept.number)


def _save_on_top() -> None:
    visit = touched()
    kept, rival = visit.shelf.desk.kept, visit.shelf.desk.rival
    visit.shelf.desk.rival = None
    if kept is not None and rival is not None:
        _save_based_on(visit, kept.id, rival)


def _save_based_on(visit: Visit, id: str, number: int) -> None:
    draft, save_id = _draft(visit), _save_id(visit)
    found = asked(
        visit,
        lambda store, person: store.scenarios.save(
            person, id, draft, based_on=number, save_id=save_id
        ),
    )
    if visit.shelf.desk.rival is not None:
        # Refused for good: the next try is another one. It is told where one chooses what to do.
        visit.shelf.desk.save_id = None
        others = (fault for fault in visit.shelf.faults if fault.kind != "conflict")
        visit.shelf.faults = tuple(others)
    _saved(visit, found)


def _save_as() -> None:
    visit = touched()
    visit.shelf.desk.rival = None
    kept, draft, save_id = visit.shelf.desk.kept, _draft(visit), _save_id(visit)
    if kept is None:
        found = asked(
            visit, lambda store, person: store.scenarios.create(person, draft, save_id=save_id)
        )
    else:
        source = kept
        found = asked(
            visit,
            lambda store, person: store.scenarios.save_as(
                person, source.id, draft, based_on=source.number, save_id=save_id
            ),
        )
    _saved(visit, found)


def _saved(visit: Visit, found: Version | None) -> None:
    if found is None:
        return
    visit.change(_named(visit))
    kept = Kept(id=found.scenario_id, number=found.number, may_change=True, scenario=visit.scenario)
    before = visit.shelf.desk
    if before.kept is not None and before.kept.id != kept.id:
        # Undo leads back to what was open before this was saved as another.
        visit.shelf.lay_out(visit.scenario).why = dict(before.why)
        before.note, before.save_id = "", None
    desk = visit.shelf.desk
    desk.kept, desk.note, desk.save_id, desk.drift = kept, "", None, None
    visit.shelf.choose(found.scenario_id)
    visit.shelf.notice = "save"
    search_for_nothing()


def _look() -> None:
    """Theirs onto the page; undo brings back what was there, with the choice still open."""
    desk = current().shelf.desk
    if desk.kept is not None:
        open_version(desk.kept.id, desk.rival)
