"""Whether there is a browser to drive, and what becomes of a test where there is none."""

from pathlib import Path

from tests import needs
from tests.server import CHROMIUM


def missing() -> str | None:
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return None if Path(CHROMIUM).exists() else f"{CHROMIUM} is not there"


def need(reason: str | None) -> None:
    needs.need(reason, "BROWSER", "the browser tests")
