"""What tests of several folders share: one browser for the whole run, and a process that stays itself."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.chromium import missing, need
from tests.server import ARGUMENTS, CHROMIUM


@pytest.fixture(autouse=True)
def _own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's AppTest leaves its script behind as the main module, which new processes then run."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    need(missing())
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
