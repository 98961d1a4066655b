"""The library of this server, and who is asking: the one door through which pages reach it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeVar

import streamlit as st

from sim.errors import ClosedLoopError, Conflict, Fault, Refused, StoreUnavailable
from sim.store.people import LOCAL, Person
from sim.store.store import Store, open_store
from sim.ui.shelf import Shelf
from sim.ui.visit import Visit

T = TypeVar("T")
_AUTH: Final = "auth"


@lru_cache(maxsize=1)
def _opened() -> Store:
    """The library, opened once; a failure is not remembered, so the next call tries again."""
    return open_store()


def login_is_configured() -> bool:
    """Whether visitors of this server can log in."""
    try:
        return _AUTH in st.secrets
    except (FileNotFoundError, KeyError):
        return False


def person_of(visit: Visit) -> Person:
    """Who asks: whoever is logged in; without a log-in a guest, or everybody where none is set up."""
    shelf = visit.shelf
    if not login_is_configured():
        return Person(id=LOCAL.id, links=shelf.links)
    if st.user.get("is_logged_in"):
        return Person(id=_identity(), links=shelf.links)
    return Person(id=shelf.guest.id, links=shelf.links)


def participant_of(visit: Visit) -> Person:
    """Who takes part in a round: where nobody logs in, every visitor is somebody else."""
    if login_is_configured():
        return person_of(visit)
    return Person(id=visit.shelf.guest.id, links=visit.shelf.links)


def _identity() -> str:
    """The address that the provider vouches for, else its own name for the person."""
    address = st.user.get("email")
    if address and st.user.get("email_verified", True):
        return str(address)
    return f"{st.user.get('iss', '')}#{st.user.get('sub', '')}"


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


def is_reachable() -> bool:
    """Whether the library answers: a server that cannot reach it takes no visitors."""
    try:
        _opened().scenarios.search(LOCAL)
    except ClosedLoopError:
        return False
    return True


def _note(shelf: Shelf, refused: ClosedLoopError) -> None:
    faults: tuple[Fault, ...] = getattr(refused, "faults", ())
    shelf.faults = (*shelf.faults, *faults)
    if isinstance(refused, Conflict):
        shelf.rival = getattr(refused.theirs, "number", None)
