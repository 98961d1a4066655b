"""A trial on one surface, then on or back by a rule: what it is worth."""

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from sim.analyses.option import SIGNALS, OptionValue, option_value
from sim.charts.option import plans_panel, seen_panel
from sim.metrics import MONEY
from sim.reports.option import option_text, signal_label
from sim.sets import SURFACES
from sim.text import Words
from sim.ui.chart_grid import chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.results import grid_words
from sim.ui.session import touch
from sim.ui.visit import Visit
from sim.ui.work import answered, plain

_KEY: Final = "pilot"
_MOST_WEEKS: Final = 104


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of the pilot; kept while other views are looked at."""

    surface: str = "live"
    weeks: int = 8
    signal: str = "profit"


def draw_pilot(visit: Visit, outcome: str, words: Words) -> None:
    """Three settings, a sentence, and two charts."""
    st.markdown(words("option.help"))
    if outcome not in MONEY:
        st.info(words("information.outcome.none"), icon=":material/info:")
        return
    asked, scenario = _settings(words), plain(visit.scenario)
    found = answered(
        ("option", scenario, asked, outcome),
        lambda tick: option_value(
            scenario,
            surface=asked.surface,
            weeks=asked.weeks,
            signal=asked.signal,
            outcome=outcome,
            tick=tick,
        ),
        label=words("option.run"),
        words=words,
        instant=not scenario.policy.moves,
    )
    if found is None:
        return
    draw_sentence(option_text(found, words))
    if found.plans:
        _charts(found, visit, words)
        st.caption(words("option.caption", worlds=f"{found.worlds:,}"))


def _settings(words: Words) -> Asked:
    asked: Asked = st.session_state.get(_KEY, Asked())
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.selectbox(
            words("option.surface"),
            SURFACES,
            index=SURFACES.index(asked.surface),
            key="pilot.surface",
            format_func=lambda name: words(f"surface.{name}"),
            on_change=_take,
            args=("surface",),
            width=220,
        )
        st.number_input(
            words("option.weeks"),
            min_value=1,
            max_value=_MOST_WEEKS,
            value=asked.weeks,
            key="pilot.weeks",
            on_change=_take,
            args=("weeks",),
            width=180,
        )
        st.selectbox(
            words("option.signal"),
            SIGNALS,
            index=SIGNALS.index(asked.signal),
            key="pilot.signal",
            format_func=lambda name: signal_label(name, words),
            help=words("option.signal.help"),
            on_change=_take,
            args=("signal",),
            width=260,
        )
    return asked


def _take(name: str) -> None:
    touch()
    value = st.session_state.get(f"pilot.{name}")
    if value is not None:
        asked: Asked = st.session_state.get(_KEY, Asked())
        st.session_state[_KEY] = replace(asked, **{name: value})


def _charts(found: OptionValue, visit: Visit, words: Words) -> None:
    header = (words("ui.title"), f"s={token_of(visit.scenario) or ''}")
    signal = signal_label(found.signal, words)
    panels = [plans_panel(found, words, header), seen_panel(found, signal, words, header)]
    chart_grid(
        panels, key="option-charts", language=tag_of(words.language), words=grid_words(words)
    )
