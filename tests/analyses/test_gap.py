"""Why answers lie apart: the two assumptions that explain it, on answers whose reasons are known."""

from dataclasses import replace

import pytest

from sim.analyses.gap import gap
from sim.scenario import Scenario

GROUND = Scenario()


def believing(**values: float) -> Scenario:
    return replace(GROUND, world=GROUND.world.with_values(values))


PEOPLE = [
    believing(diversion=0.5, blame=0.1, evasion=0.02),
    believing(diversion=0.7, blame=0.5, evasion=0.08),
    believing(diversion=0.8, blame=0.3, evasion=0.05),
]


def answer(scenario: Scenario) -> float:
    """Ten times diversion, twice blame, and next to nothing of evasion."""
    world = scenario.world
    return 10 * world.demand.diversion + 2 * world.trust.blame + 0.01 * world.choice.evasion


def test_the_pair_that_makes_the_answers_is_found() -> None:
    found = gap(PEOPLE, GROUND, answer)
    assert set(found.pair) == {"diversion", "blame"}
    assert found.explains > 0.99
    assert found.disagreements[0].name == "diversion"
    assert found.disagreements[0].values == (0.5, 0.7, 0.8)
    assert found.answers == tuple(answer(each) for each in PEOPLE)


def test_what_all_believe_alike_is_no_disagreement() -> None:
    found = gap(PEOPLE, GROUND, answer)
    assert {each.name for each in found.disagreements} == {"diversion", "blame", "evasion"}


def test_without_a_gap_nothing_explains_it() -> None:
    found = gap(PEOPLE, GROUND, lambda _: 7.0)
    assert found.spread == 0
    assert found.explains == 0
    same = gap([GROUND, GROUND], GROUND, answer)
    assert same.disagreements == ()
    assert same.pair == ()


def test_a_single_disagreement_stands_alone() -> None:
    found = gap([GROUND, believing(blame=0.9)], GROUND, answer)
    assert found.pair == ("blame",)
    assert found.explains == pytest.approx(1.0)


def test_an_answer_that_cannot_be_had_is_left_out_of_the_spread() -> None:
    found = gap(PEOPLE, GROUND, lambda each: None if each == PEOPLE[1] else answer(each))
    assert found.answers[1] is None
    assert found.spread == pytest.approx(abs(answer(PEOPLE[0]) - answer(PEOPLE[2])) / 2)
