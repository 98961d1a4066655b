"""Laws 1 to 7 of the model page, section 9: what every engine must obey, whatever the world."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.policy import Policy
from sim.world import World
from tests.engine.checks import CLOSE_ALL, ROUNDING, assert_sound, cut, run, run_or_refused
from tests.engine.strategies import MANY, MODEST, policies, worlds

EXACT = 1e-12
FROZEN = 1e9
# No drift, no growth, a flat season, no crisis, and an external habit that does not move.
STILL: dict[str, Any] = {
    "drift_migration": 0.0,
    "audience_growth": 0.0,
    "market_growth": 0.0,
    "season": (1.0,) * 52,
    "crisis_size": 0.0,
    "external_habit_halflife": FROZEN,
}
ASSORTED = "assortment_elasticity"
HABIT_MATTERS = ("direct_habit_effect", "external_habit_effect", "churn_external_habit")
SHELF_STAYS = Policy(moves=(cut(surfaces=("live", "video")),))


def linked_value(world: World) -> float:
    """Mean value of a link order."""
    return float(np.dot(world.demand.partner_split, world.demand.order_value_partner))


# 1. The first week


@MODEST
@given(worlds("range"))
def test_first_week_is_the_observed_one(world: World) -> None:
    first = {name: values[0] for name, values in run(world, weeks=1).items()}
    demand, native_value, link_value = (
        world.demand,
        world.demand.order_value_native,
        linked_value(world),
    )
    closed = np.array(demand.closed_share)
    value = closed * native_value + (1 - closed) * link_value
    orders = demand.gmv * np.array(demand.surface_split) / value
    occasions = orders / np.array(demand.conversion)
    expected = {
        "orders_native": np.sum(orders * closed),
        "orders_external": np.sum(orders * (1 - closed)),
        "orders_direct": demand.direct_share * np.sum(occasions),
        "occasions": np.sum(occasions),
        "gmv_native": np.sum(orders * closed) * native_value,
        "gmv_external": np.sum(orders * (1 - closed)) * link_value,
        "viewers": world.audience.viewers,
        "unserved": 0.0,
        "openness": 1.0,
    }
    assert {name: first[name] for name in expected} == pytest.approx(expected, rel=EXACT, abs=EXACT)
    assert first["gmv_native"] + first["gmv_external"] == pytest.approx(demand.gmv, rel=EXACT)


@MODEST
@given(worlds("range"), st.sampled_from(range(3)))
def test_first_week_is_the_observed_one_on_each_surface(world: World, surface: int) -> None:
    # All GMV on one surface makes its own closed share and conversion visible in the totals.
    split = tuple(float(c == surface) for c in range(3))
    first = run(world.with_values({"surface_split": split}), weeks=1)
    bought = first["orders_native"] + first["orders_external"]
    demand = world.demand
    assert first["orders_native"] / bought == pytest.approx(demand.closed_share[surface], rel=EXACT)
    assert bought / first["occasions"] == pytest.approx(demand.conversion[surface], rel=EXACT)
    assert first["orders_direct"] / first["occasions"] == pytest.approx(
        demand.direct_share, rel=EXACT
    )


@MODEST
@given(worlds("range"), st.sampled_from(range(3)))
def test_first_week_splits_link_orders_over_partners_as_observed(world: World, kept: int) -> None:
    # With an order worth nothing but at one partner, link GMV counts that partner's orders alone.
    values = tuple(1e5 if p == kept else 0.01 for p in range(3))
    first = run(world.with_values({"order_value_partner": values}), weeks=1)
    split = world.demand.partner_split
    mean = first["gmv_external"] / first["orders_external"]
    assert mean == pytest.approx(float(np.dot(split, values)), rel=EXACT)


def test_a_cut_in_the_first_week_changes_it() -> None:
    assert run({}, CLOSE_ALL, 1)["orders_external"] == 0.0 < run({}, weeks=1)["orders_external"]


# 2. No levers


@MODEST
@given(
    worlds("range"),
    st.integers(0, 60),
    st.integers(0, 60),
    st.sampled_from(("guarantee", "brand_share", "service_providers", "commission")),
)
def test_levers_left_as_now_change_no_bit(
    world: World, week: int, coupon_weeks: int, named: str
) -> None:
    lever = {
        "guarantee": "guarantee_target",
        "brand_share": "brand_target",
        "service_providers": "service_provider_target",
        "commission": "commission_target",
    }[named]
    now: Any = {lever: world.value(named)}
    still = Policy(programme_week=week, coupon_weeks=coupon_weeks, **now)
    found, paired = run(world, still), run(world)
    assert all(np.array_equal(found[name], paired[name]) for name in paired)


@MODEST
@given(worlds("range"), st.integers(0, 30))
def test_a_move_to_where_links_already_are_changes_no_bit(world: World, week: int) -> None:
    opened = Policy(moves=(cut(week=week, openness=1.0, ramp_weeks=3),))
    found, paired = run(world, opened), run(world)
    assert all(np.array_equal(found[name], paired[name]) for name in paired)


# 3. Constancy


@MODEST
@given(worlds("range"))
def test_a_world_at_rest_is_constant(world: World) -> None:
    unfelt = dict.fromkeys(HABIT_MATTERS, 0.0)
    for name, values in run(world.with_values(STILL | unfelt), weeks=104).items():
        near = 1e-6 if name == "external_habit" else 1e-11
        assert values == pytest.approx(values[0], rel=near, abs=near), name


@MODEST
@given(worlds("range"))
def test_a_world_at_rest_is_constant_where_the_external_habit_is_felt(world: World) -> None:
    # A half-life of 1e9 weeks lets the habit move by 1e-9 of its way a week, and no more.
    for name, values in run(world.with_values(STILL), weeks=104).items():
        assert values == pytest.approx(values[0], rel=3e-6, abs=3e-6), name


@pytest.mark.parametrize("moving", ["drift_migration", "audience_growth", "market_growth"])
def test_a_world_not_at_rest_is_not_constant(moving: str) -> None:
    series = run({**STILL, moving: 0.01})
    assert any(np.ptp(values) > 1e-4 * abs(values[0]) for values in series.values())


# 4 and 5. Conservation, and bounds


@MODEST
@given(worlds("range"), policies())
def test_plausible_worlds_conserve_and_stay_in_their_bounds(world: World, policy: Policy) -> None:
    assert_sound(run(world, policy, 104))


@MANY
@given(worlds("limits"), policies())
def test_worlds_anywhere_in_their_limits_conserve_and_stay_in_their_bounds(
    world: World, policy: Policy
) -> None:
    found = run_or_refused(world, policy, 104)
    assume(found is not None)
    assert found is not None
    assert_sound(found)


@MODEST
@given(worlds("limits"))
def test_a_refused_world_is_refused_whatever_is_done_in_it(world: World) -> None:
    assert (run_or_refused(world, Policy(), 1) is None) == (
        run_or_refused(world, CLOSE_ALL, 3) is None
    )


def test_where_nobody_buys_in_the_app_any_more_there_is_no_nan() -> None:
    fled = {
        "diversion": 0.9999,
        "external_habit_effect": 20.0,
        "direct_trust_effect": 50.0,
        "data_loop_effect": 20.0,
        "commission_leakage": 100.0,
    }
    assert_sound(run(fled, Policy(commission_target=0.5)))


# 6. Diversion


@MODEST
@given(worlds("range"), st.floats(0.3, 0.99999))
def test_closing_every_link_diverts_exactly_the_diversion(world: World, diversion: float) -> None:
    equal = world.with_values({"conversion_index": (1.0,) * 3, "diversion": diversion})
    opened, closed = run(equal, weeks=1), run(equal, CLOSE_ALL, 1)
    gained = closed["orders_native"] - opened["orders_native"]
    assert gained == pytest.approx(diversion * opened["orders_external"], rel=1e-9)
    assert closed["orders_external"] == 0.0


# 7. Monotonicity


def never_lower(world: World, policy: Policy, name: str, least: Any, most: Any) -> None:
    """Native GMV of the first five weeks is nowhere lower with ``most``, but for rounding."""
    low, high = (
        run(world.with_values({name: value}), policy, 5)["gmv_native"] for value in (least, most)
    )
    assert (high >= low * (1 - ROUNDING)).all()


@MANY
@given(worlds("range"), st.tuples(st.floats(0.3, 0.95), st.floats(0.3, 0.95)))
def test_more_diversion_never_lowers_native_sales_after_the_cut(
    world: World, pair: tuple[float, float]
) -> None:
    never_lower(world, CLOSE_ALL, "diversion", min(pair), max(pair))


@MANY
@given(worlds("range"), st.tuples(*[st.tuples(st.floats(0, 1), st.floats(0, 1))] * 3))
def test_more_adaptable_merchants_never_lower_native_sales_after_the_cut(
    world: World, pairs: tuple[tuple[float, float], ...]
) -> None:
    # Where more merchants repel buyers, as the plausible range allows, more of them sell less.
    helped = tuple(abs(each) for each in world.choice.assortment_elasticity)
    least, most = (tuple(end(pair) for pair in pairs) for end in (min, max))
    never_lower(world.with_values({ASSORTED: helped}), CLOSE_ALL, "adaptable", least, most)


@MANY
@given(worlds("range"), st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_more_evasion_never_raises_native_sales_where_the_shelf_stays_open(
    world: World, pair: tuple[float, float]
) -> None:
    low, high = (
        run(world.with_values({"evasion": value}), SHELF_STAYS, 5)["gmv_native"]
        for value in (min(pair), max(pair))
    )
    assert (high <= low * (1 + ROUNDING)).all()


def test_diversion_adaptable_and_evasion_do_matter() -> None:
    def sold(policy: Policy, **values: Any) -> float:
        return float(run(values, policy, 5)["gmv_native"][-1])

    assert sold(CLOSE_ALL, diversion=0.9) > 1.01 * sold(CLOSE_ALL, diversion=0.5)
    none, all_three = (0.0,) * 3, (1.0,) * 3
    assert sold(CLOSE_ALL, adaptable=all_three) > 1.005 * sold(CLOSE_ALL, adaptable=none)
    assert sold(SHELF_STAYS, evasion=0.0) > 1.01 * sold(SHELF_STAYS, evasion=0.9)
