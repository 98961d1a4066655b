"""Many at once, and some of them killed: nothing is lost, and nothing is there by half."""

import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from sqlalchemy import event

from sim.documents.toml_document import parse
from sim.store.soundness import soundness
from sim.store.store import Store, open_store
from tests.store import work
from tests.store.drafts import ANNA, draft
from tests.store.work import CONTEXT, PATIENCE, created, together


def names(store: Store, id: str) -> list[str]:
    lines = store.scenarios.versions(ANNA, id)
    documents = [store.scenarios.version(ANNA, id, line.number).document for line in lines]
    return [parse(document).name for document in reversed(documents)]


def require_sound(store: Store) -> None:
    assert soundness(store.database).faults == ()


def test_sqlite_writes_ahead_and_has_every_commit_on_the_disk(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'library.sqlite'}")
    with store.database.engine.connect() as connection:
        said = connection.exec_driver_sql
        asked = [said(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    store.close()
    assert asked == ["wal", 2]


def test_eight_processes_open_an_empty_database_at_once(empty_url: str) -> None:
    ids = together(work.open_and_create, 8, empty_url)
    store = open_store(empty_url)
    assert sorted(entry.id for entry in store.scenarios.search(ANNA)) == sorted(ids)
    require_sound(store)
    store.close()


def test_of_several_who_save_at_once_exactly_one_is_first(store: Store, url: str) -> None:
    id = created(store)
    said = together(work.save_once, 4, url, id)
    assert sorted(said) == ["conflict", "conflict", "conflict", "saved"]
    assert names(store, id) == ["One", f"by {said.index('saved')}"]


def test_saving_on_top_of_one_another_loses_nothing(store: Store, url: str) -> None:
    id = created(store)
    together(work.save_on_top, 3, url, id, 8)
    found = names(store, id)
    assert sorted(found) == sorted(
        ["One", *(f"{who}.{each}" for who in range(3) for each in range(8))]
    )
    for who in range(3):
        own = [name for name in found if name.startswith(f"{who}.")]
        assert own == [f"{who}.{each}" for each in range(8)]
    require_sound(store)


def test_the_limit_holds_for_those_who_create_at_once(store: Store, url: str) -> None:
    made = together(work.create_some, 4, url, 3, 5)
    assert sum(made) == len(store.scenarios.search(ANNA)) == 5


def test_the_same_save_at_once_is_one(store: Store, url: str) -> None:
    ids = together(work.create_the_same, 4, url, "the same")
    assert len(set(ids)) == 1
    assert [entry.id for entry in store.scenarios.search(ANNA)] == ids[:1]


def test_what_was_said_to_be_kept_is_kept_whenever_the_process_is_killed(
    store: Store, url: str
) -> None:
    id, chance, head = created(store), random.Random(20211115), 1
    for _ in range(12):
        reading, writing = CONTEXT.Pipe(duplex=False)
        process = CONTEXT.Process(target=work.save_for_ever, args=(url, id, writing))
        process.start()
        writing.close()
        assert reading.poll(PATIENCE)
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.join(PATIENCE)
        assert process.exitcode == -signal.SIGKILL
        told = head
        try:
            while True:
                told = reading.recv()
        except EOFError:
            pass
        before, head = head, store.scenarios.entry(ANNA, id).head
        # The last may have been kept without anybody being told.
        assert before < told <= head <= told + 1
    version = store.scenarios.version(ANNA, id)
    assert parse(version.document).name == f"version {head}"
    assert [line.number for line in store.scenarios.versions(ANNA, id)] == list(range(head, 0, -1))[
        :200
    ]
    require_sound(store)


def test_what_was_not_confirmed_is_not_there(store: Store, url: str) -> None:
    id = created(store)
    for _ in range(2):
        process = CONTEXT.Process(target=work.die_before_confirming, args=(url, id))
        process.start()
        process.join(PATIENCE)
        assert process.exitcode == -signal.SIGKILL
        assert names(store, id) == ["One"]
    require_sound(store)
    assert store.scenarios.restore(ANNA, id, 1, based_on=1).number == 2


@pytest.mark.parametrize("statements", [4, 9, 15, 20])
def test_who_is_killed_while_making_the_tables_leaves_none(empty_url: str, statements: int) -> None:
    process = CONTEXT.Process(target=work.die_while_migrating, args=(empty_url, statements))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL
    store = open_store(empty_url)
    created(store)
    require_sound(store)
    store.close()


def test_a_round_is_not_revealed_while_somebody_is_entering(store: Store) -> None:
    round = store.rounds.open(ANNA, created(store))
    entering, goes_on = threading.Event(), threading.Event()

    def pause(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO entries"):
            entering.set()
            assert goes_on.wait(PATIENCE)

    event.listen(store.database.engine, "before_cursor_execute", pause)
    with ThreadPoolExecutor() as pool:
        entry = pool.submit(store.rounds.put_entry, ANNA, round.id, "Anna", draft())
        assert entering.wait(PATIENCE)
        reveal = pool.submit(store.rounds.reveal, ANNA, round.id)
        done, _ = wait([reveal], timeout=0.3)
        goes_on.set()
        entry.result(PATIENCE)
        reveal.result(PATIENCE)
    assert not done
    assert [each.name for each in store.rounds.entries(ANNA, round.id)] == ["Anna"]
