"""The page of decisions in both languages: how sure, with what ranges, from which worlds."""

import csv
import io
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.montecarlo import montecarlo
from sim.cases.catalogue import case
from sim.charts import Axis
from sim.charts.certainty import distribution_panel, weekly_panel
from sim.policy import Policy
from sim.reports.certainty import certainty, chance, likelihood, range_note
from sim.scenario import Scenario
from sim.text import LANGUAGES, words_of
from sim.ui.visit import Visit
from sim.ui.worlds_files import worlds_csv, worlds_parquet
from sim.uncertainty import Sampling, Spread, Uncertainty

SMALL = replace(case("kuaishou-2021").scenario, sampling=Sampling(worlds=256), weeks=60)


def opened(language: str) -> AppTest:
    """The page as a visitor sees it who goes there."""

    def script(language: str) -> None:
        from sim.text import words_of
        from sim.ui.pages import decide
        from sim.ui.session import current

        current().language = language
        decide.draw(words_of(language))

    test = AppTest.from_function(script, default_timeout=120, kwargs={"language": language})
    return test.run()


def visit_of(test: AppTest) -> Visit:
    visit: Visit = test.session_state["visit"]
    return visit


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_draws_without_a_fault(language: str) -> None:
    test, words = opened(language), words_of(language)
    assert not test.exception
    assert not test.error
    assert test.title[0].value == words("ui.page.decide")
    assert len(test.table[0].value) == 10
    assert [each.label for each in test.number_input] == [
        words("decide.seed"),
        words("decide.worlds"),
    ]


def test_another_seed_is_another_scenario_with_other_worlds() -> None:
    test = opened("en")
    before = test.table[0].value
    test.number_input(key="sampling.seed").set_value(9).run()
    assert not test.exception
    assert visit_of(test).scenario.sampling == Sampling(seed=9)
    assert not test.table[0].value.equals(before)
    assert len(visit_of(test).past) == 1


def test_more_worlds_than_follow_a_lever_wait_for_a_button() -> None:
    test, words = opened("en"), words_of("en")
    test.number_input(key="sampling.worlds").set_value(4096).run()
    assert words("decide.certainty.run", worlds="4,096") in [each.label for each in test.button]
    assert not test.table


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_has_the_numbers_of_the_worlds(language: str) -> None:
    words, found = words_of(language), montecarlo(SMALL)
    text = certainty(found, words)
    npv = found.distributions["npv_change"]
    assert npv.better is not None
    assert chance(npv.better, words) in text
    assert "256" in text
    for id in ("gmv_change", "payback_week", "closed_share", "viewers_kept"):
        assert range_note(id, found, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_policy_makes_no_difference_in_any_world(language: str) -> None:
    words = words_of(language)
    found = montecarlo(replace(SMALL, policy=Policy()))
    assert certainty(found, words) == words("certainty.same", worlds=256)
    assert all(not np.any(each) for each in found.bands.difference.values())
    assert not any(np.any(found.values[name]) for name in ("npv_change", "gmv_change", "dip_depth"))
    assert not found.paid_back.any()


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_no_world_can_be_run_it_says_so(language: str) -> None:
    words = words_of(language)
    # Below the plain logit's diversion no world can be; the world's own value is the highest.
    low = Spread(shape="uniform", low=0.0, high=0.65)
    found = montecarlo(replace(SMALL, uncertainty=Uncertainty(spreads=(("diversion", low),))))
    assert found.refused > 0
    assert str(found.refused) in certainty(found, words)


@pytest.mark.parametrize(
    ("probability", "word"),
    [(1.0, "almost_certain"), (0.95, "very_likely"), (0.7, "likely"), (0.5, "open"),
     (0.2, "unlikely"), (0.05, "very_unlikely"), (0.0, "almost_excluded")],
)  # fmt: skip
def test_every_probability_has_its_word(probability: float, word: str) -> None:
    assert likelihood(probability) == word


def test_a_chance_is_never_called_sure_that_is_only_nearly_so() -> None:
    words = words_of("en")
    said = [chance(each, words) for each in (0.0, 0.004, 0.5, 0.996, 1.0)]
    assert said == ["0%", "under 1%", "50%", "over 99%", "100%"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_charts_hold_every_world_once(language: str) -> None:
    words, found = words_of(language), montecarlo(SMALL)
    panel = distribution_panel(found, "npv_change", words)
    loss, gain = panel.figure["data"]
    assert float(loss["y"].sum() + gain["y"].sum()) == pytest.approx(1.0)
    better = float((found.values["npv_change"] > 0).mean())
    assert float(gain["y"].sum()) == pytest.approx(better, abs=1e-9)
    assert loss["marker"]["pattern"] != gain["marker"]["pattern"]
    layout = panel.figure["layout"]
    for label in layout["annotations"]:
        # Above the plot, however low that is, and within the margin.
        assert (label["y"], label["yref"], label["yanchor"]) == (1, "paper", "bottom")
        assert 0 <= label["yshift"] <= layout["margin"]["t"] - 15
    assert len({label["yshift"] for label in layout["annotations"]}) == 2
    weekly = weekly_panel(found, Axis(), words)
    assert [len(each["y"]) for each in weekly.figure["data"]] == [60] * 3
    assert len({each["line"]["dash"] for each in weekly.figure["data"]}) == 3
    assert panel.alt and weekly.alt


def test_files_hold_every_world_with_its_inputs_seed_and_version() -> None:
    found = montecarlo(SMALL)
    lines = worlds_csv(found).removeprefix("\ufeff").splitlines()
    notes = [each for each in lines if each.startswith("#")]
    assert "# seed: 1" in notes and any(each.startswith("# version: ") for each in notes)
    rows = list(csv.DictReader(io.StringIO("\n".join(lines[len(notes) :]))))
    assert len(rows) == 256
    assert float(rows[7]["outcome.npv_change"]) == found.values["npv_change"][7]
    assert {"diversion", "conversion.live", "outcome.payback_week"} <= rows[0].keys()
    table = pq.read_table(io.BytesIO(worlds_parquet(found)))
    assert table.num_rows == 256
    assert table.schema.metadata[b"seed"] == b"1"
    held: Any = table["outcome.npv_change"].to_numpy()
    np.testing.assert_array_equal(held, found.values["npv_change"])


def test_payback_by_week_counts_those_that_have_paid_back() -> None:
    found = montecarlo(SMALL)
    weeks = found.values["payback_week"]
    for week in (0, 10, 59):
        assert found.paid_back[week] == pytest.approx(np.mean(weeks <= week))


def test_a_scenario_without_uncertainty_has_one_world_many_times() -> None:
    from sim.analyses.compare import compare
    from sim.uncertainty import ranges

    still = Uncertainty(
        spreads=tuple((name, Spread(shape="fixed")) for name in ranges(SMALL.world, Uncertainty()))
    )
    scenario: Scenario = replace(SMALL, uncertainty=still)
    found = montecarlo(scenario)
    outcomes = compare(scenario).outcomes
    assert set(found.values["npv_change"]) == {outcomes["npv_change"]}
    assert found.distributions["npv_change"].error == 0.0
