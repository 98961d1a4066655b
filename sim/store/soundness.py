"""Whether a library is whole: its file, its references, its histories, and every document in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from sim.documents.toml_document import parse
from sim.errors import Refused
from sim.store.database import Database
from sim.store.schema import SCENARIOS, VERSIONS


@dataclass(frozen=True, kw_only=True)
class Soundness:
    """How much there is, and a line for each thing that is not as it should be."""

    scenarios: int
    versions: int
    faults: tuple[str, ...]


def soundness(library: Database) -> Soundness:
    """What a look at everything in a library finds.

    Raises
    ------
    StoreUnavailable
        If the library does not answer.
    """
    return library.read(_looked)


def _looked(connection: Connection) -> Soundness:
    count = select(func.count())
    return Soundness(
        scenarios=connection.execute(count.select_from(SCENARIOS)).scalar_one(),
        versions=connection.execute(count.select_from(VERSIONS)).scalar_one(),
        faults=(
            *_file_faults(connection),
            *_history_faults(connection),
            *_unreadable(connection),
        ),
    )


def _file_faults(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        # PostgreSQL holds its references itself, always.
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield f"file: {said}"
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"{row[0]} row {row[1]}: what it belongs to in {row[2]} is not there"


def _history_faults(connection: Connection) -> Iterator[str]:
    """A history is the versions 1, 2, … up to the head, none left out."""
    counted = (
        select(
            SCENARIOS.c.id,
            SCENARIOS.c.head,
            func.count(VERSIONS.c.number),
            func.min(VERSIONS.c.number),
            func.max(VERSIONS.c.number),
        )
        .outerjoin(VERSIONS, VERSIONS.c.scenario_id == SCENARIOS.c.id)
        .group_by(SCENARIOS.c.id, SCENARIOS.c.head)
        .order_by(SCENARIOS.c.id)
    )
    for id, head, count, first, last in connection.execute(counted):
        if (count, first, last) != (head, 1, head):
            yield f"scenario {id}: {count} versions from {first} to {last}, and the head is {head}"


def _unreadable(connection: Connection) -> Iterator[str]:
    columns = (VERSIONS.c.scenario_id, VERSIONS.c.number, VERSIONS.c.document)
    order = (VERSIONS.c.scenario_id, VERSIONS.c.number)
    found = connection.execution_options(yield_per=100).execute(select(*columns).order_by(*order))
    for id, number, document in found:
        try:
            parse(document)
        except Refused as refused:
            yield f"scenario {id}, version {number}: {refused.faults[0]}"
