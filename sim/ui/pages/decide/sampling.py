"""How worlds are drawn: how many, and from which seed."""

from dataclasses import replace
from typing import cast

import streamlit as st

from sim.text import Words
from sim.ui.session import hold, overtaken, touched
from sim.ui.visit import Visit
from sim.uncertainty import SEED_LIMITS, WORLDS_LIMITS, Sampling

_STEPS = {"seed": 1, "worlds": 1024}
_LIMITS = {"seed": SEED_LIMITS, "worlds": WORLDS_LIMITS}


def draw_sampling(visit: Visit, words: Words) -> None:
    """Two boxes; both stand in file and link."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        for name, (low, high) in _LIMITS.items():
            value = int(getattr(visit.scenario.sampling, name))
            hold(f"sampling.{name}", value)
            st.number_input(
                words(f"decide.{name}"),
                min_value=low,
                max_value=high,
                value=value,
                step=_STEPS[name],
                key=f"sampling.{name}",
                format="%d",
                help=words(f"decide.{name}.help"),
                on_change=_take,
                args=(name,),
                width=180,
            )


def _take(name: str) -> None:
    visit = touched()
    key = f"sampling.{name}"
    value = st.session_state.get(key)
    if value is not None and not overtaken(key):
        changed: Sampling = replace(visit.scenario.sampling, **{name: cast("int", value)})
        visit.change(replace(visit.scenario, sampling=changed))
