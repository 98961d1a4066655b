"""A scenario as the token of the page's address; the clean address is the first case."""

from functools import lru_cache
from typing import Final

from sim.cases.catalogue import case, case_ids
from sim.documents.token import encode
from sim.scenario import Scenario

_LANGUAGE_TAGS: Final = {"zh": "zh-CN", "en": "en"}


def tag_of(language: str) -> str:
    """The language tag that a browser wants: ``zh-CN`` or ``en``."""
    return _LANGUAGE_TAGS[language]


def first_scenario() -> Scenario:
    """Where a visit without a link begins: the clean address."""
    return case(case_ids()[0]).scenario


@lru_cache(maxsize=1024)
def token_of(scenario: Scenario) -> str | None:
    """The token of a scenario; None for the one that has a clean address."""
    return None if scenario == first_scenario() else encode(scenario)
