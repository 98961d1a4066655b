"""What is on the page of a scenario, in the bytes that the browser gets: made once, sent both ways.

A live answer is what the page then commits to, so that the second of both finds it made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sim.scenario import Scenario
from sim.text import words_of
from sim.ui.chart_grid.grid import grid_bytes
from sim.ui.link import tag_of
from sim.ui.results import Results, grid_words
from sim.ui.simulation import compared
from sim.ui.visit import Look
from sim.ui.worlds import known_worlds

# One is some 300 KB.
_REMEMBERED: Final = 64


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Outcomes (HTML) and charts (what :func:`~sim.ui.chart_grid.grid.grid_bytes` gives).

    ``fresh`` says that what worlds say is of this very scenario.
    """

    outcomes: str
    grid: bytes
    fresh: bool


def drawn(
    scenario: Scenario, *, look: Look, language: str, before: Iterable[Scenario | None]
) -> Drawn:
    """What the page shows of a scenario.

    Parameters
    ----------
    before
        Scenarios whose worlds may stand, faint, where those of the scenario are not known yet; the
        first that is known.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    """
    fanned = fanned_of(scenario, before)
    return _drawn(scenario, look, language, fanned)


def fanned_of(scenario: Scenario, before: Iterable[Scenario | None]) -> Scenario | None:
    """The scenario whose worlds are drawn: the first that is known, its own before all others."""
    return next((each for each in (scenario, *before) if each and known_worlds(each)), None)


def results_of(
    scenario: Scenario, *, look: Look, language: str, fanned: Scenario | None
) -> Results:
    """The results of a scenario, with the worlds of ``fanned`` if they are still known."""
    return Results(
        comparison=compared(scenario),
        look=look,
        words=words_of(language),
        worlds=known_worlds(fanned) if fanned else None,
        fresh=fanned == scenario,
    )


@lru_cache(maxsize=_REMEMBERED)
def _drawn(scenario: Scenario, look: Look, language: str, fanned: Scenario | None) -> Drawn:
    results = results_of(scenario, look=look, language=language, fanned=fanned)
    words = results.words
    grid = grid_bytes(results.panels(), words=grid_words(words), language=tag_of(language))
    return Drawn(outcomes=results.outcomes(), grid=grid, fresh=results.fresh)
