"""Work that follows every change of a visitor, one at a time: each has one wish, the latest.

No Streamlit here. Who moves levers faster than the server computes has the work of the last change
done and none of those before; whose turn it is goes round among the visitors. A wish in whose place
a later one came is dropped, in the middle of its work if need be.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from sim.errors import Cancelled

T = TypeVar("T")
# Visitors with a wish that waits; who comes when there are so many asks again later.
_MOST_WAITING: Final = 256


@dataclass(kw_only=True, eq=False)
class Wish(Generic[T]):
    """What one visitor wants done; ``ended`` is set as well when a later wish took its place.

    ``alone`` says that nobody waited for anything else when it was made, ``dropped`` that nobody waits
    any more.
    """

    wanted: T
    alone: bool
    ended: threading.Event = field(default_factory=threading.Event)
    dropped: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None
    _told: list[Callable[[], None]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def end(self) -> None:
        """Tell whoever waits for it."""
        with self._lock:
            self.ended.set()
            told, self._told = self._told, []
        for tell in told:
            tell()

    def when_ended(self, tell: Callable[[], None]) -> None:
        """Call back at its end, from another thread, or at once if that was before."""
        with self._lock:
            if not self.ended.is_set():
                self._told.append(tell)
                return
        tell()


class Wishes(Generic[T]):
    """The wishes of all visitors, done in their order in a thread of its own.

    ``work`` gets a wish, and may raise :class:`~sim.errors.Cancelled` where that is ``dropped``.
    """

    def __init__(self, work: Callable[[Wish[T]], object]) -> None:
        self._work = work
        self._waiting: OrderedDict[str, Wish[T]] = OrderedDict()
        self._running: tuple[str, Wish[T]] | None = None
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="wishes")

    def want(self, visitor: str, wanted: T) -> Wish[T]:
        """The wish of a visitor, in the place of the one that still waits or is being done, if any."""
        with self._lock:
            running = self._running[1] if self._running and self._running[0] == visitor else None
            if running is not None and running.wanted == wanted and not running.dropped.is_set():
                return running
            before = self._waiting.get(visitor)
            if before is not None and before.wanted == wanted:
                return before
            wish = Wish(wanted=wanted, alone=self._is_alone(visitor, wanted))
            if before is None and len(self._waiting) >= _MOST_WAITING:
                wish.end()
                return wish
            self._waiting[visitor] = wish
        if running is not None:
            running.dropped.set()
        if before is not None:
            before.end()
        else:
            self._thread.submit(self._next)
        return wish

    @property
    def are_none(self) -> bool:
        """Whether nobody waits for anything."""
        with self._lock:
            return not self._under_way()

    def drop(self, visitor: str, wish: Wish[T]) -> None:
        """Let go of a wish; another one of the same visitor stays."""
        wish.dropped.set()
        with self._lock:
            if self._waiting.get(visitor) is not wish:
                return
        wish.end()

    def _under_way(self) -> list[tuple[str, Wish[T]]]:
        """What waits or is being done, and whose it is."""
        return [*self._waiting.items(), *([self._running] if self._running else ())]

    def _is_alone(self, visitor: str, wanted: T) -> bool:
        return all(other == visitor or wish.wanted == wanted for other, wish in self._under_way())

    def _next(self) -> None:
        with self._lock:
            visitor, wish = self._waiting.popitem(last=False)
            self._running = (visitor, wish)
        try:
            if not wish.dropped.is_set():
                self._work(wish)
        except Cancelled:
            pass
        except Exception as error:
            wish.error = error
        finally:
            with self._lock:
                self._running = None
            wish.end()
