import pytest

from sim.errors import Refused
from sim.scenario import Scenario, faults_of, require_sound
from sim.world import World


def test_a_number_too_large_to_print_is_a_fault_and_no_traceback() -> None:
    huge = Scenario(world=World().with_values({"gmv": 10**400}))
    (fault,) = faults_of(huge)
    assert fault.kind == "out_of_range"
    assert "world.gmv" in str(fault)
    with pytest.raises(Refused):
        require_sound(huge)
