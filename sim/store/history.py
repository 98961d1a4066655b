"""The history of a scenario: who saved what and when, and how two versions differ."""

from sqlalchemy import select

from sim.documents.changes import policy_changes, spread_changes, world_changes
from sim.documents.toml_document import parse
from sim.store.access import Admission
from sim.store.limits import MOST_LISTED
from sim.store.reading import model_of, time_of, version_of, version_row
from sim.store.records import Difference, Version, VersionLine
from sim.store.schema import VERSIONS


def history(admission: Admission, before: int | None) -> tuple[VersionLine, ...]:
    """The versions below ``before`` (all: None), the newest first; at most ``MOST_LISTED``."""
    columns = [column for column in VERSIONS.c if column.name not in _HEAVY]
    wanted = select(*columns).where(VERSIONS.c.scenario_id == admission.scenario.id)
    if before is not None:
        wanted = wanted.where(VERSIONS.c.number < min(max(before, 0), 2**31 - 1))
    wanted = wanted.order_by(VERSIONS.c.number.desc()).limit(MOST_LISTED)
    return tuple(
        VersionLine(
            number=row.number,
            author=row.author,
            saved=time_of(row.saved),
            note=row.note,
            model=model_of(row),
            restored_from=row.restored_from,
        )
        for row in admission.visit.connection.execute(wanted)
    )


def version_at(admission: Admission, number: int | None) -> Version:
    """One version, the newest without a number.

    Raises
    ------
    NotFound
        If there is none of that number.
    """
    wanted = admission.scenario.head if number is None else number
    return version_of(version_row(admission.visit.connection, admission.scenario.id, wanted))


def difference(first: Version, second: Version) -> Difference:
    """What the second version says otherwise than the first.

    Raises
    ------
    Refused
        If a document cannot be read any more.
    """
    old, new = parse(first.document), parse(second.document)
    return Difference(
        first=old,
        second=new,
        why=second.why,
        world=world_changes(new, old),
        policy=policy_changes(new, old),
        spreads=spread_changes(new, old),
    )


_HEAVY = frozenset({"document", "why", "outcomes", "settings"})
