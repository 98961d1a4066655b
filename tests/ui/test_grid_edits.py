"""The grid of scenarios: what is typed and pasted goes in cell by cell, and nothing is lost."""

from dataclasses import replace

import pytest

from sim.analyses.side_by_side import MOST
from sim.cases.catalogue import case
from sim.text import words_of
from sim.ui.grid_edits import NAME, edited, grid_places, shown_cell
from sim.ui.pages.compare.grid import _refusal

ONE = case("kuaishou-2021").scenario
OTHER = replace(ONE, name="other", weeks=80)
DIVERSION, LIVE, WEEK = "world.diversion", "world.conversion.live", "policy.moves[0].week"
PLACES = (DIVERSION, LIVE, WEEK)


def test_cells_are_in_the_unit_of_the_page() -> None:
    assert shown_cell(ONE, DIVERSION, "zh") == "65"
    assert shown_cell(ONE, "world.viewers", "en") == "430"
    assert shown_cell(ONE, "world.viewers", "zh") == "4.3"
    assert shown_cell(replace(ONE, policy=replace(ONE.policy, moves=())), WEEK, "zh") == ""


def test_every_number_has_a_column_of_its_own() -> None:
    places = grid_places([ONE])
    assert LIVE in places
    assert "world.conversion" not in places
    assert WEEK in places
    assert "policy.care" in places


def test_an_edited_cell_is_in_its_scenario_and_in_no_other() -> None:
    found = edited(
        [ONE, OTHER], PLACES, {"edited_rows": {1: {DIVERSION: "70 %", WEEK: "25"}}}, "zh"
    )
    assert not found.faults
    assert found.scenarios[0] == ONE
    assert found.scenarios[1].world.demand.diversion == 0.7
    assert found.scenarios[1].policy.moves[0].week == 25


def test_a_pasted_block_adds_scenarios_that_begin_as_the_first() -> None:
    rows = [{NAME: "a", DIVERSION: "50"}, {NAME: "b", LIVE: "12，0".replace("，", ".")}, {}]
    found = edited([ONE], PLACES, {"added_rows": rows}, "en", ["On top", "On top (2)"])
    assert [each.name for each in found.scenarios[1:]] == ["a", "b", "On top (2)"]
    assert found.scenarios[3] == replace(ONE, name="On top (2)")
    assert not found.faults
    assert found.scenarios[1].world.demand.diversion == 0.5
    assert found.scenarios[2].world.demand.conversion[0] == 0.12
    assert found.scenarios[2].world.demand.diversion == ONE.world.demand.diversion


def test_deleted_rows_go_but_not_the_one_on_the_page() -> None:
    found = edited([ONE, OTHER], PLACES, {"deleted_rows": [0, 1]}, "en")
    assert found.scenarios == (ONE,)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("many", "not_a_number"),
        ("140", "out_of_range"),
        ("nan", "not_finite"),
        ("1", "diversion_range"),
    ],
)
def test_a_cell_that_cannot_be_is_explained_and_the_others_of_its_row_go_in(
    cell: str, kind: str
) -> None:
    edits = {"edited_rows": {0: {DIVERSION: cell, LIVE: "12"}}}
    found = edited([ONE], PLACES, edits, "en")
    assert {fault.kind for _, fault in found.faults} == {kind}
    assert found.scenarios[0].world.demand.conversion[0] == 0.12
    assert found.scenarios[0].world.demand.diversion == ONE.world.demand.diversion


@pytest.mark.parametrize(
    ("language", "place", "cell", "said"),
    [
        (
            "en",
            "world.viewers",
            "abc",
            "“abc” is no number. Weekly active viewers (million people) takes 1e-06 to 10,000",
        ),
        ("en", DIVERSION, "140", "On top: Diversion to the platform shop (%) takes 0% to 100%"),
        ("zh", DIVERSION, "abc", "应在0%到100%之间"),
        ("en", WEEK, "-3", "Week of the move"),
    ],
)
def test_a_refusal_names_row_and_column_as_they_are_shown_and_its_unit(
    language: str, place: str, cell: str, said: str
) -> None:
    edits = {"edited_rows": {0: {place: cell}}}
    found = edited([ONE], (*PLACES, "world.viewers"), edits, language, ["On top"])
    told = [f"{name}: {_refusal(fault, words_of(language))}" for name, fault in found.faults]
    assert len(told) == 1
    assert said in told[0], told
    assert "world." not in told[0] and "policy." not in told[0]


def test_a_number_of_a_move_that_is_not_there_is_refused_by_its_place() -> None:
    still = replace(ONE, policy=replace(ONE.policy, moves=()))
    found = edited([still], PLACES, {"edited_rows": {0: {WEEK: "3"}}}, "en")
    assert [(fault.kind, fault.place) for _, fault in found.faults] == [("unknown_id", WEEK)]


def test_more_rows_than_have_room_are_said() -> None:
    rows = [{NAME: f"row {at}"} for at in range(12)]
    found = edited([ONE], PLACES, {"added_rows": rows}, "en")
    assert len(found.scenarios) == MOST
    assert [(name, fault.kind) for name, fault in found.faults] == [("row 7", "grid_full")]


def test_a_name_that_cannot_be_does_not_keep_numbers_out() -> None:
    edits = {"edited_rows": {0: {NAME: "x" * 300, DIVERSION: "70"}}}
    found = edited([ONE], PLACES, edits, "en")
    assert [fault.kind for _, fault in found.faults] == ["too_long"]
    assert found.scenarios[0].world.demand.diversion == 0.7
    assert found.scenarios[0].name == ONE.name
