"""What each lever contributes: games with known values, and packages divided to the last digit."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.analyses.attribution import MOST_PLAYERS, Player, attribution, players_of, policy_of
from sim.analyses.compare import compare
from sim.analyses.montecarlo import montecarlo
from sim.analyses.shapley import balanced, interactions, shapley
from sim.cases.catalogue import case
from sim.errors import Refused
from sim.metrics import Floats
from sim.policy import Move, Policy
from sim.scenario import Scenario
from sim.uncertainty import Sampling

PACKAGE = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=3, worlds=256))
FINITE = st.floats(-1e12, 1e12)


def game(players: int, worth: "dict[frozenset[int], float]") -> Floats:
    """A game as its value by set, from a dictionary; a set that is not in it is worth nothing."""
    sets = [frozenset(i for i in range(players) if s >> i & 1) for s in range(1 << players)]
    return np.array([worth.get(each, 0.0) for each in sets])


def by_orders(values: Floats, players: int) -> Floats:
    """The Shapley value from its definition: the mean gain over all orders."""
    found = np.zeros(players)
    orders = list(itertools.permutations(range(players)))
    for order in orders:
        come = 0
        for player in order:
            found[player] += values[come | 1 << player] - values[come]
            come |= 1 << player
    return found / len(orders)


def test_an_additive_game_gives_everyone_their_own() -> None:
    own = np.array([3.0, -1.0, 0.25, 7.0])
    values = np.array([sum(own[i] for i in range(4) if s >> i & 1) for s in range(16)])
    np.testing.assert_allclose(shapley(values), own, atol=1e-12)
    np.testing.assert_allclose(interactions(values), 0, atol=1e-12)


def test_the_glove_game_has_its_known_value() -> None:
    # Player 0 has a left glove, players 1 and 2 a right one each; a pair is worth 1.
    pairs = {frozenset(s): 1.0 for s in ((0, 1), (0, 2), (0, 1, 2))}
    values = game(3, pairs)
    np.testing.assert_allclose(shapley(values), [2 / 3, 1 / 6, 1 / 6], atol=1e-15)
    # Left and right go together; the two rights stand in for each other.
    found = interactions(values)
    np.testing.assert_allclose(found[0, 1], 0.5, atol=1e-15)
    np.testing.assert_allclose(found[1, 2], -0.5, atol=1e-15)
    np.testing.assert_array_equal(found, found.T)


def test_unanimity_is_shared_alike_and_interacts_only_within() -> None:
    values = np.array([1.0 if s & 0b0011 == 0b0011 else 0.0 for s in range(16)])
    np.testing.assert_allclose(shapley(values), [0.5, 0.5, 0, 0], atol=1e-15)
    found = interactions(values)
    assert found[0, 1] == pytest.approx(1.0)
    assert np.abs(found).sum() == pytest.approx(2.0)


@given(st.lists(FINITE, min_size=16, max_size=16))
def test_it_is_the_mean_gain_over_all_orders_and_sums_to_the_whole(values: list[float]) -> None:
    of = np.array(values)
    found = shapley(of)
    scale = max(1.0, float(np.abs(of).max()))
    np.testing.assert_allclose(found, by_orders(of, 4), atol=1e-12 * scale)
    assert abs(found.sum() - (of[15] - of[0])) < 1e-12 * scale


def test_a_player_who_changes_nothing_gets_exactly_nothing() -> None:
    others = np.random.default_rng(1).normal(size=8) * 1e9
    values = others[[s & 0b011 | s >> 1 & 0b100 for s in range(16)]]
    assert shapley(values)[2] == 0.0
    assert (interactions(values)[2] == 0.0).all()


def test_players_who_do_the_same_get_the_same() -> None:
    by_size = np.random.default_rng(2).normal(size=5)
    values = by_size[[bin(s).count("1") for s in range(16)]]
    np.testing.assert_allclose(shapley(values), (by_size[4] - by_size[0]) / 4, atol=1e-14)


def test_a_game_has_a_value_for_every_set() -> None:
    with pytest.raises(ValueError, match="got 6"):
        shapley(np.zeros(6))


CENTS = st.integers(-(10**14), 10**14).map(lambda cents: cents / 100)


@given(st.lists(CENTS, max_size=12), CENTS)
def test_amounts_and_what_is_left_sum_to_the_total_exactly(
    amounts: list[float], total: float
) -> None:
    found, left = balanced(amounts, total)
    assert math.fsum([*found, left]) == total


@given(st.lists(st.floats(1.0, 1e12), min_size=1, max_size=12))
def test_nothing_is_left_where_amounts_do_not_cancel(amounts: list[float]) -> None:
    total = sum(amounts)
    found, left = balanced(amounts, total)
    assert left == 0.0
    np.testing.assert_allclose(found, amounts, rtol=1e-12)


@pytest.mark.parametrize("outcome", ["npv_change", "gmv_change", "closed_share", "dip_depth"])
def test_contributions_sum_to_the_difference_of_the_package_to_the_last_digit(
    outcome: str,
) -> None:
    found = attribution(PACKAGE, outcome=outcome)
    whole = compare(PACKAGE).outcomes[outcome]
    nothing = compare(replace(PACKAGE, policy=Policy())).outcomes[outcome]
    assert whole is not None and nothing is not None
    assert found.total.own == whole - nothing
    assert found.rounding == (0.0, 0.0)
    assert math.fsum(each.amount.own for each in found.contributions) == whole - nothing
    assert math.fsum(each.amount.mean for each in found.contributions) == found.total.mean
    assert found.status == "found"


def test_every_world_is_the_one_that_monte_carlo_draws() -> None:
    found = attribution(PACKAGE)
    npv = montecarlo(PACKAGE).distributions["npv_change"]
    assert found.total.mean == npv.mean
    assert found.total.error == npv.error
    assert (found.total.low, found.total.high) == (npv.quantiles[0], npv.quantiles[-1])
    assert found.total.raised == npv.better
    assert (found.worlds, found.refused) == (npv.worlds, 256 - npv.worlds)


def test_alone_and_last_are_runs_of_their_own() -> None:
    found = attribution(PACKAGE)
    assert [each.player.id for each in found.contributions] == [
        "policy.moves[0]", "policy.guarantee_target", "policy.service_provider_target",
    ]  # fmt: skip
    guarantee = found.contributions[1]
    only = replace(PACKAGE, policy=Policy(programme_week=20, guarantee_target=0.97))
    without = replace(PACKAGE, policy=replace(PACKAGE.policy, guarantee_target=None))
    assert guarantee.alone == compare(only).outcomes["npv_change"]
    left = compare(without).outcomes["npv_change"]
    assert left is not None
    assert guarantee.last == found.total.own - left
    assert len(found.interactions) == 3


def test_no_policy_leaves_nothing_to_divide() -> None:
    found = attribution(replace(PACKAGE, policy=Policy()))
    assert found.status == "nothing"
    assert found.contributions == found.interactions == ()
    assert (found.total.own, found.total.mean, found.total.error) == (0.0, 0.0, 0.0)
    assert (found.total.low, found.total.high) == (0.0, 0.0)


def test_a_lever_beyond_the_horizon_changes_exactly_nothing() -> None:
    late = Move(week=900, surfaces=("live",), partners=("saas",), openness=0.0)
    found = attribution(
        replace(PACKAGE, policy=Policy(moves=(late,), care=0.01, programme_week=70))
    )
    assert found.status == "no_effect"
    assert all(each.amount.own == each.amount.mean == 0.0 for each in found.contributions)
    beside = replace(PACKAGE, policy=replace(PACKAGE.policy, moves=(*PACKAGE.policy.moves, late)))
    dummy = attribution(beside).contributions[1]
    assert dummy.player == Player(moves=(1,))
    amount = dummy.amount
    assert amount.own == amount.mean == amount.low == amount.high == amount.error == 0.0


def test_a_reopening_is_worth_something_only_after_the_cut() -> None:
    cut = Move(week=5, surfaces=("live",), partners=("saas", "adapter"), openness=0.0)
    reopened = replace(cut, week=20, openness=1.0)
    found = attribution(replace(PACKAGE, policy=Policy(moves=(reopened, cut))))
    first, second = found.contributions
    assert [first.player.moves, second.player.moves] == [(1,), (0,)]
    assert second.alone == 0.0
    assert second.last != 0.0
    assert found.interactions[0].amount.own != 0.0


def test_what_is_set_without_acting_is_no_player() -> None:
    assert players_of(Policy(programme_week=3, coupon=0.1)) == ()
    assert players_of(Policy(coupon_weeks=5)) == ()
    assert players_of(Policy(coupon=0.1, coupon_weeks=5)) == (Player(lever="coupon"),)


def many_moves(count: int) -> Policy:
    weeks = [0, 0, 1, 2, 10, 11, 30, 31, 32, 60, 61, 62, 63, 64, 64, 64][:count]
    return Policy(
        moves=tuple(
            Move(week=week, surfaces=("live",), partners=("saas",), openness=at / 20)
            for at, week in enumerate(weeks)
        ),
        guarantee_target=0.9,
    )


def test_too_many_moves_are_taken_together_where_they_are_close() -> None:
    policy = many_moves(16)
    players = players_of(policy, 5)
    assert [each.moves for each in players] == [
        (0, 1, 2, 3), (4, 5), (6, 7, 8), (9, 10, 11, 12, 13, 14, 15), (),
    ]  # fmt: skip
    assert players[-1].lever == "guarantee_target"
    assert len(players_of(policy)) <= MOST_PLAYERS
    assert policy_of(policy, players) == policy
    assert len(policy_of(policy, players[1:2]).moves) == 2
    same_week = Policy(moves=policy.moves[:1] * 20)
    assert players_of(same_week) == (Player(moves=tuple(range(20))),)


def test_many_players_are_judged_in_fewer_worlds_and_still_sum(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sim.analyses.attribution._MOST_RUNS", 64 * 64)
    scenario: Scenario = replace(PACKAGE, weeks=70, policy=many_moves(5))
    found = attribution(scenario)
    assert len(found.contributions) == 6
    assert found.worlds + found.refused == 64
    # The package's levers cancel: its difference is finer than the last digit of any of them.
    left = found.rounding[0]
    assert abs(left) <= math.ulp(found.total.own)
    assert math.fsum([left, *(each.amount.own for each in found.contributions)]) == found.total.own


def test_an_outcome_that_cannot_be_divided_is_refused() -> None:
    with pytest.raises(Refused, match="`outcome` is not known"):
        attribution(PACKAGE, outcome="payback_week")


def test_a_world_that_no_rates_explain_is_refused_with_its_reason() -> None:
    world = PACKAGE.world.with_values({"diversion": 0.0})
    with pytest.raises(Refused, match="diversion"):
        attribution(replace(PACKAGE, world=world))
