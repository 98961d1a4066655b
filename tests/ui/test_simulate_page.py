"""The simulator's page in both languages, without a browser."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sim.text import words_of
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


def by_key(elements: Any, key: str) -> Any:
    return next(each for each in elements if each.key == key)


def test_it_draws_without_a_fault(language: str) -> None:
    test = page(language)
    words = words_of(language)
    assert not test.error
    assert visit_of(test).language == language
    assert words("ui.case") in [each.label for each in test.selectbox]
    html = "".join(each.proto.body for each in test.get("html"))
    assert words("outcome.gmv_change") in html
    assert words("ui.kpi.better") in html


def test_a_slider_writes_into_the_scenario(language: str) -> None:
    test = page(language)
    by_key(test.slider, "policy.guarantee_target.slider").set_value(90.0).run()
    assert not test.exception
    assert visit_of(test).scenario.policy.guarantee_target == 0.9
    assert by_key(test.number_input, "policy.guarantee_target.box").value == 90.0


def test_what_cannot_be_is_refused_with_the_range(language: str) -> None:
    test = page(language)
    before = visit_of(test).scenario
    by_key(test.number_input, "policy.guarantee_target.box").set_value(150.0).run()
    assert visit_of(test).scenario == before
    assert any("100%" in each.value for each in test.error)
    assert test.warning


def test_nothing_changed_is_explained(language: str) -> None:
    test = page(language)
    by_key(test.button, "moves.0.remove").click().run()
    for lever in ("guarantee_target",):
        by_key(test.slider, f"policy.{lever}.slider").set_value(70.0).run()
    test.session_state["visit"].open["service_providers"] = True
    test.run()
    visit_of(test).propose("policy.service_provider_target", None, lambda scenario: None)
    test.run()
    assert test.info


def test_a_damaged_link_is_told(language: str) -> None:
    test = page(language, s="1broken")
    assert test.warning
    assert not test.error
