"""Where one of the plans fails: in which worlds, in a few assumptions, and what warns of it."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from sim.analyses.robust.discovery import Box
from sim.analyses.robust.failing import (
    FAILS,
    MOST_WORLDS,
    USUAL_WORST,
    Failing,
    failing,
    first_plan,
    level_of,
)
from sim.analyses.robust.regret import Robust
from sim.charts.panel import Panel
from sim.charts.robust import box_inputs, trade_off_panel, worlds_panel
from sim.policy import Policy
from sim.reports.certainty import chance
from sim.reports.robust import discovery_text, plan_words, tripwire_row, where_text
from sim.text import Words
from sim.text.numbers import share, week
from sim.text.place_words import variable_words
from sim.ui.chart_grid import chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.asked import ask
from sim.ui.results import grid_words
from sim.ui.visit import Visit
from sim.ui.work import answered

_WORST: Final = (0.05, 0.1, USUAL_WORST, 0.3, 0.5)


def draw_failing(
    found: Robust, visit: Visit, words: Words, *, take: Callable[[Policy], None]
) -> None:
    """A plan to choose, its failures in a sentence and two charts, its early signs, and its button."""
    st.subheader(words("decide.plans.why"), anchor=False)
    plan = _choose_plan(found, visit, words, take)
    told = _found(found, visit, plan, words)
    if told is None:
        return
    box = _choose_box(told, visit, found.outcome, words)
    text = discovery_text(told, box, found.outcome, words)
    st.markdown(text.replace("~", r"\~").replace("$", r"\$"))
    if box is not None:
        st.caption(words("robust.tested"))
        _charts(told, box, visit, words)
    _signs(told, words)
    st.caption(words("decide.plans.method.failing", most=f"{MOST_WORLDS:,}"))


def _choose_plan(found: Robust, visit: Visit, words: Words, take: Callable[[Policy], None]) -> str:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        plan = ask(
            visit,
            "plans.plan",
            tuple(found.standings),
            first_plan(found),
            words("decide.plans.plan"),
            text=lambda name: plan_words(name, words),
        )
        policy = found.standings[plan].policy
        st.button(
            words("decide.plans.take"),
            key="plans.take",
            icon=":material/check:",
            help=words("decide.plans.take.help"),
            disabled=policy == visit.scenario.policy,
            on_click=take,
            args=(policy,),
        )
    return plan


def _found(found: Robust, visit: Visit, plan: str, words: Words) -> Failing | None:
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        fails = ask(
            visit,
            "plans.fails",
            FAILS,
            FAILS[0],
            words("decide.plans.fails"),
            text=lambda name: words(f"robust.fails.{name}"),
        )
        level = None
        if fails == "regret":
            worst = ask(
                visit,
                "plans.worst",
                _WORST,
                USUAL_WORST,
                words("decide.plans.worst"),
                text=lambda each: words("decide.plans.worst.option", share=share(each, words)),
                help=words("decide.plans.worst.help"),
            )
            level = level_of(found, plan, worst)
    return answered(
        ("failing", found.scenario, found.outcome, plan, fails, level),
        lambda tick: failing(found, plan, fails=fails, level=level, tick=tick),
        label=words("decide.plans.run_failing"),
        words=words,
        instant=True,
    )


def _choose_box(told: Failing, visit: Visit, outcome: str, words: Words) -> Box | None:
    boxes, chosen = told.discovery.boxes, told.discovery.chosen
    if chosen is None:
        return None

    def text(at: int) -> str:
        tested = boxes[at].tested
        coverage, density = chance(tested.coverage, words), chance(tested.density, words)
        return words("decide.plans.box.option", coverage=coverage, density=density)

    at = ask(
        visit,
        f"plans.box.{told.plan}.{told.fails}.{told.level}.{outcome}",
        range(len(boxes)),
        chosen,
        words("decide.plans.box"),
        text=text,
        help=words("decide.plans.box.help"),
        along=True,
    )
    return boxes[at]


def _charts(told: Failing, box: Box, visit: Visit, words: Words) -> None:
    header = (words("ui.title"), f"s={token_of(visit.scenario) or ''}")
    chart_grid(
        list(_panels(told, box, words, header)),
        key="failing-charts",
        language=tag_of(words.language),
        words=grid_words(words),
    )


def _panels(told: Failing, box: Box, words: Words, header: tuple[str, ...]) -> list[Panel]:
    found = told.discovery
    alt = words(
        "robust.chart.trade_off.alt",
        title=words("robust.chart.trade_off"),
        coverage=chance(box.tested.coverage, words),
        density=chance(box.tested.density, words),
        failing=chance(found.failing, words),
    )
    panels = [trade_off_panel(found, box, alt, words, header)]
    if len(found.names) > 1:
        labels = {each.place: variable_words(each.place, words) for each in box_inputs(found, box)}
        first, second = labels.values()
        title, where = words("robust.chart.worlds"), where_text(box, words)
        said = words(
            "robust.chart.worlds.alt", title=title, first=first, second=second, where=where
        )
        panels.append(worlds_panel(found, box, labels, said, words, header))
    return panels


def _signs(told: Failing, words: Words) -> None:
    signs = told.tripwires
    st.markdown(f"**{words('robust.tripwires')}**")
    if not signs.wires:
        st.markdown(words(f"robust.tripwires.{signs.state}"))
        return
    base, visible = week(signs.base, words), week(signs.visible, words)
    st.caption(words("robust.tripwires.help", base=base, visible=visible))
    st.table([dict(tripwire_row(each, words)) for each in signs.wires], border="horizontal")
