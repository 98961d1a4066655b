"""Sharing with a person by their id, or with whoever holds a link."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, Table, delete, func, insert, or_, select, update

from sim.errors import Fault, NotAllowed, NotFound, Refused
from sim.shown import typed
from sim.store.access import Admission, hashed
from sim.store.people import Role, is_id, link_text, new_id, new_secret, person_id
from sim.store.reading import kept_time, maybe_time, time_of
from sim.store.records import Link, Share
from sim.store.saving import full, require_room
from sim.store.schema import LINKS, ROUNDS, SCENARIOS, SHARES

_SHARED = (Role.VIEWER, Role.EDITOR)
Made = TypeVar("Made")


def share(admission: Admission, person: str, role: Role) -> None:
    """Let a person read, or read and change; what they could do before is replaced.

    Raises
    ------
    Refused
        If the person is no id, the role is none that can be given, or there are too many shares.
    """
    _require_role(role)
    visit, id, who = admission.visit, admission.scenario.id, person_id(person)
    visit.connection.execute(_without(admission, who))
    _require_room(admission, SHARES, SHARES.c.scenario_id == id, "shares", visit.limits.shares)
    visit.connection.execute(insert(SHARES).values(scenario_id=id, person=who, role=int(role)))


def unshare(admission: Admission, person: str) -> None:
    """Take a person's share away; everybody may leave by themselves, only the owner sends away.

    Raises
    ------
    NotAllowed
        If somebody other than the owner wants to send away another person.
    NotFound
        If it is not shared with that person.
    """
    who = person_id(person)
    if admission.role < Role.OWNER and who != admission.visit.keeper:
        raise NotAllowed([Fault(kind="owner_only")])
    if admission.visit.connection.execute(_without(admission, who)).rowcount == 0:
        raise NotFound("share")


def hand_over(admission: Admission, person: str) -> None:
    """Make another its owner, with its rounds; whoever hands it over may still change it.

    It goes to somebody with whom it is shared already, and so to nobody who was only misspelt.

    Raises
    ------
    NotFound
        If it is not shared with that person.
    Refused
        If they own as many scenarios as one may.
    """
    visit, id, who = admission.visit, admission.scenario.id, person_id(person)
    if visit.connection.execute(_without(admission, who)).rowcount == 0:
        raise NotFound("share")
    require_room(visit, who)
    moved = (
        update(SCENARIOS).where(SCENARIOS.c.id == id).values(owner=who),
        update(ROUNDS).where(ROUNDS.c.scenario_id == id).values(owner=who),
        insert(SHARES).values(scenario_id=id, person=visit.keeper, role=int(Role.EDITOR)),
    )
    for each in moved:
        visit.connection.execute(each)


def shares(admission: Admission) -> tuple[Share, ...]:
    """With whom it is shared, in the order of their ids."""
    return _rows(
        admission, SHARES, lambda row: Share(person=row.person, role=Role(row.role)), "person"
    )


def make_link(admission: Admission, role: Role, expires: datetime | None) -> Link:
    """A new link, with its text, which is never told again.

    Raises
    ------
    Refused
        If the role is none that can be given, or there are too many links.
    """
    _require_role(role)
    until = None if expires is None else kept_time(expires)
    visit, id, secret = admission.visit, admission.scenario.id, new_secret()
    alive = or_(LINKS.c.expires.is_(None), LINKS.c.expires > visit.now)
    of_this = (LINKS.c.scenario_id == id) & alive
    _require_room(admission, LINKS, of_this, "links", visit.limits.links)
    link_id = new_id()
    visit.connection.execute(
        insert(LINKS).values(
            id=link_id,
            scenario_id=id,
            hash=hashed(secret),
            role=int(role),
            made=visit.now,
            expires=until,
        )
    )
    return Link(
        id=link_id,
        role=role,
        made=time_of(visit.now),
        expires=maybe_time(until),
        text=link_text(id, secret),
    )


def revoke_link(admission: Admission, link_id: str) -> None:
    """Make a link open nothing any more.

    Raises
    ------
    NotFound
        If the scenario has no such link.
    """
    of_this = (LINKS.c.scenario_id == admission.scenario.id) & (LINKS.c.id == link_id)
    gone = is_id(link_id) and admission.visit.connection.execute(delete(LINKS).where(of_this))
    if not gone or gone.rowcount == 0:
        raise NotFound("link")


def links(admission: Admission) -> tuple[Link, ...]:
    """The links to it, those that have expired too, in the order in which they were made."""
    return _rows(
        admission,
        LINKS,
        lambda row: Link(
            id=row.id,
            role=Role(row.role),
            made=time_of(row.made),
            expires=maybe_time(row.expires),
        ),
        "made",
    )


def _without(admission: Admission, person: str) -> Any:
    of_this = SHARES.c.scenario_id == admission.scenario.id
    return delete(SHARES).where(of_this, SHARES.c.person == person)


def _require_role(role: object) -> None:
    if role not in _SHARED:
        facts = {"legal": "Role.VIEWER / Role.EDITOR", "got": typed(role)}
        raise Refused([Fault(kind="wrong_type", place="role", facts=facts)])


def _require_room(
    admission: Admission, table: Table, which: ColumnElement[bool], place: str, most: int
) -> None:
    wanted = select(func.count()).select_from(table).where(which)
    if admission.visit.connection.execute(wanted).scalar_one() >= most:
        raise full(place, most)


def _rows(
    admission: Admission, table: Table, made: Callable[[Row[Any]], Made], order: str
) -> tuple[Made, ...]:
    of_this = table.c.scenario_id == admission.scenario.id
    wanted = select(table).where(of_this).order_by(table.c[order])
    return tuple(made(row) for row in admission.visit.connection.execute(wanted))
