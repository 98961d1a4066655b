"""Whether there is a browser to drive, and what becomes of a test where there is none."""

import os
from pathlib import Path
from typing import Final

import pytest

from tests.server import CHROMIUM

REQUIRED: Final = os.environ.get("CLOSED_LOOP_REQUIRE_BROWSER") == "1"


def missing() -> str | None:
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return None if Path(CHROMIUM).exists() else f"{CHROMIUM} is not there"


def need(reason: str | None) -> None:
    if reason is None:
        return
    if REQUIRED:
        pytest.fail(f"the browser tests are required, but {reason}")
    pytest.skip(reason)
