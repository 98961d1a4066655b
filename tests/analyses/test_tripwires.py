"""Early signs: what is seen in the weeks after a plan begins, and how often it misleads."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.draws import draw
from sim.analyses.robust.halves import found_on
from sim.analyses.robust.tripwires import SIGNS, begins, changed, tripwires
from sim.analyses.robust.tripwires import Tripwires as Found
from sim.cases.catalogue import case
from sim.engine.single import run_series
from sim.engine.traces import run_traces
from sim.policy import Policy
from sim.series import SERIES
from sim.uncertainty import Sampling

SCENARIO = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=4, worlds=512))
POLICY = SCENARIO.policy
ALL = np.ones(512, dtype=bool)


def found_for(failed: np.ndarray, policy: Policy = POLICY, visible: int = 50) -> Found:
    return tripwires(SCENARIO, policy, failed, ALL, found_on(512), visible=visible)


def traced(at: tuple[int, ...]) -> dict[str, np.ndarray]:
    names = tuple(SERIES)
    found = run_traces(SCENARIO.world, POLICY, draw(SCENARIO), series=names, at=at)
    return dict(zip(names, found, strict=True))


def test_a_trace_is_the_series_of_that_world_in_that_week() -> None:
    world = replace(SCENARIO, sampling=Sampling(seed=4, worlds=64))
    draws = {"viewers": np.array([4.1e8, 4.3e8]), "blame": np.array([0.2, 0.9])}
    names = ("gmv_native", "platform_trust", "viewers")
    found = run_traces(world.world, POLICY, draws, series=names, at=(30, 0, 7))
    assert found.shape == (3, 3, 2)
    for at in range(2):
        one = world.world.with_values({name: float(each[at]) for name, each in draws.items()})
        alone = run_series(one, POLICY, 60)
        for row, name in enumerate(names):
            assert found[row, :, at].tolist() == [float(alone[name][week]) for week in (30, 0, 7)]
    assert not found.flags.writeable


def test_worlds_that_must_be_refused_have_no_trace() -> None:
    draws = {"diversion": np.array([0.65, 0.01])}
    found = run_traces(SCENARIO.world, POLICY, draws, series=("viewers",), at=(0, 5))
    assert np.isnan(found[:, :, 1]).all()
    assert np.isfinite(found[:, :, 0]).all()


def test_a_failure_that_one_sign_tells_exactly_is_told_by_it() -> None:
    # Fails exactly where viewers have fallen most four weeks after the beginning (week 19).
    series = traced((18, 23))
    change = series["viewers"][1] / series["viewers"][0] - 1
    failed = change < np.quantile(change, 0.3)
    told = found_for(failed)
    assert told.state == "found"
    assert told.base == 18
    first = told.wires[0]
    assert first.sign in {"viewers", "churn", "fans"}
    assert (first.false_alarms + first.misses) < 0.25
    exact = next((each for each in told.wires if each.sign == "viewers"), None)
    if exact is not None:
        assert exact.above is False
        assert exact.warning == 50 - exact.week


def test_false_alarms_and_misses_are_counted_on_the_other_half() -> None:
    series = traced((18, 23))
    change = series["viewers"][1] / series["viewers"][0] - 1
    failed = change < np.quantile(change, 0.3)
    wire = found_for(failed).wires[0]
    sign = next(each for each in SIGNS if each.id == wire.sign)
    seen = changed(sign, traced((18, wire.week)))[0]
    warned = seen > wire.threshold if wire.above else seen < wire.threshold
    odd = np.arange(512) % 2 == 1
    assert wire.false_alarms == np.mean(warned[odd & ~failed])
    assert wire.misses == np.mean(~warned[odd & failed])
    assert wire.right == np.mean(failed[odd & warned])


def test_of_signs_that_say_the_same_only_one_is_taken() -> None:
    series = traced((18, 23))
    change = series["viewers"][1] / series["viewers"][0] - 1
    kinds = {each.id: each.kind for each in SIGNS}
    wires = found_for(change < np.quantile(change, 0.3)).wires
    assert 1 <= len(wires) <= 3
    assert len({kinds[each.sign] for each in wires}) == len(wires)


def test_signs_stand_before_the_outcome_shows_by_itself() -> None:
    series = traced((18, 45))
    change = series["viewers"][1] / series["viewers"][0] - 1
    wires = found_for(change < np.quantile(change, 0.3), visible=25).wires
    assert wires
    assert all(19 < each.week < 25 and each.warning == 25 - each.week for each in wires)


@pytest.mark.parametrize(
    ("failed", "policy", "state"),
    [
        (np.zeros(512, dtype=bool), POLICY, "none_fail"),
        (np.ones(512, dtype=bool), POLICY, "all_fail"),
        (np.arange(512) < 5, POLICY, "too_few"),
        (np.arange(512) < 200, Policy(), "no_start"),
        (np.random.default_rng(1).uniform(size=512) < 0.5, POLICY, "nothing_tells"),
    ],
)
def test_where_there_is_no_sign_it_is_said_why(
    failed: np.ndarray, policy: Policy, state: str
) -> None:
    told = found_for(failed, policy)
    assert (told.state, told.wires) == (state, ())


def test_a_plan_begins_with_its_first_move_or_programme() -> None:
    assert begins(POLICY) == 19
    assert begins(Policy(care=0.01, programme_week=7)) == 7
    assert begins(Policy(programme_week=7)) is None


def test_growth_from_nothing_warns_of_nothing() -> None:
    sign = next(each for each in SIGNS if each.id == "merchants_partner")
    found = changed(sign, {"merchants_partner": np.array([[0.0, 2.0], [1.0, 3.0]])})
    assert np.isnan(found[0, 0])
    assert found[0, 1] == 0.5
