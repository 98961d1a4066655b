"""Log-in at a real provider: the link survives it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.test_journeys import box, press
from tests.identity.conftest import Profiles, idle, log_in
from tests.identity.provider import ANNA

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


def test_a_long_address_survives_it_too(profile: Profiles) -> None:
    browser = profile()
    address = f"{browser.server.url}/library?lang=zh&long={'x' * 6_000}"
    page = browser.open(address)
    log_in(page, ANNA)
    assert page.url == address
