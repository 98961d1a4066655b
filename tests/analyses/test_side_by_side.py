"""Scenarios beside each other: differences that add up, and inputs by what they do."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.compare import compare
from sim.analyses.montecarlo import montecarlo
from sim.analyses.side_by_side import MOVES, against, comparable, differing, probability
from sim.cases.catalogue import case
from sim.metrics import OUTCOMES
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import Sampling

CUT = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(worlds=256))
TRUST = replace(CUT, policy=Policy(guarantee_target=0.97, care=0.01, programme_week=5))


def gain(scenario: Scenario) -> float | None:
    return compare(scenario).outcomes["npv_change"]


def test_against_its_own_world_are_the_outcomes_themselves() -> None:
    one = compare(CUT)
    assert against(one, None) == one.outcomes


def test_against_another_scenario_is_the_difference_of_both() -> None:
    one, other = compare(CUT), compare(TRUST)
    found = against(one, other)
    for name in ("gmv_change", "profit_change", "npv_change", "viewers_kept"):
        pair = one.outcomes[name], other.outcomes[name]
        assert found[name] == pytest.approx(pair[0] - pair[1], rel=1e-9)  # type: ignore[operator]
    assert found["closed_share"] == one.outcomes["closed_share"]
    assert all(not value for value in against(one, one).values() if value in (0.0, None))
    assert against(one, one)["npv_change"] == 0.0


def test_of_other_horizons_the_weeks_that_both_have_are_counted() -> None:
    one, short = compare(CUT), compare(replace(CUT, weeks=30))
    assert against(one, short)["gmv_change"] == 0.0
    assert against(short, one)["gmv_change"] == 0.0


def test_the_share_of_worlds_counts_world_by_world() -> None:
    one, other = montecarlo(CUT), montecarlo(TRUST)
    expected = np.mean(one.values["npv_change"] > other.values["npv_change"])
    assert probability("npv_change", one, other) == expected
    assert probability("npv_change", other, one) == pytest.approx(1 - expected)
    lower = probability("leakage_rate", one, other)
    assert lower == np.mean(one.values["leakage_rate"] < other.values["leakage_rate"])
    assert probability("npv_change", one, None) == one.distributions["npv_change"].better
    assert probability("payback_week", one, other) is None


def test_of_other_worlds_no_share_is_told() -> None:
    elsewhere = replace(CUT, world=CUT.world.with_values({"diversion": 0.8}))
    assert not comparable(CUT, elsewhere)
    assert comparable(CUT, TRUST)
    one, other = montecarlo(CUT), montecarlo(elsewhere)
    assert all(probability(name, one, other) is None for name in OUTCOMES)


def test_only_inputs_that_differ_are_listed_with_what_each_does_by_itself() -> None:
    other = replace(CUT, world=CUT.world.with_values({"diversion": 0.9, "blame": 0.35}), weeks=50)
    later = replace(CUT, policy=replace(CUT.policy, care=0.004, moves=()))
    found = differing([CUT, other, later], CUT, gain)
    assert {each.place for each in found} == {
        "weeks",
        "world.diversion",
        "world.blame",
        "policy.care",
        MOVES,
    }
    sizes = [each.size for each in found]
    assert sizes == sorted(sizes, reverse=True)
    by_place = {each.place: each for each in found}
    diversion = by_place["world.diversion"]
    assert diversion.values == (0.65, 0.9, 0.65)
    alone = replace(CUT, world=CUT.world.with_values({"diversion": 0.9}))
    assert diversion.effects == (0.0, gain(alone) - gain(CUT), 0.0)  # type: ignore[operator]
    assert by_place[MOVES].values[2] == ()


def test_nothing_differs_between_equals() -> None:
    assert differing([CUT, replace(CUT, name="x")], CUT, gain) == ()


def test_what_cannot_be_run_has_no_effect_and_does_no_harm() -> None:
    other = replace(CUT, world=CUT.world.with_values({"diversion": 0.9}))
    found = differing([CUT, other], CUT, lambda each: None if each.world != CUT.world else 1.0)
    assert found[0].effects == (0.0, None)
    assert found[0].size == 0.0
