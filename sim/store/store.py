"""The library as pages see it: every call says who asks, and is let in or refused before anything else.

``Refused`` says what is wrong with what was given; ``NotFound`` covers what is not there and what one
is not shown; ``StoreUnavailable`` says that nothing was changed, and why.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sim.store.address import library_url
from sim.store.calls import Calls
from sim.store.database import Database, database
from sim.store.limits import Limits, limits_set
from sim.store.migrate import bring_up_to_date
from sim.store.round_calls import RoundCalls
from sim.store.scenario_calls import ScenarioCalls
from sim.store.sharing_calls import SharingCalls


def clock() -> int:
    """Microseconds since 1970, UTC."""
    return time.time_ns() // 1000


@dataclass(frozen=True, kw_only=True)
class Store:
    """A library, safe for threads: its scenarios, how they are shared, and the rounds on them."""

    database: Database
    scenarios: ScenarioCalls
    sharing: SharingCalls
    rounds: RoundCalls

    def close(self) -> None:
        """Give back the connections."""
        self.database.close()


def open_store(
    url: str | None = None,
    *,
    limits: Limits | None = None,
    now: Callable[[], int] = clock,
) -> Store:
    """The library at an address (see :func:`sim.store.address.library_url`), its tables up to date.

    Without ``limits`` those of the machine hold (:func:`sim.store.limits.limits_set`).

    Raises
    ------
    Refused
        If the address or a limit is none, or the driver is not installed.
    StoreUnavailable
        If the database does not answer, cannot write, or is of a newer version of this program.
    """
    within = limits or limits_set()
    found = database(library_url(url))
    try:
        bring_up_to_date(found)
    except BaseException:
        found.close()
        raise
    calls = Calls(database=found, limits=within, now=now)
    return Store(
        database=found,
        scenarios=ScenarioCalls(calls=calls),
        sharing=SharingCalls(calls=calls),
        rounds=RoundCalls(calls=calls),
    )
