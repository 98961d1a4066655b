"""Log-out ends it, in every tab; and two people after one another in one browser stay two."""

from typing import Any

import pytest

from tests.browser.test_library import click
from tests.identity.conftest import Profiles, at_provider, idle, log_in
from tests.identity.provider import ANNA, BO
from tests.identity.test_two_people import first_of_list, listed, saved

pytestmark = pytest.mark.browser


def log_out(page: Any) -> None:
    page.locator(".st-key-logout button").click()
    page.locator(".st-key-pages").wait_for()
    page.wait_for_url(lambda url: "/library" not in url and "oauth" not in url)
    idle(page)


def user_cookies(page: Any) -> list[str]:
    return [each["name"] for each in page.context.cookies() if "streamlit_user" in each["name"]]


def test_a_log_out_ends_it_in_every_tab(profile: Profiles) -> None:
    browser = profile()
    first = browser.log_in(ANNA)
    saved(first, "Of one profile")
    second = browser.open()
    second.get_by_text("Logged in as Anna Tree").wait_for()
    first_of_list(second)
    kept = browser.context.cookies()
    assert user_cookies(first)
    log_out(first)
    assert not user_cookies(first)
    # The other tab has not been told, and is refused at the first thing that it asks.
    click(second, "library-throw")
    second.get_by_text("not shared with you").first.wait_for()
    second.get_by_text("Your log-in has ended").wait_for()
    assert "Of one profile" not in listed(second)
    # Nor does a copy of the cookie bring it back.
    thief = profile()
    thief.context.add_cookies(kept)
    page = thief.open()
    page.get_by_text("Your log-in has ended").wait_for()
    assert "Of one profile" not in listed(page)


def test_two_people_after_one_another_in_one_browser_stay_two(profile: Profiles) -> None:
    browser = profile()
    first = browser.log_in(ANNA)
    saved(first, "Annas own")
    left = browser.open()
    log_out(first)
    first.goto(f"{browser.server.url}/library")
    idle(first)
    # The provider has ended it as well: it asks who this is.
    first.locator(".st-key-login button").click()
    at_provider(first, BO)
    first.get_by_text("Logged in as Bo Stone").wait_for()
    assert "Annas own" not in listed(first)
    click(left, "library-save-as")
    left.get_by_text("Your log-in has ended").wait_for()
    left.get_by_text("without a log-in nothing of one's own can be kept").first.wait_for()
    left.reload()
    idle(left)
    left.get_by_text("Logged in as Bo Stone").wait_for()
    assert "Annas own" not in listed(left)
    log_out(left)
    left.goto(f"{browser.server.url}/library")
    idle(left)
    log_in(left, ANNA)
    assert "Annas own" in listed(left)
