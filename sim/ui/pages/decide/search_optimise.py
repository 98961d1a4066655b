"""The best plan between bounds, beside the one there is."""

from collections.abc import Iterator

import streamlit as st

from sim.analyses.objective import Aim
from sim.analyses.optimise import Optimisation, Set, optimise
from sim.charts.outcome_words import aim_words, gain_value, number_text
from sim.charts.search import contribution_panel
from sim.reports.search import optimise_sentence
from sim.text import Words
from sim.text.place_words import variable_words
from sim.ui.chart_grid import chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.loading import draw_undo
from sim.ui.pages.decide.outcome import draw_outcome
from sim.ui.pages.decide.plan_space import draw_objective, draw_space, load_plan
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.results import grid_words
from sim.ui.visit import Visit
from sim.ui.work import answered


def draw(visit: Visit, words: Words) -> None:
    """What may be set and by what it is judged; then the plan, number by number."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        outcome = draw_outcome(visit, words)
        aim = Aim(outcome=outcome, measure=draw_objective(outcome, words))
    space = draw_space(visit, words)
    if space is None:
        return
    found = answered(
        ("optimise", space, aim),
        lambda tick: optimise(space, aim, tick=tick),
        label=words("search.run.optimise"),
        words=words,
    )
    if found is None:
        return
    draw_sentence(optimise_sentence(found, words))
    if found.ended == "none":
        return
    st.subheader(words("search.table"), anchor=False)
    st.table([dict(_row(each, found, words)) for each in found.numbers], border="horizontal")
    if found.ended == "better":
        chart_grid(
            [contribution_panel(found, words, _header(visit, words))],
            key="plan-chart",
            language=tag_of(words.language),
            words=grid_words(words),
            columns=1,
        )
    st.caption(
        words(
            "search.method.optimise",
            tried=f"{found.tried:,}",
            search=f"{found.search_worlds:,}",
            worlds=f"{found.worlds:,}",
        )
    )
    _buttons(found, visit, words)


def _header(visit: Visit, words: Words) -> tuple[str, ...]:
    return (words("ui.title"), f"s={token_of(visit.scenario) or ''}")


def _row(each: Set, found: Optimisation, words: Words) -> Iterator[tuple[str, str]]:
    place = each.variable.place
    yield words("search.column.number"), variable_words(place, words)
    yield words("search.column.before"), number_text(place, each.before, words)
    yield words("search.column.value"), number_text(place, each.value, words)
    low, high = (number_text(place, at, words) for at in (each.variable.low, each.variable.high))
    yield words("search.column.bounds"), f"{low} – {high}"
    bound = words(f"search.bound.{each.on_bound}") if each.on_bound else "–"
    yield words("search.column.bound"), bound
    label = f"{words('search.column.contribution')} ({aim_words(found.aim, words)})"
    yield label, gain_value(found.aim, each.contribution, words)


def _buttons(found: Optimisation, visit: Visit, words: Words) -> None:
    place = found.numbers[0].variable.place
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("search.load"),
            key="plan.load",
            icon=":material/download_done:",
            disabled=found.ended not in {"better", "forced"},
            help=words("search.load.help"),
            on_click=load_plan,
            args=(visit, found.space, found.plan, place),
        )
        draw_undo(visit, (place,), words)
