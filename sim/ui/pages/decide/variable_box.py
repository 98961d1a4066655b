"""Controls to choose a number of the scenario and the ends between which it is varied."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from sim.analyses.variables import Variable, limits_of, variable
from sim.errors import Refused
from sim.places import declaration_at
from sim.scenario import Scenario
from sim.text import Words
from sim.text.place_words import variable_words
from sim.ui.rows.row_data import unit_words
from sim.ui.session import hold, touched
from sim.ui.spans import Span, span_of
from sim.ui.visit import Visit


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What was chosen: a place, and ends in the unit of the scenario, None for the usual ones."""

    place: str
    low: float | None = None
    high: float | None = None


def choice_of(key: str, default: str, places: Sequence[str]) -> Choice:
    """What was chosen before, or the default where the scenario has no such number any more."""
    held = st.session_state.get(key)
    if isinstance(held, Choice) and held.place in places:
        return held
    return Choice(place=default if default in places else places[0])


def draw_variable(
    key: str, label: str, default: str, places: Sequence[str], visit: Visit, words: Words
) -> Variable | None:
    """A box with all numbers of the scenario, and its ends; None where these cannot be."""
    choice = choice_of(key, default, places)
    hold(f"{key}.place", choice.place)
    st.selectbox(
        label,
        places,
        index=places.index(choice.place),
        key=f"{key}.place",
        format_func=partial(listed, words=words),
        on_change=_take_place,
        args=(key,),
    )
    return draw_ends(key, choice, visit.scenario, words)


def listed(place: str, words: Words) -> str:
    """What a number is called in a list of all of them: levers and assumptions told apart."""
    kind = "lever" if place.startswith("policy.") else "world"
    return words(f"variable.{kind}", label=variable_words(place, words))


def draw_ends(key: str, choice: Choice, scenario: Scenario, words: Words) -> Variable | None:
    """Two boxes in display units; what cannot be is refused below them."""
    place = choice.place
    usual = variable(scenario, place)
    shown = span_for(usual, words.language)
    unit = _unit(usual, shown, words)
    with st.container(horizontal=True, gap="small"):
        for side in ("low", "high"):
            held = getattr(choice, side)
            value = shown.show(getattr(usual, side) if held is None else held)
            value = int(value) if shown.whole else float(value)
            box = f"{key}.{place}.{words.language}.{side}"
            hold(box, value)
            low, high = (shown.show(each) for each in limits_of(usual))
            st.number_input(
                words(f"map.{side}", unit=unit),
                min_value=int(low) if shown.whole else float(low),
                max_value=int(high) if shown.whole else float(high),
                value=value,
                step=int(shown.step) if shown.whole else float(shown.step),
                format="%d" if shown.whole else None,
                key=box,
                on_change=_take_end,
                args=(key, choice, side, box, shown),
                width=150,
            )
    return ends_of(scenario, choice, words)


def ends_of(scenario: Scenario, choice: Choice, words: Words) -> Variable | None:
    """The variable between the chosen ends; None, with the reasons drawn, where these cannot be."""
    try:
        return variable(scenario, choice.place, choice.low, choice.high)
    except Refused as refused:
        for fault in refused.faults:
            st.error(words.complaint(fault), icon=":material/error:")
    return None


def span_for(which: Variable, language: str) -> Span:
    """How a variable is shown; a vector as one in per cent of the way along its range."""
    if which.kind == "vector":
        return Span(low=0.0, high=1.0, step=1.0, factor=100.0, scale="percent", whole=False)
    return span_of(which.place, which.now, language)


def _unit(which: Variable, shown: Span, words: Words) -> str:
    declaration = declaration_at(which.place)
    assert declaration is not None
    if which.kind == "vector":
        return words("map.position")
    return unit_words(which.place, shown, words)


def _take_place(key: str) -> None:
    touched()
    chosen = st.session_state.get(f"{key}.place")
    if isinstance(chosen, str):
        st.session_state[key] = Choice(place=chosen)


def _take_end(key: str, choice: Choice, side: str, box: str, shown: Span) -> None:
    touched()
    value = st.session_state.get(box)
    if isinstance(value, int | float):
        ends: dict[str, float] = {side: float(shown.read(value))}
        st.session_state[key] = replace(choice, **ends)  # type: ignore[arg-type]
