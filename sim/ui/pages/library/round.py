"""Rounds: several people put in their own assumptions, unseen, until whoever asked reveals them."""

import streamlit as st

from sim.documents.toml_document import parse, write
from sim.errors import Fault
from sim.reports.changes import changes
from sim.store.limits import TEXT_LIMITS
from sim.store.records import Draft, Entry, Round
from sim.text import Words
from sim.ui.address import full_address
from sim.ui.library_access import asked, participant_of
from sim.ui.markdown import plain
from sim.ui.pages.library.listing import when
from sim.ui.pages.library.reveal import draw_revealed
from sim.ui.session import touch, touched
from sim.ui.shelf import reasons_for
from sim.ui.visit import Visit


def draw_round(visit: Visit, words: Words) -> None:
    """The round whose link this visitor came by: take part, or see what all have put in."""
    id = visit.shelf.round_id or ""
    found = asked(visit, lambda store, person: store.rounds.round(person, id))
    if found is None:
        return
    with st.container(border=True):
        st.subheader(words("round.title"), anchor=False)
        if found.question:
            st.text(found.question)
        if found.revealed is None:
            _take_part(found, visit, words)
        else:
            draw_revealed(found, visit, words)


def _take_part(found: Round, visit: Visit, words: Words) -> None:
    st.markdown(words("round.how", count=found.count))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.button(words("round.start"), key="round.start", on_click=_start, args=(found.document,))
        st.text_input(
            words("round.name"),
            key="round.name",
            max_chars=TEXT_LIMITS["entrant"],
            width=220,
            on_change=touch,
        )
        st.button(
            words("round.enter"),
            key="round.enter",
            type="primary",
            on_click=_enter,
            args=(found.id, found.document),
        )
    me = participant_of(visit)
    own = asked(visit, lambda store, who: store.rounds.entries(who, found.id), person=me) or ()
    if own:
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            said = words("round.entered", name=plain(own[0].name), when=when(own[0].entered))
            st.caption(said, width="content")
            st.button(
                words("round.withdraw"),
                key="round.withdraw",
                on_click=_withdraw,
                args=(found.id,),
            )


def _start(document: str) -> None:
    """Callback: the scenario of the round onto the page, to put one's own assumptions in."""
    visit = touched()
    visit.forget_drafts()
    visit.change(parse(document))
    visit.shelf.lay_out(visit.scenario)
    visit.shelf.notice = "round_start"


def _enter(id: str, document: str) -> None:
    visit = touched()
    name = str(st.session_state.get("round.name") or "")
    if not name.strip():
        visit.shelf.faults = (Fault(kind="no_name"),)
        return
    places = {each.place for each in changes(visit.scenario, visit.base)}
    why = reasons_for(visit.shelf.desk, places)
    draft = Draft(document=write(visit.scenario), why=why)
    before = visit.shelf.faults
    asked(
        visit,
        lambda store, who: store.rounds.put_entry(who, id, name, draft),
        person=participant_of(visit),
    )
    if visit.shelf.faults == before:
        visit.shelf.notice = _how_entered(document, visit)


def _how_entered(document: str, visit: Visit) -> str:
    """The key of what is told: that nothing is believed otherwise, or that a policy does not count."""
    ground = parse(document)
    if visit.scenario.world == ground.world:
        return "round_enter_same"
    return "round_enter" if visit.scenario.policy == ground.policy else "round_enter_policy"


def _withdraw(id: str) -> None:
    visit = touched()
    before = visit.shelf.faults
    me = participant_of(visit)
    asked(visit, lambda store, who: store.rounds.withdraw_entry(who, id), person=me)
    if visit.shelf.faults == before:
        visit.shelf.notice = "round_withdraw"


def draw_rounds(entry: Entry, visit: Visit, words: Words) -> None:
    """The rounds on an entry of one's own: open one, hand out its link, reveal it."""
    with st.expander(words("round.rounds"), key="library-rounds"):
        st.caption(words("round.rounds.help"))
        for each in asked(visit, lambda store, me: store.rounds.of_scenario(me, entry.id)) or ():
            _line(each, words)
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            st.text_input(
                words("round.question"),
                key="round.question",
                on_change=touch,
                max_chars=TEXT_LIMITS["question"],
                width="stretch",
            )
            st.button(words("round.open"), key="round.open", on_click=_open, args=(entry.id,))
        if visit.shelf.told_round:
            st.caption(words("library.link.once"))
            address = full_address("library", round=visit.shelf.told_round)
            st.code(address, language=None, wrap_lines=True)


def _line(each: Round, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        state = "open" if each.revealed is None else "revealed"
        line = words(
            f"round.line.{state}",
            question=each.question or words("round.no_question"),
            opened=when(each.opened),
            count=each.count,
        )
        st.text(line, width="content")
        if each.revealed is None:
            _surely("reveal", each, words)
        else:
            st.button(
                words("round.show"), key=f"round.show.{each.id}", on_click=_show, args=(each.id,)
            )
        _surely("remove", each, words)


def _surely(act: str, each: Round, words: Words) -> None:
    """What cannot be taken back, in two steps."""
    # Others hand in meanwhile: how many they are is looked up when it is opened.
    with st.popover(
        words(f"round.{act}"),
        key=f"round.{act}.ask.{each.id}",
        width="content",
        on_change=touch,
    ):
        st.text(words(f"round.{act}.how", count=each.count))
        st.button(
            words(f"round.{act}.do"),
            key=f"round.{act}.{each.id}",
            type="primary",
            on_click=_act,
            args=(act, each.id),
        )


def _open(id: str) -> None:
    visit = touched()
    question = str(st.session_state.get("round.question") or "")
    found = asked(visit, lambda store, person: store.rounds.open(person, id, question))
    if found is not None:
        st.session_state["round.question"] = ""
        visit.shelf.told_round = found.link
        # Whoever asks may answer too.
        visit.shelf.take_link(found.link, to_round=True)


def _act(act: str, id: str) -> None:
    visit = touched()
    before = visit.shelf.faults
    asked(visit, lambda store, person: getattr(store.rounds, act)(person, id))
    if visit.shelf.faults == before:
        visit.shelf.notice = f"round_{act}"
        visit.shelf.round_id = id if act == "reveal" else None
        visit.shelf.told_round = None


def _show(id: str) -> None:
    touched().shelf.round_id = id
