"""The map on the page of decisions: both languages, a cell that is loaded and taken back."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.map import Map, map_of
from sim.analyses.variables import variable, variable_places
from sim.cases.catalogue import case
from sim.charts.value_map import chance_panel, value_panel
from sim.policy import Policy
from sim.reports.map import map_sentence, turns_of
from sim.scenario import Scenario
from sim.text import LANGUAGES, words_of
from sim.text.numbers import points
from sim.ui.chart_grid.grid import Click, click_of
from sim.ui.pages.decide.map import _load_cell, _told
from sim.ui.pages.decide.variable_box import listed
from sim.ui.visit import Visit
from sim.uncertainty import Sampling

ONE = replace(case("kuaishou-2021").scenario, sampling=Sampling(worlds=64), weeks=60)
CUT, DIVERSION = "policy.moves[0].week", "world.diversion"


def opened(language: str, view: str = "map") -> AppTest:
    """The page with small maps, as a visitor sees it who goes there."""

    def script(language: str, view: str) -> None:
        import streamlit as st

        from sim.text import words_of
        from sim.ui.pages import decide
        from sim.ui.pages.decide.map import Settings
        from sim.ui.session import current

        visit = current()
        visit.language, visit.view = language, view
        st.session_state.setdefault("map.settings", Settings(count=6))
        decide.draw(words_of(language))

    arguments = {"language": language, "view": view}
    return AppTest.from_function(script, default_timeout=120, kwargs=arguments).run()


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    """Results are shared by all visitors: none is left over from another test."""
    from sim.ui.jobs import JOBS

    for key in list(JOBS._held):
        JOBS.forget(key)


def visit_of(test: AppTest) -> Visit:
    visit: Visit = test.session_state["visit"]
    return visit


def settled(test: AppTest) -> AppTest:
    """The page once its work is done."""
    from sim.ui.jobs import JOBS

    for job in list(JOBS._held.values()):
        job.ended.wait(120)
    return test.run()


def small(outcome: str = "npv_change", scenario: Scenario = ONE, worlds: int = 0) -> Map:
    x, y = variable(scenario, DIVERSION), variable(scenario, "world.blame")
    return map_of(scenario, x, y, outcome=outcome, counts=(12, 5), worlds=worlds)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_draws_without_a_button_and_a_fault(language: str) -> None:
    test, words = settled(opened(language)), words_of(language)
    assert not test.exception and not test.error
    assert words("map.load") in [each.label for each in test.button]
    assert words("map.method.world") in [each.value for each in test.caption]


@pytest.mark.parametrize("language", LANGUAGES)
def test_probabilities_wait_for_a_button_and_then_are_drawn(language: str) -> None:
    words = words_of(language)
    test = settled(opened(language))
    test.toggle(key="map.chance").set_value(True).run()
    test.number_input(key="map.worlds").set_value(20).run()
    label = words("map.run", cells="36", worlds=20)
    (button,) = [each for each in test.button if each.label == label]
    button.click().run()
    test = settled(test)
    assert not test.exception and not test.error
    assert any("20" in each.value for each in test.caption)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fine_map_says_what_of_it_was_run_and_how_far_the_rest_may_be_off(language: str) -> None:
    words = words_of(language)
    x, y = variable(ONE, DIVERSION), variable(ONE, "world.blame")
    found = map_of(ONE, x, y, outcome="closed_share", counts=(12, 12), worlds=40)
    assert found.infilled is not None
    how = replace(found.infilled, off_value=0.004, off_share=0.005)
    text = _told(found, how, words)
    assert "144" in text and f"{how.computed}" in text
    # A share is off by points, never by a per cent of itself.
    assert points(0.004, words).lstrip("+") in text and points(0.005, words).lstrip("+") in text
    assert "+" not in text


def test_a_point_by_its_numbers_becomes_the_scenario_and_can_be_taken_back() -> None:
    from sim.ui.jobs import JOBS

    test = settled(opened("en"))
    before, computed = visit_of(test).scenario, len(JOBS._held)
    (box,) = [each for each in test.number_input if each.key.startswith("map.x.point")]
    box.set_value(33).run()
    test.button(key="map.load").click().run()
    assert not test.exception and not test.error
    assert visit_of(test).scenario.policy.moves[0].week == 33
    assert visit_of(test).past == [before]
    # The map is the same for every point of it.
    assert len(JOBS._held) == computed
    test.button(key="decide.undo").click().run()
    assert visit_of(test).scenario == before


def test_ends_that_cross_are_refused_on_the_page() -> None:
    test = settled(opened("en"))
    (low,) = [each for each in test.number_input if each.key == f"map.x.{CUT}.en.low"]
    low.set_value(120).run()
    assert not test.exception
    assert len(test.error) == 1


def test_another_number_can_be_chosen() -> None:
    test = settled(opened("en"))
    test.selectbox(key="map.x.place").set_value("world.churn").run()
    test = settled(test)
    assert not test.exception and not test.error


def test_a_click_on_a_cell_is_that_cell_and_nonsense_is_none() -> None:
    sent = {"panel": "map.value", "series": "value", "index": [2, 3], "x": 1.5, "y": None}
    assert click_of(sent) == Click(panel="map.value", series="value", index=(2, 3), x=1.5, y=None)
    for wrong in (None, [], {}, sent | {"index": [-1]}, sent | {"index": "0"}, sent | {"panel": 3},
                  sent | {"index": [True]}):  # fmt: skip
        assert click_of(wrong) is None
    odd = click_of(sent | {"x": float("nan"), "series": 4})
    assert odd is not None and odd.x is None and odd.series is None


def test_a_click_outside_the_map_changes_nothing() -> None:
    found = small()
    for index in ((5, 0), (0, 12), (1,)):
        _load_cell(found, Click(panel="map.value", series=None, index=index, x=None, y=None))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_have_the_cells_the_frontier_and_signs(language: str) -> None:
    words, found = words_of(language), small(worlds=16)
    for panel in (value_panel(found, words), chance_panel(found, words)):
        assert panel.clickable and panel.alt
        cells, *marks = panel.figure["data"]
        assert cells["z"].shape == (5, 12)
        assert {each["type"] for each in marks} == {"contour", "scatter"}
        signs = next(each for each in marks if each.get("mode") == "text")
        assert set(signs["text"]) == {"+", "−"}
    texts = value_panel(found, words).figure["data"][0]["text"]
    assert len(texts) == 5 and len(texts[0]) == 12


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "outcome", ["npv_change", "payback_week", "dip_depth", "closed_share", "fans_kept"]
)
def test_every_kind_of_outcome_has_its_sentence_and_charts(language: str, outcome: str) -> None:
    words, found = words_of(language), small(outcome)
    assert map_sentence(found, words)
    assert value_panel(found, words).alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_policy_the_map_is_called_flat(language: str) -> None:
    words = words_of(language)
    found = small(scenario=replace(ONE, policy=Policy()))
    expected = words(
        "map.flat",
        outcome=words("outcome.npv_change"),
        x=words("demand.diversion"),
        y=words("trust.blame"),
    )
    assert map_sentence(found, words).startswith(expected)
    assert not [
        each for each in value_panel(found, words).figure["data"] if each["type"] == "contour"
    ]


def test_the_turn_that_is_told_is_where_the_row_crosses_zero() -> None:
    found = map_of(ONE, variable(ONE, DIVERSION), variable(ONE, "world.blame"), counts=(200, 5))
    (turn,) = turns_of(found, "x")
    nearest = int(np.argmin(np.abs(found.ys - found.y.now)))
    row = found.values[nearest]
    at = int(np.searchsorted(found.xs, turn))
    assert row[at - 1] * row[at] < 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_numbers_are_listed_under_one_name(language: str) -> None:
    words = words_of(language)
    names = [listed(each, words) for each in variable_places(ONE)]
    assert sorted({each for each in names if names.count(each) > 1}) == []
