"""What many worlds say of the scenarios on the page: computed once, shared by all visitors."""

import threading
from collections import OrderedDict
from dataclasses import replace
from typing import Final

from sim.analyses.montecarlo import MonteCarlo, montecarlo
from sim.scenario import Scenario

# So many worlds follow every change without a button; more are for the page of decisions.
MOST_WORLDS: Final = 2048
# One is some 700 KB.
_REMEMBERED: Final = 64

_found: Final[OrderedDict[Scenario, MonteCarlo]] = OrderedDict()
_held: Final = threading.Lock()
# A batch takes all cores: one at a time, and who asks for the same finds it done.
_computing: Final = threading.Lock()


def _of_page(scenario: Scenario) -> Scenario:
    """What the worlds hang on, and no more of them than follow a lever."""
    sampling = replace(scenario.sampling, worlds=min(scenario.sampling.worlds, MOST_WORLDS))
    return replace(scenario, name="", note="", case=None, sampling=sampling)


def known_worlds(scenario: Scenario) -> MonteCarlo | None:
    """What worlds say of a scenario if that has been computed; never waits."""
    key = _of_page(scenario)
    with _held:
        if key in _found:
            _found.move_to_end(key)
        return _found.get(key)


def worlds_held() -> int:
    """Of how many scenarios the worlds are known."""
    with _held:
        return len(_found)


def worlds_of(scenario: Scenario) -> MonteCarlo:
    """What worlds say of a scenario, computed if it is not known yet: a tenth of a second or two.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    """
    with _computing:
        known = known_worlds(scenario)
        if known is not None:
            return known
        key = _of_page(scenario)
        found = montecarlo(key)
        with _held:
            _found[key] = found
            while len(_found) > _REMEMBERED:
                _found.popitem(last=False)
        return found
