"""What other processes do in the tests: each opens the library for itself."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any, Final

from sqlalchemy import event

from sim.errors import Conflict, Refused
from sim.store.limits import Limits
from sim.store.store import Store, open_store
from tests.store.drafts import ANNA, draft

CONTEXT: Final = multiprocessing.get_context("forkserver")
# Imported once, and not by each of the hundred processes.
CONTEXT.set_forkserver_preload(
    ["tests.store.work", "sim.engine.compiled", "alembic.command", "psycopg"]
)
PATIENCE: Final = 60


def together(act: Callable[..., Any], many: int, *arguments: object) -> list[Any]:
    """What each of some processes answers that all start at the same moment."""
    barrier = CONTEXT.Barrier(many)
    pipes = [CONTEXT.Pipe(duplex=False) for _ in range(many)]
    processes = [
        CONTEXT.Process(target=_told, args=(act, barrier, pipe[1], number, arguments))
        for number, pipe in enumerate(pipes)
    ]
    for process in processes:
        process.start()
    for _, writing in pipes:
        writing.close()
    answers = []
    for reading, _ in pipes:
        assert reading.poll(PATIENCE), "no answer"
        answers.append(reading.recv())
    for process in processes:
        process.join(PATIENCE)
        assert process.exitcode == 0
    return answers


def _told(
    act: Callable[..., Any],
    barrier: Any,
    told: Connection,
    number: int,
    arguments: Sequence[object],
) -> None:
    barrier.wait(PATIENCE)
    told.send(act(number, *arguments))


def open_and_create(number: int, url: str) -> str:
    """Open a library that is perhaps not there yet, and keep something in it."""
    store = open_store(url)
    found = store.scenarios.create(ANNA, draft(f"by {number}")).scenario_id
    store.close()
    return found


def save_once(number: int, url: str, id: str) -> str:
    """Save on top of version 1, and say whether that was still the newest."""
    store = open_store(url)
    try:
        store.scenarios.save(ANNA, id, draft(f"by {number}"), based_on=1)
    except Conflict as conflict:
        assert conflict.theirs.number == 2  # type: ignore[attr-defined]
        return "conflict"
    finally:
        store.close()
    return "saved"


def save_on_top(number: int, url: str, id: str, times: int) -> int:
    """Save so many times, on top of whatever is there; the number of conflicts on the way."""
    store, conflicts = open_store(url), 0
    for each in range(times):
        based_on = store.scenarios.entry(ANNA, id).head
        while True:
            try:
                store.scenarios.save(ANNA, id, draft(f"{number}.{each}"), based_on=based_on)
                break
            except Conflict as conflict:
                conflicts += 1
                based_on = conflict.theirs.number  # type: ignore[attr-defined]
    store.close()
    return conflicts


def create_some(number: int, url: str, times: int, most: int) -> int:
    """How many of so many could be created."""
    store, made = open_store(url, limits=Limits(scenarios=most)), 0
    for _ in range(times):
        try:
            store.scenarios.create(ANNA, draft())
            made += 1
        except Refused:
            pass
    store.close()
    return made


def create_the_same(_number: int, url: str, save_id: str) -> str:
    """Create what all others create too, under the same save id."""
    store = open_store(url)
    found = store.scenarios.create(ANNA, draft("same"), save_id=save_id).scenario_id
    store.close()
    return found


def save_for_ever(url: str, id: str, told: Connection) -> None:
    """Save on and on, and tell of each version once it is said to be kept."""
    store = open_store(url)
    head = store.scenarios.entry(ANNA, id).head
    while True:
        head = store.scenarios.save(ANNA, id, draft(f"version {head + 1}"), based_on=head).number
        told.send(head)


def die_before_confirming(url: str, id: str) -> None:
    """Save, and be killed when everything is written but not yet confirmed."""
    store = open_store(url)
    head = store.scenarios.entry(ANNA, id).head
    event.listen(store.database.engine, "commit", lambda _connection: _die())
    store.scenarios.save(ANNA, id, draft("never"), based_on=head)


def die_while_migrating(url: str, statements: int) -> None:
    """Open an empty library, and be killed after so many statements."""
    from sqlalchemy.engine import Engine

    left = [statements]

    def counted(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            _die()

    event.listen(Engine, "after_cursor_execute", counted)
    open_store(url)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def created(store: Store, name: str = "One") -> str:
    """The id of a new scenario of Anna's."""
    return store.scenarios.create(ANNA, draft(name)).scenario_id
