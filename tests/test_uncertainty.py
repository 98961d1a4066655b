"""What may be stated about how sure the world is, and between which values worlds are drawn."""

import math
from typing import Any

import pytest

from sim.cases.catalogue import case, case_ids
from sim.errors import Refused
from sim.scenario import Scenario, require_sound
from sim.uncertainty import Correlation, Sampling, Spread, Uncertainty, range_of, ranges
from sim.world import World, world_declarations


def stated(**spreads: Spread) -> Scenario:
    return Scenario(uncertainty=Uncertainty(spreads=tuple(spreads.items())))


def refusal(scenario: Scenario) -> str:
    with pytest.raises(Refused) as refused:
        require_sound(scenario)
    return str(refused.value)


def test_what_has_a_plausible_range_is_uncertain_and_nothing_else() -> None:
    declared = {name for name, each in world_declarations().items() if each.has_range}
    assert set(ranges(World(), Uncertainty())) == declared


@pytest.mark.parametrize("name", case_ids())
def test_the_value_of_a_world_always_lies_in_its_range_and_within_the_limits(name: str) -> None:
    world = case(name).scenario.world
    for each, found in ranges(world, Uncertainty()).items():
        least, most = world_declarations()[each].limits
        for low, mode, high in zip(found.low, found.mode, found.high, strict=True):
            assert least <= low <= mode <= high <= most, each


def test_the_declared_range_holds_while_the_value_is_in_it() -> None:
    found = range_of(World().with_values({"diversion": 0.9}), "diversion", Spread())
    assert (found.low, found.mode, found.high) == ((0.3,), (0.9,), (0.95,))


def test_a_platform_of_another_size_has_a_range_of_its_own_size() -> None:
    found = range_of(World().with_values({"gmv": 1.3e9}), "gmv", Spread())
    assert found.low == pytest.approx((1.2e9,))
    assert found.high == pytest.approx((1.4e9,))


def test_a_stated_range_is_stretched_to_the_value() -> None:
    found = range_of(World(), "diversion", Spread(low=0.7, high=0.8, shape="uniform"))
    assert (found.low, found.high, found.shape) == ((0.65,), (0.8,), "uniform")


def test_a_vector_takes_a_bound_for_each_member_or_one_for_all() -> None:
    each = range_of(World(), "conversion", Spread(low=(0.05, 0.01, 0.1), high=0.2))
    assert each.low == (0.05, 0.01, 0.1)
    assert each.high == (0.2, 0.2, 0.2)


def test_what_is_fixed_is_not_drawn() -> None:
    uncertainty = Uncertainty().with_spread("blame", Spread(shape="fixed"))
    assert "blame" not in ranges(World(), uncertainty)
    assert "blame" in ranges(World(), uncertainty.with_spread("blame", None))


def test_what_has_no_plausible_range_can_be_given_one() -> None:
    spread = Spread(low=0.0, high=0.3)
    assert ranges(World(), stated(crisis_size=spread).uncertainty)["crisis_size"].high == (0.3,)
    assert "uncertainty.crisis_size.low" in refusal(stated(crisis_size=Spread(high=0.3)))


def test_statements_stand_in_the_order_of_the_declarations() -> None:
    one = Uncertainty().with_spread("remedy", Spread()).with_spread("viewers", Spread())
    assert [name for name, _ in one.spreads] == ["viewers", "remedy"]


@pytest.mark.parametrize(
    ("spread", "says"),
    [
        (Spread(low=0.8, high=0.4), "low at or below its high; got 0.8 and 0.4"),
        (Spread(low=-0.1), "uncertainty.diversion.low` must lie between 0"),
        (Spread(high=math.nan), "uncertainty.diversion.high` must lie between 0"),
        (Spread(high="0.5"), "must be a number"),  # type: ignore[arg-type]
        (Spread(high=True), "must be a number"),
        (Spread(low=(0.1, 0.2)), "takes 1 numbers; got 2"),
        (Spread(shape="normal"), "uncertainty.diversion.shape` is not known here"),  # type: ignore[arg-type]
    ],
)
def test_a_spread_that_cannot_be_is_refused_at_its_place(spread: Spread, says: str) -> None:
    assert says in refusal(stated(diversion=spread))


@pytest.mark.parametrize("name", ["season", "start_week", "segment_share", "partner_split"])
def test_what_cannot_vary_by_itself_is_refused(name: str) -> None:
    assert f"`uncertainty.{name}` cannot be uncertain" in refusal(stated(**{name: Spread()}))
    require_sound(stated(**{name: Spread(shape="fixed")}))


def test_an_unknown_parameter_is_refused_with_near_names() -> None:
    assert "Did you mean diversion" in refusal(stated(diverson=Spread()))


def pairs(*each: tuple[Any, Any, Any]) -> Scenario:
    found = tuple(Correlation(first=a, second=b, coefficient=c) for a, b, c in each)
    return Scenario(uncertainty=Uncertainty(correlations=found))


@pytest.mark.parametrize(
    ("scenario", "says"),
    [
        (pairs(("blame", "blame", 0.5)), "with itself: blame"),
        (pairs(("blame", "remedy", 0.5), ("remedy", "blame", 0.1)), "names a pair twice"),
        (pairs(("blame", "remedie", 0.5)), "Did you mean remedy"),
        (pairs(("blame", "remedy", 1.0)), "must lie between -0.99 and 0.99"),
        (pairs(("blame", "remedy", math.nan)), "must lie between -0.99 and 0.99"),
        (pairs(("blame", "remedy", "x")), "must be a number"),
        (pairs(("blame", "season", 0.1)), "correlations[0].between"),
        (
            pairs(("blame", "remedy", 0.9), ("remedy", "payout", 0.9), ("blame", "payout", -0.9)),
            "contradict each other",
        ),
    ],
)
def test_pairs_that_cannot_be_are_refused(scenario: Scenario, says: str) -> None:
    assert says in refusal(scenario)


@pytest.mark.parametrize(
    "sampling",
    [Sampling(seed=-1), Sampling(worlds=63), Sampling(worlds=2**30), Sampling(seed=1.5)],  # type: ignore[arg-type]
)
def test_a_seed_or_number_of_worlds_that_cannot_be_is_refused(sampling: Sampling) -> None:
    assert "`sampling." in refusal(Scenario(sampling=sampling))


def test_what_equals_a_sound_number_but_is_none_is_refused_after_it() -> None:
    require_sound(Scenario(sampling=Sampling(seed=1)))
    assert "sampling.seed" in refusal(Scenario(sampling=Sampling(seed=True)))
    require_sound(stated(blame=Spread(low=0.0, high=1.0)))
    assert "must be a number" in refusal(stated(blame=Spread(low=False, high=1.0)))
