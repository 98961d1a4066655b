"""Numbers about this server in the text format of OpenMetrics: ``/metrics``.

Sessions and Streamlit's own caches stand in ``/_stcore/metrics``. No number tells of a visitor.

References
----------
OpenMetrics 1.0, section 4 (text format).
"""

import threading
from collections import Counter
from collections.abc import Iterator
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sim.ui.jobs import JOBS
from sim.ui.server import prepared
from sim.ui.simulation import compared
from sim.ui.worlds import worlds_held

PATH: Final = "/metrics"
_TYPE: Final = "application/openmetrics-text; version=1.0.0; charset=utf-8"
_BOUNDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class LiveAnswers:
    """Live answers that were given: how many of each status, and how long they took (s)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._statuses: Counter[int] = Counter()
        self._within = [0] * len(_BOUNDS)
        self._seconds = 0.0

    def count(self, status: int, seconds: float) -> None:
        """Note one answer."""
        with self._lock:
            self._statuses[status] += 1
            self._seconds += seconds
            for place, bound in enumerate(_BOUNDS):
                self._within[place] += seconds <= bound

    def lines(self) -> Iterator[str]:
        """What a scraper reads."""
        with self._lock:
            statuses, within = dict(self._statuses), tuple(self._within)
            seconds, total = self._seconds, sum(self._statuses.values())
        yield "# TYPE closed_loop_live_answers counter"
        for status, number in sorted(statuses.items()):
            yield f'closed_loop_live_answers_total{{status="{status}"}} {number}'
        yield "# TYPE closed_loop_live_seconds histogram"
        yield "# UNIT closed_loop_live_seconds seconds"
        for bound, number in zip(_BOUNDS, within, strict=True):
            yield f'closed_loop_live_seconds_bucket{{le="{bound}"}} {number}'
        yield f'closed_loop_live_seconds_bucket{{le="+Inf"}} {total}'
        yield f"closed_loop_live_seconds_count {total}"
        yield f"closed_loop_live_seconds_sum {seconds:.6f}"


LIVE: Final = LiveAnswers()


def exposition() -> str:
    """Every number of this server, one a line, as a scraper reads it."""
    return "\n".join((*LIVE.lines(), *_of_jobs(), *_of_memory(), *_of_engine(), "# EOF", ""))


def _of_jobs() -> Iterator[str]:
    standing, ended, turned_away = JOBS.numbers()
    yield "# TYPE closed_loop_jobs gauge"
    for state in ("waiting", "running"):
        yield f'closed_loop_jobs{{state="{state}"}} {standing[state]}'
    yield "# TYPE closed_loop_jobs_ended counter"
    for state in ("done", "failed", "cancelled", "late"):
        yield f'closed_loop_jobs_ended_total{{state="{state}"}} {ended[state]}'
    yield "# TYPE closed_loop_jobs_turned_away counter"
    for reason in ("server", "visitor"):
        yield f'closed_loop_jobs_turned_away_total{{reason="{reason}"}} {turned_away[reason]}'


def _of_memory() -> Iterator[str]:
    info = compared.cache_info()
    yield "# TYPE closed_loop_remembered gauge"
    yield f'closed_loop_remembered{{of="comparisons"}} {info.currsize}'
    yield f'closed_loop_remembered{{of="worlds"}} {worlds_held()}'
    yield "# TYPE closed_loop_comparisons counter"
    yield f'closed_loop_comparisons_total{{found="remembered"}} {info.hits}'
    yield f'closed_loop_comparisons_total{{found="computed"}} {info.misses}'


def _of_engine() -> Iterator[str]:
    yield "# TYPE closed_loop_ready gauge"
    yield f"closed_loop_ready {int(prepared().ready)}"


async def _metrics(_: Request) -> Response:
    return Response(exposition(), headers={"Content-Type": _TYPE, "Cache-Control": "no-store"})


ROUTES: Final = (Route(PATH, _metrics, methods=["GET"]),)
