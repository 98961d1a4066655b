"""The answer to a question: what the main area would show, or that it cannot be."""

import json

from sim.errors import Refused
from sim.text import words_of
from sim.ui.chart_grid.grid import grid_bytes
from sim.ui.link import tag_of
from sim.ui.live.question import Question
from sim.ui.results import Results, grid_words
from sim.ui.simulation import compared
from sim.ui.worlds import known_worlds

REFUSED = b'{"refused":true}'


def answer(question: Question) -> bytes:
    """JSON with ``outcomes`` (HTML) and ``grid`` (the payload of the chart grid), or ``refused``.

    Why a value is refused is said by the page, when the change is committed.

    Raises
    ------
    ValueError
        If an edit is not to a number of the scenario.
    """
    try:
        base, scenario = question.base(), question.scenario()
        comparison = compared(scenario)
    except Refused:
        return REFUSED
    words = words_of(question.language)
    results = Results(
        comparison=comparison,
        look=question.look,
        words=words,
        # Worlds are not waited for: those of the page stay, faint, until the lever is let go.
        worlds=known_worlds(scenario) or known_worlds(base),
        fresh=known_worlds(scenario) is not None,
    )
    grid = grid_bytes(results.panels(), words=grid_words(words), language=tag_of(question.language))
    outcomes = json.dumps(results.outcomes(), ensure_ascii=False)
    return b"".join((b'{"outcomes":', outcomes.encode(), b',"grid":', grid, b"}"))
