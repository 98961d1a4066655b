"""The same tests on SQLite and on PostgreSQL: a fresh database for each."""

import os
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa

from sim.store.limits import Limits
from sim.store.schema import SCENARIOS
from sim.store.store import Store, open_store
from tests.needs import need
from tests.store import postgres
from tests.store.postgres import Postgres

DATABASES: Final = ("sqlite", "postgresql")
_NUMBERS: Final = count()


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A server that the tests may stop and start."""
    need(postgres.missing(), "POSTGRES", "tests on PostgreSQL")
    with postgres.started() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """Any database of the server that tests may make others beside."""
    given = os.environ.get(postgres.SETTING)
    return given or request.getfixturevalue("server").url("postgres")


def fresh(url: str) -> str:
    """The address of a new database beside the one at an address."""
    from sim.store.address import library_url

    name = f"library_{os.getpid()}_{next(_NUMBERS)}"
    beside = library_url(url)
    engine = sa.create_engine(beside, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return beside.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def used_url(postgres_url: str) -> str:
    """One database for all tests that do not mind who was there before: making one takes a second."""
    return fresh(postgres_url)


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables and nothing in them: copied, since making them takes a while."""
    path = tmp_path_factory.mktemp("empty") / "library.sqlite"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a library with nothing in it."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_library"), tmp_path / "library.sqlite")
        return f"sqlite:///{tmp_path}/library.sqlite"
    used = request.getfixturevalue("used_url")
    store = open_store(used)
    # Everything belongs to a scenario, and goes with it.
    store.database.write(lambda connection: connection.execute(sa.delete(SCENARIOS)))
    store.close()
    return used


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without a table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/library.sqlite"
    return fresh(request.getfixturevalue("postgres_url"))


class Clock:
    """A time that passes when it is asked, and when a test says so."""

    def __init__(self) -> None:
        self.now = 1_700_000_000_000_000

    def __call__(self) -> int:
        self.now += 1
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += int(days * 86_400_000_000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


Opener = Callable[..., Store]


@pytest.fixture
def opened(clock: Clock) -> Iterator[Opener]:
    """Opens libraries, and closes them after the test."""
    stores: list[Store] = []

    def open_at(address: str, limits: Limits | None = None) -> Store:
        stores.append(open_store(address, limits=limits, now=clock))
        return stores[-1]

    yield open_at
    for store in stores:
        store.close()


@pytest.fixture
def store(url: str, opened: Opener) -> Store:
    return opened(url)
