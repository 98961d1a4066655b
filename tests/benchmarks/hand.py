"""What a hand does to the levers of a page, in the order in which ``live.js`` tells the server.

Every change is a question at once. When the hand has rested for as long as the server asks for, all
that the page does not know of is committed together; some time after that worlds are asked for, until
the next change.
"""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, Final

from sim.documents.token import decode
from sim.places import with_value
from sim.scenario import Scenario
from sim.ui.link import first_scenario, token_of
from sim.ui.rows.edits import Edit
from tests.benchmarks.visitor import LOOK, Asker, VisitFailedError, Visitor

OFF: Final = 0.3
QUIET: Final = 0.2


class Hand:
    """The hand of one visitor; ``committed`` and ``fanned`` are told seconds from the last change."""

    def __init__(
        self,
        visitor: Visitor,
        url: str,
        *,
        committed: Callable[[float], None],
        fanned: Callable[[float], None],
    ) -> None:
        self._visitor = visitor
        self._asker, self._fan = Asker(url), Asker(url)
        self._committed, self._fanned = committed, fanned
        # By place: the number shown, and the number of the change.
        self._unheard: dict[str, tuple[float, int]] = {}
        self._number = 0
        self._moved_at = 0.0
        self._resting: asyncio.Task[None] | None = None
        self._committing = asyncio.Lock()
        token = visitor.state.get("s")
        self.scenario: Scenario = decode(token).scenario if token else first_scenario()

    async def move(self, place: str, shown: float, due: float) -> float:
        """Move a lever that was due to be moved; seconds until its figures were there."""
        self._let_be()
        self._number, self._moved_at = self._number + 1, due
        self._unheard.pop(place, None)
        self._unheard[place] = (shown, self._number)
        value = Edit(place=place, shown=shown).value(self.scenario, self._language)
        self.scenario = with_value(self.scenario, place, value)
        status, fields, body = await self._asker.ask(self._question(edits=self._edits))
        if status != 200:
            raise VisitFailedError(f"a question was answered {status}: {body[:80]!r}")
        quiet = float(fields.get("sim-quiet", QUIET * 1000)) / 1000
        self._resting = asyncio.create_task(self._rest(quiet))
        return time.perf_counter() - due

    async def leave(self) -> None:
        """Wait until the page knows of everything, and see that nothing was lost."""
        try:
            if self._resting:
                await self._resting
            stands_at = self._visitor.state.get("s")
            if stands_at != token_of(self.scenario):
                raise VisitFailedError(f"the page stands at {stands_at}, the hand elsewhere")
        finally:
            self._asker.close()
            self._fan.close()

    @property
    def _language(self) -> str:
        return str(self._visitor.state["language"])

    @property
    def _edits(self) -> list[tuple[str, float]]:
        return [(place, shown) for place, (shown, _) in self._unheard.items()]

    def _question(self, **more: Any) -> dict[str, Any]:
        state = self._visitor.state
        told = {name: state.get(name) for name in ("s", "language", "worldsOf")}
        return {**told, "look": LOOK, **more}

    def _let_be(self) -> None:
        """A new change: what has not been let go of stays in the hand, and nobody waits for worlds."""
        if self._resting and not self._committing.locked():
            self._resting.cancel()
        self._resting = None
        self._fan.close()

    async def _rest(self, quiet: float) -> None:
        await asyncio.sleep(quiet)
        async with self._committing:
            number = self._number
            if self._unheard:
                await self._visitor.commit(self._edits, number)
                self._committed(time.perf_counter() - self._moved_at)
            for place, (_, made) in list(self._unheard.items()):
                if made <= number:
                    del self._unheard[place]
        if self._resting is asyncio.current_task():
            await self._ask_for_worlds()

    async def _ask_for_worlds(self) -> None:
        await asyncio.sleep(OFF)
        while not self._visitor.state.get("fresh") and not self._unheard:
            try:
                question = self._question(edits=[], visitor=f"{id(self):x}")
                status, _, body = await self._fan.ask(question)
            except (OSError, asyncio.IncompleteReadError):
                return
            if status == 200 and json.loads(body)["fresh"]:
                self._fanned(time.perf_counter() - self._moved_at)
                return
            await asyncio.sleep(2)
