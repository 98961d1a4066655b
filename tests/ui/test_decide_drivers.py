"""The view of what decides: in both languages, with its charts, its tables and its sentences."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.flips import flip_points
from sim.analyses.indices import indices
from sim.analyses.joint_flip import joint_flip
from sim.analyses.tornado import tornado
from sim.cases.catalogue import case
from sim.charts.tornado import MOST_BARS, tornado_panel
from sim.charts.variance import variance_panel
from sim.metrics import OUTCOMES
from sim.policy import Policy
from sim.reports.drivers import drivers_sentence, flip_badge, indices_sentence, joint_sentence
from sim.text import LANGUAGES, words_of
from sim.text.assumption_words import parameter_words, values_text
from sim.ui import flip_marks
from sim.ui.flip_marks import mark_of
from sim.ui.jobs import JOBS, Jobs
from sim.ui.spans import span_of
from sim.ui.visit import Visit
from sim.uncertainty import Correlation, Sampling, Uncertainty

SMALL = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(worlds=256))
FEW = replace(
    SMALL,
    uncertainty=Uncertainty(
        correlations=(Correlation(first="payout", second="remedy", coefficient=0.5),)
    ),
)


def opened(language: str) -> AppTest:
    """The view as a visitor sees it who goes there."""

    def script(language: str) -> None:
        from sim.text import words_of
        from sim.ui.pages import decide
        from sim.ui.session import current

        current().language = language
        current().view = "drivers"
        decide.draw(words_of(language))

    test = AppTest.from_function(script, default_timeout=120, kwargs={"language": language})
    return finished(test.run())


def finished(test: AppTest) -> AppTest:
    for job in list(JOBS._held.values()):
        job.ended.wait(100)
    return test.run()


def texts(test: AppTest) -> Iterator[str]:
    """What is read: a letter that is kept from being markup has a backslash before it."""
    yield from (each.value.replace("\\", "") for each in test.markdown)


def visit_of(test: AppTest) -> Visit:
    visit: Visit = test.session_state["visit"]
    return visit


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_draws_without_a_fault_and_says_what_was_found(language: str) -> None:
    test, words = opened(language), words_of(language)
    assert not test.exception
    assert not test.error
    scenario = visit_of(test).scenario
    flips = flip_points(scenario)
    said = " ".join(texts(test))
    assert drivers_sentence(tornado(scenario), flips, words) in said
    assert joint_sentence(joint_flip(scenario), words) in said
    rows = test.table[0].value
    assert len(rows) == 8
    assert len(test.table[1].value) == len(flips.turning)
    assert words("decide.column.badge") in rows.columns
    assert not any("Saltelli" in each.value for each in test.caption)
    assert len(test.table[2].value) == len(flips.parameters)


def test_another_outcome_asks_another_question() -> None:
    test = opened("en")
    before = list(texts(test))
    test = finished(test.selectbox(key="outcome").set_value("dip_depth").run())
    assert not test.exception
    after = list(texts(test))
    assert before != after
    words = words_of("en")
    none = words("joint.no_margin", outcome=words("outcome.dip_depth"))
    assert any(each.startswith(f"**{none}") for each in after)


def test_shares_of_variance_wait_for_a_button() -> None:
    test, words = opened("en"), words_of("en")
    test = finished(test.select_slider(key="drivers.base").set_value(256).run())
    label = words("decide.drivers.run", worlds=f"{256 * 78:,}")
    button = next(each for each in test.button if each.label == label)
    test = finished(button.click().run())
    assert not test.exception
    expected = indices(visit_of(test).scenario, base=256)
    assert indices_sentence(expected, words) in " ".join(texts(test))
    assert any("Saltelli" in each.value for each in test.caption)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_policy_is_said_to_hang_on_nothing(language: str) -> None:
    words, none = words_of(language), replace(SMALL, policy=Policy())
    outcome = words("outcome.npv_change")
    flat = words("drivers.flat", outcome=outcome)
    assert drivers_sentence(tornado(none), flip_points(none), words) == flat
    assert indices_sentence(indices(none, base=64), words) == flat
    said = joint_sentence(joint_flip(none), words)
    assert said.startswith(words("joint.flat", outcome=outcome))
    assert words("joint.counted", share="0%", worlds="1,024") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_badge_says_on_which_side_it_turns_and_how_likely(language: str) -> None:
    words, found = words_of(language), flip_points(SMALL)
    for each in found.turning:
        badge = flip_badge(each, better=found.better, words=words)
        assert each.nearest is not None
        assert values_text(each.name, each.nearest.values, each.now, words) in badge
        if not each.members and len(each.flips) == 1:
            above = each.nearest.values[0] > each.now[0]
            sign = {"en": "<>", "zh": "低高"}[language][above]
            assert sign in badge
    still = next(each for each in found.parameters if not each.flips)
    never = words("flips.never", label=parameter_words(still.name, words))
    assert flip_badge(still, better=True, words=words) == never


def test_values_are_told_with_as_many_digits_as_tell_them_apart() -> None:
    words = words_of("en")
    assert values_text("diversion", (0.65012,), (0.65,), words) == "65.01%"
    assert values_text("diversion", (0.5639286,), (0.65,), words) == "56.4%"
    assert values_text("notice_weeks", (5,), (4,), words) == "5 weeks"
    shares = (0.0, 0.0, 0.95)
    there = values_text("adaptable", (3.3e-7, 3.3e-7, 0.0436), shares, words, only=1)
    assert there == "0%"
    assert values_text("churn_trust", (0.1,), (0.2,), words, bare=True) == "0.1"
    halflife = values_text("data_halflife", (26.31,), (26.0,), words)
    assert halflife == "26.3 weeks"
    churn = values_text("churn", (0.05, 0.01, 0.004), (0.06, 0.012, 0.004), words)
    assert churn.count("·") == 2
    assert (
        values_text("churn", (0.05, 0.01, 0.004), (0.06, 0.012, 0.004), words, only=1)
        == "0.01/week"
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_tornado_holds_the_ends_and_is_readable_without_colour(
    language: str, outcome: str
) -> None:
    words, found = words_of(language), tornado(SMALL, outcome=outcome)
    turning = {each.name for each in flip_points(SMALL, outcome=outcome).turning}
    panel = tornado_panel(found, turning, words)
    bars = found.bars[:MOST_BARS]
    by_series = {each["meta"]["series"]: each for each in panel.figure["data"]}
    moving = [each for each in bars if each.swing > 0]
    assert list(by_series["at_low"]["x"]) == [each.at_low for each in moving]
    assert list(by_series["at_high"]["x"]) == [each.at_high for each in moving]
    assert by_series["low"]["marker"]["pattern"] != by_series["high"]["marker"]["pattern"]
    assert ("flips" in by_series) == any(each.name in turning for each in moving)
    assert panel.alt and panel.title in panel.alt
    low, high = panel.figure["layout"]["xaxis"]["range"]
    for each in moving:
        assert each.at_low is not None and low < each.at_low < high


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_told_from_zero_has_words_and_no_bar(language: str) -> None:
    words, found = words_of(language), indices(FEW, base=64)
    panel = variance_panel(found, words)
    total, first = panel.figure["data"]
    for kind, trace in (("total", total), ("first", first)):
        for factor, value, text in zip(found.factors, trace["x"], trace["text"], strict=False):
            index = getattr(factor, kind)
            assert value == (index.value if index.known else 0)
            assert (text == words("indices.zero")) == (not index.known)
        assert (np.asarray(trace["error_x"]["arrayminus"]) >= 0).all()
        assert (np.asarray(trace["error_x"]["array"]) >= 0).all()
    assert words("indices.zero") in first["text"]
    assert any(words("drivers.plus") in each for each in total["y"])
    assert total["marker"]["pattern"] != first["marker"]["pattern"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_stand_on_the_track_where_the_value_is(language: str) -> None:
    words, found = words_of(language), flip_points(SMALL)
    for each in found.turning:
        for at, member in enumerate(each.members or ("",)):
            place = f"world.{each.name}.{member}".rstrip(".")
            span = span_of(place, each.now[at], language)
            mark = mark_of(each, at, span, words)
            assert each.nearest is not None
            assert (
                values_text(each.name, each.nearest.values, each.now, words, only=at)
                in mark["text"]
            )
            assert all(0 <= position <= 1 for position in mark["marks"])
            for low, high in mark["beyond"]:
                assert 0 <= low <= high <= 1
            stops = np.array(span.stops)
            for flip, position in zip(each.flips, mark["marks"], strict=True):
                under = np.interp(position * (len(stops) - 1), np.arange(len(stops)), stops)
                assert under == pytest.approx(span.show(flip.values[at]), rel=1e-6, abs=1e-9)
            ends = {edge for stretch in mark["beyond"] for edge in stretch}
            for position in mark["marks"]:
                assert min(abs(position - edge) for edge in ends) < 1e-4


def test_sliders_are_marked_when_that_is_asked_for() -> None:
    def script() -> None:
        import streamlit as st

        from sim.text import words_of
        from sim.ui.assumption_panel import draw_assumptions
        from sim.ui.flip_marks import flip_mark
        from sim.ui.session import current
        from sim.ui.spans import span_of

        words = words_of("en")
        draw_assumptions(current(), words)
        value = current().scenario.world.demand.diversion
        span = span_of("world.diversion", value, "en")
        st.session_state["seen"] = flip_mark("world.diversion", current(), span, words)

    test = AppTest.from_function(script, default_timeout=120).run()
    assert not test.exception
    assert test.session_state["seen"] is None
    test = finished(test.toggle(key="flips.shown").set_value(True).run())
    assert not test.exception
    seen = test.session_state["seen"]
    assert len(seen["marks"]) == 1 and not seen["stale"]
    assert any("turn the answer by themselves" in each.value for each in test.caption)
    visit = visit_of(test)
    visit.change(replace(visit.scenario, weeks=61))
    test = test.run()
    assert test.session_state["seen"]["marks"]
    test = test.toggle(key="flips.shown").set_value(False).run()
    assert test.session_state["seen"] is None


def test_flip_points_of_a_scenario_that_was_left_are_let_go_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jobs = Jobs()
    monkeypatch.setattr(flip_marks, "JOBS", jobs)

    def endless(_scenario: Any, *, outcome: str, tick: Any) -> None:
        assert outcome
        while True:
            tick(0, 1)
            time.sleep(0.01)

    monkeypatch.setattr(flip_marks, "flip_points", endless)

    def script() -> None:
        from sim.text import words_of
        from sim.ui.assumption_panel import draw_assumptions
        from sim.ui.session import current

        draw_assumptions(current(), words_of("en"))

    test = AppTest.from_function(script, default_timeout=120).run()
    test = test.toggle(key="flips.shown").set_value(True).run()
    assert not test.exception
    visit = visit_of(test)
    first = jobs.find(flip_marks._key(visit.scenario, visit.outcome))
    assert first is not None and first.is_wanted()
    visit.change(replace(visit.scenario, weeks=61))
    test = test.run()
    second = jobs.find(flip_marks._key(visit.scenario, visit.outcome))
    assert second is not None and second.is_wanted()
    assert first.ended.wait(60)
    assert first.state == "cancelled"
    second.cancel()
    assert second.ended.wait(60)
