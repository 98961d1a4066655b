"""Long work beside the page: in a thread of its own, once for all who ask, kept when it is done.

No Streamlit here. A job is known by a key that says everything its result hangs on; who asks for the
same gets the same job, also after having left the page. Jobs wait for each other, because each takes
all cores; so many may wait and no more, and so many of one visitor's.
"""

import logging
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sim.analyses.progress import Tick
from sim.errors import Cancelled, ClosedLoopError
from sim.ui.hosting.settings import Limits, limits

_LOG: Final = logging.getLogger(__name__)
State = Literal["waiting", "running", "done", "failed", "cancelled", "late"]
# Whose queue is full: everybody's, or the visitor's own.
Full = Literal["server", "visitor"]
# Results that are kept, the last ones asked for.
_REMEMBERED: Final = 48
# A question that takes longer than this on the page is one for the command line.
BUDGET: Final = 180.0
_AT_ONCE: Final = 1


class QueueFullError(ClosedLoopError):
    """A job that was not taken on; ``whose`` says which queue is full."""

    def __init__(self, whose: Full) -> None:
        self.whose: Full = whose
        super().__init__(f"too many jobs wait ({whose})")


@dataclass(kw_only=True, eq=False)
class Job:
    """One piece of work: where it stands, and what came of it.

    ``error`` is what stopped it, where it failed; anything that is no :class:`ClosedLoopError` has
    been logged and stands here without its text. ``followers`` are the visitors who want it, and
    ``left`` those who do not want it any more; ``payer`` is whose waiting jobs it counts among.
    """

    work: Callable[[Tick], Any]
    payer: str = ""
    budget: float = BUDGET
    followers: set[str] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    state: State = "waiting"
    done: int = 0
    total: int = 0
    begun: float | None = None
    late: bool = False
    result: Any = None
    error: ClosedLoopError | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def tick(self, done: int, total: int) -> None:
        """Note how far it is; stop where nobody wants it any more or the time is up."""
        self.done, self.total = done, total
        if self.stop.is_set():
            raise Cancelled("cancelled")
        if self.begun is not None and time.monotonic() - self.begun > self.budget:
            self.late = True
            raise Cancelled(f"not finished within {self.budget:g} s")

    def cancel(self) -> None:
        """Stop at the next tick, or before it begins."""
        self.stop.set()

    def is_wanted(self) -> bool:
        """Whether it is, or will be, an answer."""
        return self.state in {"waiting", "running", "done"} and not self.stop.is_set()

    def follow(self, visitor: str) -> None:
        """Count a visitor among those who want it."""
        self.left.discard(visitor)
        self.followers.add(visitor)

    def leave(self, visitor: str) -> None:
        """Count a visitor out; it stops where that was the last."""
        self.left.add(visitor)
        self.followers.discard(visitor)
        if not self.followers:
            self.cancel()

    @property
    def share(self) -> float:
        """How much is done, in [0, 1]."""
        return self.done / self.total if self.total else 0.0

    def seconds_left(self) -> float | None:
        """About how long it will still take; None while that cannot be told."""
        if self.begun is None or not self.done:
            return None
        return (time.monotonic() - self.begun) * (self.total - self.done) / self.done

    def run(self) -> None:
        """Do it, in whatever thread this is."""
        self.begun, self.state = time.monotonic(), "running"
        try:
            self.tick(0, 1)
            self.result = self.work(self.tick)
            self.state = "done"
        except Cancelled:
            self.state = "late" if self.late else "cancelled"
        except ClosedLoopError as error:
            self.error, self.state = error, "failed"
        except Exception:
            _LOG.exception("a job failed")
            self.state = "failed"
        finally:
            self.ended.set()


class Jobs:
    """Every job of this server, by its key."""

    def __init__(self, allowed: Callable[[], Limits] = limits) -> None:
        self._allowed = allowed
        self._held: OrderedDict[Hashable, Job] = OrderedDict()
        self._ended: Counter[str] = Counter()
        self._turned_away: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="job")

    def find(self, key: Hashable) -> Job | None:
        """The job of a key, if it was asked for and is still kept."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def start(
        self,
        key: Hashable,
        work: Callable[[Tick], Any],
        *,
        budget: float = BUDGET,
        visitor: str = "",
        payer: str = "",
    ) -> Job:
        """The job of a key: the one that is there, unless it was stopped or failed.

        ``visitor`` follows it; ``payer``, who may have several tabs, is whose budget it takes.

        Raises
        ------
        QueueFullError
            If it would be a new one, and as many as may wait do.
        """
        with self._lock:
            job = self._held.get(key)
            if job is not None and job.is_wanted():
                job.follow(visitor)
                return job
            whose = payer or visitor
            self._require_room(whose)
            job = self._held[key] = Job(work=work, budget=budget, payer=whose)
            job.follow(visitor)
            self._held.move_to_end(key)
            self._forget()
        self._threads.submit(self._run, job)
        return job

    def _require_room(self, payer: str) -> None:
        """The first to come always finds room: it does not wait."""
        waiting = [job for job in self._held.values() if job.state == "waiting"]
        allowed = self._allowed()
        whose: Full | None = None
        own = sum(job.payer == payer for job in waiting) if payer else 0
        if own >= allowed.waiting_each:
            whose = "visitor"
        elif len(waiting) >= allowed.waiting:
            whose = "server"
        if whose:
            self._turned_away[whose] += 1
            raise QueueFullError(whose)

    def _run(self, job: Job) -> None:
        job.run()
        with self._lock:
            self._ended[job.state] += 1

    def numbers(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """Jobs by state as they stand; by how they ended, since the start; turned away, by whose."""
        with self._lock:
            standing = Counter[str](job.state for job in self._held.values())
            return standing, self._ended.copy(), self._turned_away.copy()

    def forget(self, key: Hashable) -> None:
        """Let go of what was stopped or failed."""
        with self._lock:
            self._held.pop(key, None)

    def ahead(self, job: Job) -> int:
        """How many jobs come before one that waits."""
        with self._lock:
            order = [each for each in self._held.values() if each.state in {"waiting", "running"}]
        return order.index(job) if job in order else 0

    def _forget(self) -> None:
        for key in list(self._held)[: max(len(self._held) - _REMEMBERED, 0)]:
            if self._held[key].ended.is_set():
                del self._held[key]


JOBS: Final = Jobs()
