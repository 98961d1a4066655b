"""What a person finds in the library: their own scenarios, and what is shared with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, select

from sim.store.access import Admission, Visit, readable, roles_of
from sim.store.limits import MOST_LISTED, TEXT_LIMITS, Limits
from sim.store.people import Role, person_id
from sim.store.reading import maybe_time, time_of
from sim.store.records import Entry
from sim.store.schema import SCENARIOS, TAGS
from sim.store.tagging import tags_of
from sim.store.texts import folded, require_text
from sim.store.trash import removable_from


@dataclass(frozen=True, kw_only=True)
class Search:
    """What a listing is narrowed to; an empty text narrows nothing.

    ``name`` is any part of it, ``tag`` a whole one, ``owner`` a whole id. ``trashed`` lists what is in
    the trash and nothing else. A listing starts after ``skip`` entries.
    """

    name: str = ""
    tag: str = ""
    owner: str = ""
    trashed: bool = False
    skip: int = 0


def listed(visit: Visit, search: Search) -> tuple[Entry, ...]:
    """The scenarios that the person may read, the one changed last first; at most ``MOST_LISTED``.

    Raises
    ------
    Refused
        If what is searched for is no text.
    """
    wanted = (
        select(SCENARIOS)
        .where(readable(visit), *_conditions(search))
        .order_by(SCENARIOS.c.changed.desc(), SCENARIOS.c.id)
        .offset(min(max(search.skip, 0), 2**31))
        .limit(MOST_LISTED)
    )
    rows = visit.connection.execute(wanted).all()
    roles = roles_of(visit, rows)
    tags = tags_of(visit.connection, [row.id for row in rows])
    return tuple(_entry(row, roles[row.id], tags[row.id], visit.limits) for row in rows)


def entry_of(admission: Admission) -> Entry:
    """The scenario that somebody was let in to, as in a list."""
    id = admission.scenario.id
    tags = tags_of(admission.visit.connection, [id])
    return _entry(admission.scenario, admission.role, tags[id], admission.visit.limits)


def _conditions(search: Search) -> Sequence[ColumnElement[bool]]:
    most = TEXT_LIMITS["search"]
    name, tag = (require_text("search", each, most=most) for each in (search.name, search.tag))
    in_trash = SCENARIOS.c.trashed.is_not(None)
    found: list[ColumnElement[bool]] = [in_trash if search.trashed else ~in_trash]
    if name:
        found.append(SCENARIOS.c.folded.contains(folded(name), autoescape=True))
    if tag:
        named = (TAGS.c.scenario_id == SCENARIOS.c.id) & (TAGS.c.folded == folded(tag.strip()))
        found.append(exists().where(named))
    if search.owner:
        found.append(SCENARIOS.c.owner == person_id(search.owner, "owner"))
    return found


def _entry(row: Row[Any], role: Role, tags: tuple[str, ...], limits: Limits) -> Entry:
    is_trash = row.trashed is not None
    origin = None if row.origin_id is None else (row.origin_id, row.origin_number)
    return Entry(
        id=row.id,
        name=row.name,
        note=row.note,
        owner=row.owner,
        role=role,
        head=row.head,
        created=time_of(row.created),
        changed=time_of(row.changed),
        tags=tags,
        trashed=maybe_time(row.trashed),
        removable=time_of(removable_from(row.trashed, limits)) if is_trash else None,
        origin=origin,
    )
