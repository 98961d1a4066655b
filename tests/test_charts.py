"""The charts: exact values, the reference always, moves and festivals on every time axis."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.analyses.compare import Comparison, compare
from sim.cases.catalogue import case, case_ids, festivals
from sim.charts import Axis, Panel, simulate_panels
from sim.charts.labels import MOST_LANES, NARROWEST, at_pixels, flags, numbered, text_width
from sim.charts.marks import Mark, festival_weeks, marks_of
from sim.charts.ticks import nice_ticks, y_range
from sim.metrics import leakage_rate
from sim.policy import Move, Policy
from sim.scenario import Scenario
from sim.sets import PARTNERS, SURFACES
from sim.text import LANGUAGES, words_of

KINDS = ("weeks", "dates")
IDS = ("gmv", "profit", "closed_share", "trust", "habits", "audience", "merchants")


@cache
def compared(id: str) -> Comparison:
    return compare(case(id).scenario)


@cache
def panels(
    id: str = "kuaishou-2021", language: str = "en", kind: Any = "weeks"
) -> tuple[Panel, ...]:
    return simulate_panels(
        compared(id),
        words=words_of(language),
        axis=Axis(kind=kind, start=case(id).start),
        festivals=festivals(),
        csv_header=("line",),
    )


def of_scenario(scenario: Scenario, language: str = "en") -> tuple[Panel, ...]:
    return simulate_panels(
        compare(scenario), words=words_of(language), axis=Axis(), festivals=festivals()
    )


def traces(panel: Panel) -> dict[str, Mapping[str, Any]]:
    return {each["meta"]["series"]: each for each in panel.figure["data"]}


def lines_at(panel: Panel, *, dashed: bool) -> set[Any]:
    """Where the lines through all panes stand: festivals' are dashed, marks' are not."""
    return {
        each["x0"]
        for each in panel.figure["layout"]["shapes"]
        if each.get("ysizemode") != "pixel" and ("dash" in each["line"]) == dashed
    }


def expected(name: str, comparison: Comparison) -> np.ndarray[Any, Any]:
    run, reference = comparison.run.series, comparison.reference.series
    if name == "cumulative_profit_change":
        return np.cumsum(run["profit"] - reference["profit"])
    if name == "cumulative_profit_change_reference":
        return np.zeros(len(run["profit"]))
    source = reference if name.endswith("_reference") else run
    series = name.removesuffix("_reference")
    return leakage_rate(source) if series == "leakage_rate" else source[series]


@pytest.mark.parametrize("id", case_ids())
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_case_draws_with_exact_values_and_its_reference(
    id: str, kind: str, language: str
) -> None:
    drawn = panels(id, language, kind)
    assert tuple(panel.id for panel in drawn) == IDS
    for panel in drawn:
        for name, trace in traces(panel).items():
            if trace["meta"].get("csv") is False:
                continue
            assert trace["y"].dtype == np.float64
            np.testing.assert_array_equal(trace["y"], expected(name, compared(id)))
            if not name.endswith("_reference"):
                reference = traces(panel)[f"{name}_reference"]
                assert reference["line"]["dash"] == "dot"
                assert reference["line"]["color"] == trace["line"]["color"]
                assert reference["line"]["width"] < trace["line"]["width"]


def test_lines_of_one_chart_differ_in_dash_and_in_marker() -> None:
    for panel in panels():
        own = [trace for trace in panel.figure["data"] if trace["mode"] == "lines+markers"]
        looks = {(trace["line"]["dash"], trace["marker"]["symbol"]) for trace in own}
        assert len(looks) == len(own)
        assert len({trace["marker"]["symbol"] for trace in own}) == len(own)


def test_the_legend_has_one_entry_a_series_and_one_for_all_references() -> None:
    for panel in panels():
        shown = [trace for trace in panel.figure["data"] if trace.get("showlegend") is not False]
        references = [each for each in shown if each["meta"]["series"].endswith("_reference")]
        assert len(references) == 1
        names = [trace["name"] for trace in shown]
        assert len(set(names)) == len(names)
        assert panel.figure["layout"]["legend"]["traceorder"] == "normal"


@pytest.mark.parametrize("kind", KINDS)
def test_moves_and_programmes_are_marked_on_every_axis(kind: str) -> None:
    axis = Axis(kind=kind, start=case("kuaishou-2021").start)  # type: ignore[arg-type]
    for panel in panels(kind=kind):
        assert {axis.at(19), axis.at(20)} <= lines_at(panel, dashed=False)
        texts = {each["text"] for each in panel.figure["layout"]["annotations"]}
        assert {"cut: live", "programmes"} <= texts


def test_the_monday_of_a_week_stands_on_the_axis_of_dates() -> None:
    axis = Axis(kind="dates", start=date(2021, 7, 5))
    assert axis.at(19) == "2021-11-15"
    assert not Axis(kind="dates").dated
    for panel in panels(kind="dates"):
        assert panel.figure["data"][0]["x"][19] == "2021-11-15"


@pytest.mark.parametrize("kind", KINDS)
def test_festivals_are_marked_where_there_is_a_season(kind: str) -> None:
    scenario = case("kuaishou-2021").scenario
    start = scenario.world.demand.start_week
    weeks = {week for week in range(scenario.weeks) if (start + week) % 52 in festivals().values()}
    assert len(weeks) == 6
    axis = Axis(kind=kind, start=case("kuaishou-2021").start)  # type: ignore[arg-type]
    for panel in panels(kind=kind):
        assert lines_at(panel, dashed=True) == {axis.at(week) for week in weeks}
    assert festival_weeks(Scenario(), festivals()) == ()
    assert not any(lines_at(panel, dashed=True) for panel in of_scenario(Scenario()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", case_ids())
def test_the_payback_week_of_the_metrics_is_marked(id: str, language: str) -> None:
    payback = compared(id).outcomes["payback_week"]
    profit = panels(id, language)[1]
    points = traces(profit)
    if payback is None:
        assert "payback_week" not in points
    else:
        assert list(points["payback_week"]["x"]) == [payback]
        assert payback in lines_at(profit, dashed=False)
        assert str(int(payback)) in profit.alt


def test_the_dip_is_shaded_where_the_policy_has_lost_money_so_far() -> None:
    profit = traces(panels()[1])
    total = profit["cumulative_profit_change"]["y"]
    assert total.min() < 0 < total.max()
    np.testing.assert_array_equal(profit["dip"]["y"], np.minimum(total, 0))
    assert profit["dip"]["fill"] == "tozeroy"
    assert profit["dip"]["meta"]["csv"] is False


def test_a_run_without_levers_has_no_marks_and_no_payback() -> None:
    drawn = of_scenario(Scenario(weeks=1))
    assert all(not panel.figure["layout"]["annotations"] for panel in drawn)
    assert "payback_week" not in traces(drawn[1])
    assert "no difference" in drawn[1].alt


def test_moves_are_named_by_what_stood_open_before() -> None:
    def move(week: int, openness: float | None, fee: float | None = None) -> Move:
        return Move(week=week, surfaces=("live",), partners=PARTNERS, openness=openness, fee=fee)

    moves = (
        move(5, 0.0),
        move(10, 0.5),
        move(20, 1.0),
        move(30, 0.3),
        move(40, None, 0.2),
        replace(move(50, 0.0), surfaces=SURFACES),
        move(500, 0.0),
    )
    marks = marks_of(Scenario(policy=Policy(moves=moves)), words_of("en"))
    assert [(mark.week, mark.label) for mark in marks] == [
        (5, "cut: live"),
        (10, "reopen to 50%: live"),
        (20, "reopen: live"),
        (30, "30% open: live"),
        (40, "fee 20%"),
        (50, "cut: all"),
    ]


def test_many_moves_are_numbered_and_named_on_hover_and_in_the_sentence() -> None:
    moves = tuple(
        Move(week=week, surfaces=("live",), partners=("saas",), openness=week % 2 / 1)
        for week in range(0, 100, 2)
    )
    for panel in of_scenario(Scenario(policy=Policy(moves=moves))):
        annotations = panel.figure["layout"]["annotations"]
        assert annotations[0]["text"].startswith("\N{CIRCLED DIGIT ONE}")
        assert "independent-shop" in annotations[0]["hovertext"]
        assert "\N{CIRCLED NUMBER TWENTY}" in panel.alt
        assert "(50)" in panel.alt


marks = st.lists(
    st.tuples(st.integers(0, 103), st.text("abc\u76f4\u64ad", min_size=1, max_size=16)),
    max_size=40,
    unique_by=lambda each: each[0],
).map(lambda found: [Mark(week=w, label=t, name=t) for w, t in sorted(found)])


@given(marks)
def test_labels_never_overlap_nor_leave_the_chart(marked: list[Mark]) -> None:
    pixel = at_pixels(104)
    for labels in (flags(marked, 104, size=11), numbered(marked, 104, size=11)):
        taken: dict[int, list[tuple[float, float]]] = {}
        for label in labels or ():
            width = text_width(label.text, 11)
            before = {"left": 0.0, "right": width, "center": width / 2}[label.anchor]
            begin = pixel(label.week) - before
            assert begin >= -width / 2
            assert begin + width <= NARROWEST + 1e-9
            assert label.lane < MOST_LANES
            for other_begin, other_end in taken.setdefault(label.lane, []):
                assert begin + width <= other_begin or other_end <= begin
            taken[label.lane].append((begin, begin + width))


@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12), st.integers(3, 8))
def test_ticks_are_few_inside_and_evenly_apart(low: float, span: float, most: int) -> None:
    assume(span > 1e-9 * abs(low))
    high = low + span
    ticks = nice_ticks(low, high, most=most)
    assert 1 <= len(ticks) <= most + 1
    assert all(low - 1e-6 * span <= tick <= high + 1e-6 * span for tick in ticks)
    if len(ticks) > 2:
        np.testing.assert_allclose(np.diff(ticks), ticks[1] - ticks[0], rtol=1e-6)


def test_a_flat_line_gets_a_range_that_does_not_blow_it_up() -> None:
    low, high = y_range([np.full(3, 0.6)], least_span=0.1)
    assert low < 0.55 < 0.65 < high
    assert y_range([np.zeros(3)]) != (0.0, 0.0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_says_start_end_and_reference(language: str) -> None:
    words = words_of(language)
    for panel in panels(language=language):
        assert "{" not in panel.alt
        assert panel.title in panel.alt
    closed = panels(language=language)[2].alt
    series, before = (
        compared("kuaishou-2021").run.series,
        compared("kuaishou-2021").reference.series,
    )
    for value in (
        series["closed_share"][0],
        series["closed_share"][-1],
        before["closed_share"][-1],
    ):
        assert f"{value * 100:.1f}%" in closed
    assert words("chart.reference").lower() in closed.lower()


@pytest.mark.parametrize("kind", KINDS)
def test_zoom_is_kept_by_chart_and_kind_of_axis(kind: str) -> None:
    for panel in panels(kind=kind):
        assert panel.figure["layout"]["uirevision"] == f"{panel.id}.{kind}"
        json.dumps(panel.figure["layout"])
        assert panel.csv_name == f"kuaishou-2021-{panel.id}.csv"
        assert panel.csv_header == ("line",)
