"""One database, asked in whole transactions: what is done is done entirely, or not at all.

SQLite writes ahead (WAL), waits for others instead of failing, and has every commit on the disk before
it says so. A connection that died is noticed before it is used.
"""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from sim.errors import Fault, Refused, StoreUnavailable
from sim.shown import one_line
from sim.store.address import made_file
from sim.store.trouble import lost_a_race, trouble

Found = TypeVar("Found")

# Seconds to wait for others who write, and for a server that does not answer.
PATIENCE: Final = 10
_CONNECTING: Final = 5
_TRIES: Final = 5
_SQLITE: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {PATIENCE * 1000}",
)
_POSTGRESQL: Final = (
    f"SET lock_timeout = '{PATIENCE}s'",
    f"SET statement_timeout = '{3 * PATIENCE}s'",
    f"SET idle_in_transaction_session_timeout = '{6 * PATIENCE}s'",
)


@dataclass(kw_only=True)
class Database:
    """An engine, and the file behind it if it is one of SQLite."""

    engine: Engine
    file: Path | None
    # The file that the open connections are to: device and number.
    _opened: tuple[int, int] | None = None

    def read(self, act: Callable[[Connection], Found]) -> Found:
        """What ``act`` finds, all of it as of one moment.

        Raises
        ------
        StoreUnavailable
            If the database does not answer.
        """
        self._require_same_file()
        try:
            with self.engine.connect() as plain:
                connection = plain.execution_options(**self._reading())
                with connection.begin():
                    return act(connection)
        except SQLAlchemyError as error:
            raise trouble(error, confirming=False) from error

    def write(self, act: Callable[[Connection], Found]) -> Found:
        """What ``act`` finds, once all that it changed is on the disk.

        Who loses a race against another writer looks again: ``act`` may be called several times, each
        time with nothing of the time before left.

        Raises
        ------
        StoreUnavailable
            If the database cannot write, or does not answer; nothing is changed.
        SaveUnknown
            If the connection broke while the change was being confirmed.
        """
        for _ in range(_TRIES - 1):
            try:
                return self._write(act)
            except SQLAlchemyError as error:
                if not lost_a_race(error):
                    raise trouble(error, confirming=False) from error
        try:
            return self._write(act)
        except SQLAlchemyError as error:
            raise trouble(error, confirming=False) from error

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    def _write(self, act: Callable[[Connection], Found]) -> Found:
        self._require_same_file()
        with self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            transaction = connection.begin()
            try:
                found = act(connection)
            except BaseException:
                # Of a connection that broke there is nothing to take back.
                with suppress(SQLAlchemyError):
                    transaction.rollback()
                raise
            try:
                transaction.commit()
            except SQLAlchemyError as error:
                if lost_a_race(error):
                    raise
                raise trouble(error, confirming=True) from error
            return found

    def _reading(self) -> dict[str, Any]:
        # In SQLite every transaction sees one moment; PostgreSQL has to be asked for it.
        return {} if self.file else {"isolation_level": "REPEATABLE READ"}

    def _require_same_file(self) -> None:
        """Refuse to go on in a file that has been taken away: what is written there is lost."""
        if self.file is None:
            return
        try:
            now = _identity(self.file)
        except OSError as error:
            self.engine.dispose()
            facts = {"got": one_line(error.strerror or str(error))}
            raise StoreUnavailable(Fault(kind="store_gone", facts=facts)) from None
        if self._opened not in (None, now):
            # Another file stands in its place, such as a copy that was put back.
            self.engine.dispose()
        self._opened = now


def database(url: URL) -> Database:
    """A database that nobody has connected to yet; a file of SQLite is made if there is none.

    Raises
    ------
    StoreUnavailable
        If the file cannot be made.
    Refused
        If the driver is not installed.
    """
    if url.get_backend_name() == "sqlite":
        path = made_file(url)
        return Database(engine=_sqlite_engine(path), file=path)
    try:
        engine = create_engine(
            url, pool_pre_ping=True, connect_args={"connect_timeout": _CONNECTING}
        )
    except ImportError as missing:
        facts = {"got": one_line(f"{missing}; pip install 'closed-loop-lab[postgres]'")}
        raise Refused([Fault(kind="no_driver", place="postgresql", facts=facts)]) from None
    event.listen(engine, "connect", _set_up_postgresql)
    return Database(engine=engine, file=None)


def _sqlite_engine(path: Path) -> Engine:
    # "rw" and not "rwc": a file that has gone must not come back empty.
    name = f"file:{quote(str(path))}?mode=rw"

    def connected() -> sqlite3.Connection:
        return sqlite3.connect(
            name, uri=True, timeout=PATIENCE, check_same_thread=False, isolation_level=None
        )

    engine = create_engine("sqlite://", creator=connected, poolclass=QueuePool)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    until = time.monotonic() + PATIENCE
    for statement in _SQLITE:
        while True:
            try:
                connection.execute(statement)
                break
            except sqlite3.OperationalError as error:
                # To change to WAL, SQLite does not wait for others as it does everywhere else.
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > until:
                    raise
                time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    # Who will write says so at once: two who read first and then write would block one another.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_up_postgresql(connection: Any, _record: object) -> None:
    for statement in _POSTGRESQL:
        connection.execute(statement)
    connection.commit()


def _identity(path: Path) -> tuple[int, int]:
    found = os.stat(path)  # noqa: PTH116 - one call says both
    return found.st_dev, found.st_ino
