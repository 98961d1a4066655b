"""Worlds drawn: each parameter its own stream, evenly spread, with the distribution that was said."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import beta, spearmanr

from sim.analyses.draws import BLOCK, REPLICATES, blocks, draw, quantile, shares_of, standard_error
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import Correlation, Sampling, Spread, Uncertainty
from sim.world import World

ONE = Scenario(sampling=Sampling(seed=7, worlds=512))


def test_a_parameter_more_or_another_policy_changes_no_other_draw() -> None:
    less = Uncertainty().with_spread("blame", Spread(shape="fixed"))
    before, after = draw(replace(ONE, uncertainty=less)), draw(ONE)
    assert "blame" not in before
    assert all(np.array_equal(after[name], values) for name, values in before.items())
    other = replace(ONE, policy=Policy(care=0.1), weeks=20, name="x")
    assert all(np.array_equal(draw(other)[name], values) for name, values in after.items())


def test_another_value_of_one_parameter_changes_its_own_draws_only() -> None:
    moved = replace(ONE, world=World().with_values({"diversion": 0.5}))
    changed = {
        name for name, each in draw(moved).items() if not np.array_equal(each, draw(ONE)[name])
    }
    assert changed == {"diversion"}


def test_more_worlds_begin_with_the_same_worlds() -> None:
    more = replace(ONE, sampling=Sampling(seed=7, worlds=1000))
    for name, each in draw(more).items():
        assert np.array_equal(each[:512], draw(ONE)[name]), name


def test_a_block_of_worlds_is_the_worlds_themselves() -> None:
    whole = draw(ONE)
    for first, last in ((0, 64), (61, 77), (500, 512)):
        for name, each in draw(ONE, first, last).items():
            assert np.array_equal(each, whole[name][first:last]), name
    assert list(blocks(2 * BLOCK + 1)) == [
        (0, BLOCK),
        (BLOCK, 2 * BLOCK),
        (2 * BLOCK, 2 * BLOCK + 1),
    ]


def test_another_seed_draws_other_worlds() -> None:
    other = draw(replace(ONE, sampling=Sampling(seed=8, worlds=512)))
    assert not any(np.array_equal(each, draw(ONE)[name]) for name, each in other.items())


@pytest.mark.parametrize("name", ["viewers", "diversion", "discount_rate"])
def test_every_randomisation_has_one_world_in_each_equal_part_of_the_probability(name: str) -> None:
    shares = shares_of(name, 1, 0, 2048)
    for replicate in range(REPLICATES):
        own = shares[replicate::REPLICATES]
        assert sorted((own * 256).astype(int)) == list(range(256))
    assert len(np.unique(shares)) == 2048


def test_pairs_of_parameters_fill_their_square_evenly() -> None:
    names = ("diversion", "blame", "gmv", "payout", "adaptation")
    for a in names:
        for b in names:
            if a < b:
                together = [shares_of(each, 3, 0, 2048) for each in (a, b)]
                counts, _, _ = np.histogram2d(*together, bins=4, range=[[0, 1], [0, 1]])
                assert counts.min() > 80 and counts.max() < 180, (a, b)


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(0, 0.5, 1), (2, 2, 6), (-1, 3, 3), (10, 11, 50)]
)
def test_pert_is_the_beta_distribution_with_that_mode(low: float, mode: float, high: float) -> None:
    shares = np.concatenate([[1e-5], np.linspace(0.001, 0.999, 999), [1 - 1e-5]])
    alpha = 1 + 4 * (mode - low) / (high - low)
    expected = beta(alpha, 6 - alpha, loc=low, scale=high - low).ppf(shares)
    off = np.abs(quantile("pert", low, mode, high, shares) - expected) / (high - low)
    assert off.max() < 4e-4
    assert off[1:-1].max() < 5e-5
    drawn = quantile("pert", low, mode, high, shares_of("blame", 1, 0, 4096))
    assert drawn.mean() == pytest.approx((low + 4 * mode + high) / 6, rel=1e-3)


def test_uniform_and_fixed_are_what_they_say() -> None:
    uncertainty = Uncertainty().with_spread("blame", Spread(shape="uniform", low=0.2, high=0.4))
    drawn = draw(replace(ONE, uncertainty=uncertainty))["blame"]
    assert drawn.min() == pytest.approx(0.2, abs=1e-3)
    assert drawn.max() == pytest.approx(0.4, abs=1e-3)
    assert np.histogram(drawn, bins=4, range=(0.2, 0.4))[0].tolist() == [128] * 4


def test_a_vector_moves_as_one_and_whole_numbers_are_whole() -> None:
    found = draw(ONE)
    assert found["conversion"].shape == (512, 3)
    ranks = spearmanr(found["conversion"]).statistic
    assert ranks == pytest.approx(np.ones((3, 3)))
    assert np.array_equal(found["notice_weeks"], np.round(found["notice_weeks"]))


@pytest.mark.parametrize("coefficient", [0.8, -0.6])
def test_pairs_move_together_as_far_as_was_said_and_keep_their_distributions(
    coefficient: float,
) -> None:
    pair = Correlation(first="remedy", second="blame", coefficient=coefficient)
    many = replace(ONE, sampling=Sampling(worlds=4096))
    paired = draw(replace(many, uncertainty=Uncertainty(correlations=(pair,))))
    alone = draw(many)
    expected = 6 / np.pi * np.arcsin(coefficient / 2)
    assert spearmanr(paired["blame"], paired["remedy"]).statistic == pytest.approx(
        expected, abs=0.06
    )
    for name in ("blame", "remedy"):
        assert np.quantile(paired[name], (0.1, 0.5, 0.9)) == pytest.approx(
            np.quantile(alone[name], (0.1, 0.5, 0.9)), abs=0.02
        )
    # The first in the order of the declarations keeps its draws to rounding.
    assert paired["blame"] == pytest.approx(alone["blame"], rel=1e-9)
    assert np.array_equal(paired["payout"], alone["payout"])


def test_a_world_without_uncertainty_is_drawn_as_it_is() -> None:
    still = Uncertainty(spreads=tuple((name, Spread(shape="fixed")) for name in draw(ONE)))
    found = draw(replace(ONE, uncertainty=still))
    assert {name: set(each) for name, each in found.items()} == {"viewers": {430e6}}


def test_draws_cannot_be_written_into() -> None:
    with pytest.raises(ValueError, match="read-only"):
        draw(ONE)["blame"][0] = 0.0


def test_the_error_of_a_mean_is_about_what_it_is_over_many_seeds() -> None:
    def mean_and_error(seed: int) -> tuple[float, float]:
        sampling = Sampling(seed=seed, worlds=256)
        drawn = draw(replace(ONE, sampling=sampling))
        values = drawn["blame"] * drawn["payout"] + np.exp(drawn["remedy"])
        return float(values.mean()), standard_error(values)

    means, errors = np.array([mean_and_error(seed) for seed in range(60)]).T
    assert 0.6 < np.sqrt(np.mean(errors**2)) / np.std(means, ddof=1) < 1.6


def test_the_error_leaves_out_refused_worlds_and_is_none_without_any() -> None:
    values = np.arange(64.0)
    values[8:16] = np.nan
    assert 0 < standard_error(values) < 10
    values[3::REPLICATES] = np.nan
    assert np.isnan(standard_error(values))


def test_any_number_of_worlds_is_drawn_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(draw(replace(ONE, sampling=Sampling(worlds=1003)))["blame"]) == 1003
