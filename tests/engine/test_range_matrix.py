"""Every parameter and lever at both ends of its plausible range and of its limits, one by one."""

from typing import Any, Final

import numpy as np
import pytest

from sim.analyses.compare import compare
from sim.declare import Declaration
from sim.errors import Refused
from sim.policy import Policy, policy_declarations
from sim.scenario import Scenario
from sim.world import World, world_declarations
from tests.engine.checks import assert_sound, cut

WEEKS = 60
ENDS = ("low", "high", "least", "most")
POLICY = Policy(
    moves=(
        cut(week=3, surfaces=("live",), partners=("saas", "adapter"), ramp_weeks=4),
        cut(week=10, openness=None, fee=0.2),
    ),
    programme_week=2,
    guarantee_target=0.95,
    care=0.01,
    brand_target=0.3,
    commission_target=0.03,
    service_provider_target=0.5,
    coupon=0.1,
    coupon_weeks=8,
)
# What no rates can explain, and how the refusal says so: (parameter, end) -> (kind, word it names).
REFUSED: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("shopping_intensity", "least"): ("no_intensity", "shopping_intensity"),
    ("conversion_index", "least"): ("no_good_orders", "conversion_index"),
    ("churn", "most"): ("segment_not_held", "churn"),
    ("audience_growth", "least"): ("segment_not_held", "growth"),
    ("conversion", "most"): ("diversion_range", "conversions"),
    ("direct_share", "most"): ("conversion_sum", "direct_share"),
    ("diversion", "least"): ("diversion_range", "diversion"),
    ("diversion", "most"): ("diversion_range", "diversion"),
    ("external_habit_longrun", "most"): ("external_habit_full", "external_habit_longrun"),
    ("native_habit", "most"): ("native_habit_full", "native_habit"),
}
# All in one member: which of them a world can hold.
ALL_IN_ONE: Final = {"segment_share": (True, False, False)}


def at_end(declaration: Declaration, end: str) -> Any:
    """The value of a parameter at one of its ends; a vector is there as a whole."""
    if end in ("low", "high"):
        numbers = declaration.low if end == "low" else declaration.high
    else:
        numbers = (declaration.limits[end == "most"],) * declaration.size
    low, high = declaration.limits
    typed = [min(max(number, low), high) for number in numbers]
    values = [int(each) if declaration.whole else float(each) for each in typed]
    return tuple(values) if declaration.members else values[0]


def cases() -> list[tuple[str, str]]:
    return [
        (name, end)
        for name, each in world_declarations().items()
        if not each.sums_to_one
        for end in ENDS
        if each.has_range or end in ("least", "most")
    ]


def assert_runs(world: World, policy: Policy) -> None:
    found = compare(Scenario(world=world, policy=policy, weeks=WEEKS))
    assert_sound(found.run.series)
    assert all(value is None or np.isfinite(value) for value in found.outcomes.values())


@pytest.mark.parametrize(("name", "end"), cases())
def test_a_parameter_at_its_end_runs_or_is_refused_by_name(name: str, end: str) -> None:
    world = World().with_values({name: at_end(world_declarations()[name], end)})
    for policy in (Policy(), POLICY):
        if (name, end) in REFUSED:
            kind, word = REFUSED[name, end]
            with pytest.raises(Refused) as refused:
                compare(Scenario(world=world, policy=policy, weeks=WEEKS))
            assert kind in {fault.kind for fault in refused.value.faults}
            assert word in str(refused.value)
        else:
            assert_runs(world, policy)


@pytest.mark.parametrize("member", range(3))
@pytest.mark.parametrize("name", ["segment_share", "surface_split", "partner_split"])
def test_a_split_runs_with_everything_in_one_member_or_is_refused(name: str, member: int) -> None:
    world = World().with_values({name: tuple(float(k == member) for k in range(3))})
    if ALL_IN_ONE.get(name, (True,) * 3)[member]:
        for policy in (Policy(), POLICY):
            assert_runs(world, policy)
        return
    with pytest.raises(Refused) as refused:
        assert_runs(world, POLICY)
    assert {fault.place for fault in refused.value.faults} == {"world.segment_share"}


@pytest.mark.parametrize("end", ["least", "most"])
@pytest.mark.parametrize("name", policy_declarations())
def test_a_lever_at_its_end_runs(name: str, end: str) -> None:
    lever: Any = {name: at_end(policy_declarations()[name], end)}
    assert_runs(World(), Policy(**{"programme_week": 2, "coupon_weeks": 5, **lever}))


@pytest.mark.parametrize("name", world_declarations())
def test_a_number_just_beyond_its_limits_is_refused_by_name(name: str) -> None:
    declaration = world_declarations()[name]
    for beyond in (np.nextafter(declaration.limits[0], -np.inf), declaration.limits[1] * 1.01 + 1):
        value = int(np.floor(beyond)) if declaration.whole else float(beyond)
        whole = (value,) * declaration.size if declaration.members else value
        world = World().with_values({name: whole})
        with pytest.raises(Refused) as refused:
            compare(Scenario(world=world, weeks=2))
        assert all(f"world.{name}" in fault.place for fault in refused.value.faults)
        assert f"`world.{name}" in str(refused.value)


@pytest.mark.parametrize("name", ["segment_share", "surface_split", "partner_split"])
def test_shares_that_do_not_sum_to_1_are_refused_by_name(name: str) -> None:
    with pytest.raises(Refused, match=f"world.{name}"):
        compare(Scenario(world=World().with_values({name: (0.3, 0.3, 0.3)}), weeks=2))
