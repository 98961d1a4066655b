"""What was wrong with the link that a visit came by: told on whatever page it led to."""

from dataclasses import replace
from typing import Final

import streamlit as st

from sim.errors import Fault
from sim.text import Words
from sim.ui.markdown import plain
from sim.ui.visit import Visit

# What means something in the middle of a line. An underscore within a word does not, and stands in
# the ids by which words are found.
_ACTIVE: Final = frozenset("\\`*{}[]<>#|~$:")


def draw_link_notices(visit: Visit, words: Words) -> None:
    """Every fault of the link, until something is changed."""
    for fault in visit.notices:
        reason = words.fault(_harmless(fault))
        st.warning(words("ui.link_notice", reason=reason), icon=":material/link_off:")


def _harmless(fault: Fault) -> Fault:
    """A fault whose facts, which a link may have brought, are no Markdown of their own."""
    facts = {
        name: plain(fact) if isinstance(fact, str) and _ACTIVE & set(fact) else fact
        for name, fact in fault.facts.items()
    }
    # A place stands between back quotes, where nothing but another one means anything.
    return replace(fault, place=fault.place.replace("`", "'"), facts=facts)
