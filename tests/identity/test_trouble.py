"""The provider away, a log-in called off, and settings that cannot be: told, and exploring goes on."""

import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from tests.browser.test_journeys import box, press
from tests.browser.test_library import click
from tests.chromium import missing as missing_browser
from tests.chromium import need as need_browser
from tests.identity.conftest import Browser, Profiles, idle, log_in_settings, need_provider
from tests.server import Server, free_port, start_server

pytestmark = pytest.mark.browser

GUARANTEE: Final = "policy.guarantee_target"
FAILED: Final = {
    "en": "You were not logged in: the log-in service did not answer",
    "zh-CN": "没有登录成功：登录服务没有响应",
}
BROKEN: Final = {"en": "Log-in is set up here, but wrongly", "zh-CN": "这里的登录设置有误"}


def started(folder: Path, settings: dict[str, str], port: int) -> Iterator[Server]:
    need_browser(missing_browser())
    need_provider()
    running = start_server(folder / "log.txt", port, settings)
    yield running
    running.stop()


@pytest.fixture
def left_alone(tmp_path: Path) -> Iterator[Server]:
    """A server whose provider is away."""
    port = free_port()
    yield from started(tmp_path, log_in_settings(f"http://127.0.0.1:{free_port()}", port), port)


@pytest.fixture
def half_told(tmp_path: Path) -> Iterator[Server]:
    """A server whose host has forgotten most of it."""
    port = free_port()
    yield from started(tmp_path, {"CLOSED_LOOP_LOGIN_CLIENT": "lab"}, port)


@pytest.mark.parametrize("locale", FAILED)
def test_a_provider_that_is_away_is_told_and_the_page_stays(
    left_alone: Server, chromium: Any, locale: str
) -> None:
    browser = Browser(context=chromium.new_context(locale=locale), server=left_alone)
    page = browser.open("/")
    page.wait_for_selector('.sim-grid[data-painted="all"]')
    press(page, GUARANTEE, times=4)
    page.locator('[data-testid="stPageLink"] a').nth(3).click()
    idle(page)
    there = page.url
    page.locator(".st-key-login button").click()
    page.get_by_text(FAILED[locale]).wait_for()
    idle(page)
    assert page.url == f"{there}&login=failed"
    page.locator('[data-testid="stPageLink"] a').first.click()
    idle(page)
    # Said once, and not handed on.
    assert "login=" not in page.url
    assert box(page, GUARANTEE).input_value() == "93"
    press(page, GUARANTEE, times=1)
    browser.context.close()


def test_a_log_in_that_was_called_off_is_told(profile: Profiles, expected: list[str]) -> None:
    expected.append("Error during authentication: access_denied")
    browser = profile()
    page = browser.open("/oauth2callback?error=access_denied&state=x")
    page.get_by_role("link", name="Library").click()
    page.get_by_text("the log-in service says that it was called off").wait_for()


def test_an_answer_that_nobody_asked_for_logs_nobody_in(profile: Profiles) -> None:
    browser = profile()
    page = browser.open("/oauth2callback?code=made-up&state=made-up")
    page.get_by_role("link", name="Library").click()
    page.get_by_text(FAILED["en"]).wait_for()
    page.locator(".st-key-login button").wait_for()


def test_the_way_back_leads_nowhere_else(profile: Profiles) -> None:
    browser = profile()
    page = browser.open()
    for elsewhere in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "x",
    ):
        page.evaluate("(address) => sessionStorage.setItem('sim.from', address)", elsewhere)
        page.goto(f"{browser.server.url}/returned", wait_until="commit")
        page.wait_for_url(f"{browser.server.url}/", wait_until="commit")
    idle(page)


def test_with_half_of_the_settings_visitors_are_guests(half_told: Server, chromium: Any) -> None:
    for locale, told in BROKEN.items():
        browser = Browser(context=chromium.new_context(locale=locale), server=half_told)
        page = browser.open()
        page.get_by_text(told).wait_for()
        assert page.locator(".st-key-login").count() == 0
        click(page, "library-save-as")
        page.locator('[data-testid="stAlert"]').nth(1).wait_for()
        browser.context.close()
    said = half_told.log.read_text(encoding="utf-8")
    for name in ("PROVIDER", "SECRET", "SITE"):
        assert f"`CLOSED_LOOP_LOGIN_{name}` is missing" in said
    urllib.request.urlopen(f"{half_told.url}/ready", timeout=5).close()
