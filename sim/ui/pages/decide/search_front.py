"""What two outcomes cannot have together: the front of plans, each of which can be loaded."""

from collections.abc import Iterator
from functools import partial

import streamlit as st

from sim.analyses.objective import Aim
from sim.analyses.pareto import Pareto, pareto
from sim.charts.outcome_words import aim_value, aim_words, gain_value, number_text
from sim.charts.search import front_panel
from sim.metrics import OUTCOMES
from sim.reports.search import front_sentence
from sim.text import Words
from sim.text.numbers import money
from sim.text.place_words import variable_words
from sim.ui.chart_grid import Click, chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.amounts import name_box
from sim.ui.pages.decide.loading import draw_undo
from sim.ui.pages.decide.outcome import draw_outcome
from sim.ui.pages.decide.plan_space import draw_objective, draw_space, load_plan
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.results import grid_words
from sim.ui.session import touch
from sim.ui.visit import Visit
from sim.ui.work import answered


def draw(visit: Visit, words: Words) -> None:
    """Both outcomes and what may be set; then the front, and every plan of it in a table."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        outcome = draw_outcome(visit, words)
        second = name_box(
            "front.second",
            words("search.second"),
            tuple(name for name in ("dip_depth", *OUTCOMES) if name != outcome),
            lambda name: words(f"outcome.{name}"),
            help=words("search.second.help"),
        )
        measure = draw_objective(outcome, words)
    space = draw_space(visit, words)
    if space is None:
        return
    aims = (
        Aim(outcome=outcome, measure=measure),
        Aim(outcome=second, measure=_of(second, measure)),
    )
    found = answered(
        ("front", space, aims),
        lambda tick: pareto(space, aims, tick=tick),
        label=words("search.run.front"),
        words=words,
    )
    if found is None:
        return
    draw_sentence(front_sentence(found, words))
    if found.ended != "none":
        _results(found, visit, words)


def _of(outcome: str, measure: str) -> str:
    """What is no difference to the reference cannot be better than it: its mean is taken."""
    return measure if OUTCOMES[outcome].difference or measure != "probability" else "mean"


def _results(found: Pareto, visit: Visit, words: Words) -> None:
    chart_grid(
        [front_panel(found, words, (words("ui.title"), f"s={token_of(visit.scenario) or ''}"))],
        key="front-chart",
        language=tag_of(words.language),
        words=grid_words(words),
        columns=1,
        on_click=partial(_load_point, visit, found),
    )
    st.caption(
        words(
            "search.method.front",
            tried=f"{found.tried:,}",
            search=f"{found.search_worlds:,}",
            worlds=f"{found.worlds:,}",
        )
    )
    place = found.space.variables[0].place
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        number = st.number_input(
            words("search.plan"),
            min_value=1,
            max_value=len(found.points),
            value=1,
            key=f"front.plan.{len(found.points)}",
            on_change=touch,
            width=150,
        )
        st.button(
            words("search.load"),
            key="front.load",
            icon=":material/download_done:",
            help=words("search.load.help"),
            on_click=load_plan,
            args=(visit, found.space, found.plan(int(number) - 1), place),
        )
        draw_undo(visit, (place,), words)
    st.subheader(words("search.table.front"), anchor=False)
    rows = [dict(_row(found, row, words)) for row in range(len(found.points))]
    st.dataframe(rows, hide_index=True, width="stretch")


def _row(found: Pareto, row: int, words: Words) -> Iterator[tuple[str, str]]:
    yield words("search.column.plan"), str(row + 1)
    for each, value in zip(found.space.variables, found.points[row].tolist(), strict=True):
        yield variable_words(each.place, words), number_text(each.place, value, words)
    for at, aim in enumerate(found.aims):
        name = aim_words(aim, words)
        error = gain_value(aim, 2.0 * float(found.errors[row, at]), words).lstrip("+")
        yield name, aim_value(aim, float(found.values[row, at]), words)
        checked = aim_value(aim, float(found.checked[row, at]), words)
        yield words("search.column.checked", aim=name), f"{checked} ± {error}"
    yield words("search.column.cost"), money(float(found.costs[row]), words, signed=True)


def _load_point(visit: Visit, found: Pareto, click: Click) -> None:
    """Callback: the plan that was clicked."""
    if click.panel == "front" and click.series and click.index:
        row = click.index[0]
        if row < len(found.points):
            load_plan(visit, found.space, found.plan(row), found.space.variables[0].place)
