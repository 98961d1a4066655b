"""A number of the scenario as a row: label, number box, reset, and a slider below them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final, cast

import streamlit as st

from sim.text import Words
from sim.ui.places import NOW, Content, declaration_at, value_at
from sim.ui.refresh import part, redraw_after_change, redraw_everything, row_key
from sim.ui.refusals import refusal_text
from sim.ui.session import current, hold_number, is_echo, touched
from sim.ui.simulation import compared
from sim.ui.spans import Span, span_of
from sim.ui.visit import Visit

_FLOAT_FORMAT: Final = "%.10g"


@dataclass(frozen=True, kw_only=True)
class Named:
    """A place with the words of its control."""

    place: str
    label: str
    help: str


def unit_words(place: str, span: Span, words: Words) -> str:
    """The unit a control counts in, such as ``%`` or ``million people``."""
    declaration = declaration_at(place)
    if declaration is None:
        return words("unit.weeks")
    # Per cent a year keeps its "a year"; a share is per cent and nothing else.
    if span.scale == "percent":
        return "%" if declaration.unit == "share" else "%" + words(f"unit.{declaration.unit}")
    unit = words(f"unit.{declaration.unit}")
    return (
        words("ui.scaled_unit", scale=words(f"ui.scale.{span.scale}"), unit=unit)
        if span.scale
        else unit
    )


def number_row(named: Named, visit: Visit, words: Words) -> None:
    """Draw the row of one number; its callbacks write into the scenario."""
    part(row_key(named.place), partial(_row, named, visit, words), words)


def _row(named: Named, visit: Visit, words: Words) -> None:
    place = named.place
    value = float(cast("float", visit.shown(place)))
    span = span_of(place, float(cast("float", _sound_value(visit, place))), words.language)
    label = f"{named.label} ({unit_words(place, span, words)})"
    if place in NOW and value_at(visit.scenario, place) is None:
        label = words("ui.as_now", label=label)
    with st.container(key=f"row.{place}", gap=None):
        _slider(place, span, _within(value, span), label, named.help)
        _box(place, span, value, label)
        if _can_reset(visit, place):
            _reset(place, words("ui.reset_one", name=named.label))
        _refusal(visit, named, span, words)


def _sound_value(visit: Visit, place: str) -> Content:
    """The scenario's own value: a draft beyond the limits must not stretch the slider."""
    value = value_at(visit.scenario, place)
    return value_at(visit.scenario, NOW[place]) if value is None else value


def _within(value: float, span: Span) -> float:
    return min(max(value, span.low), span.high)


def _slider(place: str, span: Span, value: float, label: str, help: str) -> None:
    key = f"{place}.slider"
    low, high, step = _typed(span, span.ends)
    wanted = _typed(span, (span.slide(value),))[0]
    hold_number(key, wanted, tolerance=step * 0.6 if span.logarithmic else 0.0)
    got = st.slider(
        label,
        low,
        high,
        wanted,
        step,
        key=key,
        help=help,
        on_change=_take,
        args=(place, key, f"{place}.box", span.slid),
    )
    _adopt(place, got, wanted, span.slid)


def _box(place: str, span: Span, value: float, label: str) -> None:
    key = f"{place}.box"
    wanted, step = _typed(span, (span.show(value), span.step))
    hold_number(key, wanted)
    got = st.number_input(
        label,
        value=wanted,
        step=step,
        key=key,
        label_visibility="collapsed",
        format="%d" if span.whole else _FLOAT_FORMAT,
        on_change=_take,
        args=(place, key, f"{place}.slider", span.read),
    )
    _adopt(place, got, wanted, span.read)


def _typed(span: Span, numbers: tuple[float, ...]) -> tuple[float, ...]:
    """Streamlit wants whole numbers throughout, or floats throughout."""
    return tuple(int(number) if span.whole else float(number) for number in numbers)


def _take(place: str, key: str, partner: str, read: Callable[[float], float]) -> None:
    """Callback: what the widget shows goes into the scenario, or becomes a draft."""
    visit = touched()
    drafted_before = bool(visit.drafts)
    shown = st.session_state.get(key)
    if shown is not None and not is_echo(key, partner):
        visit.propose(place, _now_is_none(visit, place, read(shown)), compared)
    redraw_after_change(visit, place, drafted_before=drafted_before)
    redraw_everything()


def _adopt(place: str, got: float | None, wanted: float, read: Callable[[float], float]) -> None:
    """On the first run of a session the browser may know better than the address."""
    visit = current()
    if visit.first and got is not None and got != wanted:
        visit.propose(place, _now_is_none(visit, place, read(got)), compared)
        visit.adopted = True


def _now_is_none(visit: Visit, place: str, value: float) -> Content:
    """A target put at the world's own value is "as now"."""
    is_now = place in NOW and value == value_at(visit.scenario, NOW[place])
    return None if is_now else value


def _can_reset(visit: Visit, place: str) -> bool:
    if place in visit.drafts:
        return True
    if place.startswith("policy.moves") and value_at(visit.base, place) is None:
        return False
    return visit.is_changed(place)


def _reset(place: str, label: str) -> None:
    st.button(
        label,
        key=f"back.{place}",
        icon=":material/restart_alt:",
        type="tertiary",
        help=label,
        on_click=_put_back,
        args=(place,),
    )


def _put_back(place: str) -> None:
    """Callback: the value of the case again."""
    visit = touched()
    drafted_before = bool(visit.drafts)
    visit.withdraw(place)
    visit.propose(place, value_at(visit.base, place), compared)
    redraw_after_change(visit, place, drafted_before=drafted_before)
    redraw_everything()


def _refusal(visit: Visit, named: Named, span: Span, words: Words) -> None:
    faults = visit.refusals.get(named.place)
    if faults:
        st.error(refusal_text(named, span, faults, words))
