"""Rounds: several people put in their own assumptions, unseen; then all see them, and the reasons."""

from dataclasses import replace

import streamlit as st

from sim.analyses.gap import Gap, gap
from sim.documents.toml_document import parse, write
from sim.errors import Fault, Refused
from sim.reports.side_by_side import value_text
from sim.scenario import Scenario
from sim.store.limits import TEXT_LIMITS
from sim.store.records import Draft, Entry, Round, RoundEntry
from sim.text import Words
from sim.text.numbers import money, share
from sim.text.place_words import place_words
from sim.ui import compare_set
from sim.ui.address import full_address
from sim.ui.library_access import asked, participant_of
from sim.ui.link import require_shown
from sim.ui.markdown import plain
from sim.ui.pages.library.listing import when
from sim.ui.session import touched
from sim.ui.simulation import compared
from sim.ui.visit import Visit


def draw_round(visit: Visit, words: Words) -> None:
    """The round whose link this visitor came by: take part, or see what all have put in."""
    id = visit.shelf.round_id or ""
    found = asked(visit, lambda store, person: store.rounds.round(person, id))
    if found is None:
        for fault in visit.shelf.faults:
            st.error(words.fault(fault), icon=":material/error:")
        visit.shelf.faults = ()
        return
    with st.container(border=True):
        st.subheader(words("round.title"), anchor=False)
        if found.question:
            st.text(found.question)
        if found.revealed is None:
            _take_part(found, visit, words)
        else:
            _revealed(found, visit, words)


def _take_part(found: Round, visit: Visit, words: Words) -> None:
    st.markdown(words("round.how", count=found.count))
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.button(words("round.start"), key="round.start", on_click=_start, args=(found.document,))
        st.text_input(
            words("round.name"), key="round.name", max_chars=TEXT_LIMITS["entrant"], width=220
        )
        st.button(
            words("round.enter"),
            key="round.enter",
            type="primary",
            on_click=_enter,
            args=(found.id,),
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


def _enter(id: str) -> None:
    visit = touched()
    name = str(st.session_state.get("round.name") or "")
    if not name.strip():
        visit.shelf.faults = (Fault(kind="no_name"),)
        return
    draft = Draft(document=write(visit.scenario), why=dict(visit.shelf.desk.why))
    before = visit.shelf.faults
    asked(
        visit,
        lambda store, who: store.rounds.put_entry(who, id, name, draft),
        person=participant_of(visit),
    )
    if visit.shelf.faults == before:
        visit.shelf.notice = "round_enter"


def _withdraw(id: str) -> None:
    visit = touched()
    before = visit.shelf.faults
    me = participant_of(visit)
    asked(visit, lambda store, who: store.rounds.withdraw_entry(who, id), person=me)
    if visit.shelf.faults == before:
        visit.shelf.notice = "round_withdraw"


def _revealed(found: Round, visit: Visit, words: Words) -> None:
    entries = asked(visit, lambda store, person: store.rounds.entries(person, found.id)) or ()
    ground = parse(found.document)
    # People put in what they believe; what is done is that of the round, for all alike.
    scenarios = [replace(parse(each.document), policy=ground.policy) for each in entries]
    if len(entries) < 2:
        st.info(words("round.few"), icon=":material/info:")
        return
    result = gap(scenarios, ground, _answer)
    st.markdown(f"**{_sentence(result, entries, words)}**")
    st.table(_rows(result, entries, words), border="horizontal")
    st.caption(words("round.method"))
    st.button(
        words("round.compare"),
        key="round.compare",
        on_click=_compare,
        args=(tuple(_named(each) for each in entries),),
    )


def _answer(scenario: Scenario) -> float | None:
    try:
        return compared(scenario).outcomes["npv_change"]
    except Refused:
        return None


def _sentence(found: Gap, entries: tuple[RoundEntry, ...], words: Words) -> str:
    known = [answer for answer in found.answers if answer is not None]
    text = words(
        "round.range",
        count=len(entries),
        low=money(min(known, default=0.0), words, signed=True),
        high=money(max(known, default=0.0), words, signed=True),
    )
    if not found.pair or found.spread == 0:
        return text + words("round.agree")
    names = [place_words(f"world.{name}", words) for name in found.pair]
    return text + words(
        "round.explains",
        names=words("phrase.and").join(names),
        share=share(max(found.explains, 0.0), words),
    )


def _rows(found: Gap, entries: tuple[RoundEntry, ...], words: Words) -> list[dict[str, str]]:
    first = words("round.what")
    names = _columns([plain(each.name) for each in entries])
    answers = ["–" if each is None else money(each, words, signed=True) for each in found.answers]
    rows = [{first: words("outcome.npv_change")} | dict(zip(names, answers, strict=True))]
    for each in found.disagreements:
        cells = [value_text(f"world.{each.name}", value, words) for value in each.values]
        row = {first: place_words(f"world.{each.name}", words)}
        row |= dict(zip(names, cells, strict=True))
        row[words("round.alone")] = share(max(each.explains, 0.0), words)
        rows.append(row)
    return rows


def _columns(names: list[str]) -> list[str]:
    """A heading for everybody; people of one name are numbered."""
    return [
        f"{name} ({names[: at + 1].count(name)})" if names.count(name) > 1 else name
        for at, name in enumerate(names)
    ]


def _named(entry: RoundEntry) -> Scenario:
    return replace(parse(entry.document), name=entry.name)


def _compare(scenarios: tuple[Scenario, ...]) -> None:
    visit = touched()
    for each in scenarios:
        try:
            require_shown(each)
        except Refused as refused:
            visit.shelf.faults = (*visit.shelf.faults, *refused.faults)
        else:
            compare_set.add(visit, [each])
    visit.shelf.notice = "compare"


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
            st.button(
                words("round.reveal"),
                key=f"round.reveal.{each.id}",
                on_click=_act,
                args=("reveal", each.id),
            )
        else:
            st.button(
                words("round.show"), key=f"round.show.{each.id}", on_click=_show, args=(each.id,)
            )
        st.button(
            words("round.remove"),
            key=f"round.remove.{each.id}",
            on_click=_act,
            args=("remove", each.id),
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


def _show(id: str) -> None:
    touched().shelf.round_id = id
