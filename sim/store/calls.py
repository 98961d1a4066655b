"""How every call of the library goes: who asks is looked at first, then what they ask for."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection

from sim.errors import NotFound, SaveUnknown, StoreUnavailable
from sim.store import featured
from sim.store.access import Admission, Visit, enter
from sim.store.database import Database
from sim.store.limits import TEXT_LIMITS, Limits
from sim.store.people import Person, Role, person_id
from sim.store.texts import require_text

Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True)
class Calls:
    """A database, and within which limits and at what time it is asked."""

    database: Database
    limits: Limits
    now: Callable[[], int]

    def enter(
        self,
        person: Person,
        scenario_id: str,
        act: Callable[[Admission], Found],
        *,
        need: Role = Role.VIEWER,
        trashed: bool = False,
    ) -> Found:
        """What ``act`` finds, for somebody who may do what ``need`` says with the scenario."""
        _require_own(scenario_id)
        return self.read(
            person, lambda visit: act(enter(visit, scenario_id, need, trashed=trashed))
        )

    def change(
        self,
        person: Person,
        scenario_id: str,
        act: Callable[[Admission], Found],
        *,
        need: Role,
        trashed: bool = False,
    ) -> Found:
        """As :meth:`enter`, for what changes something."""
        featured.require_not_featured(scenario_id)
        return self.write(
            person, lambda visit: act(enter(visit, scenario_id, need, trashed=trashed))
        )

    def read(self, person: Person, act: Callable[[Visit], Found]) -> Found:
        """What ``act`` finds."""
        visit = self._visit(person, writes=False)
        return self.database.read(lambda connection: act(visit(connection)))

    def write(self, person: Person, act: Callable[[Visit], Found]) -> Found:
        """What ``act`` finds once all that it changed is kept."""
        visit = self._visit(person, writes=True)
        return self.database.write(lambda connection: act(visit(connection)))

    def save(
        self, person: Person, save_id: str | None, act: Callable[[Visit, str], Found]
    ) -> Found:
        """Save; where the answer was lost, ask once more: the same id is never saved twice."""
        key = secrets.token_urlsafe(16) if save_id is None else save_id
        most = TEXT_LIMITS["save_id"]
        require_text("save_id", key, most=most, one_line=True, empty=False)
        try:
            return self.write(person, lambda visit: act(visit, key))
        except SaveUnknown as unknown:
            try:
                return self.write(person, lambda visit: act(visit, key))
            except StoreUnavailable:
                raise unknown from None

    def _visit(self, person: Person, *, writes: bool) -> Callable[[Connection], Visit]:
        known = replace(person, id=person_id(person.id))
        now, limits = self.now(), self.limits
        return lambda connection: Visit(
            connection=connection, person=known, now=now, limits=limits, writes=writes
        )


def _require_own(scenario_id: str) -> None:
    """Of a case there is no history and nobody to ask for."""
    if featured.is_featured(scenario_id):
        raise NotFound("scenario")
