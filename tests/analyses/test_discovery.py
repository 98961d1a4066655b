"""Scenario discovery on planted boxes: found where they are, and not found where there are none."""

import numpy as np
import pytest

from sim.analyses.draws import draw
from sim.analyses.robust.discovery import Discovery, _simplified, discover
from sim.analyses.robust.drawn import Input, inputs_of
from sim.analyses.robust.halves import found_on
from sim.analyses.robust.prim import Limits, peel, whole
from sim.cases.catalogue import case
from sim.uncertainty import ranges

WORLDS = 2000
NAMES = tuple(
    Input(place=f"world.{at}", unit="share", low=0.0, high=1.0, whole=False) for at in range(12)
)


def points(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).uniform(size=(WORLDS, len(NAMES)))


def found_in(failed: np.ndarray, most: int = 3, seed: int = 1) -> Discovery:
    return discover(NAMES, points(seed), failed, found_on(WORLDS), most=most)


def test_a_planted_box_is_recovered_with_its_coverage_and_density() -> None:
    at = points()
    failed = (at[:, 3] < 0.4) & (at[:, 7] > 0.5)
    told = found_in(failed)
    assert told.state == "found"
    assert told.chosen is not None
    box = told.boxes[told.chosen]
    limits = {each.place: (each.low, each.high) for each in box.restrictions}
    assert limits.keys() == {"world.3", "world.7"}
    assert limits["world.3"] == (None, pytest.approx(0.4, abs=0.03))
    assert limits["world.7"] == (pytest.approx(0.5, abs=0.03), None)
    assert box.tested.coverage > 0.9
    assert box.tested.density > 0.9
    assert box.tested.mass == pytest.approx(0.2, abs=0.03)
    assert all(each.chance < 1e-6 for each in box.restrictions)


def test_a_box_in_a_noisy_world_is_found_and_honestly_dense() -> None:
    at = points()
    noise = np.random.default_rng(5).uniform(size=WORLDS)
    failed = np.where((at[:, 2] > 0.3) & (at[:, 2] < 0.7), noise < 0.7, noise < 0.1)
    told = found_in(failed)
    assert told.chosen is not None
    box = told.boxes[told.chosen]
    two_sided = next(each for each in box.restrictions if each.place == "world.2")
    assert two_sided.low == pytest.approx(0.3, abs=0.05)
    assert two_sided.high == pytest.approx(0.7, abs=0.05)
    assert box.tested.density == pytest.approx(0.7, abs=4 * box.tested.density_error)


def test_what_is_said_of_a_box_is_counted_on_worlds_it_was_not_found_on() -> None:
    at = points()
    failed = at[:, 3] < 0.4
    odd = np.arange(WORLDS) % 2 == 1
    failed = np.where(odd, at[:, 3] > 0.6, failed)
    told = found_in(failed)
    # What holds on the one half is the opposite of the other: nothing holds on both.
    assert told.state == "nothing_separates"
    assert told.chosen is None
    best = max(told.boxes, key=lambda box: box.fitted.density)
    assert best.fitted.density > 0.9
    assert best.tested.density < 0.1


def test_pure_chance_is_no_box() -> None:
    held = [
        found_in(np.random.default_rng(seed).uniform(size=WORLDS) < 0.3, seed=seed).state
        for seed in range(6)
    ]
    assert held.count("nothing_separates") >= 5


@pytest.mark.parametrize(
    ("failures", "state"),
    [(0, "none_fail"), (WORLDS, "all_fail"), (5, "too_few"), (WORLDS - 5, "too_few")],
)
def test_where_there_is_nothing_to_find_it_is_said(failures: int, state: str) -> None:
    told = found_in(np.arange(WORLDS) < failures)
    assert (told.state, told.boxes, told.chosen) == (state, (), None)


def test_inputs_that_never_differ_tell_nothing() -> None:
    failed = np.random.default_rng(1).uniform(size=WORLDS) < 0.4
    still = np.ones((WORLDS, len(NAMES)))
    assert discover(NAMES, still, failed, found_on(WORLDS)).state == "nothing_separates"
    none = discover((), still[:, :0], failed, found_on(WORLDS))
    assert (none.state, none.chosen) == ("nothing_separates", None)


def test_inputs_of_few_values_are_cut_between_them() -> None:
    at = points()
    at[:, 0] = np.round(at[:, 0] * 4)
    failed = (at[:, 0] >= 3) & (at[:, 1] < 0.8)
    names = (Input(place="world.0", unit="weeks", low=0.0, high=4.0, whole=True), *NAMES[1:])
    told = discover(names, at, failed, found_on(WORLDS))
    assert told.chosen is not None
    limits = {each.place: each.low for each in told.boxes[told.chosen].restrictions}
    assert limits["world.0"] == 3.0


def test_a_box_has_no_more_restrictions_than_are_asked_for() -> None:
    at = points()
    failed = (at[:, :5] < 0.75).all(axis=1)
    for most in (1, 2, 4):
        told = found_in(failed, most=most)
        assert max(len(box.restrictions) for box in told.boxes) == most


def test_a_restriction_that_chance_explains_is_let_go() -> None:
    at = points()
    failed = at[:, 3] < 0.4
    free = whole(len(NAMES))
    high = free.high.copy()
    high[3], high[5] = 0.4, 0.97
    assert _simplified(Limits(low=free.low, high=high), at, failed).restricted == (3,)


def test_boxes_trade_coverage_for_density() -> None:
    at = points()
    failed = np.random.default_rng(3).uniform(size=WORLDS) < 0.8 * at[:, 4]
    boxes = found_in(failed).boxes
    coverage = [box.fitted.coverage for box in boxes]
    density = [box.fitted.density for box in boxes]
    assert len(boxes) > 5
    assert coverage == sorted(coverage, reverse=True)
    assert density == sorted(density)


def test_peeling_takes_a_thin_slice_off_at_a_time() -> None:
    at = points()[:1000]
    boxes = peel(at, at[:, 0] < 0.3)
    held = [int(box.holds(at).sum()) for box in boxes]
    assert held[0] == 1000
    assert held[-1] >= 50
    steps = np.array(held[:-1]) - np.array(held[1:])
    assert (steps > 0).all()
    assert (steps <= np.maximum(0.05 * np.array(held[:-1]), 1)).all()
    assert boxes[-1].high[0] == pytest.approx(0.3, abs=0.02)


def test_a_vector_is_one_input_and_everything_that_is_uncertain_is_one() -> None:
    scenario = case("kuaishou-2021").scenario
    names, inputs = inputs_of(scenario, draw(scenario, 0, 64))
    assert [each.place for each in names] == [
        f"world.{name}" for name in ranges(scenario.world, scenario.uncertainty)
    ]
    assert inputs.shape == (64, len(names))
    for at, each in enumerate(names):
        assert (inputs[:, at] >= each.low - 1e-12).all()
        assert (inputs[:, at] <= each.high + 1e-12).all()
    places = [each.place for each in names]
    assert names[places.index("world.churn")].unit == "position"
