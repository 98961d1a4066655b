"""Trash: out of sight for everybody but the owner, and whole until the owner removes it for good."""

from sqlalchemy import delete, update

from sim.errors import Fault, Refused
from sim.store.access import Admission
from sim.store.limits import Limits
from sim.store.schema import SCENARIOS

_DAY = 24 * 3600 * 1_000_000


def put_in_trash(admission: Admission) -> None:
    """Put a scenario in the trash; one that is there stays there since when it was put there."""
    if admission.scenario.trashed is None:
        _mark(admission, admission.visit.now)


def recover(admission: Admission) -> None:
    """Take a scenario out of the trash, with its versions, tags and shares as they were."""
    _mark(admission, None)


def removable_from(trashed: int, limits: Limits) -> int:
    """From when on the owner may remove for good what was put in the trash; microseconds, as kept."""
    return trashed + limits.trash_days * _DAY


def purge(admission: Admission) -> None:
    """Remove for good what has been in the trash for long enough: its versions, links and rounds too.

    Raises
    ------
    Refused
        If it is not in the trash, or not for long enough.
    """
    visit, scenario = admission.visit, admission.scenario
    if scenario.trashed is None:
        raise Refused([Fault(kind="not_in_trash")])
    if visit.now < removable_from(scenario.trashed, visit.limits):
        facts = {"got": (visit.now - scenario.trashed) // _DAY, "legal": visit.limits.trash_days}
        raise Refused([Fault(kind="too_soon", facts=facts)])
    visit.connection.execute(delete(SCENARIOS).where(SCENARIOS.c.id == scenario.id))


def _mark(admission: Admission, when: int | None) -> None:
    mine = SCENARIOS.c.id == admission.scenario.id
    admission.visit.connection.execute(update(SCENARIOS).where(mine).values(trashed=when))
