"""Batches: bands against stored single runs, refused worlds, wrong shapes, and memory."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from sim.engine import batch, chunks, reduce
from sim.engine.bands import Bands, run_bands
from sim.engine.batch import run_outcomes
from sim.engine.layout import LANES
from sim.engine.single import run_series
from sim.policy import Policy
from sim.world import World
from tests.engine.checks import Floats, cut
from tests.engine.strategies import drawn, world_of

WEEKS = 30
BINS = 512
POLICY = Policy(moves=(cut(week=4, surfaces=("live",), ramp_weeks=2),), guarantee_target=0.95)
SERIES = ("gmv_native", "profit", "streamer_trust", "merchants_exited")
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
NUMBER = 300


@cache
def draws(number: int = NUMBER, refused: int = 0) -> Mapping[str, Floats]:
    found = drawn(number, 3)
    # A diversion below that of the plain logit cannot be.
    found["diversion"][:refused] = 0.01
    return found


def single_runs(worlds: Mapping[str, Floats], policy: Policy, at: range) -> Floats:
    """Stored trajectories, shape (worlds, series, weeks)."""
    return np.array(
        [
            [run_series(world_of(worlds, index), policy, WEEKS)[name] for name in SERIES]
            for index in at
        ]
    )


def bands(worlds: Mapping[str, Floats]) -> Bands:
    return run_bands(World(), POLICY, WEEKS, worlds, series=SERIES, quantiles=QUANTILES)


def assert_within_a_bin(found: Mapping[str, Floats], stored: Floats) -> None:
    for k, name in enumerate(SERIES):
        exact = np.quantile(stored[:, k], QUANTILES, axis=0, method="inverted_cdf").T
        bin_width = np.ptp(stored[:, k], axis=0)[:, np.newaxis] / BINS
        assert (np.abs(found[name] - exact) <= bin_width * (1 + 1e-9)).all(), name


def test_bands_are_the_quantiles_of_stored_runs_to_within_a_bin() -> None:
    found = bands(draws())
    stored = single_runs(draws(), POLICY, range(NUMBER))
    paired = single_runs(draws(), Policy(), range(NUMBER))
    assert_within_a_bin(found.run, stored)
    assert_within_a_bin(found.reference, paired)
    assert_within_a_bin(found.difference, stored - paired)
    assert (found.worlds, found.refused) == (NUMBER, 0)
    assert found.run["gmv_native"].shape == (WEEKS, len(QUANTILES))


def test_bands_over_more_worlds_than_fix_the_bins_stay_within_a_bin() -> None:
    # The bins come from the first 1024 worlds; 1200 hardly reach beyond them.
    many = draws(1200)
    stored = single_runs(many, POLICY, range(1200))
    assert_within_a_bin(bands(many).run, stored)


def test_bands_rise_with_their_quantile_and_open_with_time() -> None:
    sales = bands(draws()).run["gmv_native"]
    assert (np.diff(sales, axis=1) > 0).all()
    assert sales[-1, 4] - sales[-1, 0] > sales[0, 4] - sales[0, 0]


def test_refused_worlds_are_counted_and_left_out() -> None:
    some = draws(NUMBER, 40)
    found = bands(some)
    assert (found.worlds, found.refused) == (NUMBER - 40, 40)
    assert_within_a_bin(found.run, single_runs(some, POLICY, range(40, NUMBER)))


def test_where_every_world_is_refused_there_is_no_band() -> None:
    found = bands(draws(33, 33))
    assert (found.worlds, found.refused) == (0, 33)
    assert np.isnan(found.run["profit"]).all()
    outcomes = run_outcomes(World(), POLICY, WEEKS, draws(33, 33))
    assert outcomes["refused"].tolist() == [1.0] * 33


def test_no_draws_at_all_give_outcomes_of_no_world() -> None:
    none = {"diversion": np.empty(0), "conversion": np.empty((0, 3))}
    assert {len(each) for each in run_outcomes(World(), POLICY, WEEKS, none).values()} == {0}
    assert bands(none).worlds == 0


def test_no_parameter_drawn_is_refused_with_the_reason() -> None:
    with pytest.raises(ValueError, match="at least one parameter must be drawn"):
        run_outcomes(World(), POLICY, WEEKS, {})


def test_no_worlds_with_drawn_notice_give_no_outcomes() -> None:
    found = run_outcomes(World(), POLICY, WEEKS, {"notice_weeks": np.empty(0)})
    assert {len(each) for each in found.values()} == {0}


def test_what_is_not_drawn_is_the_worlds_own() -> None:
    world = World().with_values({"gmv": 1e9, "season": tuple(1 + 0.01 * w for w in range(52))})
    one = {"diversion": np.array([0.5, 0.8])}
    found = run_outcomes(world, POLICY, WEEKS, one)
    for index, value in enumerate(one["diversion"]):
        runs = [
            run_series(world.with_values({"diversion": float(value)}), policy, WEEKS)
            for policy in (POLICY, Policy())
        ]
        gained = (runs[0]["profit"] - runs[1]["profit"]).sum()
        assert found["profit_change"][index] == pytest.approx(gained, rel=1e-9)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"diversion": np.full(5, 0.6), "gmv": np.full(4, 13e9)}, "differ"),
        ({"diversion": np.full((5, 3), 0.6)}, "diversion need 1"),
        ({"conversion": np.full((5, 2), 0.1)}, "conversion need 3"),
        ({"conversion": np.full(5, 0.1)}, "conversion need 3"),
        ({"demotion": np.full((5, 3), 0.01)}, "demotion need 2"),
    ],
)
def test_draws_of_a_wrong_shape_are_an_error(wrong: dict[str, Floats], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        run_outcomes(World(), POLICY, WEEKS, wrong)
    with pytest.raises(ValueError, match=says):
        run_bands(World(), POLICY, WEEKS, wrong, series=SERIES)


def test_results_cannot_be_written_into() -> None:
    outcomes = run_outcomes(World(), POLICY, WEEKS, draws())
    with pytest.raises(ValueError, match="read-only"):
        outcomes["gmv_change"][0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        bands(draws()).run["profit"][0, 0] = 1.0


def test_trajectories_held_at_once_do_not_grow_with_the_draws(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    buffers: set[tuple[str, tuple[int, ...]]] = set()
    take = chunks.buffer

    def watched(name: str, *shape: int) -> Floats:
        buffers.add((name, shape))
        return take(name, *shape)

    for module in (batch, chunks):
        monkeypatch.setattr(module, "buffer", watched)
    held = []
    for number in (LANES, 10 * LANES):
        buffers.clear()
        run_outcomes(World(), POLICY, WEEKS, draws(number))
        held.append(set(buffers))
    assert held[0] == held[1]
    trajectories = {shape for name, shape in held[1] if name in ("run", "reference")}
    assert trajectories == {(len(reduce.NEEDED), WEEKS, LANES)}
