"""One front with two replicas for all tests of this folder, in front of a real nginx."""

import os
from collections.abc import Iterator
from typing import Final

import pytest

from tests.hosting.front import Front, missing, start_front

REQUIRED: Final = os.environ.get("CLOSED_LOOP_REQUIRE_HOSTING") == "1"


def need_front() -> None:
    """Skip a test where no front can be started; fail it where it is required."""
    reason = missing()
    if reason and REQUIRED:
        pytest.fail(f"the tests of hosting are required, but {reason}")
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """nginx and two replicas that are ready."""
    need_front()
    running = start_front(tmp_path_factory.mktemp("front"))
    yield running
    running.stop()
