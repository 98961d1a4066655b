"""Cells told from their neighbours: close where the truth is smooth, run where it is not."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses import cells
from sim.analyses.infill import Axis, Told, infill, is_worth_it
from sim.analyses.map import map_of
from sim.analyses.progress import Tick, silent
from sim.analyses.variables import variable
from sim.cases.catalogue import case
from sim.engine.inputs import Integers
from sim.metrics import Floats
from sim.uncertainty import Sampling

X = Axis(values=np.linspace(0.0, 1.0, 21), whole=False)
Y = Axis(values=np.linspace(-1.0, 1.0, 15), whole=False)
WORLDS = 40
# Each world has a level and a slope of its own.
LEVEL, SLOPE = np.linspace(-1.0, 1.0, WORLDS), np.linspace(0.5, 2.0, WORLDS)


def smooth(x: Floats, y: Floats) -> Floats:
    bent = np.sin(2.0 * x)[:, np.newaxis] * SLOPE + np.exp(0.5 * y)[:, np.newaxis]
    return np.asarray(bent + LEVEL)


def jumping(x: Floats, y: Floats) -> Floats:
    return smooth(x, y) + np.where(x > 0.52, 3.0, 0.0)[:, np.newaxis]


def refusing(x: Floats, y: Floats) -> Floats:
    """Worlds of a high level are refused at low values of x."""
    edge = x[:, np.newaxis] < 0.3 * (LEVEL > 0.5) + 0.01 * np.arange(WORLDS) / WORLDS
    return np.where(edge, np.nan, smooth(x, y))


def true(outcome, x: Axis = X, y: Axis = Y) -> Floats:  # type: ignore[no-untyped-def]
    up, along = np.meshgrid(y.values, x.values, indexing="ij")
    return np.asarray(outcome(along.reshape(-1), up.reshape(-1)))


def reduce(held: Floats) -> tuple[Floats, Floats]:
    known = ~np.isnan(held)
    count = np.maximum(known.sum(axis=1), 1)
    return np.where(known, held, 0.0).sum(axis=1) / count, (held > 0).sum(axis=1) / count


def told(outcome, *, tick: Tick = silent, x: Axis = X, y: Axis = Y) -> tuple[Told, int]:  # type: ignore[no-untyped-def]
    """What is told, and how many outcomes were asked for in all."""
    asked = 0
    whole = true(outcome, x, y)

    def judge(cells: Integers, worlds: Integers, ahead: Tick) -> Floats:
        nonlocal asked
        asked += len(cells) * len(worlds)
        ahead(1, 2)
        ahead(2, 2)
        return np.asarray(whole[np.ix_(cells, worlds)])

    return infill(x, y, WORLDS, judge=judge, reduce=reduce, tick=tick), asked


def test_what_is_smooth_is_told_from_half_of_the_cells() -> None:
    found, asked = told(smooth)
    mean, share = reduce(true(smooth))
    span = np.ptp(mean)
    got_mean, got_share = reduce(found.held)
    assert asked == found.how.computed * WORLDS < 0.55 * true(smooth).size
    assert np.abs(got_mean - mean).max() < 1e-3 * span
    assert np.abs(got_share - share).max() <= 0.025
    assert 0 < found.how.off_value < 1e-3 * span
    assert found.how.checked >= 12


def test_what_was_run_is_what_it_is() -> None:
    found, _ = told(smooth)
    nodes = (Y.nodes[:, np.newaxis] * len(X.values) + X.nodes).reshape(-1)
    np.testing.assert_array_equal(found.held[nodes], true(smooth)[nodes])


def test_cells_beside_a_jump_are_run() -> None:
    found, _ = told(jumping)
    beside = np.abs(np.tile(X.values, len(Y.values)) - 0.525) < 0.06
    np.testing.assert_array_equal(found.held[beside], true(jumping)[beside])
    assert np.abs(reduce(found.held)[0] - reduce(true(jumping))[0]).max() < 0.01


def test_worlds_refused_somewhere_are_run_everywhere() -> None:
    found, _ = told(refusing)
    whole = true(refusing)
    np.testing.assert_array_equal(np.isnan(found.held), np.isnan(whole))
    lost = np.isnan(whole).any(axis=0)
    np.testing.assert_array_equal(found.held[:, lost], whole[:, lost])
    assert found.how.computed < len(whole)


def test_where_telling_fails_its_check_all_is_run() -> None:
    random = np.random.default_rng(3).normal(size=true(smooth).shape)
    # Every other value alone is smooth, so that nothing but the check can find out.
    rows, columns = np.divmod(np.arange(len(random)), len(X.values))
    between = ((rows % 2 == 1) | (columns % 2 == 1))[:, np.newaxis]
    found, asked = told(lambda x, y: smooth(x, y) + np.where(between, 5.0 + random, 0.0))
    assert found.how.computed == len(random)
    assert asked == random.size


def test_of_whole_numbers_every_value_is_run() -> None:
    whole = Axis(values=np.arange(21.0), whole=True)
    assert whole.nodes.tolist() == list(range(21))
    assert not is_worth_it(whole, whole, WORLDS)
    assert is_worth_it(whole, Y, WORLDS)
    found, _ = told(smooth, x=whole)
    assert np.abs(reduce(found.held)[0] - reduce(true(smooth, whole))[0]).max() < 1e-3


@pytest.mark.parametrize("worlds", [1, 19, 1001])
def test_few_worlds_and_very_many_are_all_run(worlds: int) -> None:
    assert not is_worth_it(X, Y, worlds)


def test_it_says_how_far_it_is_and_never_goes_back() -> None:
    parts: list[tuple[int, int]] = []
    told(smooth, tick=lambda done, of: parts.append((done, of)))
    done = [each for each, _ in parts]
    assert done == sorted(done)
    assert {of for _, of in parts} == {len(true(smooth))}
    assert 0 < done[0] < done[-1] <= len(true(smooth))


def test_a_fine_map_is_what_it_is_with_every_cell_run() -> None:
    scenario = replace(case("kuaishou-2021").scenario, weeks=40, sampling=Sampling(seed=3))
    x, y = variable(scenario, "world.diversion"), variable(scenario, "world.blame")
    some, every = (
        map_of(scenario, x, y, counts=(16, 14), worlds=50, every_cell=each)
        for each in (False, True)
    )
    assert every.infilled is None
    assert some.infilled is not None and some.infilled.computed < some.values.size
    span = np.nanmax(every.values) - np.nanmin(every.values)
    assert np.nanmax(np.abs(some.values - every.values)) < 0.01 * span
    assert np.nanmax(np.abs(some.better - every.better)) <= 0.02
    assert (some.refused, some.partly) == (every.refused, every.partly)


def test_weeks_are_never_told_from_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    def told_nevertheless(*_: object, **__: object) -> Told:
        raise AssertionError("interpolated")

    monkeypatch.setattr(cells, "infill", told_nevertheless)
    scenario = replace(case("kuaishou-2021").scenario, weeks=30, sampling=Sampling(seed=3))
    x, y = variable(scenario, "world.diversion"), variable(scenario, "world.blame")
    found = map_of(scenario, x, y, outcome="dip_weeks", counts=(12, 12), worlds=20)
    assert found.infilled is None
