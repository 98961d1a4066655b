"""Scenario documents: only what differs is written, and it is read back as it was."""

import tomllib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from sim.cases.catalogue import Fact, case, case_ids, chained_scenario, festivals
from sim.documents.migrations import FORMAT, MIGRATIONS, migrated
from sim.documents.toml_document import parse, read, write
from sim.errors import Refused, UnknownCase
from sim.policy import Move, Policy
from sim.scenario import Scenario, faults_of
from sim.world import World
from tests.scenarios import scenarios

EXAMPLE = """
format = 1
name = "Kuaishou, November 2021"
note = "live rooms only; profile pages stay open"
case = "kuaishou-2021"
weeks = 104

[world]
diversion = 0.75
closed_share = { live = 0.91, shelf = 0.95 }

[policy]
programme_week = 26
guarantee_target = 0.97

[[policy.moves]]
week = 19
surfaces = ["live"]
partners = ["saas", "adapter"]
openness = 0.0
ramp_weeks = 1
"""


def kinds(refused: Refused) -> list[tuple[str, str]]:
    return [(fault.kind, fault.place) for fault in refused.faults]


def edited(scenario: Scenario, **values: Any) -> Scenario:
    return replace(scenario, world=scenario.world.with_values(values))


@settings(max_examples=200, deadline=None)
@given(scenarios())
def test_what_is_written_is_read_back_exactly(scenario: Scenario) -> None:
    assert parse(write(scenario)) == scenario


@settings(deadline=None)
@given(scenarios())
def test_writing_what_was_read_gives_the_same_document(scenario: Scenario) -> None:
    text = write(scenario)
    assert write(parse(text)) == text


def test_a_document_starts_from_its_case_and_changes_only_what_it_says() -> None:
    found, base = parse(EXAMPLE), case("kuaishou-2021").scenario
    closed_share = (0.91, base.world.demand.closed_share[1], 0.95)
    assert found.world == base.world.with_values({"diversion": 0.75, "closed_share": closed_share})
    move = Move(week=19, surfaces=("live",), partners=("saas", "adapter"), openness=0.0)
    assert found.policy == replace(base.policy, programme_week=26, moves=(move,))
    assert (found.case, found.name) == ("kuaishou-2021", "Kuaishou, November 2021")


def test_a_scenario_without_a_case_starts_from_the_defaults() -> None:
    assert parse("format = 1") == Scenario()


def test_only_what_differs_is_written() -> None:
    base = case("kuaishou-2021").scenario
    closed_share = (base.world.demand.closed_share[0], 0.5, base.world.demand.closed_share[2])
    scenario = edited(replace(base, name="", note=""), closed_share=closed_share)
    assert tomllib.loads(write(scenario)) == {
        "format": 1, "case": "kuaishou-2021", "world": {"closed_share": {"video": 0.5}}
    }  # fmt: skip


def test_whole_numbers_given_for_a_share_or_an_amount_are_read_as_floats() -> None:
    gmv = parse("format = 1\nworld.gmv = 13000000000\npolicy.care = 1").world.value("gmv")
    assert repr(gmv) == "13000000000.0"


def test_negative_zero_is_zero() -> None:
    assert repr(parse("format = 1\n[policy]\ncare = -0.0").policy.care) == "0.0"


def test_moves_given_replace_those_of_the_case_even_by_none() -> None:
    head = 'format = 1\ncase = "kuaishou-2021"\n[policy]\n'
    assert parse(f"{head}moves = []").policy.moves == ()
    assert parse(head).policy.moves == case("kuaishou-2021").scenario.policy.moves != ()


def test_a_lever_that_its_case_moves_can_be_left_as_it_is_now() -> None:
    base = case("kuaishou-2021").scenario
    assert base.policy.guarantee_target is not None
    scenario = replace(base, policy=replace(base.policy, guarantee_target=None))
    assert 'guarantee_target = "as_now"' in write(scenario)
    assert parse(write(scenario)) == scenario


def test_a_vector_is_read_by_members_or_as_a_whole_list() -> None:
    by_list = parse("format = 1\nworld.churn = [0.1, 0.2, 0.3]")
    by_member = parse("format = 1\nworld.churn = {fan = 0.3, newcomer = 0.1, regular = 0.2}")
    assert by_list.world.value("churn") == (0.1, 0.2, 0.3)
    assert by_list == by_member


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    raw = b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode()
    assert parse(raw) == parse(EXAMPLE)


