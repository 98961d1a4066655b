"""The library of this server, and who is asking: the one door through which pages reach it."""

import logging
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Literal, TypeVar

import streamlit as st

from sim.documents.toml_document import parse
from sim.errors import ClosedLoopError, Conflict, Fault, Refused, StoreUnavailable
from sim.store.people import LOCAL, Person, Role
from sim.store.records import Version
from sim.store.store import Store, open_store
from sim.ui.hosting.login import standing, trust
from sim.ui.identity import EndedLogIns, identity_of, is_over
from sim.ui.link import require_shown
from sim.ui.shelf import Kept, Shelf
from sim.ui.visit import Visit

T = TypeVar("T")
_LOG: Final = logging.getLogger(__name__)
_ENDED: Final = EndedLogIns()

# Nobody has logged in; somebody has; they had, and it is over; they have no name to be relied on.
Who = Literal["guest", "known", "over", "nameless"]


@lru_cache(maxsize=1)
def _opened() -> Store:
    """The library, opened once; a failure is not remembered, so the next call tries again."""
    return open_store()


def login_is_configured() -> bool:
    """Whether visitors of this server are told apart: log-in is set up, be it well or wrongly."""
    return standing() != "none"


def person_of(visit: Visit) -> Person:
    """Who asks: whoever is logged in; without a log-in a guest, or everybody where none is set up."""
    if not login_is_configured():
        return Person(id=LOCAL.id, links=visit.shelf.links)
    return Person(id=known_as() or visit.shelf.guest.id, links=visit.shelf.links)


def participant_of(visit: Visit) -> Person:
    """Who takes part in a round: where nobody logs in, every visitor is somebody else."""
    if login_is_configured():
        return person_of(visit)
    return Person(id=visit.shelf.guest.id, links=visit.shelf.links)


def known_as() -> str | None:
    """The id of whoever is logged in, which others share with; None for a guest."""
    return _identity(_claims()) if who() == "known" else None


def who() -> Who:
    """How this visitor stands to the log-in."""
    claims = _claims()
    if standing() != "ready" or not claims.get("is_logged_in"):
        return "guest"
    if _ENDED.has(claims) or is_over(claims, now=time.time(), hours=trust().hours):
        return "over"
    return "nameless" if _identity(claims) is None else "known"


def end_log_in() -> None:
    """End the log-in of this visitor in all tabs, before Streamlit takes the cookie away."""
    _ENDED.end(_claims())


def _identity(claims: Mapping[str, object]) -> str | None:
    return identity_of(claims, every_address=trust().every_address)


def _claims() -> dict[str, object]:
    """What the provider says of whoever is logged in; Streamlit has looked at its signature."""
    return {str(name): value for name, value in st.user.to_dict().items()}


def asked(
    visit: Visit, call: Callable[[Store, Person], T], *, person: Person | None = None
) -> T | None:
    """What the library answers; None with the reasons kept in ``visit.shelf`` where it does not.

    ``person`` asks if it is not simply :func:`person_of` the visit.
    """
    try:
        return call(_opened(), person or person_of(visit))
    except (Refused, StoreUnavailable, Conflict) as refused:
        _note(visit.shelf, refused)
        return None


def taken_down(visit: Visit, id: str, number: int | None) -> tuple[Version, Kept] | None:
    """A version, and what the visit is to know of it; None with the reasons kept where there is none.

    ``number`` is None for the newest.
    """
    version = asked(visit, lambda store, person: store.scenarios.version(person, id, number))
    if version is None:
        return None
    entry = asked(visit, lambda store, person: store.scenarios.entry(person, id))
    if entry is None:
        return None
    try:
        scenario = parse(version.document)
        require_shown(scenario)
    except Refused as refused:
        visit.shelf.faults = refused.faults
        return None
    may_change = entry.role >= Role.EDITOR and not entry.featured and entry.trashed is None
    return version, Kept(id=id, number=version.number, may_change=may_change, scenario=scenario)


def is_reachable() -> bool:
    """Whether the library answers: a server that cannot reach it takes no visitors."""
    try:
        _opened().scenarios.search(LOCAL)
    except ClosedLoopError:
        return False
    return True


def _note(shelf: Shelf, refused: ClosedLoopError) -> None:
    faults: tuple[Fault, ...] = getattr(refused, "faults", ())
    if isinstance(refused, StoreUnavailable):
        _LOG.warning("%s", refused)
    shelf.faults = (*shelf.faults, *faults)
    if isinstance(refused, Conflict):
        shelf.desk.rival, shelf.desk.theirs = getattr(refused.theirs, "number", None), None
