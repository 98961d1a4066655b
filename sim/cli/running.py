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
# Seconds between two looks at who works on a cluster, and without anybody until it counts as lost.
_LOOK: Final = 2.0
_DESERTED: Final = 30.0


@dataclass(kw_only=True)
class Running:
    """Where blocks run, and who is told how far they are.

    ``budget`` is in seconds, None for as long as it takes; ``workers`` counts who works on a cluster.
    """

    executor: Executor | None = None
    workers: Callable[[], int] | None = None
    looked: float = field(default_factory=time.monotonic)
    peopled: float = field(default_factory=time.monotonic)
    budget: float | None = None
    begun: float = field(default_factory=time.monotonic)
    shown: float = 0.0

    def tick(self, done: int, total: int) -> None:
        """A line of progress on a terminal; the end, where the time is up or nobody works."""
        now = time.monotonic()
        if self.budget is not None and now - self.begun > self.budget:
            raise Cancelled(f"not finished within {self.budget:g} s: {done} of {total} parts done")
        self._look(now)
        if sys.stderr is None or not sys.stderr.isatty() or now - self.shown < _PAUSE:
            return
        self.shown = now
        spent = now - self.begun
        left = f", about {spent * (total - done) / done:.0f} s left" if done else ""
        print(f"\r{100 * done // max(total, 1):3d} %{left}   ", end="", file=sys.stderr, flush=True)

    def _look(self, now: float) -> None:
        """See whether anybody works on the cluster; without workers its blocks would wait for ever."""
        if self.workers is None or now - self.looked < _LOOK:
            return
        self.looked = now
        try:
            self.peopled = now if self.workers() else self.peopled
        except OSError as error:
            raise ExecutorLost((), f"{type(error).__name__}: {error}") from error
        if now - self.peopled > _DESERTED:
            raise ExecutorLost((), f"no worker was there for {now - self.peopled:.0f} s")

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
            workers=lambda: len(client.scheduler_info()["workers"]),
        )
    finally:
        client.close()


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
