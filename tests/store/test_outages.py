"""The disk full, the folder read-only, the database gone and back: said honestly, and nothing lost."""

import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from sim.errors import Refused, SaveUnknown, StoreUnavailable
from sim.store.address import library_url
from sim.store.records import Draft
from sim.store.soundness import soundness
from sim.store.store import Store, open_store
from tests.store.conftest import Opener
from tests.store.drafts import ANNA, document, draft
from tests.store.postgres import Postgres
from tests.store.work import created

NOBODY: Final = 65534
BIG: Final = Draft(document=document() + "\n# x" * 60_000)


def refused_kind(act: Callable[[], object]) -> str:
    with pytest.raises(StoreUnavailable) as caught:
        act()
    assert "Nothing was changed" in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert not isinstance(caught.value, SaveUnknown)
    return caught.value.faults[0].kind


def require_as_before(store: Store, id: str, name: str = "One") -> None:
    """One scenario, in one version, and it can be saved again."""
    assert [entry.name for entry in store.scenarios.search(ANNA)] == [name]
    assert store.scenarios.entry(ANNA, id).head == 1
    assert store.scenarios.save(ANNA, id, draft("Two"), based_on=1).number == 2
    assert soundness(store.database).faults == ()


@contextmanager
def small_disk(size: str, owner: str | None = None) -> Iterator[Path]:
    """A folder on a disk of its own, of that size."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder = Path(tempfile.mkdtemp(prefix="sim-disk-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False
    )
    if mounted.returncode != 0:
        folder.rmdir()
        pytest.skip("a disk cannot be mounted here")
    try:
        if owner:
            shutil.chown(folder, owner, owner)
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def fill(folder: Path) -> Path:
    """A file that takes all the room that is left."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 10, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return path


def test_a_full_disk_is_said_and_when_there_is_room_again_it_goes_on() -> None:
    with small_disk("4m") as folder:
        store = open_store(f"sqlite:///{folder}/library.sqlite")
        id = created(store)
        filler = fill(folder)
        for _ in range(2):
            assert refused_kind(lambda: store.scenarios.create(ANNA, BIG)) == "store_full"
            assert (
                refused_kind(lambda: store.scenarios.save(ANNA, id, BIG, based_on=1))
                == "store_full"
            )
        assert store.scenarios.version(ANNA, id).number == 1
        filler.unlink()
        require_as_before(store, id)
        store.close()


