"""What is run, and what is written to a file or a link: one check, so that all refuse the same."""

from sim.cases.catalogue import case_faults
from sim.errors import Fault, Refused, UnknownCase
from sim.scenario import Scenario, require_sound


def require_accepted(scenario: Scenario) -> None:
    """Refuse a scenario that no file or link could bring back.

    Raises
    ------
    Refused
        With all that is wrong at once, an unknown case included.
    UnknownCase
        If nothing else is wrong.
    """
    faults: tuple[Fault, ...] = ()
    try:
        require_sound(scenario)
    except Refused as refused:
        faults = refused.faults
    named = getattr(scenario, "case", None)
    strange = case_faults(named) if isinstance(named, str) else ()
    if faults:
        raise Refused((*strange, *faults))
    if strange:
        raise UnknownCase(strange)
