"""Two numbers over their whole range: where the policy pays, and where that turns."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import streamlit as st

from sim.analyses.infill import Infilled
from sim.analyses.map import (
    CELL_WORLDS,
    CELL_WORLDS_LIMITS,
    COUNT,
    COUNT_LIMITS,
    Map,
    map_of,
)
from sim.analyses.variables import Variable, variable_places, with_number
from sim.charts.outcome_words import difference_text
from sim.charts.value_map import chance_panel, value_panel
from sim.reports.map import map_sentence
from sim.scenario import Scenario
from sim.text import Words
from sim.text.numbers import points
from sim.text.place_words import variable_words
from sim.ui.chart_grid import Click, chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.loading import draw_undo, load
from sim.ui.pages.decide.outcome import draw_outcome
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.pages.decide.variable_box import Choice, draw_variable, span_for
from sim.ui.results import grid_words
from sim.ui.session import hold, touch, touched
from sim.ui.visit import Visit
from sim.ui.work import answered, plain

_KEY: Final = "map.settings"
# What is drawn at first: the week of the cut against what most of it hangs on.
_X: Final = "policy.moves[0].week"
_Y: Final = "world.diversion"
# Half the width of a share of worlds of one half, in standard errors.
_ERRORS: Final = 2.0


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How fine the map is, and in how many worlds each cell is judged, if in any but the own one."""

    count: int = COUNT
    chance: bool = False
    worlds: int = CELL_WORLDS


def draw(visit: Visit, words: Words) -> None:
    """Both numbers, the sentence, the maps, and a point by its numbers."""
    places = variable_places(visit.scenario)
    left, right = st.columns(2)
    with left:
        x = draw_variable("map.x", words("map.x"), _X, places, visit, words)
    with right:
        y = draw_variable("map.y", words("map.y"), _Y, places, visit, words)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        outcome = draw_outcome(visit, words)
        settings = _settings(words)
    if x is None or y is None:
        return
    found = _found(visit, x, y, outcome, settings, words)
    if found is None:
        return
    draw_sentence(map_sentence(found, words))
    _charts(found, visit, words)
    _by_numbers(found, visit, words)


def _settings(words: Words) -> Settings:
    held = st.session_state.get(_KEY)
    settings = held if isinstance(held, Settings) else Settings()
    hold("map.count", settings.count)
    st.number_input(
        words("map.cells"),
        min_value=COUNT_LIMITS[0],
        max_value=COUNT_LIMITS[1],
        value=settings.count,
        step=10,
        key="map.count",
        help=words("map.cells.help"),
        on_change=_take,
        args=("count", settings),
        width=130,
    )
    hold("map.chance", settings.chance)
    st.toggle(
        words("map.chance"),
        value=settings.chance,
        key="map.chance",
        help=words("map.chance.help"),
        on_change=_take,
        args=("chance", settings),
    )
    if settings.chance:
        hold("map.worlds", settings.worlds)
        st.number_input(
            words("map.worlds"),
            min_value=CELL_WORLDS_LIMITS[0],
            max_value=CELL_WORLDS_LIMITS[1],
            value=settings.worlds,
            step=100,
            key="map.worlds",
            on_change=_take,
            args=("worlds", settings),
            width=130,
        )
    return settings


def _take(name: str, settings: Settings) -> None:
    touched()
    value = st.session_state.get(f"map.{name}")
    if value is not None:
        change: dict[str, int] = {name: value}
        st.session_state[_KEY] = replace(settings, **change)  # type: ignore[arg-type]


