"""Runs for the page: remembered by scenario, shared by all visitors, compiled before the first."""

import logging
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from sim.analyses.compare import Comparison, compare
from sim.scenario import Scenario

_LOG: Final = logging.getLogger(__name__)
# One comparison of two years is some 60 KB.
_REMEMBERED: Final = 256


@lru_cache(maxsize=_REMEMBERED)
def compared(scenario: Scenario) -> Comparison:
    """A scenario beside the same world without its policy.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    """
    return compare(scenario)


class WarmUp:
    """Does the first work, and so compiles the engine, in a thread of its own, once a server."""

    def __init__(
        self, work: Callable[[], object], *, after: Callable[[], None] = lambda: None
    ) -> None:
        self._work = work
        self._after = after
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warm-up", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        begin = time.perf_counter()
        try:
            self._work()
            self._after()
        except Exception:
            # The page will meet the same error, and tell it.
            _LOG.exception("the engine could not be warmed up")
        finally:
            self._done.set()
            _LOG.info("engine ready after %.1f s", time.perf_counter() - begin)

    @property
    def ready(self) -> bool:
        """Whether runs are fast now."""
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until runs are fast; whether they are."""
        return self._done.wait(seconds)
