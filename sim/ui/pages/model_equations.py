"""The equations of the model page: a section a mechanism, with its parameters and their values."""

from urllib.parse import urlencode

import streamlit as st

from sim.analyses.structure import structure
from sim.reports.equations import equations, latex_symbol, parameters_of
from sim.reports.ledger import with_unit
from sim.text import Words
from sim.ui.address import link_parameters
from sim.ui.markdown import plain
from sim.ui.visit import Visit
from sim.world import world_declarations


def draw_equations(visit: Visit, words: Words) -> None:
    """Every mechanism in the order of the week."""
    st.markdown(words("model.equations.note"))
    st.markdown(words("model.equations.stocks"))
    with st.container(key="equations"):
        for mechanism in structure().mechanisms:
            with st.expander(f"**{words(f'mechanism.{mechanism}')}**"):
                st.markdown(_section(mechanism, words))
                st.markdown(_parameters(mechanism, visit, words))


def _section(mechanism: str, words: Words) -> str:
    parts = (
        f"{plain(words(f'equation.{each.id}'))}\n\n$$\n{each.latex}\n$$"
        for each in equations()[mechanism]
    )
    return "\n\n".join([words(f"mechanism.{mechanism}.help"), *parts])


def _parameters(mechanism: str, visit: Visit, words: Words) -> str:
    names = parameters_of(mechanism)
    heads = [words(f"model.parameters.{each}") for each in ("symbol", "name", "value")]
    lines = [
        f"**{words('model.parameters', count=len(names))}**",
        "",
        "| " + " | ".join(heads) + " |",
        "|---|---|---|",
    ]
    query = link_parameters(visit)
    for name in names:
        declaration = world_declarations()[name]
        value = with_unit(visit.scenario.world.value(name), declaration, words)
        # A link beside this page keeps whatever path the application is served under.
        link = f"assumptions?{urlencode(query | {'find': name})}"
        label = f"[{plain(words(declaration.key))}]({link}) `{name}`"
        lines.append(f"| ${latex_symbol(name)}$ | {label} | {plain(value)} |")
    return "\n".join(lines)
