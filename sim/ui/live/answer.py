"""The answer to a question: what the main area would show, or that it cannot be."""

from asyncio import Future, get_running_loop
from collections.abc import Callable
from functools import partial

import orjson

from sim.errors import Refused
from sim.ui.drawn import drawn
from sim.ui.front import FRONT
from sim.ui.live.question import Question
from sim.ui.worlds import drop_wish, known_worlds, wish_for

REFUSED = b'{"refused":true}'


def answer(question: Question) -> bytes:
    """JSON with ``outcomes`` (HTML), ``grid`` (the payload of the chart grid) and ``fresh``.

    ``fresh`` says that what worlds say is of this very scenario. Or it is only ``refused``: why a value
    is refused is said by the page, when the change is committed.

    Raises
    ------
    ValueError
        If an edit is not to a number of the scenario.
    """
    with FRONT.entered():
        try:
            base, scenario = question.base(), question.scenario()
            found = drawn(
                scenario,
                look=question.look,
                language=question.language,
                # Worlds are not waited for: those of the page stay, faint, until the lever is let go.
                before=(base, question.fanned()),
            )
        except Refused:
            return REFUSED
    outcomes, fresh = orjson.dumps(found.outcomes), orjson.dumps(found.fresh)
    return b"".join((b'{"outcomes":', outcomes, b',"fresh":', fresh, b',"grid":', found.grid, b"}"))


def worlds_wanted(question: Question) -> tuple["Future[None]", Callable[[], None]]:
    """A future that is done when worlds of the question are known or cannot be, and what drops it.

    Raises
    ------
    Refused, ValueError
        As :func:`answer`.
    """
    loop = get_running_loop()
    ended: Future[None] = loop.create_future()
    scenario = question.scenario()
    if known_worlds(scenario):
        ended.set_result(None)
        return ended, lambda: None
    wish = wish_for(scenario, question.visitor)

    def tell() -> None:
        loop.call_soon_threadsafe(_set, ended)

    wish.when_ended(tell)
    return ended, partial(drop_wish, question.visitor, wish)


def _set(ended: "Future[None]") -> None:
    if not ended.done():
        ended.set_result(None)
