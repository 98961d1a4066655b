"""The view of what to learn first, in both languages: assumptions, and a pilot with a rule."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.information import Information, information
from sim.analyses.option import OptionValue, option_value
from sim.cases.catalogue import case
from sim.charts.information import curves_panel, worth_panel
from sim.charts.option import plans_panel, seen_panel
from sim.policy import Policy
from sim.reports.information import information_text, label_of, switches_text
from sim.reports.option import option_text, rule_text
from sim.scenario import Scenario
from sim.text import LANGUAGES, words_of
from sim.text.numbers import money, week, weeks
from sim.ui import markdown
from sim.ui.chart_grid.csv_text import panel_csv
from sim.ui.jobs import JOBS
from sim.ui.pages.decide.learning_pilot import Asked
from sim.ui.visit import Visit
from sim.ui.work import plain
from sim.uncertainty import Sampling

SMALL = replace(case("kuaishou-2021").scenario, sampling=Sampling(worlds=1024))
CUT = replace(case("cut-everything").scenario, sampling=Sampling(worlds=512), weeks=60)


@cache
def learned() -> Information:
    return information(plain(SMALL))


@cache
def tried() -> OptionValue:
    return option_value(plain(CUT))


def opened(language: str, scenario: Scenario = SMALL, outcome: str = "npv_change") -> AppTest:
    """The page as a visitor sees it who goes there."""

    def script(language: str) -> None:
        from sim.text import words_of
        from sim.ui.pages import decide

        decide.draw(words_of(language))

    test = AppTest.from_function(script, default_timeout=300, kwargs={"language": language})
    test.session_state["visit"] = Visit(
        scenario=scenario, view="learning", outcome=outcome, language=language
    )
    return test.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_questions_are_answered_at_the_press_of_their_buttons(language: str) -> None:
    test, words = opened(language, CUT), words_of(language)
    assert not test.exception
    for key, question in (
        ("information.run", ("information", plain(CUT), "npv_change")),
        ("option.run", ("option", plain(CUT), Asked(), "npv_change")),
    ):
        for each in test.button:
            if each.label == words(key):
                each.click().run()
        JOBS.start(question, lambda _: None).ended.wait(300)
    test.run()
    assert not test.exception
    said = " ".join(each.value.replace("\\", "") for each in test.markdown)
    assert option_text(tried(), words) in said
    assert len(test.table[0].value) == 10
    assert not [
        each
        for each in test.button
        if each.label in (words("information.run"), words("option.run"))
    ]


def test_a_setting_of_the_pilot_is_kept_and_asks_anew() -> None:
    test, words = opened("en", CUT), words_of("en")
    test.number_input(key="pilot.weeks").set_value(5).run()
    test.selectbox(key="pilot.surface").set_value("video").run()
    assert not test.exception
    assert test.session_state["pilot"] == Asked(surface="video", weeks=5)
    assert words("option.run") in [each.label for each in test.button]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_money_is_not_valued(language: str) -> None:
    test = opened(language, outcome="closed_share")
    assert not test.exception
    none = words_of(language)("information.outcome.none")
    assert [each.value for each in test.info] == [none, none]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_policy_there_is_nothing_to_try_or_learn(language: str) -> None:
    words = words_of(language)
    nothing = replace(SMALL, policy=Policy(), sampling=Sampling(worlds=64))
    outcome = words("outcome.npv_change")
    text = information_text(information(nothing), words)
    assert text == words("information.no_difference", outcome=outcome)
    test = opened(language, nothing)
    test.run()
    assert any(markdown.plain(words("option.no_moves")) in each.value for each in test.markdown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_says_what_to_learn_and_what_it_would_change(language: str) -> None:
    words, of = words_of(language), learned()
    text = information_text(of, words)
    first = of.learned[0]
    assert first.worth.is_distinct
    assert label_of(first, words) in text
    assert money(of.perfect.value, words) in text
    assert switches_text(first, words) in text
    idle = replace(first, switches=())
    assert switches_text(idle, words) == words("information.nowhere")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"status": "not_there", "rule": None}, "option.not_there"),
        ({"status": "too_late", "rule": None}, "option.too_late"),
        ({"status": "no_worlds", "rule": None}, "option.no_worlds"),
        ({"status": "always_on"}, "option.always_on"),
        ({"status": "always_back"}, "option.always_back"),
    ],
)
def test_every_end_of_a_pilot_has_its_sentence(
    language: str, changes: dict[str, object], key: str
) -> None:
    words = words_of(language)
    text = option_text(replace(tried(), **changes), words)  # type: ignore[arg-type]
    facts = {"surface": words("phrase.surface.live"), "weeks": weeks(8, words), "rule": ""}
    facts |= {"decided": week(27, words), "signal": words("series.profit")}
    assert text.startswith(words(key, **facts))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_of_a_pilot_has_its_rule_and_its_price(language: str) -> None:
    words, of = words_of(language), tried()
    text = option_text(of, words)
    assert rule_text(of, words) in text
    assert of.gain is not None
    assert money(abs(of.gain.mean), words) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_of_learning_hold_every_number(language: str) -> None:
    words, of = words_of(language), learned()
    shown = of.learned[:6]
    labels = [label_of(each, words) for each in shown]
    lines = panel_csv(worth_panel(of, shown, labels, words)).splitlines()
    assert lines[0] == "\ufeffname,worth,error"
    assert float(lines[1].rsplit(",", 2)[1]) == shown[0].worth.value
    curves = curves_panel(of, shown[:4], labels[:4], words)
    assert len({each["line"]["dash"] for each in curves.figure["data"]}) == 4
    assert len(panel_csv(curves).splitlines()) == 102
    assert labels[0] in curves.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_of_a_pilot_hold_every_plan_and_every_world(language: str) -> None:
    words, of = words_of(language), tried()
    lines = panel_csv(plans_panel(of, words)).splitlines()
    assert len(lines) == 7
    assert float(lines[1].split(",")[1]) == of.plans["never"].mean
    panel = seen_panel(of, "profit", words)
    clouds = panel.figure["data"]
    assert sum(len(each["x"]) for each in clouds) == of.worlds
    assert len({each["marker"]["symbol"] for each in clouds}) == 3
    wrong = len(clouds[2]["x"]) / of.worlds
    assert wrong >= of.wrongly_on + of.wrongly_back - 1e-12
    (line,) = panel.figure["layout"]["shapes"]
    assert of.rule is not None
    assert line["x0"] == of.rule.threshold
    assert np.isfinite(panel.figure["layout"]["xaxis"]["range"]).all()
