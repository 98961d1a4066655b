"""Work that follows every change of a visitor, one at a time: each has one wish, the latest.

No Streamlit here. Who moves levers faster than the server computes has the work of the last change
done and none of those before; whose turn it is goes round among the visitors.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(kw_only=True, eq=False)
class Wish(Generic[T]):
    """What one visitor wants done; ``ended`` is set as well when a later wish took its place.

    ``alone`` says that nobody else waited when it was made.
    """

    wanted: T
    alone: bool
    ended: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None


class Wishes(Generic[T]):
    """The wishes of all visitors, done in their order in a thread of its own."""

    def __init__(self, work: Callable[[T], object]) -> None:
        self._work = work
        self._waiting: OrderedDict[str, Wish[T]] = OrderedDict()
        self._running: tuple[str, Wish[T]] | None = None
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="wishes")

    def want(self, visitor: str, wanted: T) -> Wish[T]:
        """The wish of a visitor, in the place of the one that still waits, if any."""
        with self._lock:
            if self._running and self._running[0] == visitor and self._running[1].wanted == wanted:
                return self._running[1]
            before = self._waiting.get(visitor)
            if before is not None and before.wanted == wanted:
                return before
            wish = self._waiting[visitor] = Wish(wanted=wanted, alone=self._is_alone(visitor))
        if before is not None:
            before.ended.set()
        else:
            self._thread.submit(self._next)
        return wish

    def _is_alone(self, visitor: str) -> bool:
        others = {*self._waiting, *([self._running[0]] if self._running else ())}
        return others <= {visitor}

    def _next(self) -> None:
        with self._lock:
            visitor, wish = self._waiting.popitem(last=False)
            self._running = (visitor, wish)
        try:
            self._work(wish.wanted)
        except Exception as error:
            wish.error = error
        finally:
            with self._lock:
                self._running = None
            wish.ended.set()
