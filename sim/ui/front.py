"""What visitors wait for right now, and work beside it that makes way.

No Streamlit here. Answers to levers and runs of the page stand in front; whatever is computed for
later, such as fans of worlds, asks before each of its pieces whether it may go on.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from sim.engine.threads import may_go_on


class Front:
    """Counts what is being waited for; a thread that is in front twice counts once."""

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._count = 0
        self._left_at = float("-inf")
        self._own = threading.local()

    @property
    def count(self) -> int:
        """How many threads do what somebody waits for."""
        return self._count

    def entered(self) -> AbstractContextManager[None]:
        """Count this thread among those that do what a visitor waits for."""
        return self._at(self._depth + 1)

    def stepped_back(self) -> AbstractContextManager[None]:
        """Count this thread out while it waits for work beside, which must not make way for it."""
        return self._at(0)

    @property
    def _depth(self) -> int:
        """How many times over this thread is in front."""
        return getattr(self._own, "depth", 0)

    @contextmanager
    def _at(self, depth: int) -> Iterator[None]:
        before = self._depth
        change = bool(depth) - bool(before)
        self._own.depth = depth
        self._add(change)
        try:
            yield
        finally:
            self._own.depth = before
            self._add(-change)

    def make_way(self, patience: float, *, rest: float = 0.0) -> None:
        """Wait until nobody has been in front for ``rest`` seconds, ``patience`` seconds at most."""
        end = time.monotonic() + patience
        with self._free:
            while (now := time.monotonic()) < end:
                calm = now - self._left_at
                if not self._count and calm >= rest:
                    return
                self._free.wait(end - now if self._count else min(end - now, rest - calm))

    @contextmanager
    def beside(
        self, patience: float, *, wanted: Callable[[], bool] = lambda: True
    ) -> Iterator[None]:
        """Batches of worlds that are begun here make way before each chunk, ``patience`` seconds at most.

        They are cancelled as soon as they are not ``wanted`` any more.
        """

        def ask() -> bool:
            if wanted():
                self.make_way(patience)
            return wanted()

        token = may_go_on.set(ask)
        try:
            yield
        finally:
            may_go_on.reset(token)

    def _add(self, change: int) -> None:
        if not change:
            return
        with self._free:
            self._count += change
            if not self._count:
                self._left_at = time.monotonic()
                self._free.notify_all()


FRONT: Final = Front()
