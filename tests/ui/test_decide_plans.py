"""Which plan is safe, on the page of decisions in both languages, and where one fails."""

import csv
import time
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.robust.failing import Failing, failing, level_of
from sim.analyses.robust.plan_set import KEEP, OWN, PLANS, plan_set
from sim.analyses.robust.regret import Robust, robust
from sim.analyses.robust.tripwires import SIGNS
from sim.cases.catalogue import case
from sim.charts.robust import regret_panel, trade_off_panel, worlds_panel
from sim.metrics import OUTCOMES
from sim.policy import Policy
from sim.reports.robust import (
    discovery_text,
    plan_text,
    plan_words,
    regret_text,
    robust_text,
    standing_row,
    threshold_text,
    tripwire_row,
)
from sim.text import LANGUAGES, words_of
from sim.text.place_words import variable_words
from sim.ui.chart_grid.csv_text import panel_csv
from sim.ui.visit import Visit
from sim.uncertainty import Sampling

SMALL = replace(case("kuaishou-2021").scenario, sampling=Sampling(seed=8, worlds=512), weeks=60)


@pytest.fixture(scope="module")
def found() -> Robust:
    return robust(SMALL)


@pytest.fixture(scope="module")
def told(found: Robust) -> Failing:
    return failing(found, OWN)


def opened(language: str) -> AppTest:
    """The view as a visitor sees it who goes there, with few worlds."""

    def script(language: str) -> None:
        from dataclasses import replace

        from sim.text import words_of
        from sim.ui.pages import decide
        from sim.ui.session import current
        from sim.uncertainty import Sampling

        visit = current()
        visit.language = language
        if visit.view != "plans":
            visit.view = "plans"
            few = replace(visit.scenario, weeks=60, sampling=Sampling(seed=8, worlds=512))
            visit.scenario = few
        decide.draw(words_of(language))

    test = AppTest.from_function(script, default_timeout=120, kwargs={"language": language})
    return test.run()


def visit_of(test: AppTest) -> Visit:
    visit: Visit = test.session_state["visit"]
    return visit


def pressed(test: AppTest, words: object) -> AppTest:
    """With the plans compared, and the work that began by itself done."""
    run = [each for each in test.button if each.key and each.key.startswith("work.")]
    if run:
        run[0].click().run()
    return finished(test)


def finished(test: AppTest) -> AppTest:
    from sim.ui.jobs import JOBS

    until = time.monotonic() + 60
    while time.monotonic() < until and not all(job.ended.is_set() for job in JOBS._held.values()):
        time.sleep(0.1)
    test.run()
    for job in list(JOBS._held.values()):
        assert job.ended.wait(60)
    return test.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_waits_for_a_button_and_then_draws_everything(language: str) -> None:
    test, words = opened(language), words_of(language)
    labels = [each.label for each in test.button]
    if words("decide.plans.run", worlds="512") in labels:
        assert not test.table
    test = pressed(test, words)
    assert not test.exception
    assert not test.error
    # Cell by cell what an analysis of the same seed gives, here as on the command line.
    expected = [
        dict(standing_row(each, "npv_change", words)) for each in robust(SMALL).standings.values()
    ]
    assert test.table[0].value.to_dict("records") == expected
    assert len(expected) == len(PLANS)
    page = " ".join(each.value for each in test.markdown)
    assert plan_words(robust(SMALL).safest or "", words) in page
    assert words("decide.plans.take") in [each.label for each in test.button]


def test_a_plan_that_is_taken_is_the_policy_and_undo_brings_the_own_back() -> None:
    test = pressed(opened("en"), words_of("en"))
    before = visit_of(test).scenario
    assert test.button(key="plans.take").disabled
    finished(test.selectbox(key="plans.plan").set_value("everything").run())
    test.button(key="plans.take").click().run()
    assert not test.exception
    after = visit_of(test).scenario
    assert after.policy == plan_set(before)["everything"]
    assert replace(after, policy=before.policy) == before
    visit_of(test).undo()
    assert visit_of(test).scenario == before


