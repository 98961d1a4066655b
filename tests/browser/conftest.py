"""A real server and a real browser. Every wait is bounded; what the browser asks for is watched."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

from tests.chromium import missing, need
from tests.server import Server, free_port, start_server

PATIENCE: Final = 30_000
# The first run of all compiles the engine.
FIRST_PATIENCE: Final = 180_000


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests; its log must be clean at the end of each."""
    need(missing())
    running = start_server(tmp_path_factory.mktemp("server") / "log.txt", free_port())
    yield running
    running.stop()


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
        connection: Callable[[Any], None] | None = None,
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
        if connection:
            page.route_web_socket("**/_stcore/stream", connection)
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
    """Wait until no script runs, twice with a pause: it is idle before its first run as well.

    And until worlds are drawn, which come beside the page.
    """
    page.wait_for_selector("html:not([data-sim-unheard])", state="attached")
    for _ in range(2):
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        page.wait_for_timeout(200)
    page.wait_for_selector("html:not([data-sim-worlds])", state="attached")


def opened_box(page: Any, label: str) -> None:
    """Open the box whose title holds this, if it is not open, and wait until it stands still.

    It opens over half a second, and what lies in it moves under the pointer meanwhile.
    """
    box = page.locator('[data-testid="stExpander"]', has_text=label).last
    if box.locator("details[open]").count() == 0:
        box.locator("summary").click()
    idle(page)
    page.wait_for_function(
        """(box) => box.querySelector("details[open]")
        && box.getAnimations({subtree: true}).every(({playState}) => playState !== "running")""",
        arg=box.element_handle(),
    )
