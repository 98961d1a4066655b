"""Which scenarios are compared, and which of them the others are set against."""

from typing import Final

import streamlit as st

from sim.cases.catalogue import case, case_ids
from sim.errors import Refused
from sim.reports.naming import names_of_all
from sim.text import Words
from sim.ui import compare_set
from sim.ui.chart_grid.palette import load_palette
from sim.ui.session import adopts, current, hold, overtaken, touched
from sim.ui.simulation import compared
from sim.ui.visit import Visit

# How each scenario is marked on the charts, in the order of sim.charts.overlay.
_SIGNS: Final = "●■◆▲✕★✚⬟"
# Set against no scenario: a box with an empty choice would offer to clear it.
_NO_POLICY: Final = -1


def draw_lineup(visit: Visit, words: Words) -> bool:
    """A line for each scenario with what can be done with it; whether all of them can be run."""
    names = names_of_all(visit.lineup, words)
    with st.container(border=True, gap="small"):
        for index in range(len(visit.lineup)):
            _line(index, names[index], words)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _adders(visit, words)
            _reference(names, visit, words)
        if compare_set.is_full(visit):
            st.caption(words("compare.full"))
        left = compare_set.left_behind(visit)
        if left:
            st.warning(words("compare.left_behind", count=left), icon=":material/link_off:")
    return _all_run(names, visit, words)


def _line(index: int, name: str, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_sign(index), width="content")
        # The position is part of the key: a box keeps what was typed for the line it stands in.
        key = f"compare.name.{index}"
        hold(key, name)
        got = st.text_input(
            words("compare.name", number=index + 1),
            value=name,
            key=key,
            label_visibility="collapsed",
            max_chars=200,
            on_change=_rename,
            args=(index,),
            width="stretch",
        )
        if adopts(got, name):
            compare_set.rename(current(), index, got)
        if index == 0:
            st.caption(words("compare.on_page"), width="content")
            return
        st.button(
            words("compare.open"),
            key=f"compare.open.{index}",
            icon=":material/tune:",
            help=words("compare.open.help"),
            on_click=_open,
            args=(index - 1,),
        )
        st.button(
            words("compare.remove"),
            key=f"compare.remove.{index}",
            icon=":material/close:",
            on_click=_take_out,
            args=(index - 1,),
        )


def _sign(index: int) -> str:
    palette = load_palette()
    colour = f"light-dark({palette.light.series[index]}, {palette.dark.series[index]})"
    return (
        f'<span class="sim-sign" style="color: {colour}" aria-hidden="true">{_SIGNS[index]}</span>'
    )


def _adders(visit: Visit, words: Words) -> None:
    is_full, is_known = compare_set.is_full(visit), visit.scenario in visit.compared
    st.button(
        words("compare.keep"),
        key="compare.keep",
        icon=":material/add:",
        disabled=is_full or is_known,
        help=words("compare.keep.known" if is_known else "compare.keep.help"),
        on_click=_keep,
    )
    key = f"compare.case.{words.language}"
    st.selectbox(
        words("compare.case"),
        case_ids(),
        index=None,
        key=key,
        format_func=lambda name: words(f"case.{name}"),
        placeholder=words("compare.case"),
        disabled=is_full,
        on_change=_add_case,
        args=(key,),
        filter_mode=None,
        width=280,
    )


def _reference(names: tuple[str, ...], visit: Visit, words: Words) -> None:
    # The names are part of the key: a box whose choices change loses its choice later on.
    key = f"compare.against.{words.language}.{len(names)}"
    options = (_NO_POLICY, *range(len(names)))
    chosen = _NO_POLICY if visit.against is None else visit.against
    hold(key, chosen)

    def label(index: int) -> str:
        return words("compare.no_policy") if index == _NO_POLICY else names[index]

    st.selectbox(
        words("compare.against"),
        options,
        index=options.index(chosen),
        key=key,
        format_func=label,
        help=words("compare.against.help"),
        on_change=_take_against,
        args=(key,),
        filter_mode=None,
        width=320,
    )


def _all_run(names: tuple[str, ...], visit: Visit, words: Words) -> bool:
    sound = True
    for name, scenario in zip(names, visit.lineup, strict=True):
        try:
            compared(scenario)
        except Refused as refused:
            sound = False
            for fault in refused.faults:
                st.error(f"{name}: {words.fault(fault)}", icon=":material/block:")
    return sound


def _rename(index: int) -> None:
    visit = touched()
    key = f"compare.name.{index}"
    name = st.session_state.get(key)
    if isinstance(name, str) and name.strip() and not overtaken(key):
        compare_set.rename(visit, index, name.strip())


def _open(index: int) -> None:
    compare_set.open_one(touched(), index)


def _take_out(index: int) -> None:
    compare_set.take_out(touched(), index)


def _keep() -> None:
    visit = touched()
    compare_set.add(visit, [visit.scenario])


def _add_case(key: str) -> None:
    visit, chosen = touched(), st.session_state.get(key)
    if chosen in case_ids():
        compare_set.add(visit, [case(chosen).scenario])
    st.session_state[key] = None


def _take_against(key: str) -> None:
    visit = touched()
    chosen = st.session_state.get(key)
    if overtaken(key):
        return
    known = isinstance(chosen, int) and 0 <= chosen < len(visit.lineup)
    visit.against = chosen if known else None
