from collections.abc import Callable

import numpy as np
import pytest

from sim.analyses.compare import compare, simulate
from sim.documents.token import encode
from sim.documents.toml_document import write
from sim.engine import calibrate
from sim.engine.refusals import diversion_bounds, faults_of_status
from sim.errors import Fault, Refused
from sim.policy import Move, Policy
from sim.scenario import Scenario, faults_of, require_sound
from sim.world import World


def test_a_number_too_large_to_print_is_a_fault_and_no_traceback() -> None:
    huge = Scenario(world=World().with_values({"gmv": 10**400}))
    (fault,) = faults_of(huge)
    assert fault.kind == "out_of_range"
    assert "world.gmv" in str(fault)
    with pytest.raises(Refused):
        require_sound(huge)


def test_a_whole_number_given_as_a_float_is_refused_whatever_ran_before() -> None:
    require_sound(Scenario(weeks=22))
    with pytest.raises(Refused, match="weeks"):
        require_sound(Scenario(weeks=22.0))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="weeks"):
        require_sound(Scenario(weeks=True))


def test_lists_where_tuples_are_wanted_are_refused_with_the_place() -> None:
    move = Move(week=1, surfaces=("live",), partners=("saas",), openness=0.0)
    listed = Scenario(policy=Policy(moves=[move]))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"policy\.moves"):
        require_sound(listed)
    season = Scenario(world=World().with_values({"season": [1.0] * 52}))  # type: ignore[dict-item]
    with pytest.raises(Refused, match=r"world\.season"):
        require_sound(season)


def test_too_few_good_orders_to_be_counted_are_none() -> None:
    few = {"viewers": 1.0, "quality_native": 0.0, "remedy": 5e-324}
    with pytest.raises(Refused, match="no order that goes well"):
        simulate(Scenario(weeks=3, world=World().with_values(few)))


def only_fault(scenario: Scenario) -> Fault:
    (fault,) = faults_of(scenario)
    with pytest.raises(Refused):
        require_sound(scenario)
    return fault


@pytest.mark.parametrize("name", [3, None, b"x", "\ud800"])
@pytest.mark.parametrize("act", [encode, write, compare])
def test_a_name_that_no_file_can_hold_is_refused_everywhere(
    name: object, act: Callable[[Scenario], object]
) -> None:
    wrong = Scenario(name=name)  # type: ignore[arg-type]
    assert only_fault(wrong).place == "name"
    with pytest.raises(Refused, match="name"):
        act(wrong)


def test_more_names_than_a_file_may_have_are_refused_everywhere() -> None:
    move = Move(week=1, surfaces=("live",) * 17, partners=("saas",), openness=0.0)
    fault = only_fault(Scenario(policy=Policy(moves=(move,))))
    assert (fault.kind, fault.place) == ("too_many", "policy.moves[0].surfaces")


def test_a_number_of_another_kind_is_named_by_its_kind() -> None:
    world = World().with_values({"evasion": np.float32(0.3)})
    assert "float32" in str(only_fault(Scenario(world=world)))
    world = World().with_values({"notice_weeks": np.int64(3)})
    assert "int64" in str(only_fault(Scenario(world=world)))


def test_what_was_got_differs_from_the_bound_that_it_breaks() -> None:
    world = World().with_values({"evasion": 1.0000000000001})
    assert "got 1.0000000000001." in str(only_fault(Scenario(world=world)))


@pytest.mark.parametrize("conversion", np.linspace(0.01, 0.3, 30).tolist())
def test_the_bound_that_is_said_can_be_typed_in(conversion: float) -> None:
    split = World().demand.conversion
    world = World().with_values({"conversion": (conversion,) * len(split), "diversion": 0.0})
    faults = faults_of_status(world, calibrate.DIVERSION_RANGE)
    (fault,) = faults
    said = float(str(fault.facts["low"]))
    low, _ = diversion_bounds(conversion, world.demand.closed_share[0])
    assert low <= said <= low * 1.001 + 1e-12
