"""A number that reaches a target: of an outcome, its mean, or a share of worlds."""

from functools import partial
from typing import Final

import streamlit as st

from sim.analyses.objective import Aim
from sim.analyses.seek import Sought, seek
from sim.analyses.variables import Variable, variable_places, with_number
from sim.charts.search import seek_panel
from sim.metrics import OUTCOMES
from sim.reports.search import seek_sentence
from sim.text import Words
from sim.ui.chart_grid import Click, chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.amounts import amount_box, name_box
from sim.ui.pages.decide.loading import draw_undo, load
from sim.ui.pages.decide.outcome import draw_outcome
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.pages.decide.variable_box import Choice, draw_variable
from sim.ui.results import grid_words
from sim.ui.visit import Visit
from sim.ui.work import answered, plain

_VARY: Final = "world.diversion"
_MEASURES: Final = ("world", "mean", "probability", "above")
# At first: as likely as not.
_EVEN: Final = 0.5


def draw(visit: Visit, words: Words) -> None:
    """What is sought, the sentence, the curve, and a button to load what was found."""
    left, right = st.columns(2)
    with left:
        places = variable_places(visit.scenario)
        which = draw_variable("seek", words("search.vary"), _VARY, places, visit, words)
    with right:
        outcome = draw_outcome(visit, words)
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            aim, target = _aim(outcome, words)
    if which is None:
        return
    found = _found(visit, which, aim, target, words)
    if found is None:
        return
    draw_sentence(seek_sentence(found, words))
    chart_grid(
        [seek_panel(found, words, (words("ui.title"), f"s={token_of(visit.scenario) or ''}"))],
        key="seek-chart",
        language=tag_of(words.language),
        words=grid_words(words),
        columns=1,
        on_click=partial(_load_point, visit, found),
    )
    st.caption(words("search.method.seek", count=len(found.found.tried)))
    with st.container(horizontal=True, gap="small"):
        if found.reached is not None:
            st.button(
                words("search.load.number"),
                key="seek.load",
                icon=":material/download_done:",
                help=words("search.load.help"),
                on_click=_load,
                args=(visit, found, found.reached.at),
            )
        draw_undo(visit, (which.place,), words)


def _aim(outcome: str, words: Words) -> tuple[Aim, float]:
    compares = OUTCOMES[outcome].difference
    legal = tuple(each for each in _MEASURES if compares or each != "probability")
    measure = name_box(
        "seek.measure",
        words("search.measure"),
        legal,
        lambda name: words(f"search.measure.{name}"),
    )
    unit = OUTCOMES[outcome].unit
    above = None
    if measure == "above":
        above = amount_box("seek.above", "search.level.unit", unit, 0.0, words)
    if measure in {"above", "probability"}:
        aim = Aim(outcome=outcome, measure="probability", above=above)
        return aim, amount_box("seek.chance", "search.target.unit", "share", _EVEN, words)
    aim = Aim(outcome=outcome, measure=measure)
    return aim, amount_box("seek.target", "search.target.unit", unit, 0.0, words)


def _found(visit: Visit, which: Variable, aim: Aim, target: float, words: Words) -> Sought | None:
    asked = plain(visit.scenario)
    return answered(
        ("seek", asked, which, aim, target),
        lambda tick: seek(asked, which, aim, target, tick=tick),
        label=words("search.run.seek"),
        words=words,
        instant=aim.measure == "world",
    )


def _load_point(visit: Visit, found: Sought, click: Click) -> None:
    if click.series == "value" and click.index and click.index[0] < len(found.found.tried):
        _load(visit, found, float(found.found.tried[click.index[0]]))


def _load(visit: Visit, found: Sought, at: float) -> None:
    which = found.variable
    st.session_state["seek"] = Choice(place=which.place, low=which.low, high=which.high)
    load(with_number(visit.scenario, which, at), which.place)
