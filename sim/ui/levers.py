"""The sidebar's levers, in groups that are drawn only while they are open."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

import streamlit as st

from sim.text import Words
from sim.ui.moves import draw_moves
from sim.ui.rows.rows import names_of, number_rows
from sim.ui.session import touched
from sim.ui.visit import Visit

GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "trust": ("programme_week", "guarantee_target", "care", "coupon", "coupon_weeks"),
        "brand": ("brand_target",),
        "service_providers": ("service_provider_target", "commission_target"),
    }
)
_OPEN_AT_FIRST: Final = frozenset({"links", "trust"})


def draw_levers(visit: Visit, words: Words) -> None:
    """Every group of levers, links first."""
    group("links", words("lever_group.links"), visit, lambda: draw_moves(visit, words))
    for name, levers in GROUPS.items():
        group(
            name,
            words(f"lever_group.{name}"),
            visit,
            partial(_rows, name, levers, visit, words),
        )


def _rows(name: str, levers: tuple[str, ...], visit: Visit, words: Words) -> None:
    keys = (f"policy.{lever}" for lever in levers)
    number_rows(name, names_of({key: key for key in keys}, words), visit, words)


def group(name: str, label: str, visit: Visit, draw: Callable[[], None]) -> None:
    """A group that can be closed; what is closed is neither drawn nor sent."""
    is_open = visit.open.setdefault(name, name in _OPEN_AT_FIRST)
    key = f"group.{name}"
    with st.expander(label, expanded=is_open, key=key, on_change=_turn, args=(name, key)) as box:
        if box.open:
            draw()


def _turn(name: str, key: str) -> None:
    """Callback: remember what is open."""
    visit = touched()
    visit.open[name] = bool(st.session_state.get(key, not visit.open.get(name, False)))
