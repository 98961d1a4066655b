"""Keeping versions: each save is one more version, and none is ever written over."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, text, update

from sim.documents.toml_document import parse
from sim.errors import Conflict, Fault, Refused
from sim.scenario import Scenario
from sim.store.access import Admission, Visit, require_member
from sim.store.limits import TEXT_LIMITS
from sim.store.people import new_id
from sim.store.reading import kept_json, version_of, version_row
from sim.store.records import Draft, Version
from sim.store.schema import SAVES, SCENARIOS, VERSIONS
from sim.store.settings import settings_of, this_model
from sim.store.tagging import put_tags
from sim.store.texts import folded, require_outcomes, require_text, require_whys


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A draft that can be kept: the texts of its scenario, and the columns of its version."""

    name: str
    note: str
    columns: Mapping[str, Any]


def checked(draft: Draft) -> Checked:
    """What is kept of a draft, its document read to see that it can be read.

    Raises
    ------
    Refused
        With what is wrong with the document, or with what is said beside it.
    """
    scenario: Scenario = parse(draft.document)
    note = require_text("version_note", draft.note, most=TEXT_LIMITS["version_note"])
    why, outcomes = require_whys(draft.why), require_outcomes(draft.outcomes)
    # A document may spell a NUL, which a name in a list cannot have.
    for place, said in (("name", scenario.name), ("note", scenario.note)):
        require_text(place, said, most=len(said))
    model = this_model()
    return Checked(
        name=scenario.name,
        note=scenario.note,
        columns={
            "note": note,
            "document": draft.document,
            "why": kept_json(why),
            "outcomes": kept_json(outcomes),
            "settings": kept_json(settings_of(scenario)),
            "model_version": model.version,
            "model_fingerprint": model.fingerprint,
        },
    )


def created(
    visit: Visit,
    draft: Checked,
    save_id: str,
    *,
    tags: Sequence[str],
    origin: tuple[str, int] | None,
) -> Version:
    """A new scenario's first version; the one that was made before under the same save id, if any.

    Raises
    ------
    Refused
        If the person keeps as many as they may, or is a guest.
    """
    require_member(visit)
    digest = _digest("create", _said(draft.columns), origin, tuple(tags))
    before = _saved_before(visit, save_id, digest)
    if before is not None:
        return before
    require_room(visit, visit.keeper)
    id = new_id()
    visit.connection.execute(
        insert(SCENARIOS).values(
            id=id,
            owner=visit.keeper,
            created=visit.now,
            origin_id=None if origin is None else origin[0],
            origin_number=None if origin is None else origin[1],
            **_shown(visit, draft, 1),
        )
    )
    put_tags(visit, id, tags)
    return _added(visit, id, 1, draft.columns, save_id=save_id, digest=digest)


def saved(admission: Admission, draft: Checked, save_id: str, *, based_on: int) -> Version:
    """One more version on top of the one that it was made from.

    Raises
    ------
    Conflict
        If that is not the newest any more; it carries the newest.
    Refused
        If there are as many versions as are kept.
    """
    digest = _digest("save", _said(draft.columns), admission.scenario.id, based_on)
    before = _saved_before(admission.visit, save_id, digest)
    return before or _on_top(admission, draft, based_on, save_id=save_id, digest=digest)


def restored(
    admission: Admission, number: int, note: str, save_id: str, *, based_on: int
) -> Version:
    """A new version that says what an old one said, on top of the newest.

    Raises
    ------
    NotFound
        If there is no version of that number.
    Conflict
        If somebody saved in between; it carries the newest.
    """
    visit, id = admission.visit, admission.scenario.id
    row = version_row(visit.connection, id, number)
    same = ("document", "why", "outcomes", "settings", "model_version", "model_fingerprint")
    columns = {name: getattr(row, name) for name in same}
    columns |= {"note": note, "restored_from": number}
    digest = _digest("restore", number, note, id, based_on)
    before = _saved_before(visit, save_id, digest)
    if before is not None:
        return before
    scenario = parse(row.document)
    draft = Checked(name=scenario.name, note=scenario.note, columns=columns)
    return _on_top(admission, draft, based_on, save_id=save_id, digest=digest)


def _on_top(
    admission: Admission, draft: Checked, based_on: int, *, save_id: str, digest: str
) -> Version:
    visit, scenario = admission.visit, admission.scenario
    if scenario.head != based_on:
        raise _conflict(admission, based_on)
    if scenario.head >= visit.limits.versions:
        raise full("versions", visit.limits.versions)
    number = scenario.head + 1
    visit.connection.execute(
        update(SCENARIOS)
        .where(SCENARIOS.c.id == scenario.id)
        .values(**_shown(visit, draft, number))
    )
    return _added(visit, scenario.id, number, draft.columns, save_id=save_id, digest=digest)


def full(place: str, most: int) -> Refused:
    """The refusal of one more than is kept."""
    return Refused([Fault(kind="library_full", place=place, facts={"legal": most})])


def _conflict(admission: Admission, based_on: object) -> Conflict:
    scenario = admission.scenario
    row = version_row(admission.visit.connection, scenario.id, scenario.head)
    theirs = version_of(row)
    facts = {"author": theirs.author, "got": theirs.number, "legal": based_on}
    return Conflict(theirs, Fault(kind="conflict", facts=facts))


def _shown(visit: Visit, draft: Checked, number: int) -> dict[str, Any]:
    """What a list shows of a scenario is what its newest version says."""
    return {
        "name": draft.name,
        "note": draft.note,
        "folded": folded(draft.name),
        "head": number,
        "changed": visit.now,
    }


def _added(
    visit: Visit, id: str, number: int, columns: Mapping[str, Any], *, save_id: str, digest: str
) -> Version:
    key = {"scenario_id": id, "number": number}
    visit.connection.execute(
        insert(VERSIONS).values(**key, author=visit.author, saved=visit.now, **columns)
    )
    visit.connection.execute(
        insert(SAVES).values(**key, person=visit.keeper, save_id=save_id, digest=digest)
    )
    return version_of(version_row(visit.connection, id, number))


def _saved_before(visit: Visit, save_id: str, digest: str) -> Version | None:
    wanted = select(SAVES).where(SAVES.c.person == visit.keeper, SAVES.c.save_id == save_id)
    found = visit.connection.execute(wanted).one_or_none()
    if found is None:
        return None
    if found.digest != digest:
        raise Refused([Fault(kind="save_id_used", place="save_id")])
    return version_of(version_row(visit.connection, found.scenario_id, found.number))


def _said(columns: Mapping[str, Any]) -> tuple[object, ...]:
    """What the client said, and so says again; the model may be another one by then."""
    return tuple(columns[name] for name in ("document", "note", "why", "outcomes"))


def _digest(*what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()


def require_room(visit: Visit, owner: str) -> None:
    """Refuse one scenario more than a person may own.

    Raises
    ------
    Refused
        If they own as many as they may.
    """
    if visit.connection.dialect.name == "postgresql":
        # Two who create at once would both count before either is there.
        key = int.from_bytes(hashlib.sha256(owner.encode()).digest()[:8], signed=True)
        visit.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})
    wanted = select(func.count()).where(SCENARIOS.c.owner == owner)
    if visit.connection.execute(wanted).scalar_one() >= visit.limits.scenarios:
        raise full("scenarios", visit.limits.scenarios)
