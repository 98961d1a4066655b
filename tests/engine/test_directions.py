"""Which way each lever and each parameter that matters moves what, in the default world.

A parameter is changed in a world where the live links to Youzan and Mokuai are cut in week 10; a
lever in the same world beside that cut. "up", "down" and "none" say how the number at the end of
two years compares with that of the unchanged world.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import pytest

from sim.analyses.compare import compare
from sim.policy import Move, Policy
from sim.scenario import Scenario
from sim.world import World
from tests.engine.checks import CLOSE_ALL, cut

Sign = Literal["up", "down", "none"]
WEEKS = 104
CUT = cut(week=10, surfaces=("live",), partners=("saas", "adapter"))
# A change is a new value, or a factor on the default for "x1.2".
Change = float | int | tuple[float, ...] | str

# (parameter, change, series at the horizon or outcome, its direction)
PARAMETERS: tuple[tuple[str, Change, str, Sign], ...] = (
    # A bigger pie is a bigger pie, and nothing but a scale.
    ("gmv", "x1.2", "gmv_native", "up"),
    ("gmv", "x1.2", "closed_share", "none"),
    ("gmv", "x1.2", "viewers", "none"),
    ("viewers", "x1.2", "revenue", "up"),
    ("viewers", "x1.2", "gmv_native", "none"),
    ("audience_growth", 0.2, "viewers", "up"),
    ("market_growth", 0.5, "gmv_native", "up"),
    # Where orders go.
    ("diversion", 0.9, "gmv_native", "up"),
    ("diversion", 0.9, "unserved", "down"),
    ("diversion", 0.9, "dip_depth", "down"),
    ("evasion", 0.5, "gmv_external", "up"),
    ("evasion", 0.5, "dip_depth", "down"),
    ("evasion", 0.5, "merchants_partner", "up"),
    ("direct_share", 0.02, "gmv_direct", "up"),
    ("direct_share", 0.02, "leakage_rate", "up"),
    ("closed_share", (0.8, 0.8, 0.8), "closed_share", "down"),
    ("order_value_partner", (160.0, 110.0, 100.0), "gmv_external", "up"),
    # The cut leaves both trusts higher than they were, since native orders go better than links':
    # what links do not share of it the shop gains, and what the guarantee does not hold leaks.
    ("trust_carryover", 0.0, "closed_share", "up"),
    ("direct_guarantee_effect", 0.0, "gmv_direct", "up"),
    ("data_loop_effect", 0.4, "gmv_native", "up"),
    # Trust.
    ("quality_native", 0.99, "platform_trust", "up"),
    ("quality_native", 0.99, "cost", "down"),
    ("backlash", 0.1, "platform_trust", "down"),
    ("backlash", 0.1, "viewers", "down"),
    ("backlash", 0.1, "fans", "down"),
    # Habit: whoever stays with the third party keeps coming back to it.
    ("external_habit_longrun", 0.4, "external_habit", "up"),
    ("external_habit_longrun", 0.4, "gmv_direct", "up"),
    ("external_habit_longrun", 0.4, "viewers", "down"),
    ("direct_habit_effect", 0.0, "gmv_direct", "down"),
    # Retention.
    ("churn_unserved", 1.0, "viewers", "down"),
    ("churn_unserved", 1.0, "viewers_kept", "down"),
    # The external habit is still above today's, but far below that of the paired run.
    ("churn_external_habit", 1.0, "viewers_kept", "up"),
    # Supply.
    ("pressure_migration", 0.7, "merchants_migrated", "up"),
    ("pressure_migration", 0.7, "merchants_exited", "down"),
    ("pressure_exit", 0.1, "merchants_exited", "up"),
    ("pressure_exit", 0.1, "merchants_native", "down"),
    ("adaptable", (0.0, 0.95, 0.95), "merchants_adapted", "up"),
    ("adaptable", (0.0, 0.0, 0.0), "gmv_native", "down"),
    ("adaptation", 0.3, "merchants_exited", "up"),
    ("multihoming", 0.6, "merchants_native", "down"),
    ("drift_migration", 0.01, "merchants_partner", "down"),
    ("merchant_entry", 0.01, "merchants_native", "up"),
    ("onboarding_weeks", 12.0, "merchants_onboarding", "up"),
    ("anticipation", 1.0, "merchants_migrated", "up"),
    ("notice_weeks", 26, "merchants_migrated", "up"),
    ("assortment_elasticity", (0.4, 0.4, 0.4), "gmv_native", "up"),
    # Money does nothing but count, as long as nobody reacts to it.
    ("commission", 0.02, "profit", "up"),
    ("commission", 0.02, "gmv_native", "none"),
    ("returns", 0.5, "revenue", "down"),
    ("returns", 0.5, "gmv_native", "none"),
    ("viewer_revenue", 3.5, "profit", "up"),
    ("viewer_revenue", 3.5, "closed_share", "none"),
    ("partner_ads", (0.1, 0.1, 0.1), "revenue", "up"),
    ("payout", 1.0, "cost", "up"),
    ("fixed_cost", 1e8, "profit", "down"),
    ("fixed_cost", 1e8, "profit_change", "none"),
    ("discount_rate", 0.5, "profit_change", "none"),
    ("crisis_size", 0.5, "streamer_trust", "none"),
)
# (levers, series at the horizon or outcome, its direction)
LEVERS: tuple[tuple[Mapping[str, Any], str, Sign], ...] = (
    ({"guarantee_target": 0.98}, "platform_trust", "up"),
    ({"guarantee_target": 0.98}, "gmv_native", "up"),
    ({"guarantee_target": 0.98}, "gmv_direct", "down"),
    ({"guarantee_target": 0.98}, "churned", "down"),
    ({"guarantee_target": 0.3}, "platform_trust", "down"),
    ({"care": 0.01}, "streamer_trust", "up"),
    ({"care": 0.01}, "fans", "up"),
    ({"care": 0.01}, "gmv_native", "up"),
    ({"care": 0.01}, "gmv_direct", "up"),
    ({"care": 0.01}, "cost", "up"),
    ({"brand_target": 0.4}, "brand", "up"),
    ({"brand_target": 0.4}, "gmv_native", "up"),
    ({"brand_target": 0.4}, "platform_trust", "up"),
    ({"service_provider_target": 0.6}, "merchants_migrated", "up"),
    ({"service_provider_target": 0.6}, "merchants_onboarding", "down"),
    ({"service_provider_target": 0.6}, "cost", "up"),
    ({"commission_target": 0.03}, "revenue", "up"),
    ({"commission_target": 0.03}, "gmv_direct", "up"),
    ({"commission_target": 0.03}, "merchants_native", "down"),
    ({"commission_target": 0.0}, "gmv_direct", "down"),
    ({"coupon": 0.1, "coupon_weeks": 10}, "gmv_change", "up"),
    ({"coupon": 0.1, "coupon_weeks": 10}, "profit_change", "down"),
    ({"coupon": 0.1, "coupon_weeks": 0}, "gmv_change", "none"),
    ({"programme_week": 5}, "gmv_native", "none"),
    ({"programme_week": 60, "guarantee_target": 0.98}, "platform_trust", "up"),
)
# (moves instead of the cut, series at the horizon or outcome, its direction against the cut)
MOVES: tuple[tuple[tuple[Move, ...], str, Sign], ...] = (
    ((), "gmv_external", "up"),
    ((), "unserved", "down"),
    ((), "merchants_partner", "up"),
    ((), "closed_share", "down"),
    ((cut(week=10),), "gmv_external", "down"),
    ((cut(week=10),), "dip_depth", "up"),
    ((cut(week=10),), "external_habit", "down"),
    # Who no longer forms the habit of buying elsewhere stays.
    ((cut(week=10),), "viewers", "up"),
    ((CUT, cut(week=40, openness=1.0)), "gmv_external", "up"),
    ((CUT, cut(week=40, openness=1.0)), "unserved", "down"),
    ((CUT, cut(week=WEEKS + 60)), "gmv_native", "none"),
    ((CUT, cut(week=WEEKS + 2)), "merchants_migrated", "up"),
    ((CUT, cut(week=10, openness=None, fee=0.1)), "gmv_external", "down"),
    ((CUT, cut(week=10, openness=None, fee=0.1)), "closed_share", "up"),
    ((CUT, cut(week=10, openness=None, fee=0.1)), "merchants_migrated", "up"),
    (
        (cut(week=10, surfaces=("live",), partners=("saas", "adapter"), ramp_weeks=40),),
        "merchants_partner",
        "up",
    ),
    (
        (cut(week=10, surfaces=("live",), partners=("saas", "adapter"), openness=0.5),),
        "gmv_external",
        "up",
    ),
)


@cache
def found(values: tuple[tuple[str, Any], ...], policy: Policy) -> Mapping[str, float]:
    """Series at the horizon, and outcomes, by id."""
    world = World().with_values(dict(values))
    result = compare(Scenario(world=world, policy=policy, weeks=WEEKS))
    last = {name: float(series[-1]) for name, series in result.run.series.items()}
    return last | {k: v for k, v in result.outcomes.items() if v is not None}


def assert_direction(changed: Mapping[str, float], name: str, direction: Sign) -> None:
    before = found((), Policy(moves=(CUT,)))[name]
    by = changed[name] / before - 1 if before else changed[name]
    by = by if before >= 0 else -by
    if direction == "none":
        assert abs(by) < 1e-10
    elif direction == "up":
        assert by > 1e-6
    else:
        assert by < -1e-6


@pytest.mark.parametrize(("parameter", "change", "name", "direction"), PARAMETERS)
def test_parameter(parameter: str, change: Change, name: str, direction: Sign) -> None:
    value: Any = change
    if isinstance(change, str):
        value = World().value(parameter) * float(change[1:])  # type: ignore[operator]
    assert value != World().value(parameter)
    changed = found(((parameter, value),), Policy(moves=(CUT,)))
    assert_direction(changed, name, direction)


@pytest.mark.parametrize(("levers", "name", "direction"), LEVERS, ids=str)
def test_lever(levers: Mapping[str, Any], name: str, direction: Sign) -> None:
    assert_direction(found((), Policy(moves=(CUT,), **levers)), name, direction)


@pytest.mark.parametrize(("moves", "name", "direction"), MOVES)
def test_move(moves: tuple[Move, ...], name: str, direction: Sign) -> None:
    assert_direction(found((), Policy(moves=moves)), name, direction)


def test_more_trust_means_fewer_leavers() -> None:
    # Trust sells, and habits come of that; here nothing but trust itself keeps anybody.
    alone = (("churn_native_habit", 0.0), ("churn_external_habit", 0.0), ("churn_unserved", 0.0))
    bare, cared = (found(alone, Policy(moves=(CUT,), care=care)) for care in (0.0, 0.02))
    leavers = [each["churned"] / each["viewers"] for each in (bare, cared)]
    assert cared["streamer_trust"] > bare["streamer_trust"]
    assert leavers[1] < leavers[0]


def test_closing_everything_at_once_dips_deeper_than_closing_over_a_year() -> None:
    slowly = Policy(moves=(cut(ramp_weeks=52),))
    assert found((), CLOSE_ALL)["dip_depth"] > found((), slowly)["dip_depth"]
