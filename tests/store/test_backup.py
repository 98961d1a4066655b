"""A copy of a library is a library: whole, as of one moment, and back in either database."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from sim.cli.main import main
from sim.errors import Refused, StoreUnavailable
from sim.store.address import library_url
from sim.store.backup import back_up, put_back
from sim.store.migrate import VERSION_TABLE
from sim.store.people import Role
from sim.store.schema import METADATA, SCENARIOS, VERSIONS
from sim.store.soundness import soundness
from sim.store.store import Store, open_store
from tests.store.conftest import Opener, fresh
from tests.store.drafts import ANNA, BEN, draft
from tests.store.postgres import Postgres
from tests.store.work import created


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    def all_rows(connection: sa.Connection) -> dict[str, list[tuple[object, ...]]]:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in METADATA.sorted_tables
        }

    return store.database.read(all_rows)


def filled(store: Store) -> dict[str, list[tuple[object, ...]]]:
    id = created(store, "“一” \\n二")
    store.scenarios.save(ANNA, id, draft("Two"), based_on=1)
    store.scenarios.tag(ANNA, id, ("周会", "b"))
    store.sharing.share(ANNA, id, BEN.id, Role.EDITOR)
    store.sharing.make_link(ANNA, id, Role.VIEWER)
    round = store.rounds.open(ANNA, id, "?")
    store.rounds.put_entry(ANNA, round.id, "Anna", draft())
    store.scenarios.trash(BEN, store.scenarios.create(BEN, draft()).scenario_id)
    return rows(store)


def test_what_was_copied_comes_back_into_either_database(
    store: Store, empty_url: str, tmp_path: Path, opened: Opener
) -> None:
    kept = filled(store)
    path = tmp_path / "copy"
    assert back_up(store.database, path) == 2
    assert rows(store) == kept
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".copy")] == []
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    other = (
        opened(empty_url) if store.database.file is None else opened(f"sqlite:///{tmp_path}/other")
    )
    assert put_back(other.database, path) == 2
    assert rows(other) == kept
    assert soundness(other.database).faults == ()
    assert path.read_bytes() == before


def test_a_library_moves_from_sqlite_to_postgresql_and_back(
    tmp_path: Path, postgres_url: str, opened: Opener
) -> None:
    first = opened(f"sqlite:///{tmp_path}/first")
    kept = filled(first)
    back_up(first.database, tmp_path / "copy")
    second = opened(fresh(postgres_url))
    put_back(second.database, tmp_path / "copy")
    assert rows(second) == kept
    back_up(second.database, tmp_path / "copy")
    third = opened(f"sqlite:///{tmp_path}/third")
    put_back(third.database, tmp_path / "copy")
    assert rows(third) == kept


def test_a_copy_shows_one_moment_whoever_writes_meanwhile(
    store: Store, tmp_path: Path, opened: Opener
) -> None:
    id, ends = created(store), threading.Event()

    def writing() -> None:
        head = 1
        while not ends.is_set():
            head = store.scenarios.save(ANNA, id, draft(f"v{head}"), based_on=head).number

    thread = threading.Thread(target=writing)
    thread.start()
    try:
        for number in range(3):
            back_up(store.database, tmp_path / f"copy{number}")
    finally:
        ends.set()
        thread.join()
    for number in range(3):
        copy = opened(f"sqlite:///{tmp_path}/copy{number}")
        assert soundness(copy.database).faults == ()
        assert copy.scenarios.entry(ANNA, id).head >= 1


def test_nothing_is_put_where_something_is(store: Store, tmp_path: Path) -> None:
    kept = filled(store)
    back_up(store.database, tmp_path / "copy")
    with pytest.raises(Refused) as caught:
        put_back(store.database, tmp_path / "copy")
    assert caught.value.faults[0].kind == "not_empty"
    assert rows(store) == kept


def test_what_is_no_library_is_refused_and_left_alone(store: Store, tmp_path: Path) -> None:
    junk = tmp_path / "junk"
    for content, kind in ((b"", "no_library"), (b"junk" * 999, "no_library"), (None, "unreadable")):
        if content is None:
            junk.unlink()
        else:
            junk.write_bytes(content)
        with pytest.raises(Refused) as caught:
            put_back(store.database, junk)
        assert caught.value.faults[0].kind == kind
        assert content is None or junk.read_bytes() == content
    created(store)


def test_a_copy_of_a_newer_version_is_refused(store: Store, tmp_path: Path) -> None:
    newer = open_store(f"sqlite:///{tmp_path}/newer")
    change = sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    newer.database.write(lambda connection: connection.execute(change))
    newer.close()
    with pytest.raises(StoreUnavailable) as caught:
        put_back(store.database, tmp_path / "newer")
    assert caught.value.faults[0].kind == "store_newer"


def test_a_copy_that_cannot_be_written_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    created(store)
    targets = [tmp_path / "no" / "copy", tmp_path, Path("/proc/copy"), Path("a\0b")]
    if store.database.file is not None:
        targets.append(store.database.file)
    for target in targets:
        with pytest.raises(Refused) as caught:
            back_up(store.database, target)
        assert caught.value.faults[0].kind == "unwritable"
    assert len(store.scenarios.search(ANNA)) == 1


def test_what_is_not_whole_is_named(store: Store) -> None:
    one, two = created(store), created(store)
    for id in (one, two):
        store.scenarios.save(ANNA, id, draft("Two"), based_on=1)
    broken = [
        sa.update(SCENARIOS).where(SCENARIOS.c.id == one).values(head=3),
        sa.update(VERSIONS)
        .where(VERSIONS.c.scenario_id == two, VERSIONS.c.number == 2)
        .values(document="?"),
    ]
    store.database.write(lambda connection: [connection.execute(each) for each in broken])
    found = soundness(store.database)
    assert (found.scenarios, found.versions) == (2, 4)
    assert [one in found.faults[0], f"{two}, version 2" in found.faults[1]] == [True, True]
    assert len(found.faults) == 2


def test_what_belongs_to_nothing_is_named(tmp_path: Path, opened: Opener) -> None:
    store = opened(f"sqlite:///{tmp_path}/library.sqlite")
    created(store)
    with store.database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        raw.execute("DELETE FROM scenarios")  # type: ignore[union-attr]
        raw.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]
    assert any("versions row" in fault for fault in soundness(store.database).faults)


def test_the_commands_copy_check_and_put_back(
    store: Store, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    created(store)
    copy, other = str(tmp_path / "copy"), f"sqlite:///{tmp_path}/other.sqlite"
    assert main(["library", "check", "--database", url]) == 0
    assert main(["library", "backup", copy, "--database", url]) == 0
    assert main(["library", "restore", copy, "--database", other]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1 scenarios in 1 versions, all whole",
        "1 scenarios copied",
        "1 scenarios put back",
    ]
    assert main(["library", "restore", copy, "--database", other]) == 2
    assert "only into an empty one" in capsys.readouterr().err
    store.database.write(
        lambda connection: connection.execute(sa.update(VERSIONS).values(document="?"))
    )
    assert main(["library", "check", "--database", url]) == 2
    assert "version 1" in capsys.readouterr().err
    assert main(["library", "check", "--database", "postgresql://a@127.0.0.1:1/b"]) == 3
    assert "cannot be reached" in capsys.readouterr().err


def test_the_tools_of_postgresql_copy_a_library_too(
    server: Postgres, tmp_path: Path, opened: Opener
) -> None:
    url = fresh(server.url("postgres"))
    kept = filled(opened(url))
    dumped = server.tool("pg_dump", "--no-owner", str(library_url(url).database)).stdout
    other = fresh(server.url("postgres"))
    script = server.folder / "dump.sql"
    script.write_bytes(dumped)
    script.chmod(0o644)
    server.tool(
        "psql",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-d",
        str(library_url(other).database),
        "-f",
        str(script),
    )
    assert rows(opened(other)) == kept
