"""One front for all tests of this folder: a real nginx, two replicas, and one PostgreSQL behind them."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.hosting.front import Front, missing, start_front
from tests.needs import need
from tests.store import postgres
from tests.store.postgres import Postgres

WHAT: Final = "the tests of hosting"


def need_front() -> None:
    """Skip a test where no front can be started; fail it where it is required."""
    need(missing(), "HOSTING", WHAT)


@pytest.fixture(scope="session")
def database() -> Iterator[Postgres]:
    """The one library of all replicas."""
    need(postgres.missing(), "HOSTING", WHAT)
    with postgres.started() as running:
        yield running


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory, database: Postgres) -> Iterator[Front]:
    """nginx and two replicas that are ready."""
    need_front()
    settings = {"CLOSED_LOOP_DATABASE": database.url("postgres")}
    running = start_front(tmp_path_factory.mktemp("front"), settings=settings)
    yield running
    running.stop()
