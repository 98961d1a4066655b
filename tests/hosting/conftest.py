"""One front for all tests of this folder: a real nginx, two replicas, and one PostgreSQL behind them."""

import importlib.util
import os
import shutil
import signal
from collections.abc import Iterator
from typing import Final

import pytest

from tests.hosting.front import Front, missing, start_front
from tests.store import postgres
from tests.store.postgres import Postgres

REQUIRED: Final = os.environ.get("CLOSED_LOOP_REQUIRE_HOSTING") == "1"


def need_front() -> None:
    """Skip a test where no front can be started; fail it where it is required."""
    need(missing())


def need(reason: str | None) -> None:
    """Skip a test for a reason; fail it where the tests of hosting are required."""
    if reason and REQUIRED:
        pytest.fail(f"the tests of hosting are required, but {reason}")
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def database() -> Iterator[Postgres]:
    """The one library of all replicas."""
    need(None if importlib.util.find_spec("psycopg") else "psycopg is not installed")
    need(None if postgres.binaries() else "no PostgreSQL is installed (/usr/lib/postgresql)")
    running = postgres.made()
    yield running
    running.stop(signal.SIGQUIT)
    shutil.rmtree(running.folder, ignore_errors=True)


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory, database: Postgres) -> Iterator[Front]:
    """nginx and two replicas that are ready."""
    need_front()
    settings = {"CLOSED_LOOP_DATABASE": database.url("postgres")}
    running = start_front(tmp_path_factory.mktemp("front"), settings=settings)
    yield running
    running.stop()
