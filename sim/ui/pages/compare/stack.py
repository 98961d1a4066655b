"""Two policies put on top of each other: where they disagree, and what comes of both."""

from dataclasses import replace
from typing import Final

import streamlit as st

from sim.errors import Refused
from sim.reports.naming import names_of_all
from sim.reports.side_by_side import conflict_text
from sim.scenario import TEXT_LIMITS, Scenario
from sim.stacking import Stack, stacked
from sim.text import Words
from sim.ui import compare_set
from sim.ui.link import require_shown
from sim.ui.session import touch, touched
from sim.ui.visit import Visit

_SIDES: Final = ("first", "second")


def draw(visit: Visit, words: Words) -> None:
    """Which two, what they disagree over, and the two ways to go on with what comes of them."""
    names = names_of_all(visit.lineup, words)
    if len(names) < 2:
        st.info(words("compare.stack.few"), icon=":material/info:")
        return
    first, second = _chosen(names, words)
    found = stacked(visit.lineup[first].policy, visit.lineup[second].policy)
    _conflicts(found, names[first], names[second], words)
    made = _made(visit.lineup[first], found, f"{names[first]} + {names[second]}")
    try:
        require_shown(made)
    except Refused as refused:
        for fault in refused.faults:
            st.error(words.complaint(fault), icon=":material/block:")
        return
    is_full = compare_set.is_full(visit)
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("compare.stack.add"),
            key="stack.add",
            type="primary",
            disabled=made in visit.lineup or is_full,
            help=words("compare.full") if is_full else None,
            on_click=_add,
            args=(made,),
        )
        st.button(words("compare.stack.open"), key="stack.open", on_click=_open, args=(made,))


def _chosen(names: tuple[str, ...], words: Words) -> tuple[int, int]:
    found = []
    with st.container(horizontal=True, gap="small"):
        for at, side in enumerate(_SIDES):
            got = st.selectbox(
                words(f"compare.stack.{side}"),
                range(len(names)),
                index=min(at, len(names) - 1),
                key=f"stack.{side}.{words.language}.{len(names)}",
                on_change=touch,
                format_func=lambda index: names[index],
                filter_mode=None,
                width=340,
            )
            found.append(int(got))
    return found[0], found[1]


def _conflicts(found: Stack, first: str, second: str, words: Words) -> None:
    if not found.conflicts:
        st.success(words("compare.stack.none"), icon=":material/check:")
        return
    st.warning(
        words("compare.stack.conflicts", count=len(found.conflicts), name=second),
        icon=":material/call_merge:",
    )
    columns = (words("compare.input"), first, second)
    rows = [conflict_text(each, words) for each in found.conflicts]
    st.table([dict(zip(columns, row, strict=True)) for row in rows], border="horizontal")


def _made(scenario: Scenario, found: Stack, name: str) -> Scenario:
    return replace(scenario, policy=found.policy, name=name[: TEXT_LIMITS["name"]])


def _add(made: Scenario) -> None:
    compare_set.add(touched(), [made])


def _open(made: Scenario) -> None:
    visit = touched()
    visit.forget_drafts()
    visit.change(made)
    visit.shelf.lay_out(made)
