"""The simulator's page in both languages, without a browser."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sim.policy import Policy
from sim.text import words_of
from sim.ui.link import tag_of
from sim.ui.simulation import compared
from sim.ui.visit import Visit

APP = str(Path(__file__).resolve().parents[2] / "app.py")


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def page(language: str, **query: str) -> AppTest:
    test = AppTest.from_file(APP, default_timeout=180)
    test.query_params["lang"] = language
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def visit_of(test: AppTest) -> Visit:
    visit: Visit = test.session_state["visit"]
    return visit


def test_it_draws_without_a_fault(language: str) -> None:
    test = page(language)
    words = words_of(language)
    assert not test.error
    assert visit_of(test).language == language
    assert words("ui.case") in [each.label for each in test.selectbox]
    (told,) = (c for c in test.get("bidi_component") if c.proto.component_name == "sim.live")
    state = json.loads(told.proto.json)
    assert words("outcome.gmv_change") in state["outcomes"]
    assert words("ui.kpi.better") in state["outcomes"]
    assert (state["tag"], state["heard"]) == (tag_of(language), 0)


def row_of(test: AppTest, place: str) -> dict[str, Any]:
    """The row of a number as the browser gets it."""
    for component in test.get("bidi_component"):
        sent = component.proto
        if sent.component_name == "sim.rows":
            for row in json.loads(sent.bytes)["rows"]:
                if row["place"] == place:
                    return dict(row)
    raise AssertionError(f"no row for {place}")


def test_a_row_shows_the_number_in_its_own_unit(language: str) -> None:
    row = row_of(page(language), "policy.guarantee_target")
    assert row["shown"] == 97
    assert (row["stops"][0], row["stops"][-1]) == (0, 100)
    assert "(%)" in row["label"]
    assert row["reset"] is None and row["refusal"] is None


def test_what_was_changed_can_be_put_back(language: str) -> None:
    test = page(language)
    visit_of(test).propose("policy.guarantee_target", 0.9, compared)
    test.run()
    row = row_of(test, "policy.guarantee_target")
    assert row["shown"] == 90
    assert row["reset"]


def test_what_cannot_be_is_refused_with_the_range(language: str) -> None:
    test = page(language)
    before = visit_of(test).scenario
    visit_of(test).propose("policy.guarantee_target", 1.5, compared)
    test.run()
    assert visit_of(test).scenario == before
    row = row_of(test, "policy.guarantee_target")
    assert "100%" in row["refusal"]
    assert row["shown"] == 150
    assert row["stops"][-1] == 100
    assert test.warning


def test_nothing_changed_is_explained(language: str) -> None:
    test = page(language)
    assert not test.info
    visit = visit_of(test)
    visit.change(replace(visit.scenario, policy=Policy()))
    test.run()
    assert test.info


def test_a_damaged_link_is_told(language: str) -> None:
    test = page(language, s="1broken")
    assert test.warning
    assert not test.error
