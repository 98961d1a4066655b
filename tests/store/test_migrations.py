"""The tables, from every released schema on: what was in them is in them."""

import sqlite3
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from sim.documents.toml_document import parse
from sim.errors import StoreUnavailable
from sim.store.address import library_url, made_file
from sim.store.database import database
from sim.store.migrate import bring_up_to_date, revision, revisions, upgrade
from sim.store.people import Person, Role
from sim.store.schema import METADATA, NEWEST, VERSION_TABLE
from sim.store.soundness import soundness
from sim.store.store import open_store
from tests.store.conftest import Opener

ARCHIVE: Final = Path(__file__).with_name("archive")
ANNA: Final = Person(id="anna@shop.example")


def test_the_newest_migration_is_the_one_that_is_asked_for() -> None:
    assert revisions()[-1] == NEWEST
    assert len(set(revisions())) == len(revisions())


def test_the_migrations_make_the_tables_as_they_are_declared(empty_url: str) -> None:
    found = database(library_url(empty_url))
    bring_up_to_date(found)
    options = {"compare_type": True, "compare_server_default": True}
    with found.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts=options | {"version_table": VERSION_TABLE}
        )
        assert compare_metadata(context, METADATA) == []
    found.close()


def test_opening_again_changes_nothing(empty_url: str) -> None:
    open_store(empty_url).close()
    found = database(library_url(empty_url))
    statements: list[str] = []
    sa.event.listen(
        found.engine,
        "before_cursor_execute",
        lambda _c, _u, statement, *_: statements.append(statement),
    )
    bring_up_to_date(found)
    assert not [
        each for each in statements if each.split()[0] in ("CREATE", "INSERT", "UPDATE", "ALTER")
    ]
    assert found.read(revision) == NEWEST
    found.close()


def test_a_newer_library_is_refused_by_its_number(empty_url: str) -> None:
    open_store(empty_url).close()
    found = database(library_url(empty_url))
    newer = sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    found.write(lambda connection: connection.execute(newer))
    with pytest.raises(StoreUnavailable) as caught:
        open_store(empty_url)
    assert caught.value.faults[0].kind == "store_newer"
    assert "9999" in str(caught.value)
    assert found.read(revision) == "9999"
    found.close()


def test_every_released_schema_is_in_the_archive() -> None:
    kept = sorted(path.name for path in ARCHIVE.glob("*.sql"))
    assert kept == sorted(
        f"{each}.{kind}.sql" for each in revisions() for kind in ("sqlite", "postgresql")
    )


@pytest.mark.parametrize("released", revisions())
def test_what_a_released_schema_held_is_there_after_migrating(
    empty_url: str, released: str, opened: Opener
) -> None:
    url = library_url(empty_url)
    kind = url.get_backend_name()
    dump = (ARCHIVE / f"{released}.{kind}.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        connection = sqlite3.connect(made_file(url))
        connection.executescript(dump)
        connection.close()
    else:
        play(url, dump)
    store = opened(empty_url)
    assert store.database.read(revision) == NEWEST
    assert soundness(store.database).faults == ()
    (entry,) = store.scenarios.search(ANNA)
    assert (entry.name, entry.tags, entry.head, entry.role) == (
        "“快手”",
        ("周会", "Q4"),
        3,
        Role.OWNER,
    )
    lines = store.scenarios.versions(ANNA, entry.id)
    assert [line.restored_from for line in lines] == [1, None, None]
    first = store.scenarios.version(ANNA, entry.id, 1)
    assert dict(first.outcomes) == {"npv_change": 0.1, "payback_week": None}
    assert dict(first.why) == {"world.diversion": "四分之三"}
    assert parse(first.document).name == "“快手”"
    assert [each.person for each in store.sharing.shares(ANNA, entry.id)] == ["ben@shop.example"]
    assert [each.role for each in store.sharing.links(ANNA, entry.id)] == [Role.VIEWER]
    (round,) = store.rounds.of_scenario(ANNA, entry.id)
    assert [each.name for each in store.rounds.entries(ANNA, round.id)] == ["Anna", "Ben"]


def play(url: sa.URL, dump: str) -> None:
    """Run what pg_dump wrote; lines for psql alone, which begin with a backslash, left out."""
    lines = [line for line in dump.splitlines() if not line.startswith("\\")]
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("\n".join(lines))  # type: ignore[union-attr]
    engine.dispose()


def test_one_step_after_the_other_comes_to_the_same(empty_url: str) -> None:
    found = database(library_url(empty_url))
    for each in revisions():
        found.write(lambda connection, each=each: upgrade(connection, each))  # type: ignore[misc]
        assert found.read(revision) == each
    found.close()