@pytest.fixture
def admin(server: Postgres) -> Iterator[sa.Connection]:
    """What the owner of the server may do."""
    engine = sa.create_engine(library_url(server.url("postgres")), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_a_full_disk_of_postgresql_is_said_too(
    server: Postgres, admin: sa.Connection, opened: Opener
) -> None:
    with small_disk("24m", "postgres") as folder:
        admin.execute(sa.text(f"CREATE TABLESPACE small LOCATION '{folder}'"))
        admin.execute(sa.text("CREATE DATABASE small TABLESPACE small"))
        try:
            store = opened(server.url("small"))
            id = created(store)
            filler = fill(folder)
            # There may be room for some in the pages that the tables have already.
            some = refused_kind(lambda: [store.scenarios.create(ANNA, BIG) for _ in range(300)])
            assert some == "store_full"
            filler.unlink()
            assert store.scenarios.version(ANNA, id).number == 1
            assert store.scenarios.save(ANNA, id, draft("Two"), based_on=1).number == 2
            assert soundness(store.database).faults == ()
            store.close()
        finally:
            admin.execute(sa.text("DROP DATABASE small WITH (FORCE)"))
            admin.execute(sa.text("DROP TABLESPACE small"))


def test_a_file_that_may_not_grow_is_full(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/library.sqlite")
    id, limit = created(store), [40]
    event.listen(
        store.database.engine,
        "checkout",
        lambda connection, *_: connection.execute(f"PRAGMA max_page_count = {limit[0]}"),
    )
    assert refused_kind(lambda: store.scenarios.create(ANNA, BIG)) == "store_full"
    limit[0] = 1_000_000
    require_as_before(store, id)
    store.close()


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to write everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach: pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="sim-open-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_read_only_folder_is_said_and_what_is_in_it_stays(open_folder: Path) -> None:
    path = open_folder / "library.sqlite"
    store = open_store(f"sqlite:///{path}")
    id = created(store)
    store.close()
    before = path.read_bytes()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    with as_nobody():
        kind = refused_kind(lambda: open_store(f"sqlite:///{path}"))
        new = refused_kind(lambda: open_store(f"sqlite:///{open_folder}/other.sqlite"))
        below = refused_kind(lambda: open_store(f"sqlite:///{open_folder}/new/other.sqlite"))
    open_folder.chmod(0o755)
    path.chmod(0o644)
    assert kind in ("store_read_only", "store_gone")
    assert new == below == "store_read_only"
    assert [each.name for each in open_folder.iterdir()] == ["library.sqlite"]
    assert path.read_bytes() == before
    store = open_store(f"sqlite:///{path}")
    require_as_before(store, id)
    store.close()


def test_a_file_that_turns_read_only_is_said(open_folder: Path) -> None:
    path = open_folder / "library.sqlite"
    store = open_store(f"sqlite:///{path}")
    id = created(store)
    event.listen(
        store.database.engine,
        "checkout",
        lambda connection, *_: connection.execute("PRAGMA query_only = 1"),
    )
    assert (
        refused_kind(lambda: store.scenarios.save(ANNA, id, draft(), based_on=1))
        == "store_read_only"
    )
    assert store.scenarios.version(ANNA, id).number == 1
    store.close()


def test_a_read_only_postgresql_is_read_and_said(
    admin: sa.Connection, store_on_postgresql: Store
) -> None:
    store, id = store_on_postgresql, created(store_on_postgresql)
    name = store.database.engine.url.database

    def read_only(on: str) -> None:
        admin.execute(sa.text(f"ALTER DATABASE {name} SET default_transaction_read_only = {on}"))
        store.database.engine.dispose()

    read_only("on")
    assert (
        refused_kind(lambda: store.scenarios.save(ANNA, id, draft(), based_on=1))
        == "store_read_only"
    )
    assert store.scenarios.version(ANNA, id).number == 1
    read_only("off")
    require_as_before(store, id)


@pytest.fixture
def store_on_postgresql(server: Postgres, opened: Opener) -> Store:
    from tests.store.conftest import fresh

    return opened(fresh(server.url("postgres")))


def test_a_server_that_is_gone_is_said_and_back_it_goes_on(
    server: Postgres, store_on_postgresql: Store
) -> None:
    store, id = store_on_postgresql, created(store_on_postgresql)
    server.stop(signal.SIGQUIT)
    try:
        for _ in range(2):
            assert refused_kind(lambda: store.scenarios.search(ANNA)) == "store_gone"
            assert refused_kind(lambda: store.scenarios.create(ANNA, draft())) == "store_gone"
            assert refused_kind(lambda: open_store(server.url("postgres"))) == "store_gone"
    finally:
        server.start()
    require_as_before(store, id)


def test_a_server_that_was_started_anew_between_two_calls_is_not_noticed(
    server: Postgres, store_on_postgresql: Store
) -> None:
    store, id = store_on_postgresql, created(store_on_postgresql)
    server.stop(signal.SIGQUIT)
    server.start()
    require_as_before(store, id)


def test_a_server_that_goes_away_during_a_save_is_said(
    server: Postgres, store_on_postgresql: Store
) -> None:
    store, id = store_on_postgresql, created(store_on_postgresql)

    def gone(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO versions") and server.process:
            server.stop(signal.SIGQUIT)

    event.listen(store.database.engine, "before_cursor_execute", gone)
    try:
        kind = refused_kind(lambda: store.scenarios.save(ANNA, id, draft("x"), based_on=1))
    finally:
        event.remove(store.database.engine, "before_cursor_execute", gone)
        server.start()
    assert kind == "store_gone"
    require_as_before(store, id)


def losing_answers(store: Store, times: int) -> Callable[[Any], None]:
    """A commit that is carried out, and then nobody hears of it."""
    really, left = store.database.engine.dialect.do_commit, [times]

    def commit(connection: Any) -> None:
        really(connection)
        if left[0]:
            left[0] -= 1
            if isinstance(connection.driver_connection, sqlite3.Connection):
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR  # type: ignore[misc]
                raise error
            connection.driver_connection.close()
            really(connection)

    return commit


def test_a_lost_answer_is_asked_for_again_and_nothing_is_doubled(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.database.engine.dialect, "do_commit", losing_answers(store, 1))
    id = created(store)
    monkeypatch.undo()
    assert [entry.id for entry in store.scenarios.search(ANNA)] == [id]
    monkeypatch.setattr(store.database.engine.dialect, "do_commit", losing_answers(store, 1))
    assert store.scenarios.save(ANNA, id, draft("Two"), based_on=1).number == 2
    monkeypatch.undo()
    assert store.scenarios.entry(ANNA, id).head == 2


def test_an_answer_that_stays_away_is_unknown_until_the_same_is_saved_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = created(store)
    monkeypatch.setattr(store.database.engine.dialect, "do_commit", losing_answers(store, 99))
    with pytest.raises(SaveUnknown) as caught:
        store.scenarios.save(ANNA, id, draft("Two"), based_on=1, save_id="mine")
    assert caught.value.faults[0].kind == "save_unknown"
    assert "not be saved twice" in str(caught.value)
    monkeypatch.undo()
    assert store.scenarios.save(ANNA, id, draft("Two"), based_on=1, save_id="mine").number == 2
    assert store.scenarios.entry(ANNA, id).head == 2


def test_a_connection_that_is_cut_at_the_commit_is_taken_up_again(
    server: Postgres, store_on_postgresql: Store
) -> None:
    store, cuts = store_on_postgresql, [1]

    def cut(connection: Any) -> None:
        if cuts[0] and connection.get_execution_options().get("writes"):
            cuts[0] -= 1
            pid = connection.connection.driver_connection.info.backend_pid
            server.tool("psql", "-d", "postgres", "-c", f"SELECT pg_terminate_backend({pid}, 5000)")

    event.listen(store.database.engine, "commit", cut)
    id = created(store)
    assert cuts == [0]
    require_as_before(store, id)


def test_a_file_that_was_taken_away_is_said_and_does_not_come_back_empty(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    store = open_store(f"sqlite:///{path}")
    id = created(store)
    store.database.engine.dispose()
    path.rename(tmp_path / "elsewhere")
    assert refused_kind(lambda: store.scenarios.search(ANNA)) == "store_gone"
    assert refused_kind(lambda: store.scenarios.create(ANNA, draft("Lost"))) == "store_gone"
    # Also where it goes between being looked for and being opened.
    with pytest.raises(sa.exc.OperationalError):
        store.database.engine.connect()
    assert not path.exists()
    (tmp_path / "elsewhere").rename(path)
    require_as_before(store, id)
    store.close()


def test_a_file_that_was_replaced_is_the_one_that_is_used(tmp_path: Path) -> None:
    path, other = tmp_path / "library.sqlite", tmp_path / "other.sqlite"
    beside = open_store(f"sqlite:///{other}")
    id = created(beside, "Other")
    beside.close()
    store = open_store(f"sqlite:///{path}")
    created(store)
    for each in ("-wal", "-shm"):
        path.with_name(path.name + each).unlink(missing_ok=True)
    other.replace(path)
    require_as_before(store, id, "Other")
    store.close()


def test_who_opens_a_new_file_waits_for_another_who_writes_to_it(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE foreign_table (x)")
    other.execute("BEGIN IMMEDIATE")
    ends = threading.Timer(0.4, other.execute, ["ROLLBACK"])
    ends.start()
    try:
        created(store := open_store(f"sqlite:///{path}"))
        store.close()
    finally:
        ends.join()
        other.close()


@pytest.mark.parametrize(
    "content", [b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_database_is_said_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(content)
    assert refused_kind(lambda: open_store(f"sqlite:///{path}")) == "store_damaged"
    assert path.read_bytes() == content


def test_who_waits_too_long_for_others_is_told_so(store: Store) -> None:
    id = created(store)
    on_sqlite = store.database.file is not None

    def impatient(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 50" if on_sqlite else "SET lock_timeout = '50ms'")
        connection.commit()

    event.listen(store.database.engine, "checkout", impatient)
    lock = sa.text("UPDATE scenarios SET head = head WHERE id = :id")
    with store.database.engine.connect() as other, other.begin():
        other.execute(lock, {"id": id})
        kind = refused_kind(lambda: store.scenarios.save(ANNA, id, draft("Two"), based_on=1))
    assert kind == "store_busy"
    require_as_before(store, id)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("nonsense", "bad_address"),
        ("mysql://u:secret@localhost/x", "bad_address"),
        ("sqlite://", "bad_address"),
        ("sqlite:///:memory:", "bad_address"),
        ("postgresql://u:secret@localhost:x/y", "bad_address"),
        ("postgresql://u:secret@localhost", "bad_address"),
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(address: str, kind: str) -> None:
    with pytest.raises(Refused) as caught:
        open_store(address)
    assert caught.value.faults[0].kind == kind
    assert "secret" not in str(caught.value)


def test_the_library_is_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLOSED_LOOP_DATABASE", raising=False)
    monkeypatch.setenv("CLOSED_LOOP_DATA", str(tmp_path / "data"))
    assert library_url().database == str(tmp_path / "data" / "library.sqlite")
    open_store().close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "library.sqlite").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("CLOSED_LOOP_DATABASE", "postgresql://a:b@c/d")
    assert library_url().drivername == "postgresql+psycopg"
    assert library_url("sqlite:////x/y").database == "/x/y"
    monkeypatch.delenv("CLOSED_LOOP_DATABASE")
    monkeypatch.delenv("CLOSED_LOOP_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    assert library_url().database == str(tmp_path / "home" / "closed-loop-lab" / "library.sqlite")


def test_without_its_driver_postgresql_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    import sim.store.database as module

    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'psycopg'")

    monkeypatch.setattr(module, "create_engine", missing)
    with pytest.raises(Refused) as caught:
        open_store("postgresql://a@b/c")
    assert caught.value.faults[0].kind == "no_driver"
    assert "psycopg" in str(caught.value)
