"""What tests of several folders share: one browser for the whole run."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.chromium import missing, need
from tests.server import ARGUMENTS, CHROMIUM


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    need(missing())
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
