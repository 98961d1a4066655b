"""Roots, optima and fronts of functions whose answers are known."""

import numpy as np
import pytest

from sim.analyses.front import find_front, non_dominated
from sim.analyses.optimum import find_optimum
from sim.analyses.roots import find_roots
from sim.metrics import Floats


def test_a_root_is_found_to_many_digits() -> None:
    found = find_roots(np.cos, 0.0, 0.0, 3.0, now=0.0)
    assert found.ended == "found"
    assert [each.meets for each in found.roots] == ["meets"]
    assert found.roots[0].at == pytest.approx(np.pi / 2, abs=1e-8)
    assert found.on_bound is None


def test_of_several_roots_the_nearest_to_now_comes_first() -> None:
    found = find_roots(np.sin, 0.0, 1.0, 20.0, now=8.0)
    expected = sorted((np.pi * np.arange(1, 7)).tolist(), key=lambda at: abs(at - 8.0))
    assert [each.at for each in found.roots] == pytest.approx(expected, abs=1e-7)


def test_a_level_that_is_not_reached_ends_at_what_comes_closest_and_on_which_bound() -> None:
    found = find_roots(lambda x: x**2, 30.0, 0.0, 5.0, now=1.0)
    assert (found.ended, found.roots, found.on_bound) == ("none", (), "high")
    assert found.nearest is not None
    assert (found.nearest.at, found.nearest.value) == (5.0, 25.0)


def test_what_comes_closest_may_lie_inside() -> None:
    found = find_roots(lambda x: -((x - 1.2345) ** 2), 0.5, 0.0, 5.0, now=1.0)
    assert (found.ended, found.on_bound) == ("none", None)
    assert found.nearest is not None
    assert found.nearest.at == pytest.approx(1.2345, abs=2e-3)


def test_a_function_that_hangs_on_nothing_is_flat() -> None:
    found = find_roots(lambda x: np.full(len(x), 3.0), 3.0, 0.0, 5.0, now=1.0)
    assert (found.ended, found.roots) == ("flat", ())
    assert found.nearest is not None and found.nearest.at == pytest.approx(1.0, abs=0.1)


def test_a_function_without_values_is_unknown() -> None:
    found = find_roots(lambda x: np.full(len(x), np.nan), 3.0, 0.0, 5.0, now=1.0)
    assert (found.ended, found.nearest) == ("unknown", None)


def test_gaps_are_no_crossings_and_do_not_hide_them() -> None:
    def gappy(x: Floats) -> Floats:
        return np.where(x < 1.0, np.nan, x - 2.0)

    found = find_roots(gappy, 0.0, 0.0, 5.0, now=0.0)
    assert [each.at for each in found.roots] == pytest.approx([2.0])


def test_a_jump_over_the_level_is_called_one() -> None:
    found = find_roots(lambda x: np.where(x < 2.0, -1.0, 1.0), 0.0, 0.0, 5.0, now=0.0)
    assert [each.meets for each in found.roots] == ["jumps"]
    assert found.roots[0].at == pytest.approx(2.0, abs=1e-6)


def test_steps_no_higher_than_the_grain_are_met() -> None:
    found = find_roots(lambda x: np.floor(x * 100) / 100, 0.505, 0.0, 1.0, now=0.0, grain=0.01)
    assert all(each.meets == "meets" for each in found.roots)


def test_whole_numbers_are_met_or_lie_between() -> None:
    met = find_roots(lambda x: x**2, 49.0, 0, 104, now=26, whole=True)
    assert [(each.at, each.meets) for each in met.roots] == [(7.0, "meets")]
    between = find_roots(lambda x: x**2, 54.0, 0, 104, now=26, whole=True)
    assert [(each.at, each.value, each.meets) for each in between.roots] == [(7.0, 49.0, "between")]
    far = find_roots(lambda x: x**2, 2345.0**2 + 1, 0, 5200, now=26, whole=True)
    assert [(each.at, each.meets) for each in far.roots] == [(2345.0, "between")]


