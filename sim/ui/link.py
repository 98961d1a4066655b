"""A scenario as the token of the page's address; the clean address is the first case."""

from functools import lru_cache
from typing import Final

from sim.cases.catalogue import case, case_ids
from sim.documents.token import encode
from sim.scenario import Scenario
from sim.ui.simulation import compared

_LANGUAGE_TAGS: Final = {"zh": "zh-CN", "en": "en"}


def tag_of(language: str) -> str:
    """The language tag that a browser wants: ``zh-CN`` or ``en``."""
    return _LANGUAGE_TAGS[language]


def first_scenario() -> Scenario:
    """Where a visit without a link begins: the clean address."""
    return case(case_ids()[0]).scenario


def require_shown(scenario: Scenario) -> None:
    """Refuse what the page cannot show: no result, or no address that carries it.

    Raises
    ------
    Refused
        If the scenario cannot be run, or does not fit in a link.
    """
    compared(scenario)
    token_of(scenario)


@lru_cache(maxsize=1024)
def token_of(scenario: Scenario) -> str | None:
    """The token of a scenario; None for the one that has a clean address.

    Raises
    ------
    Refused
        If it does not fit in a link, which the page lets nobody come to.
    """
    return None if scenario == first_scenario() else encode(scenario)