def test_what_counts_as_failing_can_be_set() -> None:
    test = pressed(opened("en"), words_of("en"))
    test.selectbox(key="plans.plan").set_value(KEEP).run()
    test = finished(test)
    words = words_of("en")
    page = " ".join(each.value for each in test.markdown)
    assert words("robust.tripwires.none_fail") in page
    test.selectbox(key="plans.fails").set_value("regret").run()
    test = finished(test)
    assert not test.exception
    assert test.selectbox(key="plans.worst").value == 0.2
    test.selectbox(key="plans.worst").set_value(0.1).run()
    test = finished(test)
    page = " ".join(each.value for each in test.markdown)
    level = level_of(robust(visit_of(test).scenario), KEEP, 0.1)
    assert regret_text("npv_change", level, words) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_the_safest_plan_and_its_price(language: str, found: Robust) -> None:
    words = words_of(language)
    text = robust_text(found, words)
    assert found.safest is not None
    safest = found.standings[found.safest]
    assert plan_words(safest.id, words) in text
    assert regret_text("npv_change", safest.regret_most, words) in text
    assert regret_text("npv_change", safest.regret_error, words) in text
    same = robust(SMALL, plans={KEEP: Policy(), OWN: Policy()})
    assert robust_text(same, words) == words("robust.same", worlds="512")


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_can_decide_and_is_told_in_its_unit(language: str, outcome: str) -> None:
    words = words_of(language)
    each = robust(replace(SMALL, sampling=Sampling(worlds=128)), outcome=outcome)
    assert robust_text(each, words)
    rows = [dict(standing_row(standing, outcome, words)) for standing in each.standings.values()]
    assert all(len(row) == 8 and all(row.values()) for row in rows)
    names = {name: plan_words(name, words) for name in each.standings}
    panel = regret_panel(each, names, "alt", words)
    shown = {trace["meta"]["series"]: trace["x"] for trace in panel.figure["data"]}
    assert shown["regret_most"] == [each.standings[name].regret_most for name in names]
    rows = list(csv.reader(panel_csv(panel).splitlines()))
    assert [row[0] for row in rows[1:]] == list(names.values())
    for fails in ("worse", "regret"):
        failed = failing(each, OWN, fails=fails)  # type: ignore[arg-type]
        chosen = failed.discovery.chosen
        box = None if chosen is None else failed.discovery.boxes[chosen]
        assert plan_words(OWN, words) in discovery_text(failed, box, outcome, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_box_is_said_with_what_was_counted(language: str, told: Failing) -> None:
    words, discovery = words_of(language), told.discovery
    assert discovery.state == "found"
    for box in discovery.boxes:
        text = discovery_text(told, box, "npv_change", words)
        for each in box.restrictions:
            assert variable_words(each.place, words) in text
        labels = {each.place: variable_words(each.place, words) for each in discovery.names}
        panel = worlds_panel(discovery, box, labels, "alt", words)
        held, failed = panel.figure["data"]
        assert len(held["x"]) + len(failed["x"]) == 512
        assert len(failed["x"]) == int(discovery.failed.sum())
        assert held["marker"]["symbol"] != failed["marker"]["symbol"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_trade_off_has_a_point_a_box(language: str, told: Failing) -> None:
    discovery = told.discovery
    assert discovery.chosen is not None
    box = discovery.boxes[discovery.chosen]
    tested, fitted, chosen = trade_off_panel(discovery, box, "alt", words_of(language)).figure[
        "data"
    ]
    assert len(tested["x"]) == len(fitted["x"]) == len(discovery.boxes)
    assert (chosen["x"], chosen["y"]) == ([box.tested.coverage], [box.tested.density])
    assert tested["line"]["dash"] != fitted["line"]["dash"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sign_is_told_with_its_week_and_its_errors(language: str, told: Failing) -> None:
    words = words_of(language)
    assert told.tripwires.wires
    for wire in told.tripwires.wires:
        row = dict(tripwire_row(wire, words))
        assert len(row) == 6
        assert words(f"sign.{wire.sign}") in row[words("robust.column.sign")]
        shown = float(
            threshold_text(wire, words)
            .rstrip("%")
            .replace(words("number.points", number=""), "")
            .replace("\N{MINUS SIGN}", "-")
        )
        assert shown / 100 == pytest.approx(wire.threshold, rel=1e-12)
    assert all(f"sign.{each.id}" in words for each in SIGNS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plan_says_what_it_does(language: str) -> None:
    words = words_of(language)
    said = {name: plan_text(SMALL, policy, words) for name, policy in plan_set(SMALL).items()}
    assert said[KEEP] == words("plan.nothing")
    assert len(set(said.values())) == len(said)
    assert all(np.char.str_len(text) > 0 for text in said.values())
