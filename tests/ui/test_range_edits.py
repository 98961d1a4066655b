"""Ranges as they are typed in a table."""

from dataclasses import replace

import pytest

from sim.cases.catalogue import case
from sim.errors import Refused
from sim.scenario import Scenario, require_sound
from sim.ui.range_edits import shown_range, with_pairs, with_range
from sim.uncertainty import Correlation, Spread, Uncertainty

START = case("kuaishou-2021").scenario


def spread(edit: dict[str, str], name: str = "diversion", language: str = "zh") -> Spread:
    return with_range(START, name, edit, language).uncertainty.spread(name)


def test_a_share_is_typed_in_per_cent() -> None:
    assert shown_range("diversion", START, "en") == {"low": "30", "mode": "65", "high": "95"}
    assert spread({"low": "40"}) == Spread(low=0.4)
    assert spread({"low": "40%", "shape": "uniform"}) == Spread(low=0.4, shape="uniform")


def test_large_numbers_are_typed_in_the_units_of_the_language() -> None:
    assert spread({"high": "5"}, "viewers", "zh").high == 5e8
    assert spread({"high": "500"}, "viewers", "en").high == 5e8


@pytest.mark.parametrize("text", ["5 / 2 / 6", "5、2、6", "5,2，6", " 5  2;6 "])
def test_a_vector_is_typed_as_numbers_side_by_side(text: str) -> None:
    assert spread({"low": text}, "conversion").low == (0.05, 0.02, 0.06)


def test_one_number_stands_for_every_member() -> None:
    assert spread({"low": "2"}, "conversion").low == (0.02, 0.02, 0.02)
    assert shown_range("closed_share", START, "en")["low"] == "88"


def test_an_emptied_cell_is_the_plausible_bound_again() -> None:
    changed = with_range(START, "diversion", {"low": "40"}, "en")
    assert (
        with_range(changed, "diversion", {"low": " "}, "en").uncertainty.spread("diversion").low
        is None
    )


def test_what_has_no_plausible_range_gets_one_that_can_be_run() -> None:
    changed = with_range(START, "crisis_size", {"high": "20"}, "en")
    assert changed.uncertainty.spread("crisis_size").high == 0.2
    pert = with_range(changed, "crisis_size", {"shape": "pert"}, "en")
    require_sound(pert)
    assert pert.uncertainty.spread("crisis_size") == Spread(low=0.0, high=0.2)
    only = with_range(START, "streamer_trust", {"shape": "uniform"}, "en")
    require_sound(only)


@pytest.mark.parametrize(
    ("text", "kind"), [("many", "wrong_type"), ("1 2", "wrong_length"), ("1e", "wrong_type")]
)
def test_what_is_no_number_is_refused_at_its_place(text: str, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        with_range(START, "diversion", {"high": text}, "en")
    assert [(each.kind, each.place) for each in refused.value.faults] == [
        (kind, "uncertainty.diversion.high")
    ]


def test_pairs_are_added_changed_and_removed() -> None:
    row = {"first": "blame", "second": "remedy", "coefficient": 0.5}
    added = with_pairs(START, {"added_rows": [row]})
    assert added is not None
    assert added.uncertainty.correlations == (Correlation(**row),)  # type: ignore[arg-type]
    changed = with_pairs(added, {"edited_rows": {"0": {"coefficient": -0.2}}})
    assert changed is not None
    assert changed.uncertainty.correlations[0].coefficient == -0.2
    gone = with_pairs(changed, {"deleted_rows": [0]})
    assert gone is not None
    assert gone.uncertainty == Uncertainty()


def test_a_pair_that_is_not_complete_waits() -> None:
    assert with_pairs(START, {"added_rows": [{"first": "blame"}]}) is None
    assert with_pairs(replace(START), {"added_rows": [{}]}) is None


def test_ranges_of_a_scenario_can_be_typed_back_as_they_are_shown() -> None:
    for name in ("gmv", "conversion", "notice_weeks", "pressure_exit", "partner_ads"):
        cells = shown_range(name, Scenario(), "zh")
        again = with_range(Scenario(), name, {"low": cells["low"], "high": cells["high"]}, "zh")
        assert shown_range(name, again, "zh") == cells
