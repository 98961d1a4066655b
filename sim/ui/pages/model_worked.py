"""The worked week of the model page: formula, numbers, result, and whether the engine agrees."""

import csv
import io
from typing import Final

import streamlit as st

from sim.analyses.by_hand.formula import names_in, with_numbers
from sim.analyses.by_hand.sheet import TOLERANCE, Line, Step, parts_of
from sim.analyses.worked_week import WorkedWeek, worked_week
from sim.reports.worked_symbols import typeset_line, worked_symbol
from sim.sets import SEGMENTS, SURFACES
from sim.text import Words
from sim.ui.markdown import plain
from sim.ui.pages.model_text import number, power
from sim.ui.session import touch
from sim.ui.visit import Visit
from sim.world import world_declarations

_BOM: Final = "\ufeff"
_OK: Final = ":green[:material/check_circle:]"
_WRONG: Final = ":red[:material/cancel:]"


def draw_worked_week(visit: Visit, words: Words) -> None:
    """Choose a week, a segment and a surface, and follow every step."""
    st.markdown(words("model.worked.note", tolerance=power(TOLERANCE)))
    week, segment, surface = _chosen(visit, words)
    worked = worked_week(visit.scenario, week)
    _verdict(worked, words)
    with st.container(key="worked"):
        with st.expander(words("model.worked.given", week=week)):
            st.markdown(_given(worked, segment, surface, words))
        for step in worked.steps:
            lines = [line for line in step.lines if line.concerns(segment, surface)]
            sign = _OK if step.ok else _WRONG
            with st.expander(f"{sign} {words(f'worked.step.{step.id}')}", expanded=not step.ok):
                st.markdown(_lines(lines, worked, segment, words))
    st.caption(words("model.worked.others"))
    st.download_button(
        words("model.worked.csv"),
        data=lambda: worked_csv(worked, words),
        file_name=f"week-{week}.csv",
        mime="text/csv",
        icon=":material/download:",
        help=words("model.worked.csv.help"),
        on_click="ignore",
        key="worked.csv",
    )


def _chosen(visit: Visit, words: Words) -> tuple[int, str, str]:
    last = visit.scenario.weeks - 1
    key = "worked.week"
    if st.session_state.get(key, 0) > last:
        st.session_state[key] = last
    with st.container(horizontal=True, vertical_alignment="bottom"):
        week = st.number_input(
            words("model.worked.week"), 0, last, step=1, key=key, width=160, on_change=touch
        )
        segment = st.segmented_control(
            words("model.worked.segment"),
            SEGMENTS,
            default="fan",
            key="worked.segment",
            required=True,
            on_change=touch,
            format_func=lambda name: words(f"segment.{name}"),
        )
        surface = st.segmented_control(
            words("model.worked.surface"),
            SURFACES,
            default="live",
            key="worked.surface",
            required=True,
            on_change=touch,
            format_func=lambda name: words(f"short.{name}"),
        )
    return int(week), segment or "fan", surface or "live"


def _verdict(worked: WorkedWeek, words: Words) -> None:
    wrong = [line for line in worked.checked if not line.ok]
    count = len(worked.checked)
    if not wrong:
        st.success(words("model.worked.agree", count=count), icon=":material/check_circle:")
        return
    names = words("ui.comma").join(_label(line.name, words) for line in wrong[:5])
    st.error(
        words("model.worked.disagree", wrong=len(wrong), count=count, names=plain(names)),
        icon=":material/cancel:",
    )


def _label(name: str, words: Words) -> str:
    """What a number of the sheet is, with the members it belongs to."""
    id, members = parts_of(name)
    declared = world_declarations().get(id)
    label = words(declared.key) if declared else words(f"worked.{id}")
    return " · ".join([label, *(words(f"short.{member}") for member in members)])


def _given(worked: WorkedWeek, segment: str, surface: str, words: Words) -> str:
    """The numbers that the lines on the page begin from."""
    used: dict[str, None] = {}
    for step in worked.steps:
        for line in step.lines:
            if line.concerns(segment, surface):
                used.update(dict.fromkeys(names_in(line.formula)))
    heads = [words(f"model.parameters.{each}") for each in ("symbol", "name", "value")]
    lines = ["| " + " | ".join(heads) + " |", "|---|---|---:|"]
    for name in worked.given:
        if name in used:
            symbol = worked_symbol(name, lambda member: words(f"short.{member}"))
            value = number(worked.given[name])
            lines.append(f"| ${symbol}$ | {plain(_label(name, words))} | {value} |")
    return "\n".join(lines)


def _lines(lines: list[Line], worked: WorkedWeek, segment: str, words: Words) -> str:
    return "\n\n".join(_line(line, worked, segment, words) for line in lines)


def _line(line: Line, worked: WorkedWeek, segment: str, words: Words) -> str:
    # Not set apart as a display, because only within a line do long sums break.
    equation = typeset_line(line, lambda member: words(f"short.{member}"), segment=segment)
    numbers = with_numbers(line.formula, worked.values, number).replace(" ", "")
    verdict = ""
    if line.ok is True:
        verdict = f" {_OK} {words('model.worked.ok')}"
    elif line.ok is False and line.engine is not None:
        engine = words("model.worked.engine", value=number(line.engine))
        verdict = f" {_WRONG} **{words('model.worked.wrong')}** ({engine})"
    return (
        f"**{plain(_label(line.name, words))}**{verdict}\n\n$\\displaystyle {equation}$\n\n"
        f"`{numbers}` = **{plain(number(line.value))}**"
    )


def worked_csv(worked: WorkedWeek, words: Words) -> str:
    """Every given number and every line with full precision; formulas that a spreadsheet computes."""
    text = io.StringIO()
    text.write(_BOM)
    writer = csv.writer(text)
    writer.writerow(
        ["step", "name", "label", "formula", "with_numbers", "value", "engine", "agrees"]
    )
    for name, value in worked.given.items():
        writer.writerow(["given", name, _label(name, words), "", "", repr(value), "", ""])
    for step in worked.steps:
        for line in step.lines:
            writer.writerow(_row(step, line, worked, words))
    return text.getvalue()


def _row(step: Step, line: Line, worked: WorkedWeek, words: Words) -> list[str]:
    engine = "" if line.engine is None else repr(line.engine)
    agrees = "" if line.ok is None else str(line.ok).lower()
    formula = "=" + with_numbers(line.formula, worked.values, repr)
    return [
        step.id,
        line.name,
        _label(line.name, words),
        line.formula,
        formula,
        repr(line.value),
        engine,
        agrees,
    ]
