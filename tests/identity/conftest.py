"""A provider and a server that knows it, each a process of its own on loopback, ended by its id."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

from tests.chromium import missing as missing_browser
from tests.chromium import need as need_browser
from tests.identity.provider import CLIENT, PASSWORD, SECRET, Someone
from tests.needs import need
from tests.server import ROOT, Server, free_port, start_server, wait_for_answer

PATIENCE: Final = 30_000
FIRST_PATIENCE: Final = 180_000
COOKIE_SECRET: Final = "0123456789abcdef" * 4


def need_provider() -> None:
    missing = [name for name in ("canaille", "authlib", "httpx") if find_spec(name) is None]
    reason = f"{', '.join(missing)} not installed (extra identity)" if missing else None
    need(reason, "IDENTITY", "the tests of identity")


def start_provider(folder: Path, port: int, redirects: list[str]) -> Server:
    """Canaille with its people; it lets nobody but the given addresses have an answer."""
    log = folder / f"provider-{port}.txt"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "AUTHLIB_INSECURE_TRANSPORT": "1"}
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.identity.provider", str(port), *redirects],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=out,
        )
    running = Server(url=f"http://127.0.0.1:{port}", log=log, port=port, process=process)
    wait_for_answer(f"{running.url}/.well-known/openid-configuration", running)
    return running


def log_in_settings(provider: str, port: int) -> dict[str, str]:
    """What a host sets so that people log in at a provider."""
    return {
        "CLOSED_LOOP_LOGIN_PROVIDER": f"{provider}/.well-known/openid-configuration",
        "CLOSED_LOOP_LOGIN_CLIENT": CLIENT,
        "CLOSED_LOOP_LOGIN_SECRET": SECRET,
        "CLOSED_LOOP_LOGIN_SITE": f"http://127.0.0.1:{port}",
        "STREAMLIT_SERVER_COOKIE_SECRET": COOKIE_SECRET,
    }


@pytest.fixture(scope="session")
def ports() -> tuple[int, int]:
    """Of the provider and of the server, which have to know each other beforehand."""
    return free_port(), free_port()


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory, ports: tuple[int, int]) -> Iterator[Server]:
    need_provider()
    here = f"http://127.0.0.1:{ports[1]}/oauth2callback"
    running = start_provider(tmp_path_factory.mktemp("provider"), ports[0], [here])
    yield running
    running.stop()


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, provider: Server, ports: tuple[int, int]
) -> Iterator[Server]:
    need_browser(missing_browser())
    folder = tmp_path_factory.mktemp("identity")
    running = start_server(folder / "log.txt", ports[1], log_in_settings(provider.url, ports[1]))
    yield running
    running.stop()


@dataclass
class Browser:
    """One person's browser: tabs of one profile."""

    context: Any
    server: Server

    def open(self, address: str = "/library") -> Any:
        """A new tab, when its script has run."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address if address.startswith("http") else self.server.url + address)
        page.wait_for_selector('[data-testid="stApp"]', timeout=FIRST_PATIENCE)
        idle(page)
        return page

    def log_in(self, someone: Someone, address: str = "/library") -> Any:
        """A tab in which somebody is logged in."""
        page = self.open(address)
        log_in(page, someone)
        return page


Profiles = Callable[..., Browser]


@pytest.fixture
def expected() -> list[str]:
    """What a test expects to find in the server's log, as parts of its lines."""
    return []


@pytest.fixture
def profile(server: Server, chromium: Any, expected: list[str]) -> Iterator[Profiles]:
    """Makes browsers that know nothing of each other; the server's log must be clean after."""
    contexts, before = [], len(server.faults())

    def made(*, locale: str = "en", **look: Any) -> Browser:
        look = {"viewport": {"width": 1440, "height": 900}, **look}
        contexts.append(chromium.new_context(locale=locale, **look))
        return Browser(context=contexts[-1], server=server)

    yield made
    for context in contexts:
        context.close()
    said = server.faults()[before:]
    for part in expected:
        assert any(part in line for line in said), part
    left = [line for line in said if not any(part in line for part in expected)]
    assert not left, "the server's log"


def idle(page: Any) -> None:
    page.wait_for_selector('[data-testid="stApp"]', timeout=FIRST_PATIENCE)
    page.wait_for_selector("html:not([data-sim-unheard])", state="attached")
    for _ in range(2):
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        page.wait_for_timeout(200)


def log_in(page: Any, someone: Someone) -> None:
    """Press the button, say who one is at the provider, and come back."""
    page.locator(".st-key-login button").click()
    at_provider(page, someone)
    page.locator(".st-key-logout button").wait_for()
    idle(page)


def at_provider(page: Any, someone: Someone) -> None:
    """The provider's own pages: a name, then a password; each form goes off by its own button."""
    for name, said in (("login", someone.name), ("password", PASSWORD)):
        box = page.locator(f"input[name={name}]")
        box.fill(said)
        page.locator("form", has=box).locator("button[type=submit].primary").click()
