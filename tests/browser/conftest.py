"""A real server and a real browser. Every wait is bounded; what the browser asks for is watched."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from tests.server import ARGUMENTS, CHROMIUM, Server, free_port, start_server

PATIENCE: Final = 30_000
# The first run of all compiles the engine.
FIRST_PATIENCE: Final = 180_000
REQUIRED: Final = os.environ.get("CLOSED_LOOP_REQUIRE_BROWSER") == "1"


def _missing() -> str | None:
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is not installed"
    return None if Path(CHROMIUM).exists() else f"{CHROMIUM} is not there"


def _need(reason: str | None) -> None:
    if reason is None:
        return
    if REQUIRED:
        pytest.fail(f"the browser tests are required, but {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests; its log must be clean at the end of each."""
    _need(_missing())
    running = start_server(tmp_path_factory.mktemp("server") / "log.txt", free_port())
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests."""
    _need(_missing())
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a test's pages said and asked for that they should not have."""

    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


Opener = Callable[..., Any]


@pytest.fixture
def open_page(server: Server, chromium: Any) -> Iterator[Opener]:
    """Opens the application in a browser context of its own, and looks at what went wrong after."""
    watch, contexts = Watch(), []
    faults_before = len(server.faults())

    def opened(
        address: str = "/",
        *,
        locale: str = "zh-CN",
        size: tuple[int, int] = (1440, 900),
        scheme: str = "light",
        wait: bool = True,
        forbid: str | None = None,
    ) -> Any:
        context = chromium.new_context(
            locale=locale, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        if forbid:
            # As a proxy would, that wants the visitor to log in.
            page.route(forbid, lambda route: route.fulfill(body="<html>"))
        page.on("console", lambda said: _note(watch, said))
        page.on("pageerror", lambda error: watch.console.append(str(error)))
        page.on("request", lambda asked: _note_request(watch, asked.url))
        page.goto(address if address.startswith("http") else server.url + address)
        if wait:
            settled(page, FIRST_PATIENCE)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not watch.console, "the browser's console"
    assert not watch.foreign, "requests that left the machine"
    assert not server.faults()[faults_before:], "the server's log"


def _note(watch: Watch, said: Any) -> None:
    if said.type == "error":
        watch.console.append(said.text)


def _note_request(watch: Watch, url: str) -> None:
    if not re.match(r"(https?|wss?)://127\.0\.0\.1[:/]|data:|blob:|about:", url):
        watch.foreign.append(url)


def settled(page: Any, patience: int = PATIENCE) -> None:
    """Wait until the script has run and all charts are painted."""
    page.wait_for_selector('.sim-grid[data-painted="all"]', timeout=patience)
    idle(page)


def idle(page: Any) -> None:
    """Wait until no script runs, twice with a pause: it is idle before its first run as well."""
    page.wait_for_selector("html:not([data-sim-unheard])", state="attached")
    for _ in range(2):
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        page.wait_for_timeout(200)
