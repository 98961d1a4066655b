"""Log-in at a real provider: the link survives it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.test_compare import go
from tests.browser.test_journeys import box, press
from tests.browser.test_library import click, give_reason, note, reasons, write
from tests.identity.conftest import Profiles, idle, log_in
from tests.identity.provider import ANNA, BO
from tests.identity.test_log_out import log_out

pytestmark = pytest.mark.browser

GUARANTEE = "policy.guarantee_target"


def query(page: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_link_survives_the_log_in(profile: Profiles) -> None:
    sender = profile(locale="zh-CN").open("/?lang=en")
    sender.wait_for_selector('.sim-grid[data-painted="all"]')
    press(sender, GUARANTEE, times=4)
    idle(sender)
    carried = query(sender)
    assert set(carried) == {"s", "lang"}
    page = profile(locale="zh-CN").open(f"/library?{urlsplit(sender.url).query}")
    log_in(page, ANNA)
    assert urlsplit(page.url).path == "/library"
    assert query(page) == carried
    page.get_by_text("Logged in as Anna Tree").wait_for()
    page.get_by_text("Others share with you as: Anna@Shop.example").wait_for()
    page.locator('[data-testid="stPageLink"] a').first.click()
    idle(page)
    assert box(page, GUARANTEE).input_value() == "93"


def test_what_is_not_saved_survives_it_and_goes_with_the_log_out(profile: Profiles) -> None:
    browser = profile()
    page = browser.open("/")
    page.wait_for_selector('.sim-grid[data-painted="all"]')
    press(page, GUARANTEE, times=4)
    go(page, "Library")
    give_reason(page, "survey of May")
    write(page, "library-version-note", "typed by a guest")
    address = page.url
    log_in(page, ANNA)
    assert page.url == address
    assert note(page) == "typed by a guest"
    assert "survey of May" in reasons(page)
    click(page, "library-save-as")
    page.get_by_text("Saved.").wait_for()
    write(page, "library-version-note", "typed by Anna")
    address = page.url
    log_out(page)
    page.goto(address)
    idle(page)
    assert note(page) == ""
    assert "survey of May" not in reasons(page)
    log_in(page, BO)
    assert note(page) == ""
    assert page.locator(".st-key-library-save").count() == 0


def test_a_long_address_survives_it_too(profile: Profiles) -> None:
    browser = profile()
    address = f"{browser.server.url}/library?lang=zh&long={'x' * 6_000}"
    page = browser.open(address)
    log_in(page, ANNA)
    assert page.url == address
