"""The page of the model: structure, equations, a worked week, laws as lights, sources."""

import streamlit as st

from sim.analyses.laws.light import Light
from sim.analyses.laws.lights import lights
from sim.errors import Refused
from sim.reports.naming import name_of
from sim.text import Words
from sim.ui.markdown import plain
from sim.ui.pages.model_equations import draw_equations
from sim.ui.pages.model_laws import draw_laws, draw_verdict
from sim.ui.pages.model_structure import draw_structure
from sim.ui.pages.model_text import CSS
from sim.ui.pages.model_worked import draw_worked_week
from sim.ui.session import current
from sim.ui.visit import Visit

# Sources of the method, in the order of the model page; those of numbers stand in the ledger.
_REFERENCES = (
    "reference.mcfadden-1978",
    "source.berry-1994",
    "source.dekle-2008",
    "source.gu-zhu-2021",
    "source.casner-2024",
    "source.hagiu-wright-2024",
    "source.xie-zhu",
    "source.hui-2016",
    "source.assortment",
    "source.josang-ismail-2002",
    "source.guadagni-little-1983",
    "source.lally-2010",
)
# What the specification leaves open, and what the engine makes of it; kept in step with the engine.
_READINGS = (
    "payback",
    "programmes",
    "moves",
    "pressure",
    "unserved",
    "longrun",
    "no_leakage",
    "diversion",
    "repel",
)


def draw(words: Words) -> None:
    """Draw the page. A scenario that is refused takes away lights and numbers, and nothing else."""
    visit = current()
    st.html(CSS)
    st.title(words("ui.page.model"), anchor=False)
    st.markdown(words("model.intro"))
    name = plain(name_of(visit.scenario, words))
    st.caption(words("model.scenario", name=name, weeks=visit.scenario.weeks))
    found = _lights(visit, words)
    if found:
        draw_verdict(found, words)
    st.header(words("model.structure"), anchor="structure")
    draw_structure(words)
    st.header(words("model.equations"), anchor="equations")
    draw_equations(visit, words)
    if found:
        st.header(words("model.worked"), anchor="worked")
        draw_worked_week(visit, words)
        st.header(words("model.laws"), anchor="laws")
        draw_laws(found, words)
    st.header(words("model.readings"), anchor="readings")
    st.markdown(words("model.readings.intro"))
    st.markdown("\n".join(f"- {plain(words(f'model.reading.{each}'))}" for each in _READINGS))
    st.header(words("model.references"), anchor="references")
    st.markdown("\n".join(f"- {plain(words(key))}" for key in _REFERENCES))
    st.caption(words("model.references.note"))


def _lights(visit: Visit, words: Words) -> tuple[Light, ...]:
    try:
        return lights(visit.scenario)
    except Refused as refused:
        reasons = " ".join(words.fault(fault) for fault in refused.faults)
        st.error(words("model.refused", reason=reasons), icon=":material/block:")
        return ()
