"""Law 8 of the model page: what a week's choice owes to trust, commission, and the price of links.

Two runs that differ in one stock only are made of levers alone. Care acts on streamer trust at the
end of a week, so a run with care and one without differ, at the opening of the next week, in that
trust and in nothing else; a guarantee raises platform trust a week after it has been raised itself.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.policy import Policy
from sim.sets import SURFACES
from sim.world import World
from tests.engine.checks import CLOSE_ALL, Series, cut, run
from tests.engine.strategies import MODEST, worlds

# One kind of buyer on one surface, whose external habit is not felt: odds summed over segments then
# say what they say in each of them.
ALIKE: dict[str, Any] = {
    "surface_split": (1.0, 0.0, 0.0),
    "conversion_index": (1.0,) * 3,
    "direct_habit_effect": 0.0,
    "external_habit_effect": 0.0,
    "crisis_size": 0.0,
    "drift_migration": 0.0,
}
TRUSTS = st.tuples(*[st.floats(0.05, 0.95)] * 3)
HOURS = 0.05


def odds_of_direct_leakage(series: Series, week: int) -> float:
    """Direct orders against occasions that end in nothing."""
    bought = series["orders_native"] + series["orders_external"] + series["orders_direct"]
    return float((series["orders_direct"] / (series["occasions"] - bought))[week])


def links_against_native(series: Series, week: int) -> float:
    return float((series["orders_external"] / series["orders_native"])[week])


def with_care(world: World, care: float) -> tuple[Series, Series]:
    """Without and with care; in week 1 only streamer trust differs."""
    return run(world, weeks=2), run(world, Policy(programme_week=0, care=care), 2)


@MODEST
@given(worlds("range"), TRUSTS, st.floats(0.0, 2.0))
def test_more_streamer_trust_never_lowers_the_odds_of_going_round_the_platform(
    world: World, trust: tuple[float, ...], care: float
) -> None:
    bare, cared = with_care(world.with_values(ALIKE | {"streamer_trust": trust}), care)
    before, after = odds_of_direct_leakage(bare, 1), odds_of_direct_leakage(cared, 1)
    assert after >= before * (1 - 1e-12)


@MODEST
@given(worlds("range"), st.floats(0.01, 0.2), st.floats(0.5, 4.0))
def test_streamer_trust_above_the_threshold_raises_the_odds_of_going_round_the_platform(
    world: World, care: float, effect: float
) -> None:
    threshold = world.choice.direct_trust_threshold
    world = world.with_values(ALIKE | {"direct_trust_effect": effect})
    above = world.with_values({"streamer_trust": (threshold + 0.02,) * 3})
    below = world.with_values({"streamer_trust": (threshold - 0.4,) * 3})
    bare, cared = with_care(above, care)
    assert odds_of_direct_leakage(cared, 1) > odds_of_direct_leakage(bare, 1) * (1 + 1e-5)
    bare, cared = with_care(below, care)
    assert cared["streamer_trust"][1] > bare["streamer_trust"][1]
    same = odds_of_direct_leakage(bare, 1)
    assert odds_of_direct_leakage(cared, 1) == pytest.approx(same, rel=1e-11)


@MODEST
@given(worlds("range"), st.floats(0.01, 1.0), st.floats(0.9, 0.95))
def test_with_full_carryover_streamer_trust_leaves_the_split_untouched(
    world: World, care: float, closed: float
) -> None:
    values = ALIKE | {"trust_carryover": 1.0, "closed_share": (closed,) * 3}
    bare, cared = with_care(world.with_values(values), care)
    split = links_against_native(bare, 1)
    assert links_against_native(cared, 1) == pytest.approx(split, rel=1e-11)
    # Link leakage grows with trust.
    assert cared["orders_external"][1] > bare["orders_external"][1] * (1 + 1e-6)


def test_without_carryover_streamer_trust_draws_orders_into_the_shop() -> None:
    bare, cared = with_care(World().with_values({"trust_carryover": 0.0}), 0.1)
    assert links_against_native(cared, 1) < 0.999 * links_against_native(bare, 1)


@MODEST
@given(worlds("range"), st.floats(0.1, 1.5))
def test_more_platform_trust_lowers_the_odds_of_going_round_the_platform(
    world: World, effect: float
) -> None:
    values = ALIKE | {
        "direct_guarantee_effect": effect,
        "guarantee_effect": 0.0,
        "guarantee": 0.5,
        "programme_halflife": HOURS,
    }
    world = world.with_values(values)
    assuring = Policy(programme_week=0, guarantee_target=1.0)
    bare, assured = run(world, weeks=3), run(world, assuring, 3)
    # In week 1 the guarantee alone differs, in week 2 the trust that it has made.
    assert assured["streamer_trust"][2] == bare["streamer_trust"][2]
    assert assured["platform_trust"][2] > bare["platform_trust"][2]
    assert odds_of_direct_leakage(assured, 2) < odds_of_direct_leakage(bare, 2)


@MODEST
@given(worlds("range"), st.floats(5.0, 20.0))
def test_a_commission_five_points_higher_raises_direct_leakage_by_its_effect(
    world: World, effect: float
) -> None:
    world = world.with_values({**ALIKE, "commission_leakage": effect, "programme_halflife": HOURS})
    dearer = Policy(programme_week=0, commission_target=world.money.commission + 0.05)
    ratio = odds_of_direct_leakage(run(world, dearer, 2), 1) / odds_of_direct_leakage(
        run(world, weeks=2), 1
    )
    # After a week of a half-life of hours all but a millionth of the way is gone.
    step = 0.05 * (1 - 2 ** (-1 / HOURS))
    assert ratio == pytest.approx(np.exp(effect * step), rel=1e-9)


def test_a_commission_five_points_higher_doubles_direct_leakage_by_default() -> None:
    world = World().with_values({**ALIKE, "programme_halflife": HOURS})
    dearer = Policy(programme_week=0, commission_target=world.money.commission + 0.05)
    found = odds_of_direct_leakage(run(world, dearer, 2), 1)
    assert found == pytest.approx(2 * odds_of_direct_leakage(run(world, weeks=2), 1), rel=0.02)


@MODEST
@given(worlds("range"), st.floats(0.01, 0.4), st.floats(0.01, 0.4))
def test_a_fee_on_links_acts_like_a_soft_cut(world: World, some: float, more: float) -> None:
    dear, dearer = (0.05 + some, 0.05 + some + more)
    runs = [run(world, weeks=1)]
    runs += [run(world, Policy(moves=(cut(openness=None, fee=fee),)), 1) for fee in (dear, dearer)]
    runs.append(run(world, CLOSE_ALL, 1))
    links = [float(each["orders_external"][0]) for each in runs]
    native = [float(each["orders_native"][0]) for each in runs]
    assert links[0] > links[1] > links[2] > links[3] == 0.0
    assert native[0] < native[1]
    # A price that drives out all but 1e-16 of the links is a cut to the last digit.
    rounding = 1 + 1e-14
    assert native[1] <= native[2] * rounding <= native[3] * rounding**2


@MODEST
@given(worlds("range"))
def test_a_fee_that_is_high_enough_acts_like_a_cut(world: World) -> None:
    # Beyond any fee, an effect of 100 a unit: what is left of links is e^-90.
    world = world.with_values({"fee_effect": 100.0})
    priced = run(world, Policy(moves=(cut(openness=None, fee=1.0),)), 1)
    closed = run(world, CLOSE_ALL, 1)
    for name in ("orders_native", "orders_direct", "gmv_native"):
        assert priced[name] == pytest.approx(closed[name], rel=1e-12)
    assert priced["orders_external"][0] < 1e-30 * run(world, weeks=1)["orders_external"][0]
    assert priced["unserved"][0] == 0.0


def test_a_fee_belongs_to_the_partner_whatever_surfaces_are_named() -> None:
    found = [
        run({}, Policy(moves=(cut(surfaces=(surface,), openness=None, fee=0.2),)), 3)
        for surface in SURFACES
    ]
    assert all(np.array_equal(found[0][name], other[name]) for other in found for name in other)
