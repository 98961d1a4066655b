"""The versions of an entry: who saved what and why, what differs between two, and back to one."""

from dataclasses import replace

import streamlit as st

from sim.errors import Refused
from sim.reports.changes import changes
from sim.store.people import Role
from sim.store.records import Entry, Version, VersionLine
from sim.text import Words
from sim.ui.change_lines import change_lines, reason_lines
from sim.ui.library_access import asked
from sim.ui.markdown import plain
from sim.ui.pages.library.listing import shown_person, when
from sim.ui.session import touch, touched
from sim.ui.visit import Visit


def draw_history(entry: Entry, visit: Visit, words: Words) -> None:
    """A line a version; two of them side by side; one of them again."""
    lines = asked(visit, lambda store, person: store.scenarios.versions(person, entry.id)) or ()
    with st.expander(words("library.history", count=entry.head), key="library-history"):
        st.table([_row(line, words) for line in lines], border="horizontal")
        numbers = [line.number for line in lines]
        if len(numbers) > 1:
            first, second = _pair(numbers, words)
            _difference(entry, first, second, visit, words)
        _reasons(entry, _back(entry, numbers, words), visit, words)


def _row(line: VersionLine, words: Words) -> dict[str, str]:
    note = line.note
    if line.restored_from is not None:
        note = words("library.restored", number=line.restored_from, note=note)
    values = (
        str(line.number),
        when(line.saved),
        shown_person(line.author, words),
        note,
        line.model.version,
    )
    names = ("number", "saved", "author", "note", "model")
    return {
        words(f"library.version.{name}"): plain(value)
        for name, value in zip(names, values, strict=True)
    }


def _pair(numbers: list[int], words: Words) -> tuple[int, int]:
    found = []
    with st.container(horizontal=True, gap="small"):
        for at, side in ((1, "first"), (0, "second")):
            got = st.selectbox(
                words(f"library.difference.{side}"),
                numbers,
                index=at,
                key=f"library.difference.{side}.{len(numbers)}",
                filter_mode=None,
                on_change=touch,
                width=180,
            )
            found.append(int(got))
    return found[0], found[1]


def _difference(entry: Entry, first: int, second: int, visit: Visit, words: Words) -> None:
    try:
        found = asked(
            visit,
            lambda store, person: store.scenarios.difference(
                person, (entry.id, first), (entry.id, second)
            ),
        )
    except Refused as refused:
        for fault in refused.faults:
            st.error(words.complaint(fault))
        return
    if found is None:
        return
    listed = change_lines(changes(found.second, found.first), words, found.why)
    lines = [listed] if listed else []
    if found.first.name != found.second.name:
        renamed = words("change", old=found.first.name, new=found.second.name)
        said = words("phrase.change", title=words("library.name"), what=renamed)
        lines.append(f"- {plain(said)}")
    lines += [f"- {words('library.difference.range', place=place)}" for place in found.spreads]
    st.markdown("\n".join(lines) or words("library.difference.none"))


def _back(entry: Entry, numbers: list[int], words: Words) -> int:
    """A box for a version with what can be done with it; its number."""
    from sim.ui.pages.library.details import open_version

    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        number = st.selectbox(
            words("library.back"),
            numbers,
            # The newest is on the shelf as it is: one goes back to the one before.
            index=min(1, len(numbers) - 1),
            key=f"library.back.{len(numbers)}",
            filter_mode=None,
            on_change=touch,
            width=180,
        )
        st.button(
            words("library.back.open"),
            key="library.back.open",
            on_click=open_version,
            args=(entry.id, number),
        )
        if entry.role >= Role.EDITOR and entry.trashed is None:
            st.button(
                words("library.back.restore"),
                key="library.back.restore",
                disabled=number == entry.head,
                on_click=_restore,
                args=(entry.id, number, entry.head),
            )
    return int(number)


def _reasons(entry: Entry, number: int, visit: Visit, words: Words) -> None:
    found = asked(visit, lambda store, person: store.scenarios.version(person, entry.id, number))
    if found is not None and found.why:
        st.caption(words("library.why.version"))
        st.markdown(reason_lines(found.why, words))


def _go_on_from(visit: Visit, restored: Version) -> None:
    """The page shows what was restored; where it holds something of its own, that goes on from there."""
    from sim.ui.pages.library.details import open_version

    desk = visit.shelf.desk
    if desk.kept is None or desk.kept.id != restored.scenario_id:
        return
    if desk.kept.scenario == visit.scenario:
        open_version(restored.scenario_id, restored.number)
    else:
        desk.kept = replace(desk.kept, number=restored.number)


def _restore(id: str, number: int, head: int) -> None:
    visit = touched()
    found = asked(
        visit, lambda store, person: store.scenarios.restore(person, id, number, based_on=head)
    )
    if found is not None:
        _go_on_from(visit, found)
        visit.shelf.notice = "restore"
    elif visit.shelf.desk.rival is not None and visit.shelf.desk.kept is None:
        # Nothing of one's own is at stake: the list shows the version that came in between.
        visit.shelf.desk.rival = None
