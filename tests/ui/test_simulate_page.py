"""The simulator's page in both languages, without a browser."""

import base64
import hashlib
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sim.cases.catalogue import case
from sim.documents.token import LONGEST, encode
from sim.errors import Fault, TooLarge
from sim.places import with_value
from sim.policy import Move, Policy
from sim.scenario import MOST_MOVES, Scenario
from sim.shown import shown
from sim.text import words_of
from sim.ui.drawn import results_of
from sim.ui.link import tag_of
from sim.ui.shelf import Kept
from sim.ui.simulation import compared
from sim.ui.visit import Look, Visit

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
    told = [c.proto for c in test.get("bidi_component") if c.proto.component_name == "sim.live"]
    back, state = (json.loads(each.json) for each in told)
    assert back == {"back": True, "unsaved": {"asks": True}}
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


def test_a_scenario_is_called_by_its_own_name_and_a_changed_case_by_that(language: str) -> None:
    words, base = words_of(language), case("kuaishou-2021").scenario
    for scenario, name in (
        (base, words("case.kuaishou-2021")),
        (replace(base, weeks=60), words("name.changed", name=words("case.kuaishou-2021"))),
        (replace(base, name="Plan <B>", weeks=60), "Plan &lt;B&gt;"),
    ):
        shown = results_of(scenario, look=Look(), language=language, fanned=None)
        assert f"<h1>{name}</h1>" in shown.outcomes()


def test_nothing_changed_is_explained(language: str) -> None:
    test = page(language)
    assert not test.info
    visit = visit_of(test)
    visit.change(replace(visit.scenario, policy=Policy()))
    test.run()
    assert test.info


@pytest.mark.parametrize(
    "query", [{"s": "1broken"}, {"s": ""}, {"c": ""}, {"n": "2"}, {"n": ""}, {"k": ""}]
)
def test_a_damaged_link_is_told(language: str, query: dict[str, str]) -> None:
    test = page(language, **query)
    assert len(test.warning) == 1
    assert not test.error


@pytest.mark.parametrize("asked", ["fr", "", "z", "`x`" * 100])
def test_a_language_that_there_is_not_is_told_in_one_that_there_is(asked: str) -> None:
    test = page(asked)
    assert len(test.warning) == 1
    assert "zh, en" in test.warning[0].value


def test_another_case_is_not_saved_over_what_is_open_which_comes_back_on_undo() -> None:
    test = page("en")
    visit = visit_of(test)
    visit.propose("policy.guarantee_target", 0.9, compared)
    kept = Kept(id="a" * 22, number=3, may_change=True, scenario=visit.scenario)
    visit.shelf.desk.kept, visit.shelf.desk.why = kept, {"policy.guarantee_target": "May"}
    other = case("douyin-2020").scenario
    visit.change(with_value(other, "policy.guarantee_target", 0.8))
    edition = visit.shelf.edition
    test.run()
    assert visit.shelf.desk.is_empty
    assert visit.shelf.edition > edition
    visit.shelf.desk.note = "of the other"
    visit.undo()
    test.run()
    assert (visit.shelf.desk.kept, visit.shelf.desk.note) == (kept, "")
    assert visit.shelf.desk.why == {"policy.guarantee_target": "May"}
    visit.redo()
    test.run()
    assert visit.shelf.desk.note == "of the other"


@pytest.mark.parametrize("name", ["k", "round"])
def test_a_link_to_the_library_that_was_cut_off_is_told_once_and_keeps_the_rest(
    language: str, name: str
) -> None:
    wanted = replace(case("kuaishou-2021").scenario, weeks=60)
    test = page(language, s=encode(wanted), **{name: "a" * 22})
    told = words_of(language).fault(Fault(kind="damaged_link", facts={"got": shown("a" * 22)}))
    assert [told in each.value for each in test.warning] == [True]
    assert visit_of(test).scenario == wanted
    test.run()
    assert [told in each.value for each in test.warning] == [True]


def test_a_link_whose_world_cannot_be_run_says_what_was_left_out(language: str) -> None:
    base = case("kuaishou-2021").scenario
    world = base.world.with_values({"diversion": 0.0})
    test = page(language, s=encode(replace(base, weeks=60, world=world)))
    fault = Fault(kind="left_out", place="world")
    assert fault in visit_of(test).notices
    assert any(words_of(language).fault(fault) in each.value for each in test.warning)
    assert visit_of(test).scenario == replace(base, weeks=60)


def with_moves(count: int, **fields: Any) -> Scenario:
    move = Move(week=1, surfaces=("live",), partners=("saas",), openness=0.0)
    base = case("kuaishou-2021").scenario
    return replace(base, policy=Policy(moves=(replace(move, **fields),) * count))


def test_one_move_more_than_can_be_is_refused_with_the_reason() -> None:
    most = with_moves(MOST_MOVES)
    test = page("en", s=encode(most))
    by_key(test.button, "moves.add").click().run()
    assert not test.exception
    assert visit_of(test).scenario == most
    assert [str(MOST_MOVES + 1) in each.value for each in test.error] == [True]
    assert words_of("en")("policy.moves") in test.warning[0].value
    by_key(test.button, "drop").click().run()
    assert not test.error


def fullest(scenario: Scenario) -> Scenario:
    """The scenario with a note that leaves its address no room for a move."""
    note = base64.b85encode(hashlib.shake_256(b"note").digest(6_200)).decode()
    for length in range(len(note), 0, -4):
        full = replace(scenario, note=note[:length])
        with suppress(TooLarge):
            encode(full)
            return full
    raise AssertionError("no note fits")


def test_a_move_that_does_not_fit_in_the_address_is_refused_with_the_reason(language: str) -> None:
    full = fullest(with_moves(0))
    test = page(language, s=encode(full))
    by_key(test.button, "moves.add").click().run()
    assert not test.exception
    assert visit_of(test).scenario == full
    assert [str(LONGEST) in each.value for each in test.error] == [True]


def test_what_a_link_brings_is_shown_and_never_acts(language: str) -> None:
    bad = "`[free](http://x.example)`"
    named = replace(with_moves(0), case=None)
    token = encode(named)
    test = page(language, s=f"{token}{bad}")
    assert test.warning
    for each in test.warning:
        assert "[free](" not in each.value.replace("\\[", "")
