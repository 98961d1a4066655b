"""A copy of a whole library in one file, from SQLite and PostgreSQL alike, and back into either.

The copy is a library itself, in SQLite, and shows one moment, whoever writes meanwhile. So a backup
also moves a library from one database to the other. (PostgreSQL's own ``pg_dump`` does as well.)
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, insert, select
from sqlalchemy.engine import URL

from sim.errors import Fault, Refused, StoreUnavailable
from sim.shown import one_line
from sim.store.database import Database, database
from sim.store.migrate import bring_up_to_date, revision
from sim.store.schema import METADATA, SCENARIOS

# Documents are up to 256 KB each; so many are in memory at once.
_ROWS_AT_ONCE: Final = 100


def back_up(library: Database, path: str | Path) -> int:
    """Write a copy of a library to a file, and give the number of scenarios in it.

    The file is either whole or as it was before.

    Raises
    ------
    Refused
        If the file cannot be written, or is the library itself.
    StoreUnavailable
        If the library does not answer.
    """
    target = Path(path).absolute()
    if library.file is not None and target.exists() and target.samefile(library.file):
        raise _refused("unwritable", target, "it is the library itself")
    try:
        folder = tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name[:50]}.")
    except (OSError, ValueError) as error:
        raise _refused("unwritable", target, str(getattr(error, "strerror", error))) from None
    try:
        with _library_in(Path(folder) / "copy") as copy:
            count = library.read(lambda source: copy.write(lambda into: _copied(source, into)))
        (Path(folder) / "copy").replace(target)
    except OSError as error:
        raise _refused("unwritable", target, str(error.strerror)) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return count


def put_back(library: Database, path: str | Path) -> int:
    """Fill an empty library from a copy, and give the number of scenarios in it.

    The copy stays as it is, also where it is of an older version of this program.

    Raises
    ------
    Refused
        If the file is no library or cannot be read, or the library has scenarios already.
    StoreUnavailable
        If the library does not answer, cannot write, or the copy is of a newer version.
    """
    source = Path(path).absolute()
    with tempfile.TemporaryDirectory() as folder:
        copy_path = Path(folder) / "copy"
        try:
            shutil.copyfile(source, copy_path)
        except (OSError, ValueError) as error:
            reason = str(getattr(error, "strerror", None) or error)
            raise _refused("unreadable", source, reason) from None
        _require_library(copy_path, source)
        with _library_in(copy_path) as copy:
            return copy.read(lambda rows: library.write(lambda into: _filled(rows, into)))


def _filled(source: Connection, into: Connection) -> int:
    count = into.execute(select(func.count()).select_from(SCENARIOS)).scalar_one()
    if count:
        raise Refused([Fault(kind="not_empty", facts={"got": count})])
    return _copied(source, into)


def _copied(source: Connection, into: Connection) -> int:
    for table in METADATA.sorted_tables:
        found = source.execution_options(yield_per=_ROWS_AT_ONCE).execute(select(table))
        for rows in found.mappings().partitions(_ROWS_AT_ONCE):
            into.execute(insert(table), [dict(row) for row in rows])
    return into.execute(select(func.count()).select_from(SCENARIOS)).scalar_one()


@contextmanager
def _library_in(path: Path) -> Iterator[Database]:
    """A library in a file, its tables up to date; all of it in that one file once it is left."""
    found = database(URL.create("sqlite", database=str(path)))
    try:
        bring_up_to_date(found)
        yield found
        # What was written ahead goes into the file itself, which is then whole without its companions.
        with found.engine.connect() as connection:
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA journal_mode = DELETE")  # type: ignore[union-attr]
    finally:
        found.close()


def _require_library(path: Path, named: Path) -> None:
    """Refuse a file that is no library, before any table is made in it."""
    looked_at = database(URL.create("sqlite", database=str(path)))
    reason = "it has no tables of a library"
    try:
        if looked_at.read(revision) is not None:
            return
    except StoreUnavailable as error:
        reason = str(error.faults[0].facts["got"])
    finally:
        looked_at.close()
    raise _refused("no_library", named, reason)


def _refused(kind: str, path: Path, reason: str) -> Refused:
    return Refused([Fault(kind=kind, place=one_line(str(path)), facts={"got": one_line(reason)})])
