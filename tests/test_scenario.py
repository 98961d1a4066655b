import pytest

from sim.analyses.compare import simulate
from sim.errors import Refused
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
