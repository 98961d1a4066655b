"""What long work needs from the command line: an executor, a line of progress, a time budget."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from sim.errors import Cancelled, ExecutorLost, Fault, Refused

# Seconds between two lines of progress.
_PAUSE: Final = 0.2
# Seconds between two looks at who works on a cluster, and without anybody until it counts as lost: a
# worker that was killed and started anew may leave a block waiting for ever.
_LOOK: Final = 2.0
_DESERTED: Final = 30.0


@dataclass(kw_only=True)
class Running:
    """Where blocks run, and who is told how far they are.

    ``budget`` is in seconds, None for as long as it takes; ``at_work`` counts what a cluster works on.
    """

    executor: Executor | None = None
    at_work: Callable[[], int] | None = None
    done: int = 0
    looked: float = field(default_factory=time.monotonic)
    alive: float = field(default_factory=time.monotonic)
    budget: float | None = None
    begun: float = field(default_factory=time.monotonic)
    shown: float = 0.0

    def tick(self, done: int, total: int) -> None:
        """A line of progress on a terminal; the end, where the time is up or nobody works."""
        now = time.monotonic()
        if self.budget is not None and now - self.begun > self.budget:
            raise Cancelled(f"not finished within {self.budget:g} s: {done} of {total} parts done")
        self._look(now, done)
        if sys.stderr is None or not sys.stderr.isatty() or now - self.shown < _PAUSE:
            return
        self.shown = now
        spent = now - self.begun
        left = f", about {spent * (total - done) / done:.0f} s left" if done else ""
        print(f"\r{100 * done // max(total, 1):3d} %{left}   ", end="", file=sys.stderr, flush=True)

    def _look(self, now: float, done: int) -> None:
        """See whether the cluster goes on: where nobody works, blocks would wait for ever."""
        if self.at_work is None or (done == self.done and now - self.looked < _LOOK):
            return
        self.looked = now
        try:
            goes_on = done != self.done or self.at_work() > 0
        except OSError as error:
            raise ExecutorLost((), f"{type(error).__name__}: {error}") from error
        self.done, self.alive = done, now if goes_on else self.alive
        if now - self.alive > _DESERTED:
            raise ExecutorLost((), f"nobody has worked on it for {now - self.alive:.0f} s")

    def clear(self) -> None:
        """Take the line of progress away again."""
        if self.shown and sys.stderr is not None:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)


def add_running_options(parser: argparse.ArgumentParser) -> None:
    """Options of every analysis."""
    parser.add_argument("--seed", type=int, metavar="N", help="seed of all draws")
    parser.add_argument("--worlds", type=int, metavar="N", help="how many worlds are drawn")
    parser.add_argument("--budget", type=float, metavar="SECONDS", help="give up after so long")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster to run on")


@contextmanager
def running(options: argparse.Namespace) -> Iterator[Running]:
    """The executor that is asked for, closed at the end.

    Raises
    ------
    Refused
        If the cluster cannot be reached, or the extra that talks to it is not installed.
    """
    if options.scheduler is None:
        yield Running(budget=options.budget)
        return
    client = _client(options.scheduler)
    try:
        yield Running(
            executor=client.get_executor(),
            budget=options.budget,
            at_work=lambda: _at_work(client),
        )
    finally:
        client.close()


def _at_work(client: Any) -> int:
    """Tasks that some worker of a cluster is busy with, as of its last heartbeat."""
    workers = client.scheduler_info(n_workers=-1)["workers"].values()
    return sum(each["metrics"].get("task_counts", {}).get("executing", 0) for each in workers)


def _client(address: str) -> Any:
    try:
        from distributed import Client

        return Client(address, timeout="10s", set_as_default=False)
    except ImportError as error:
        reason = "the extra is not installed: pip install 'closed-loop-lab[cluster]'"
        raise _unreachable(address, reason) from error
    except (OSError, ValueError) as error:
        raise _unreachable(address, str(error) or type(error).__name__) from error


def _unreachable(address: str, reason: str) -> Refused:
    return Refused(
        [Fault(kind="unreadable", place=f"--scheduler {address}", facts={"got": reason})]
    )