def _found(
    visit: Visit, x: Variable, y: Variable, outcome: str, settings: Settings, words: Words
) -> Map | None:
    asked = _aside(plain(visit.scenario), x, y)
    worlds = settings.worlds if settings.chance else 0
    counts = settings.count, settings.count
    axes = tuple((each.place, each.low, each.high) for each in (x, y))
    found = answered(
        ("map", asked, axes, outcome, counts, worlds),
        lambda tick: map_of(asked, x, y, outcome=outcome, counts=counts, worlds=worlds, tick=tick),
        label=words(
            "map.run",
            cells=f"{len(x.values(counts[0])) * len(y.values(counts[1])):,}",
            worlds=worlds,
        ),
        words=words,
        instant=worlds == 0,
    )
    # Where the scenario stands on the map is no part of what was computed.
    return None if found is None else replace(found, scenario=visit.scenario, x=x, y=y)


def _aside(scenario: Scenario, *variables: Variable) -> Scenario:
    """The scenario without what the map varies: a point that is loaded from it leaves it as it is.

    A vector as one is varied around its own value, so with another value the map is another one.
    """
    for each in variables:
        if each.kind != "vector":
            scenario = with_number(scenario, each, each.low)
    return scenario


def _charts(found: Map, visit: Visit, words: Words) -> None:
    header = (words("ui.title"), f"s={token_of(visit.scenario) or ''}")
    panels = [value_panel(found, words, header)]
    if found.worlds:
        panels.append(chance_panel(found, words, header))
    chart_grid(
        panels,
        key="map-charts",
        language=tag_of(words.language),
        words=grid_words(words),
        columns=len(panels),
        on_click=partial(_load_cell, found),
    )
    if found.worlds:
        error = _ERRORS * (0.25 / found.worlds) ** 0.5
        off = points(error, words).lstrip("+")
        st.caption(words("map.method.worlds", worlds=f"{found.worlds:,}", error=off))
        if found.infilled:
            st.caption(_told(found, found.infilled, words))
    else:
        st.caption(words("map.method.world"))


def _told(found: Map, how: Infilled, words: Words) -> str:
    """What of the map was not run, and how far off that was seen to be."""
    return words(
        "map.method.infilled",
        run=f"{how.computed:,}",
        cells=f"{found.values.size:,}",
        checked=how.checked,
        value=difference_text(found.outcome, how.off_value, words).lstrip("+"),
        share=points(how.off_share, words).lstrip("+"),
    )


def _load_cell(found: Map, click: Click) -> None:
    """Callback: the cell that was clicked."""
    if len(click.index) != 2:
        return
    row, column = click.index
    if row < len(found.ys) and column < len(found.xs):
        _load(found, float(found.xs[column]), float(found.ys[row]))


def _load(found: Map, at: float, up: float) -> None:
    scenario = with_number(with_number(found.scenario, found.x, at), found.y, up)
    # The ends stay where they are, also where usual ones would move along with the number.
    for key, each in (("map.x", found.x), ("map.y", found.y)):
        st.session_state[key] = Choice(place=each.place, low=each.low, high=each.high)
    load(scenario, found.x.place)


def _by_numbers(found: Map, visit: Visit, words: Words) -> None:
    """The same without a pointer."""
    st.markdown(f"**{words('map.load.title')}**")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        chosen = [
            _number(f"map.{axis}.point", each, words)
            for axis, each in (("x", found.x), ("y", found.y))
        ]
        st.button(
            words("map.load"),
            key="map.load",
            icon=":material/download_done:",
            help=words("map.load.help"),
            on_click=_load,
            args=(found, *chosen),
        )
        draw_undo(visit, (found.x.place, found.y.place), words)


def _number(key: str, which: Variable, words: Words) -> float:
    shown = span_for(which, words.language)
    low, high, value = (
        shown.show(each)
        for each in (which.low, which.high, min(max(which.now, which.low), which.high))
    )
    kind = int if shown.whole else float
    got = st.number_input(
        variable_words(which.place, words),
        min_value=kind(low),
        max_value=kind(high),
        value=kind(value),
        step=kind(shown.step),
        key=f"{key}.{which.place}.{words.language}.{which.low}.{which.high}.{which.now}",
        on_change=touch,
        width=220,
    )
    return float(shown.read(got))
