"""The page of assumptions: every parameter with its status and source, and how many are what."""

from html import escape
from typing import Final

import streamlit as st

from sim.cases.catalogue import case
from sim.reports.ledger import (
    LEVER_GROUPS,
    STATUSES,
    Entry,
    chosen,
    cited,
    counts,
    group_words,
    ledger,
    ledger_csv,
    lever_count,
)
from sim.text import Words
from sim.text.place_words import place_words
from sim.ui.pages.assumptions_table import CSS, cards_html, draw_table
from sim.ui.session import current, hold, touch
from sim.ui.visit import Visit
from sim.world import GROUPS

# The Model page links here with the id of a parameter.
FIND: Final = "find"
_LONGEST_FIND: Final = 80
_ALL: Final = "all"


def draw(words: Words) -> None:
    """Draw the page."""
    visit = current()
    st.html(CSS)
    st.title(words("ui.page.assumptions"), anchor=False)
    st.markdown(words("assumptions.intro"))
    _counts(words)
    entries = ledger(visit.scenario, visit.base, words)
    found = _filtered(entries, words)
    _ledger(found, len(entries), visit, words)
    _case_facts(visit, words)
    _sources(words)


def _counts(words: Words) -> None:
    found = counts()
    total = sum(found.values())
    mostly = found["assumption"] * 2 > total
    with st.container(key="ledger-counts", horizontal=True, gap="small"):
        for status in STATUSES:
            st.metric(
                words(f"status.{status}"),
                found[status],
                border=True,
                width=150,
                help=words(f"status.{status}.help"),
            )
    lead = words(
        "assumptions.most" if mostly else "assumptions.some",
        total=total,
        **{str(status): count for status, count in found.items()},
    )
    levers = words("assumptions.levers", levers=lever_count())
    st.info(f"{lead}\n\n{levers}", icon=":material/info:")


def _filtered(entries: tuple[Entry, ...], words: Words) -> tuple[Entry, ...]:
    search = f"ledger.search.{words.language}"
    if search not in st.session_state:
        st.session_state[search] = st.query_params.get(FIND, "")[:_LONGEST_FIND]
    with st.container(key="ledger-filters", horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(
            words("assumptions.search"),
            key=search,
            on_change=touch,
            icon=":material/search:",
            placeholder=words("assumptions.search.placeholder"),
            live=True,
            width=300,
        )
        statuses = st.pills(
            words("assumptions.status"),
            STATUSES,
            selection_mode="multi",
            key="ledger.status",
            format_func=lambda status: words(f"status.{status}"),
            on_change=touch,
        )
        group = _group(words)
        differing = st.toggle(
            words("assumptions.differing"), key="ledger.differing", on_change=touch
        )
    return chosen(
        entries,
        wanted=wanted or "",
        statuses=tuple(statuses),
        group=None if group == _ALL else group,
        differing=differing,
    )


def _group(words: Words) -> str:
    """A choice box, whose state a change of language would lose: the language is in its key."""
    key, other = (f"ledger.group.{each}" for each in (words.language, "kept"))
    options = (_ALL, *GROUPS, *LEVER_GROUPS)
    hold(key, st.session_state.get(other, _ALL))
    chosen_group = st.selectbox(
        words("assumptions.group"),
        options,
        key=key,
        on_change=_keep_group,
        args=(key, other),
        width=220,
        format_func=lambda name: (
            words("assumptions.group.all") if name == _ALL else group_words(name, words)
        ),
    )
    return chosen_group or _ALL


def _keep_group(key: str, other: str) -> None:
    """Callback: remember the group beside the widget, for the other language's box."""
    st.session_state[other] = st.session_state[key]
    touch()


def _ledger(found: tuple[Entry, ...], total: int, visit: Visit, words: Words) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.caption(words("assumptions.shown", count=len(found), total=total), width="content")
        scenario = visit.scenario
        st.download_button(
            words("assumptions.csv"),
            data=lambda: ledger_csv(scenario, words),
            file_name="ledger.csv",
            mime="text/csv",
            icon=":material/download:",
            type="tertiary",
            help=words("assumptions.csv.help"),
            on_click="ignore",
            key="ledger.csv",
        )
    if not found:
        st.warning(words("assumptions.none"), icon=":material/search_off:")
        return
    with st.container(key="ledger-table"):
        draw_table(found, words)
    with st.container(key="ledger-cards"):
        st.html(cards_html(found, words))


def _case_facts(visit: Visit, words: Words) -> None:
    if visit.scenario.case is None:
        return
    here = case(visit.scenario.case)
    st.header(words("assumptions.case", name=words(f"case.{here.id}")), anchor="case")
    st.markdown(words("assumptions.case.note" if here.facts else "assumptions.case.none"))
    if not here.facts:
        return
    heads = "".join(
        f'<th scope="col">{escape(words(key))}</th>'
        for key in (
            "assumptions.case.what",
            "assumptions.case.date",
            "assumptions.column.status",
            "assumptions.column.source",
        )
    )
    rows = "".join(
        "<tr>"
        f'<th scope="row">{escape(_place(fact.what, words))}</th><td>{escape(fact.date)}</td>'
        f"<td>{escape(words(f'status.{fact.status}'))}</td>"
        f"<td>{escape(words(f'source.{fact.source}'))}</td></tr>"
        for fact in here.facts
    )
    st.html(f'<table class="facts"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')


def _place(place: str, words: Words) -> str:
    """A place of a document in words; the place itself where it is finer than there are words."""
    if place.startswith("policy.moves["):
        number = int(place.removeprefix("policy.moves[").partition("]")[0]) + 1
        rest = place.partition("].")[2]
        label = words("ui.moves.stage", number=number)
        return f"{label} · {words(f'move.{rest}')}" if f"move.{rest}" in words else label
    try:
        return place_words(place, words)
    except KeyError:
        return place


def _sources(words: Words) -> None:
    st.header(words("assumptions.sources"), anchor="sources")
    st.caption(words("assumptions.sources.note"))
    rows = "".join(
        f"<li>{escape(words(f'source.{source}'))} "
        f"{escape(words('assumptions.sources.count', count=count))}</li>"
        for source, count in cited().items()
    )
    st.html(f'<ul class="sources">{rows}</ul>')
