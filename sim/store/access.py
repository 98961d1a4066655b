"""The one door: whoever asks for a scenario or a round gets it through here, or not at all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, or_, select

from sim.errors import Fault, NotAllowed, NotFound, Refused
from sim.store.limits import Limits
from sim.store.people import Person, Role, is_id, secret_of
from sim.store.schema import LINKS, ROUNDS, SCENARIOS, SHARES

# More links than this nobody holds in their hands; the rest of a longer list is not looked at.
_MOST_LINKS: Final = 200


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One call while it runs: who asks, when (microseconds, UTC), and within which limits.

    Of a call that ``writes``, what it is let in to is locked against others who change it.
    """

    connection: Connection
    person: Person
    now: int
    limits: Limits
    writes: bool

    @property
    def keeper(self) -> str:
        """The person as the database keeps them: of a guest's id, which is a secret, the hash."""
        return f"guest:{hashed(self.person.id)}" if self.person.is_guest else self.person.id

    @property
    def author(self) -> str:
        """The person as others are shown them."""
        return "guest" if self.person.is_guest else self.person.id


@dataclass(frozen=True, kw_only=True)
class Admission:
    """Who was let in to a scenario, and as what."""

    visit: Visit
    scenario: Row[Any]
    role: Role


def enter(visit: Visit, scenario_id: object, need: Role, *, trashed: bool = False) -> Admission:
    """The scenario, for somebody who may do what ``need`` says.

    ``trashed`` says whether it may be in the trash.

    Raises
    ------
    NotFound
        If it is not there, or nothing of it is shown to this person.
    NotAllowed
        If they may read it, but not do this.
    Refused
        If it is in the trash, and what is in the trash stays as it is.
    """
    wanted = select(SCENARIOS).where(SCENARIOS.c.id == scenario_id)
    if visit.writes:
        wanted = wanted.with_for_update()
    found = visit.connection.execute(wanted).one_or_none() if is_id(scenario_id) else None
    role = None if found is None else roles_of(visit, [found]).get(found.id)
    if found is None or role is None:
        raise NotFound("scenario")
    if role < need:
        kind = "owner_only" if need == Role.OWNER else "read_only"
        raise NotAllowed([Fault(kind=kind)])
    if found.trashed is not None and not trashed:
        raise Refused([Fault(kind="in_trash")])
    return Admission(visit=visit, scenario=found, role=role)


def enter_round(visit: Visit, round_id: object, *, owner: bool = False) -> Row[Any]:
    """The round, for its owner and whoever holds its link.

    Raises
    ------
    NotFound
        If it is not there or not open to this person, or its scenario is in the trash.
    NotAllowed
        If they may take part, but not do this.
    """
    if not is_id(round_id):
        raise NotFound("round")
    joined = ROUNDS.join(SCENARIOS, ROUNDS.c.scenario_id == SCENARIOS.c.id)
    wanted = select(ROUNDS).select_from(joined)
    wanted = wanted.where(ROUNDS.c.id == round_id, SCENARIOS.c.trashed.is_(None))
    if visit.writes:
        wanted = wanted.with_for_update(of=ROUNDS)
    found = visit.connection.execute(wanted).one_or_none()
    if found is None:
        raise NotFound("round")
    if found.owner == visit.keeper:
        return found
    held = [secret_of(link) for link in visit.person.links[:_MOST_LINKS]]
    if found.hash not in {hashed(secret) for secret in held if secret is not None}:
        raise NotFound("round")
    if owner:
        raise NotAllowed([Fault(kind="owner_only")])
    return found


def require_member(visit: Visit) -> None:
    """Refuse a guest: whoever has no log-in keeps nothing of their own.

    Raises
    ------
    NotAllowed
        If the person is a guest.
    """
    if visit.person.is_guest:
        raise NotAllowed([Fault(kind="guest")])


def hashed(secret: str) -> str:
    """What is kept of a secret. It is all chance, so one plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def readable(visit: Visit) -> ColumnElement[bool]:
    """The condition on scenarios that this person may read them at all."""
    shared = exists().where(SHARES.c.scenario_id == SCENARIOS.c.id, SHARES.c.person == visit.keeper)
    linked = SCENARIOS.c.id.in_(_links_open_to(visit).with_only_columns(LINKS.c.scenario_id))
    others = SCENARIOS.c.trashed.is_(None) & or_(shared, linked)
    return or_(SCENARIOS.c.owner == visit.keeper, others)


def roles_of(visit: Visit, scenarios: Sequence[Row[Any]]) -> dict[str, Role]:
    """What this person may do with each of some scenarios, by id; those left out they may not read."""
    ids = [each.id for each in scenarios]
    shares = select(SHARES.c.scenario_id, SHARES.c.role).where(
        SHARES.c.person == visit.keeper, SHARES.c.scenario_id.in_(ids)
    )
    links = _links_open_to(visit).with_only_columns(LINKS.c.scenario_id, LINKS.c.role)
    given: dict[str, Role] = {}
    for wanted in (shares, links):
        for id, role in visit.connection.execute(wanted):
            given[id] = max(given.get(id, Role.VIEWER), Role(role))
    found: dict[str, Role] = {}
    for each in scenarios:
        if each.owner == visit.keeper:
            found[each.id] = Role.OWNER
        elif each.trashed is None and each.id in given:
            found[each.id] = given[each.id]
    return found


def _links_open_to(visit: Visit) -> Select[Any]:
    """The links in the person's hands that still open something."""
    held = visit.person.links[:_MOST_LINKS]
    hashes = [hashed(secret) for secret in map(secret_of, held) if secret is not None]
    alive = or_(LINKS.c.expires.is_(None), LINKS.c.expires > visit.now)
    return select(LINKS).where(LINKS.c.hash.in_(hashes), alive)
