"""Why a value was refused, in the units of its control."""

import pytest

from sim.cases.catalogue import case
from sim.text import words_of
from sim.ui.rows.edits import Edit
from sim.ui.rows.row_data import Named, row_data
from sim.ui.simulation import compared
from sim.ui.visit import Visit


def refused(place: str, shown: float, language: str) -> str:
    """What is said below a control after a number was typed into it."""
    visit = Visit(scenario=case("kuaishou-2021").scenario)
    edit = Edit(place=place, shown=shown)
    visit.propose(place, edit.value(visit.scenario, language), compared)
    named = Named(place=place, label=place, help="")
    return str(row_data(named, visit, words_of(language))["refusal"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("place", ["world.diversion", "world.conversion.live"])
def test_a_range_of_shares_is_said_in_per_cent_like_its_control(place: str, language: str) -> None:
    said = refused(place, {"world.diversion": 1.0}.get(place, 90.0), language)
    ranges = [each for each in said.splitlines() if "`diversion`" in each]
    # A sentence a surface; the highest bound is the one that all of them accept.
    low = max(float(each.split("%")[0].split()[-1].split("于")[-1]) for each in ranges)
    assert all("100%" in each for each in ranges)
    assert 1.0 < low < 100.0
    visit = Visit(scenario=case("kuaishou-2021").scenario)
    if place == "world.diversion":
        edit = Edit(place=place, shown=low)
        visit.propose(place, edit.value(visit.scenario, language), compared)
        assert not visit.refusals


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sum_that_may_not_reach_one_is_said_in_per_cent(language: str) -> None:
    said = refused("world.direct_share", 99.9, language)
    assert "100%" in said
    assert " 1;" not in said


def test_a_sum_that_is_off_by_a_hair_is_not_said_to_be_whole() -> None:
    said = refused("world.surface_split.live", 85.00001, "en")
    assert "100.00001%" in said
