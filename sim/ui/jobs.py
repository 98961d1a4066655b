"""Long work beside the page: in a thread of its own, once for all who ask, kept when it is done.

No Streamlit here. A job is known by a key that says everything its result hangs on; who asks for the
same gets the same job, also after having left the page. Jobs wait for each other, because each takes
all cores.
"""

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from sim.analyses.progress import Tick
from sim.errors import Cancelled, ClosedLoopError

_LOG: Final = logging.getLogger(__name__)
State = Literal["waiting", "running", "done", "failed", "cancelled", "late"]
# Results that are kept, the last ones asked for.
_REMEMBERED: Final = 48
# A question that takes longer than this on the page is one for the command line.
BUDGET: Final = 180.0
_AT_ONCE: Final = 1


@dataclass(kw_only=True, eq=False)
class Job:
    """One piece of work: where it stands, and what came of it.

    ``error`` is what stopped it, where it failed; anything that is no :class:`ClosedLoopError` has
    been logged and stands here without its text.
    """

    work: Callable[[Tick], Any]
    budget: float = BUDGET
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

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="job")

    def find(self, key: Hashable) -> Job | None:
        """The job of a key, if it was asked for and is still kept."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def start(self, key: Hashable, work: Callable[[Tick], Any], *, budget: float = BUDGET) -> Job:
        """The job of a key: the one that is there, unless it was stopped or failed."""
        with self._lock:
            held = self._held.get(key)
            if held is not None and held.state in {"waiting", "running", "done"}:
                return held
            job = self._held[key] = Job(work=work, budget=budget)
            self._held.move_to_end(key)
            self._forget()
        self._threads.submit(job.run)
        return job

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