def test_a_range_of_one_number_is_scanned_as_one() -> None:
    found = find_roots(lambda x: x, 2.0, 2.0, 2.0, now=2.0)
    assert [each.at for each in found.roots] == [2.0]


LOW, HIGH = np.array([-2.0, -2.0, -2.0]), np.array([3.0, 3.0, 3.0])


def free(score: Floats) -> tuple[Floats, Floats]:
    return score, np.full(len(score), -1.0)


def rosenbrock(x: Floats) -> tuple[Floats, Floats]:
    return free(-((1 - x[:, 0]) ** 2) - 10 * (x[:, 1] - x[:, 0] ** 2) ** 2 - x[:, 2] ** 2)


def test_a_known_optimum_is_found() -> None:
    found = find_optimum(rosenbrock, LOW, HIGH, np.array([-1.5, 2.0, 2.0]))
    assert found.at == pytest.approx([1.0, 1.0, 0.0], abs=0.05)
    assert found.score == pytest.approx(0.0, abs=1e-3)
    assert not found.flat and found.allowed


def test_the_same_seed_gives_the_same_digits() -> None:
    first, second, other = (
        find_optimum(rosenbrock, LOW, HIGH, np.array([-1.5, 2.0, 2.0]), seed=seed)
        for seed in (4, 4, 5)
    )
    assert first.at.tolist() == second.at.tolist() != other.at.tolist()


def test_many_hills_do_not_hold_it_up() -> None:
    def hills(x: Floats) -> tuple[Floats, Floats]:
        return free(-((x**2) + 3 * (1 - np.cos(2 * np.pi * x))).sum(axis=1))

    found = find_optimum(hills, LOW, HIGH, np.array([2.0, 2.0, 2.0]))
    assert found.at == pytest.approx([0.0, 0.0, 0.0], abs=0.01)


def test_bounds_are_hard_and_an_optimum_on_one_is_on_it_exactly() -> None:
    tried: list[Floats] = []

    def slope(x: Floats) -> tuple[Floats, Floats]:
        tried.append(x)
        return free(x[:, 0] - x[:, 1])

    low, high = np.array([0.25, 1 / 3]), np.array([0.7, 0.9])
    found = find_optimum(slope, low, high, np.array([0.5, 0.5]))
    every = np.concatenate(tried)
    assert (every >= low).all() and (every <= high).all()
    assert found.at.tolist() == [0.7, 1 / 3]
    assert found.converged


def test_a_number_that_may_not_move_does_not() -> None:
    found = find_optimum(rosenbrock, np.array([-2, 1, -2.0]), np.array([3, 1, 3.0]), np.ones(3))
    assert found.at[1] == 1.0
    fixed = find_optimum(rosenbrock, np.ones(3), np.ones(3), np.ones(3))
    assert (fixed.at.tolist(), fixed.tried) == ([1.0, 1.0, 1.0], 1)


