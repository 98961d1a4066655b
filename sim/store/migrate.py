"""The schema, brought up to date when a library is opened; by one at a time, whoever opens it."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from sim.errors import Fault, StoreUnavailable
from sim.shown import one_line
from sim.store.database import Database
from sim.store.schema import NEWEST, VERSION_TABLE

_SCRIPTS: Final = Path(__file__).parent / "migrations"
# Any number, the same in every process: the lock that says "the schema is being changed".
_LOCK: Final = 4_812_077_301


def bring_up_to_date(database: Database) -> None:
    """Make the tables, or change those of an older version; nothing where all is as it should be.

    Raises
    ------
    StoreUnavailable
        If the library is of a newer version, or the database does not answer or cannot write.
    """
    if database.read(revision) != NEWEST:
        database.write(_migrate)


def revision(connection: Connection) -> str | None:
    """Which schema the database has; None where it has none yet."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    return None if found is None else str(found)


def upgrade(connection: Connection, target: str) -> None:
    """Run the migrations up to one revision in the transaction that is open."""
    # Alembic takes longer to import than a whole call of the library: only who migrates waits for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def revisions() -> tuple[str, ...]:
    """The ids of all migrations, the oldest first."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    return tuple(reversed([each.revision for each in scripts]))


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    # Somebody else may have done it while we waited.
    found = revision(connection)
    if found == NEWEST:
        return
    if found is not None and found not in revisions():
        facts = {"got": one_line(found), "legal": NEWEST}
        raise StoreUnavailable(Fault(kind="store_newer", facts=facts))
    upgrade(connection, NEWEST)
