"""The page of assumptions: every parameter, counted and found, in both languages."""

import csv
import io
import tomllib
from pathlib import Path
from string import Formatter
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from sim.cases.catalogue import case
from sim.policy import move_declarations, policy_declarations
from sim.reports.ledger import (
    STATUSES,
    chosen,
    cited,
    counts,
    ledger,
    ledger_csv,
    lever_count,
    short_source,
    with_unit,
)
from sim.scenario import Scenario
from sim.text import LANGUAGES, words_of
from sim.world import GROUPS, world_declarations

TEXT = Path(__file__).parents[2] / "sim" / "text"
EVERYTHING = len(world_declarations()) + len(policy_declarations()) + len(move_declarations())


def page(language: str, changed: dict[str, object] | None = None, find: str = "") -> None:
    from dataclasses import replace

    import streamlit as st

    from sim.text import words_of
    from sim.ui.pages.assumptions import draw
    from sim.ui.session import current

    visit = current()
    if changed:
        visit.scenario = replace(visit.scenario, world=visit.scenario.world.with_values(changed))  # type: ignore[arg-type]
    if find:
        st.query_params["find"] = find
    draw(words_of(language))
    visit.first = False


def opened(language: str, **facts: Any) -> AppTest:
    app = AppTest.from_function(
        page, kwargs={"language": language, **facts}, default_timeout=60
    ).run()
    assert not app.exception
    return app


def grid(app: AppTest) -> pd.DataFrame:
    found = app.dataframe[0].value
    assert isinstance(found, pd.DataFrame)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_and_every_lever_is_listed(language: str) -> None:
    ids = set(grid(opened(language))["id"])
    declared = [
        *world_declarations().values(),
        *policy_declarations().values(),
        *move_declarations().values(),
    ]
    assert ids == {each.key for each in declared}
    assert len(ids) == EVERYTHING


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_is_empty(language: str) -> None:
    table = grid(opened(language))
    levers = table["role"] == words_of(language)("role.lever")
    # A lever has no symbol in the equations of the world.
    assert not (table.drop(columns="symbol") == "").any(axis=None)
    assert not (table.loc[~levers, "symbol"] == "").any()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_counts_are_said_plainly(language: str) -> None:
    app = opened(language)
    assert [int(metric.value) for metric in app.metric] == [counts()[each] for each in STATUSES]
    assert sum(counts().values()) == len(world_declarations())
    said = app.info[0].value
    for number in (*counts().values(), len(world_declarations()), lever_count()):
        assert str(number) in said
    assert {"en": "Most of these numbers are assumptions", "zh": "大多数是假设"}[language] in said


def test_the_counts_are_those_of_the_declarations() -> None:
    statuses = [each.status for each in world_declarations().values()]
    assert counts()["assumption"] == statuses.count("assumption") > len(statuses) / 2
    assert counts()["found"] == statuses.count("found") > 0