def test_a_file_is_read_as_its_text(tmp_path: Any) -> None:
    path = tmp_path / "场景.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert read(path) == read(str(path)) == parse(EXAMPLE)


def test_a_scenario_with_faults_is_not_written() -> None:
    with pytest.raises(Refused) as caught:
        write(edited(Scenario(), diversion=2.0))
    assert kinds(caught.value) == [("out_of_range", "world.diversion")]


def test_a_name_too_long_to_be_read_is_not_written() -> None:
    with pytest.raises(Refused) as caught:
        write(Scenario(name="x" * 201))
    assert kinds(caught.value) == [("too_long", "name")]


def test_an_older_document_goes_through_every_migration_in_turn() -> None:
    steps = {
        1: lambda old: {**old, "trail": [1]},
        2: lambda old: {**old, "trail": [*old["trail"], 2]},
    }
    document = {"format": 1, "name": "old"}
    found = migrated(document, newest=3, migrations=steps)
    assert found == {"format": 3, "name": "old", "trail": [1, 2]}
    assert migrated({"format": 3}, newest=3, migrations=steps) == {"format": 3}
    assert document == {"format": 1, "name": "old"}


def test_there_is_a_migration_from_every_older_format() -> None:
    assert sorted(MIGRATIONS) == list(range(1, FORMAT))


def test_a_newer_document_is_refused_with_its_version_and_nothing_else() -> None:
    with pytest.raises(Refused) as caught:
        parse("format = 7\nweather = true")
    assert [str(fault) for fault in caught.value.faults] == [
        "the document has format 7; this version reads formats up to 1."
    ]


@pytest.mark.parametrize("version", ["0", "-1", "true", "1.0", '"1"', "{}"])
def test_a_format_that_never_was_is_refused(version: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(f"format = {version}")
    assert kinds(caught.value) == [("wrong_type", "format")]


def test_every_case_is_sound_and_is_a_scenario_of_itself() -> None:
    for name in case_ids():
        found = case(name)
        assert faults_of(found.scenario) == ()
        assert found.scenario.case == found.id == name
        assert found.start.weekday() == 0
        assert replace(parse(found.document), case=name) == found.scenario


def test_a_case_written_is_its_name_and_note() -> None:
    scenario = case("kuaishou-2022").scenario
    assert set(tomllib.loads(write(scenario))) == {"format", "name", "note", "case"}


def test_a_case_that_starts_from_a_case_has_its_world() -> None:
    first, second = case("kuaishou-2021"), case("cut-everything")
    assert 'case = "kuaishou-2021"' in second.document
    assert second.scenario.world == first.scenario.world != World()


def test_a_case_is_read_once() -> None:
    assert case("kuaishou-2021") is case("kuaishou-2021")


def test_an_unknown_case_names_the_near_ones() -> None:
    with pytest.raises(UnknownCase) as caught:
        case("kuaishou2021")
    assert "kuaishou-2021, " in str(caught.value.faults[0].facts["near"])


def test_what_a_case_says_of_its_facts_is_read() -> None:
    facts = case("kuaishou-2021").facts
    assert all(isinstance(fact, Fact) for fact in facts)
    assert "world.gmv" in {fact.what for fact in facts}


def test_festivals_fall_in_weeks_of_the_year() -> None:
    assert festivals()["618"] == 24
    assert all(0 <= week < 52 for week in festivals().values())


def test_cases_that_start_from_each_other_are_refused() -> None:
    texts = {"a": 'format = 1\ncase = "b"', "b": 'format = 1\ncase = "c"'}
    texts["c"] = 'format = 1\ncase = "a"'
    with pytest.raises(Refused) as caught:
        chained_scenario("a", texts.__getitem__)
    assert [str(fault) for fault in caught.value.faults] == [
        "`case` comes back to where it started: a → b → c → a."
    ]


def test_cases_chain_through_any_number_of_documents() -> None:
    texts = {
        "a": "format = 1\nweeks = 10\npolicy.care = 0.5",
        "b": 'format = 1\ncase = "a"\nworld.diversion = 0.5',
        "c": 'format = 1\ncase = "b"\nworld.gmv = 5.0',
    }
    found = chained_scenario("c", texts.__getitem__)
    world = World().with_values({"diversion": 0.5, "gmv": 5.0})
    assert found == Scenario(case="c", weeks=10, world=world, policy=Policy(care=0.5))
