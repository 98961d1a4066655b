"""The laws as lights: green on every case, and red as soon as the engine breaks one."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from sim.analyses.by_hand.links import mean_openness
from sim.analyses.laws.light import Light
from sim.analyses.laws.lights import lights
from sim.analyses.laws.nothing_done import as_today
from sim.analyses.laws.same import digest_of
from sim.cases.catalogue import case, case_ids
from sim.engine import single
from sim.engine.single import run_series
from sim.errors import Refused
from sim.policy import Move, Policy
from sim.scenario import Scenario
from sim.sets import PARTNERS, SURFACES
from sim.text import LANGUAGES, words_of
from tests.scenarios import scenarios

ORDER = (
    "nothing_done",
    "first_week",
    "viewers",
    "merchants",
    "bounds",
    "diversion",
    "adds_up",
    "openness",
    "same_again",
    "same_horizon",
)


def by_id(scenario: Scenario) -> dict[str, Light]:
    # Not remembered: a broken engine must be seen.
    return {light.id: light for light in lights.__wrapped__(scenario)}


@pytest.mark.parametrize("id", case_ids())
def test_every_law_holds_on_every_case(id: str) -> None:
    found = by_id(case(id).scenario)
    assert tuple(found) == ORDER
    assert {name for name, light in found.items() if light.ok is not True} == set()


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(scenarios())
def test_no_law_is_broken_anywhere_inside_the_hard_limits(scenario: Scenario) -> None:
    try:
        found = by_id(replace(scenario, weeks=min(scenario.weeks, 60)))
    except Refused:
        return
    assert {name: light.measured for name, light in found.items() if light.ok is False} == {}


def test_no_policy_is_no_difference_at_all() -> None:
    light = by_id(case("kuaishou-2021").scenario)["nothing_done"]
    assert light.threshold == 0.0
    assert [(each.id, each.found) for each in light.readings] == [
        ("no_levers", 0.0),
        ("as_now", 0.0),
    ]


def test_levers_at_todays_value_are_levers() -> None:
    world = case("kuaishou-2021").scenario.world
    assert as_today(world) != Policy()
    moved = replace(as_today(world), care=0.01)
    assert digest_of(run_series(world, moved, 4)) != digest_of(run_series(world, Policy(), 4))


def test_the_first_week_reads_every_entered_fact() -> None:
    readings = by_id(Scenario())["first_week"].readings
    read = {(each.id, each.member) for each in readings}
    assert read == {
        ("gmv", ""),
        *(
            (id, surface)
            for surface in SURFACES
            for id in ("surface_split", "closed_share", "conversion", "direct_share")
        ),
        *(("partner_split", partner) for partner in PARTNERS),
    }
    assert {each.expected for each in readings if each.id == "conversion"} == {0.10, 0.04, 0.12}


def test_diversion_has_nothing_to_say_without_links() -> None:
    demand = replace(Scenario().world.demand, closed_share=(1.0, 1.0, 1.0))
    scenario = replace(Scenario(), world=replace(Scenario().world, demand=demand))
    assert by_id(scenario)["diversion"].ok is None


def test_diversion_is_measured_on_a_cut() -> None:
    light = by_id(Scenario())["diversion"]
    assert light.readings[0].expected > 1e6
    assert light.readings[1].expected == Scenario().world.demand.diversion


def test_one_week_is_enough_for_every_light() -> None:
    assert {light.ok for light in by_id(replace(Scenario(), weeks=1)).values()} == {True}


def broken(monkeypatch: pytest.MonkeyPatch, series: str, weeks: int | None = None) -> set[str]:
    """The lights that go red when the engine's answer for one series is a little off."""

    def wrong(world: object, policy: object, horizon: int) -> dict[str, np.ndarray]:
        run = dict(run_series(world, policy, horizon))  # type: ignore[arg-type]
        if weeks is None or horizon == weeks:
            run[series] = run[series] * (1.0 + 1e-6)
        return run

    monkeypatch.setattr(single, "run_series", wrong)
    return {name for name, light in by_id(Scenario()).items() if light.ok is False}


@pytest.mark.parametrize(
    ("series", "red"),
    [
        ("gmv_native", {"first_week", "adds_up"}),
        ("orders_external", {"first_week"}),
        ("churned", {"viewers"}),
        ("viewers", {"viewers", "adds_up"}),
        ("merchants_migrated", {"merchants"}),
        ("profit", {"adds_up"}),
        ("openness", {"openness", "bounds"}),
    ],
)
def test_a_light_goes_red_when_the_engine_is_a_little_off(
    monkeypatch: pytest.MonkeyPatch, series: str, red: set[str]
) -> None:
    found = broken(monkeypatch, series)
    assert red <= found
    assert found <= red | {"diversion"}


def test_another_past_on_a_longer_horizon_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "same_horizon" in broken(monkeypatch, "data", Scenario().weeks + 1)


def test_digits_that_change_from_run_to_run_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = iter(range(100))

    def drifting(world: object, policy: object, horizon: int) -> dict[str, np.ndarray]:
        run = dict(run_series(world, policy, horizon))  # type: ignore[arg-type]
        run["data"] = run["data"] * (1.0 + 1e-16 + next(runs) * 1e-15)
        return run

    monkeypatch.setattr(single, "run_series", drifting)
    found = by_id(Scenario())
    assert {found["same_again"].ok, found["nothing_done"].ok} == {False}


def test_a_number_that_is_none_is_never_green(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(world: object, policy: object, horizon: int) -> dict[str, np.ndarray]:
        run = dict(run_series(world, policy, horizon))  # type: ignore[arg-type]
        return {**run, "viewers": run["viewers"] * np.nan}

    monkeypatch.setattr(single, "run_series", lost)
    found = by_id(Scenario())
    assert {found[name].ok for name in ("viewers", "bounds", "adds_up")} == {False}


def test_openness_by_hand_follows_ramps_and_later_moves() -> None:
    world = Scenario().world
    cut = Move(week=2, surfaces=SURFACES, partners=PARTNERS, openness=0.0, ramp_weeks=4)
    back = Move(week=4, surfaces=SURFACES, partners=PARTNERS, openness=1.0, ramp_weeks=2)
    got = [round(mean_openness(world, (back, cut), week), 12) for week in range(8)]
    assert got == [1.0, 1.0, 0.75, 0.5, 0.75, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_light_and_reading_has_its_words(language: str) -> None:
    words = words_of(language)
    for light in lights(Scenario()):
        assert words(f"light.{light.id}")
        assert words(f"light.{light.id}.help")
        for reading in light.readings:
            assert words(f"reading.{reading.id}")


@pytest.mark.parametrize("ramp_weeks", [0, 1])
def test_openness_by_hand_jumps_without_a_ramp(ramp_weeks: int) -> None:
    cut = Move(week=2, surfaces=SURFACES, partners=PARTNERS, openness=0.0, ramp_weeks=ramp_weeks)
    got = [round(mean_openness(Scenario().world, (cut,), week), 12) for week in range(4)]
    assert got == [1.0, 1.0, 0.0, 0.0]
