"""What the decision hangs on: one assumption at a time, where each turns it, and all of them at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import streamlit as st

from sim.analyses.flips import FlipPoints, Flips
from sim.analyses.indices import BASE, Indices, factors_of, indices
from sim.analyses.joint_flip import JointFlip, Shift, joint_flip
from sim.analyses.tornado import Bar, Tornado, tornado
from sim.charts.differences import difference_text, size_text
from sim.charts.panel import Panel
from sim.charts.tornado import MOST_BARS, tornado_panel
from sim.charts.variance import variance_panel
from sim.reports.certainty import chance
from sim.reports.drivers import drivers_sentence, flip_badge, indices_sentence, joint_sentence
from sim.scenario import Scenario
from sim.text import Words
from sim.text.assumption_words import parameter_words, values_text
from sim.ui import markdown
from sim.ui.chart_grid import chart_grid
from sim.ui.flip_marks import flips_of
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.outcome import draw_outcome
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.results import grid_words
from sim.ui.session import hold, touch
from sim.ui.visit import Visit
from sim.ui.work import answered, plain
from sim.uncertainty import Sampling

_BASES: Final = (256, 512, BASE, 2048, 4096)
_SHIFTED: Final = 6
# Turning points that are shown at once; all are in a box below.
_LIKELIEST: Final = 8


def draw(visit: Visit, words: Words) -> None:
    """Tornado and flip points at once, the joint flip beside them, indices at a button."""
    outcome = draw_outcome(visit, words)
    # Of the sampling, only the seed of the indices bears on anything here.
    scenario = replace(plain(visit.scenario), sampling=Sampling(seed=visit.scenario.sampling.seed))
    still = replace(scenario, sampling=Sampling())
    bars = answered(
        ("tornado", still, outcome),
        lambda tick: tornado(still, outcome=outcome, tick=tick),
        label=words("decide.drivers"),
        words=words,
        instant=True,
    )
    flips = flips_of(still, outcome, words)
    if bars is not None and flips is not None:
        draw_sentence(drivers_sentence(bars, flips, words))
        turning = [each.name for each in flips.turning]
        _chart(tornado_panel(bars, turning, words, _header(visit, words)), words)
        _tornado_notes(bars, words)
        _flips(flips, words)
        _all_bars(bars, flips, words)
    _joint(scenario, outcome, words)
    _indices(scenario, outcome, visit, words)


def _header(visit: Visit, words: Words) -> tuple[str, ...]:
    return words("ui.title"), f"s={token_of(visit.scenario) or ''}"


def _chart(panel: Panel, words: Words) -> None:
    with st.container(key=f"tall-{panel.id}"):
        chart_grid(
            [panel],
            key=f"{panel.id}-chart",
            language=tag_of(words.language),
            words=grid_words(words),
            columns=1,
        )


def _tornado_notes(found: Tornado, words: Words) -> None:
    moving = [each for each in found.bars if each.swing > 0]
    if len(moving) > MOST_BARS:
        swing = size_text(found.outcome, moving[MOST_BARS - 1].swing, words)
        count = len(found.bars) - MOST_BARS
        st.caption(words("decide.drivers.rest", count=count, swing=swing))
    if found.outcome == "payback_week":
        st.caption(words("decide.drivers.payback.note"))
    st.caption(words("decide.drivers.tornado.note"))


def _flips(found: FlipPoints, words: Words) -> None:
    st.subheader(words("decide.drivers.flips"), anchor=False)
    if not found.turning:
        st.markdown(words("decide.drivers.flips.none"))
    else:
        _flip_table(found, found.turning[:_LIKELIEST], words)
        more = len(found.turning) - _LIKELIEST
        if more > 0:
            st.caption(words("decide.drivers.flips.more", count=more))
    st.caption(words("decide.drivers.flips.note"))


def _flip_table(found: FlipPoints, flips: Sequence[Flips], words: Words) -> None:
    rows = [_flip_row(each, better=found.better, words=words) for each in flips]
    st.table(rows, border="horizontal")


def _flip_row(found: Flips, *, better: bool, words: Words) -> dict[str, str]:
    assert found.nearest is not None
    now = values_text(found.name, found.now, found.nearest.values, words)
    return {
        words("decide.column.badge"): markdown.plain(flip_badge(found, better=better, words=words)),
        words("decide.column.now"): markdown.plain(now),
    }


def _all_bars(bars: Tornado, flips: FlipPoints, words: Words) -> None:
    by_name = {each.name: each for each in flips.parameters}
    with st.expander(words("decide.drivers.flips.others"), key="drivers-all"):
        if len(flips.turning) > _LIKELIEST:
            _flip_table(flips, flips.turning, words)
        st.table(
            [_bar_row(each, by_name[each.name], bars, words) for each in bars.bars],
            border="horizontal",
        )


def _bar_row(bar: Bar, flips: Flips, found: Tornado, words: Words) -> dict[str, str]:
    ends = {}
    sides = (("at_low", bar.at_low, bar.low, bar.high), ("at_high", bar.at_high, bar.high, bar.low))
    for column, at, values, other in sides:
        result = difference_text(found.outcome, at, words, horizon=found.scenario.weeks)
        value = values_text(bar.name, values, other, words)
        ends[words(f"decide.column.{column}")] = words("drivers.end", result=result, value=value)
    return {
        words("decide.column.assumption"): markdown.plain(parameter_words(bar.name, words)),
        **{name: markdown.plain(each) for name, each in ends.items()},
        words("decide.column.gains"): words(f"drivers.gains.{bar.gains}"),
        words("decide.column.likely"): chance(flips.likely, words) if flips.flips else "–",
    }


def _joint(scenario: Scenario, outcome: str, words: Words) -> None:
    st.subheader(words("decide.drivers.joint"), anchor=False)
    found: JointFlip | None = answered(
        ("joint flip", scenario, outcome),
        lambda tick: joint_flip(scenario, outcome=outcome, tick=tick),
        label=words("decide.drivers.joint"),
        words=words,
        instant=True,
    )
    if found is None:
        return
    draw_sentence(joint_sentence(found, words))
    if found.converged:
        st.table(
            [_shift_row(each, words) for each in found.shifts[:_SHIFTED] if each.deviations],
            border="horizontal",
        )
        st.caption(words("decide.drivers.joint.note"))


def _shift_row(shift: Shift, words: Words) -> dict[str, str]:
    return {
        words("decide.column.assumption"): markdown.plain(parameter_words(shift.name, words)),
        words("decide.column.now"): values_text(shift.name, shift.now, shift.there, words),
        words("decide.column.there"): values_text(shift.name, shift.there, shift.now, words),
        words("decide.column.deviations"): f"{shift.deviations:+.2f}".replace("-", "\u2212"),
    }


def _indices(scenario: Scenario, outcome: str, visit: Visit, words: Words) -> None:
    st.subheader(words("decide.drivers.indices"), anchor=False)
    hold("drivers.base", st.session_state.get("drivers.base", BASE))
    base = st.select_slider(
        words("decide.drivers.base"),
        _BASES,
        value=BASE,
        key="drivers.base",
        help=words("decide.drivers.base.help"),
        on_change=touch,
        width=320,
    )
    worlds = f"{base * (len(factors_of(scenario)) + 2):,}"
    found: Indices | None = answered(
        ("indices", scenario, outcome, base),
        lambda tick: indices(scenario, outcome=outcome, base=base, tick=tick),
        label=words("decide.drivers.run", worlds=worlds),
        words=words,
    )
    if found is None:
        return
    draw_sentence(indices_sentence(found, words))
    if not found.flat:
        _chart(variance_panel(found, words, _header(visit, words)), words)
    st.caption(words("decide.drivers.indices.note", worlds=worlds))