def test_whole_numbers_stay_whole() -> None:
    tried: list[Floats] = []

    def hill(x: Floats) -> tuple[Floats, Floats]:
        tried.append(x)
        return free(-((x[:, 0] - 37.3) ** 2) - (x[:, 1] - 0.123) ** 2)

    bounds = np.array([0.0, 0.0]), np.array([104.0, 1.0])
    found = find_optimum(hill, *bounds, np.array([90.0, 0.9]), whole=np.array([True, False]))
    assert found.at[0] == 37.0
    every = np.concatenate(tried)[:, 0]
    assert np.array_equal(every, np.round(every))
    assert found.at[1] == pytest.approx(0.123, abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_never_worse_than_its_start(seed: int) -> None:
    def needle(x: Floats) -> tuple[Floats, Floats]:
        return free(np.where(np.abs(x - start).max(axis=1) < 1e-9, 1.0, 0.0))

    start = np.random.default_rng(seed).uniform(LOW, HIGH)
    found = find_optimum(needle, LOW, HIGH, start, seed=seed)
    assert found.at.tolist() == start.tolist()
    assert found.score == 1.0


def test_a_flat_function_leaves_the_start_and_says_so() -> None:
    found = find_optimum(lambda x: free(np.zeros(len(x))), LOW, HIGH, np.ones(3))
    assert found.flat
    assert found.at.tolist() == [1.0, 1.0, 1.0]


def test_what_may_not_be_exceeded_is_not() -> None:
    def within(x: Floats) -> tuple[Floats, Floats]:
        return x[:, 0] + x[:, 1], x[:, 0] ** 2 + x[:, 1] ** 2 - 1.0

    bounds = np.array([0.0, 0.0]), np.array([1.0, 1.0])
    found = find_optimum(within, *bounds, np.array([1.0, 1.0]))
    assert found.allowed
    assert (found.at**2).sum() <= 1.0
    assert found.score == pytest.approx(np.sqrt(2), abs=0.01)
    never = find_optimum(lambda x: (x[:, 0], x[:, 0] + 1), *bounds, np.array([1.0, 1.0]))
    assert not never.allowed
    assert never.at[0] == pytest.approx(0.0, abs=1e-3)


def test_points_without_a_score_are_never_the_best() -> None:
    def half(x: Floats) -> tuple[Floats, Floats]:
        return free(np.where(x[:, 0] > 0.5, np.nan, x[:, 0]))

    found = find_optimum(half, np.array([0.0]), np.array([1.0]), np.array([0.9]))
    assert found.at[0] == pytest.approx(0.5, abs=1e-3)


def test_a_known_front_is_found() -> None:
    def schaffer(x: Floats) -> tuple[Floats, Floats]:
        scores = -np.stack([x[:, 0] ** 2, (x[:, 0] - 2) ** 2 + x[:, 1] ** 2], axis=1)
        return scores, np.full(len(x), -1.0)

    bounds = np.array([-5.0, -1.0]), np.array([5.0, 1.0])
    found = find_front(schaffer, *bounds, np.array([4.0, 0.0]))
    assert len(found.points) > 20
    assert (found.points[:, 0] > -0.02).all() and (found.points[:, 0] < 2.02).all()
    assert np.abs(found.points[:, 1]).max() < 0.12
    # The front is the curve √f1 + √f2 = 2, from end to end.
    assert np.sqrt(-found.scores).sum(axis=1) == pytest.approx(2.0, abs=0.02)
    assert np.diff(np.sort(found.points[:, 0])).max() < 0.3
    assert (np.diff(found.scores[:, 0]) > 0).all() and (np.diff(found.scores[:, 1]) < 0).all()


def test_the_front_keeps_within_what_may_not_be_exceeded_and_may_be_empty() -> None:
    def scored(x: Floats) -> tuple[Floats, Floats]:
        return np.stack([x[:, 0], -x[:, 0]], axis=1), x[:, 0] - 0.4

    bounds = np.array([0.0]), np.array([1.0])
    found = find_front(scored, *bounds, np.array([0.9]))
    assert len(found.points) and found.points.max() <= 0.4
    none = find_front(lambda x: (scored(x)[0], np.ones(len(x))), *bounds, np.array([0.9]))
    assert len(none.points) == 0


def test_of_equal_points_of_a_front_one_is_kept() -> None:
    scores = np.array([[1.0, 2.0], [2.0, 1.0], [1.0, 2.0], [1.0, 1.0], [2.0, 0.5]])
    assert sorted(scores[non_dominated(scores)].tolist()) == [[1.0, 2.0], [2.0, 1.0]]
    flat = find_front(
        lambda x: (np.zeros((len(x), 2)), np.zeros(len(x))), np.zeros(1), np.ones(1), np.ones(1)
    )
    assert flat.flat
    assert flat.points.tolist() == [[1.0]]
