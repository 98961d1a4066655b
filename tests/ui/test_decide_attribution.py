"""The view of what each lever contributes, in both languages."""

import csv
import io
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.attribution import Attribution, attribution
from sim.cases.catalogue import case
from sim.charts.attribution import attribution_panel
from sim.policy import Move, Policy
from sim.reports.attribution import amount_text, attribution_text, player_label
from sim.scenario import Scenario
from sim.text import LANGUAGES, words_of
from sim.ui import markdown
from sim.ui.chart_grid.csv_text import panel_csv
from sim.ui.jobs import JOBS
from sim.ui.visit import Visit
from sim.ui.work import plain
from sim.uncertainty import Sampling

SMALL = replace(case("kuaishou-2021").scenario, sampling=Sampling(worlds=256), weeks=60)


@cache
def found(scenario: Scenario = SMALL, outcome: str = "npv_change") -> Attribution:
    return attribution(plain(scenario), outcome=outcome)


def opened(language: str, scenario: Scenario = SMALL, outcome: str = "npv_change") -> AppTest:
    """The page as a visitor sees it who goes there."""

    def script(language: str) -> None:
        from sim.text import words_of
        from sim.ui.pages import decide

        decide.draw(words_of(language))

    test = AppTest.from_function(script, default_timeout=300, kwargs={"language": language})
    test.session_state["visit"] = Visit(
        scenario=scenario, view="attribution", outcome=outcome, language=language
    )
    return test.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_view_divides_at_the_press_of_a_button(language: str) -> None:
    # What the other language asked is known to both.
    JOBS.forget(("attribution", plain(SMALL), "npv_change"))
    test, words = opened(language), words_of(language)
    assert not test.exception
    label = words("attribution.run", count=3)
    (button,) = [each for each in test.button if each.label == label]
    button.click().run()
    JOBS.start(("attribution", plain(SMALL), "npv_change"), lambda _: None).ended.wait(300)
    test.run()
    assert not test.exception
    table = test.table[0].value
    assert len(table) == 4
    own = table[words("attribution.column.own")].tolist()
    of = found()
    assert own == [
        *(amount_text("npv_change", each.amount.own, words) for each in of.contributions),
        amount_text("npv_change", of.total.own, words),
    ]
    assert len(test.table[1].value) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_policy_the_view_says_so_at_once(language: str) -> None:
    test, words = opened(language, replace(SMALL, policy=Policy())), words_of(language)
    test.run()
    assert not test.exception
    assert any(markdown.plain(words("attribution.nothing")) in each.value for each in test.markdown)
    assert not test.table


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_payback_week_is_not_divided(language: str) -> None:
    test = opened(language, outcome="payback_week")
    assert [each.value for each in test.info] == [words_of(language)("attribution.outcome.none")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", ["npv_change", "closed_share", "fans_kept", "dip_weeks"])
def test_the_sentence_names_who_gives_and_who_takes(language: str, outcome: str) -> None:
    words, of = words_of(language), found(SMALL, outcome)
    text = attribution_text(of, words)
    assert amount_text(outcome, of.total.own, words) in text
    most = max(of.contributions, key=lambda each: each.amount.own)
    if most.amount.own > 0:
        assert player_label(most.player, of.scenario.policy, words) in text


def test_no_effect_is_said() -> None:
    late = Move(week=900, surfaces=("live",), partners=("saas",), openness=0.0)
    of = attribution(replace(SMALL, policy=Policy(moves=(late,))))
    for language in LANGUAGES:
        words = words_of(language)
        outcome = words("outcome.npv_change")
        assert attribution_text(of, words) == words("attribution.no_effect", outcome=outcome)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_run_from_zero_to_the_total_and_the_file_has_the_numbers(language: str) -> None:
    words, of = words_of(language), found()
    labels = [player_label(each.player, of.scenario.policy, words) for each in of.contributions]
    panel = attribution_panel(of, [*labels, "all"], "alt", words)
    bars = [each for each in panel.figure["data"] if each["type"] == "bar"]
    ends = {
        label: (base, base + x)
        for each in bars
        for label, base, x in zip(each["y"], each["base"], each["x"], strict=True)
    }
    at = 0.0
    for label in labels:
        assert ends[label][0] == pytest.approx(at, abs=1.0)
        at = ends[label][1]
    assert ends["all"] == pytest.approx((0.0, at), abs=1.0)
    assert len({each["marker"]["pattern"]["shape"] for each in bars}) == len(bars)
    rows = list(csv.reader(io.StringIO(panel_csv(panel))))
    assert rows[0] == ["\ufeffname", "own", "mean", "error", "p05", "p95"]
    cells = dict(zip(rows[0], rows[1], strict=True))
    assert float(cells["own"]) == of.contributions[0].amount.own
    assert float(cells["p95"]) == of.contributions[0].amount.high
    assert len(rows) == 5
    assert np.isfinite(panel.figure["layout"]["xaxis"]["range"]).all()


def test_moves_taken_together_are_named_together() -> None:
    move = Move(week=3, surfaces=("live",), partners=("saas",), openness=0.0)
    policy = Policy(moves=(move, replace(move, week=9)))
    from sim.analyses.attribution import Player

    words = words_of("en")
    assert player_label(Player(moves=(0,)), policy, words) == "Move 1, week 3"
    assert player_label(Player(moves=(0, 1)), policy, words) == "Moves 1 and 2, week 3 to week 9"
