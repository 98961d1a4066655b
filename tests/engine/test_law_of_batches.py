"""Law 9 of the model page: a draw's result is its own, whatever stands beside it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
import pytest

from sim.analyses.compare import compare
from sim.engine.batch import run_outcomes
from sim.policy import Policy
from sim.scenario import Scenario
from sim.world import World
from tests.engine.checks import Floats, cut
from tests.engine.strategies import drawn, world_of

WEEKS = 70
POLICY = Policy(
    moves=(
        cut(week=5, surfaces=("live",), partners=("saas", "adapter"), ramp_weeks=4),
        cut(week=20, surfaces=("shelf",), openness=0.4, fee=0.2),
        cut(week=90, openness=1.0),
    ),
    programme_week=3,
    guarantee_target=0.95,
    care=0.01,
    coupon=0.1,
    coupon_weeks=5,
)
NUMBER = 100


@cache
def draws() -> Mapping[str, Floats]:
    """A hundred worlds; one is refused, and one chooses so steeply that it is computed apart."""
    found = drawn(NUMBER, 9)
    found["diversion"][7] = 0.01
    found["diversion"][40] = 0.9999
    found["fee_effect"][40] = 100.0
    found["notice_weeks"][50] = 60
    return found


@cache
def together() -> Mapping[str, Floats]:
    return run_outcomes(World(), POLICY, WEEKS, draws())


def subset(at: list[int]) -> dict[str, Floats]:
    return {name: each[at] for name, each in draws().items()}


def assert_equal_bits(found: Mapping[str, Floats], at: list[int]) -> None:
    for name, values in together().items():
        assert np.array_equal(found[name], values[at], equal_nan=True), name


@pytest.mark.parametrize("size", [1, 2, 31, 32, 33, 64, 65, NUMBER])
def test_a_draw_does_not_depend_on_the_size_of_its_batch(size: int) -> None:
    at = list(range(size))
    assert_equal_bits(run_outcomes(World(), POLICY, WEEKS, subset(at)), at)


@pytest.mark.parametrize("alone", [0, 7, 31, 32, 40, 50, 99])
def test_a_draw_alone_gives_the_same_bits(alone: int) -> None:
    assert_equal_bits(run_outcomes(World(), POLICY, WEEKS, subset([alone])), [alone])


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_draw_does_not_depend_on_the_order_of_its_batch(seed: int) -> None:
    at = np.random.default_rng(seed).permutation(NUMBER).tolist()
    assert_equal_bits(run_outcomes(World(), POLICY, WEEKS, subset(at)), at)


@pytest.mark.parametrize("shift", [1, 13, 31])
def test_a_draw_does_not_depend_on_its_place_in_a_chunk(shift: int) -> None:
    at = list(range(shift, NUMBER))
    assert_equal_bits(run_outcomes(World(), POLICY, WEEKS, subset(at)), at)


@pytest.mark.parametrize("threads", [1, 3])
def test_a_draw_does_not_depend_on_the_number_of_threads(threads: int) -> None:
    # Enough chunks that threads do run side by side: four are done before the third has started.
    at = list(range(NUMBER)) * 20
    with ThreadPoolExecutor(max_workers=threads) as executor:
        found = run_outcomes(World(), POLICY, WEEKS, subset(at), executor=executor)
    assert_equal_bits(found, at)


def test_batches_at_the_same_time_do_not_mix() -> None:
    with ThreadPoolExecutor(max_workers=3) as callers:
        halves = [list(range(k, NUMBER, 4)) for k in range(4)]
        found = callers.map(lambda at: run_outcomes(World(), POLICY, WEEKS, subset(at)), halves)
        for at, each in zip(halves, found, strict=True):
            assert_equal_bits(each, at)


def test_a_batch_gives_the_bits_of_a_single_run() -> None:
    for index in (0, 31, 32, 40, 50, 99):
        scenario = Scenario(world=world_of(draws(), index), policy=POLICY, weeks=WEEKS)
        for name, value in compare(scenario).outcomes.items():
            expected = np.nan if value is None else value
            assert np.array_equal(together()[name][index], expected, equal_nan=True), name


def test_only_the_refused_draw_has_no_result() -> None:
    assert np.flatnonzero(together()["refused"]).tolist() == [7]
    for name, values in together().items():
        if name not in ("payback_week", "refused"):
            assert np.flatnonzero(np.isnan(values)).tolist() == [7]
    # Draws do differ from one another: equality above is not that of constants.
    assert len(np.unique(together()["gmv_change"])) == NUMBER
