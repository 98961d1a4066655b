"""What many worlds say of the scenarios on the page: computed once, shared by all visitors."""

import threading
from collections import OrderedDict
from dataclasses import replace
from typing import Final

from sim.analyses.montecarlo import MonteCarlo, montecarlo
from sim.scenario import Scenario
from sim.ui.front import FRONT
from sim.ui.wishes import Wish, Wishes

# So many worlds follow every change without a button; more are for the page of decisions.
MOST_WORLDS: Final = 2048
# One is some 700 KB.
_REMEMBERED: Final = 64

# Who opens the page and is not alone waits so long and then goes on without: figures come before
# their fans.
_BRIEFLY: Final = 0.1
_LONGEST: Final = 60.0
# Who wishes for what nobody has asked for yet.
_AHEAD: Final = "ahead"
# So long each chunk of a fan lets others go first. A fan has some thirty, so that a server with always
# something to do still comes to the end of one within half a minute.
_MAKES_WAY: Final = 1.0

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
    with FRONT.stepped_back(), _computing:
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


def _beside(wish: Wish[Scenario]) -> None:
    """The worlds of a wish, while nobody waits for something else."""
    with FRONT.beside(_MAKES_WAY, wanted=lambda: not wish.dropped.is_set()):
        worlds_of(wish.wanted)


_wishes: Final = Wishes(_beside)


def wish_for(scenario: Scenario, visitor: str) -> Wish[Scenario]:
    """The wish of a visitor for the worlds of a scenario; it ends when they are known."""
    return _wishes.want(visitor, _of_page(scenario))


def compute_ahead(scenario: Scenario) -> None:
    """Begin with worlds that somebody is going to want, if nobody waits for any now."""
    if known_worlds(scenario) is None and _wishes.are_none:
        _wishes.want(_AHEAD, _of_page(scenario))


def drop_wish(visitor: str, wish: Wish[Scenario]) -> None:
    """The visitor does not wait any more."""
    _wishes.drop(visitor, wish)


def worlds_soon(scenario: Scenario, visitor: str, *, waits: bool) -> MonteCarlo | None:
    """What worlds say of a scenario, or None where that is still to be computed.

    Whoever gets None asks again later; what was asked for last is computed meanwhile.

    Parameters
    ----------
    waits
        Until it is known, unless others wait for theirs.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    """
    known = known_worlds(scenario)
    if known is not None:
        return known
    wish = wish_for(scenario, visitor)
    if waits:
        with FRONT.stepped_back():
            wish.ended.wait(_LONGEST if wish.alone else _BRIEFLY)
    if wish.error is not None:
        raise wish.error
    return known_worlds(scenario)
