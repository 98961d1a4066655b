"""What many worlds say of the scenarios on the page: computed once, shared by all visitors."""

import threading
from collections import OrderedDict
from dataclasses import replace
from typing import Final

from sim.analyses.montecarlo import MonteCarlo, montecarlo
from sim.scenario import Scenario
from sim.ui.wishes import Wishes

# So many worlds follow every change without a button; more are for the page of decisions.
MOST_WORLDS: Final = 2048
# One is some 700 KB.
_REMEMBERED: Final = 64

# Who is not alone waits so long and then goes on without: figures come before their fans.
_BRIEFLY: Final = 0.1
_LONGEST: Final = 60.0

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


_wishes: Final = Wishes(worlds_of)


def worlds_soon(scenario: Scenario, visitor: str) -> MonteCarlo | None:
    """What worlds say of a scenario, or None where others are waiting for theirs.

    A visitor alone on the server waits until it is known. Whoever gets None asks again later; what was
    asked for last is computed meanwhile.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    """
    known = known_worlds(scenario)
    if known is not None:
        return known
    wish = _wishes.want(visitor, _of_page(scenario))
    wish.ended.wait(_LONGEST if wish.alone else _BRIEFLY)
    if wish.error is not None:
        raise wish.error
    return known_worlds(scenario)
