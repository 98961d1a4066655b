"""What a search over plans may set, between which ends, at what cost, and by what it is judged."""

from dataclasses import replace
from typing import Final, cast

import streamlit as st

from sim.analyses.levers import MOST_VARIABLES, Space
from sim.analyses.objective import OBJECTIVES
from sim.analyses.variables import Variable, variable_places
from sim.metrics import OUTCOMES
from sim.scenario import Scenario
from sim.text import Words
from sim.text.place_words import variable_words
from sim.ui.pages.decide.amounts import amount_box, name_box, switch
from sim.ui.pages.decide.loading import load
from sim.ui.pages.decide.variable_box import Choice, draw_ends
from sim.ui.session import hold, touched
from sim.ui.visit import Visit
from sim.ui.work import plain

_KEY: Final = "plan.levers"
# A scenario whose plan was loaded from a search, and the scenario from which that began.
_ORIGIN: Final = "plan.origin"


def draw_space(visit: Visit, words: Words) -> Space | None:
    """Levers and their ends, and a budget; None with the reason drawn where nothing can be searched.

    A plan that was loaded from a search leaves that search as it is, beside the plan it began from.
    """
    base = _begun_from(visit, words)
    chosen = _levers(base, words)
    variables: list[Variable | None] = []
    for start in range(0, len(chosen), 2):
        for column, place in zip(st.columns(2), chosen[start : start + 2], strict=False):
            with column:
                st.markdown(f"**{variable_words(place, words)}**")
                held = st.session_state.get(f"plan.{place}")
                choice = held if isinstance(held, Choice) else Choice(place=place)
                variables.append(draw_ends(f"plan.{place}", choice, base, words))
    budget = _budget(words)
    found = tuple(each for each in variables if each is not None)
    if not found:
        st.info(words("search.levers.none"), icon=":material/tune:")
    if not found or len(found) < len(variables):
        return None
    return Space(scenario=plain(base), variables=found, budget=budget)


def load_plan(visit: Visit, space: Space, plan: Scenario, place: str) -> None:
    """Callback: the policy of a plan that was found becomes that of the scenario on the page."""
    loaded = replace(visit.scenario, policy=plan.policy)
    st.session_state[_ORIGIN] = plain(loaded), space.scenario
    load(loaded, place)


def _begun_from(visit: Visit, words: Words) -> Scenario:
    """The scenario on the page, or the one from which the plan on it was searched."""
    loaded, origin = st.session_state.get(_ORIGIN, (None, None))
    if origin is None or loaded != plain(visit.scenario) or loaded == origin:
        return visit.scenario
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(words("search.loaded"))
        st.button(words("search.anew"), key="plan.anew", type="tertiary", on_click=_begin_anew)
    return cast("Scenario", origin)


def _begin_anew() -> None:
    touched()
    st.session_state.pop(_ORIGIN, None)


def draw_objective(outcome: str, words: Words) -> str:
    """By which number of an outcome plans are compared."""
    legal = tuple(
        each for each in OBJECTIVES if OUTCOMES[outcome].difference or each != "probability"
    )
    return name_box(
        "plan.objective",
        words("search.measure"),
        legal,
        lambda name: words(f"search.measure.{name}"),
    )


def _levers(scenario: Scenario, words: Words) -> list[str]:
    legal = [each for each in variable_places(scenario) if each.startswith("policy.")]
    held = st.session_state.get(_KEY)
    usual = [each for each in legal if each.startswith("policy.moves[0].")] or ["policy.care"]
    chosen = [each for each in (usual if held is None else held) if each in legal]
    hold("plan.levers.box", chosen)
    st.multiselect(
        words("search.levers"),
        legal,
        default=chosen,
        key="plan.levers.box",
        format_func=lambda place: variable_words(place, words),
        help=words("search.levers.help", most=MOST_VARIABLES),
        max_selections=MOST_VARIABLES,
        placeholder=words("search.levers"),
        on_change=_take_levers,
    )
    return chosen


def _take_levers() -> None:
    touched()
    chosen = st.session_state.get("plan.levers.box")
    if isinstance(chosen, list):
        st.session_state[_KEY] = chosen


def _budget(words: Words) -> float | None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if not switch("plan.budgeted", words("search.budget"), help=words("search.budget.help")):
            return None
        return amount_box("plan.budget", "search.budget.unit", "cny", 0.0, words)