@pytest.mark.parametrize(
    ("wanted", "id"),
    [
        ("承接", "diversion"),
        ("diversion to", "diversion"),
        ("δ^c", "commission_leakage"),
        ("backlash", "backlash"),
        ("gu-zhu", "direct_trust_effect"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_either_language_ids_symbols_and_sources(
    language: str, wanted: str, id: str
) -> None:
    app = opened(language)
    app.text_input(key=f"ledger.search.{language}").set_value(wanted).run()
    assert not app.exception
    assert any(each.endswith(f".{id}") for each in grid(app)["id"])
    assert len(grid(app)) < 10


def test_a_search_without_a_match_says_so() -> None:
    app = opened("en")
    app.text_input(key="ledger.search.en").set_value("no such thing").run()
    assert not app.exception
    assert app.warning[0].value == words_of("en")("assumptions.none")
    assert not app.dataframe


def test_filters_by_status_and_group() -> None:
    app = opened("en")
    app.get("button_group")[0].set_value(["found"]).run()
    assert not app.exception
    assert len(grid(app)) == counts()["found"]
    app.selectbox(key="ledger.group.en").set_value("habit").run()
    assert set(grid(app)["id"]) == {"habit.external_habit_halflife", "habit.native_habit_halflife"}


def test_a_value_of_the_case_and_one_of_the_visitor_are_told_apart() -> None:
    table = grid(opened("en", changed={"blame": 0.5})).set_index("id")["current"]
    assert table["trust.blame"] == "50% (changed here)"
    assert table["demand.gmv"] == "12.13bn (set by the case)"
    assert table["trust.remedy"] == "as default"


def test_only_what_differs_can_be_shown() -> None:
    app = opened("en", changed={"blame": 0.5})
    app.toggle(key="ledger.differing").set_value(True).run()
    ids = set(grid(app)["id"])
    assert "trust.blame" in ids
    assert "trust.remedy" not in ids


def test_a_link_from_the_model_page_finds_its_parameter() -> None:
    app = opened("zh", find="evasion")
    assert set(grid(app)["id"]) == {"choice.evasion"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_say_what_the_table_says_and_are_escaped(language: str) -> None:
    from sim.ui.pages.assumptions_table import cards_html

    entries = ledger(Scenario(), Scenario(), words_of(language))
    cards = cards_html(entries, words_of(language))
    assert cards.count("<details>") == EVERYTHING
    assert cards.count("<dl>") == cards.count("</dl>") == EVERYTHING
    assert "Gu &amp; Zhu" in cards
    assert "Gu & Zhu" not in cards


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_every_number_and_reads_back(language: str) -> None:
    scenario = case("kuaishou-2021").scenario
    text = ledger_csv(scenario, words_of(language))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    of_world = [row for row in rows if row["role"] != "lever"]
    assert len(of_world) == sum(each.size for each in world_declarations().values())
    for row in of_world:
        group, _, id = row["id"].partition(".")
        declaration = world_declarations()[id]
        value = scenario.world.value(id)
        if isinstance(value, tuple):
            value = value[declaration.members.index(row["member"])]
        assert group == declaration.group
        assert float(row["scenario"]) == value
        assert float(row["limit_high"]) == declaration.limits[1]
        assert row["citation"]


def test_sources_are_counted_without_assumptions() -> None:
    assert "assumption" not in cited()
    assert sum(cited().values()) == sum(
        each.source != "assumption" for each in world_declarations().values()
    )


@pytest.mark.parametrize(
    ("id", "en", "zh"),
    [
        ("viewers", "430m people", "4.3亿人"),
        ("closed_share", "live 90% · video 90% · shelf 90%", "直播 90% · 短视频 90% · 货架 90%"),
        ("audience_growth", "10% /year", "10%/年"),
        ("crisis_week", "week −1", "第−1周"),
        (
            "merchants_partner",
            "mkt 50k · store 90k · adpt 160k merchants",
            "综合 5万 · 店铺 9万 · 适配 16万家",
        ),
        ("season", "52 weekly values, 1 to 1 ×", "52个周值，1至1倍"),
    ],
)
def test_values_read_as_their_language_writes_them(id: str, en: str, zh: str) -> None:
    declaration = world_declarations()[id]
    assert with_unit(declaration.default, declaration, words_of("en")) == en
    assert with_unit(declaration.default, declaration, words_of("zh")) == zh


def test_groups_partition_the_ledger() -> None:
    entries = ledger(Scenario(), Scenario(), words_of("en"))
    sizes = [len(chosen(entries, group=group)) for group in (*GROUPS, "move", "policy")]
    assert sum(sizes) == EVERYTHING
    assert min(sizes) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_source_is_what_the_citation_begins_with(language: str) -> None:
    words = words_of(language)
    for source in cited():
        short = short_source(words(f"source.{source}"))
        assert 4 < len(short) < 120
        assert words(f"source.{source}").startswith(short)


def read(language: str) -> dict[str, str]:
    return tomllib.loads((TEXT / f"pages.{language}.toml").read_text(encoding="utf-8"))


def test_both_languages_say_the_same_with_the_same_placeholders() -> None:
    english, chinese = read("en"), read("zh")
    assert list(english) == list(chinese)
    for key, text in english.items():
        names = [
            {name for _, name, _, _ in Formatter().parse(each) if name}
            for each in (text, chinese[key])
        ]
        if "{" in text and not key.endswith("stocks"):
            assert names[0] == names[1], key
        assert text.strip()
        assert chinese[key].strip()
    assert not [
        key for key, text in english.items() if any("\u4e00" <= c <= "\u9fff" for c in text)
    ]
