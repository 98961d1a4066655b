"""The library in a real browser: kept here, opened there, compared, restored; and a round of two."""

from typing import Any

import pytest

from tests.browser.conftest import Opener, idle, opened_box, settled
from tests.browser.test_compare import go, names
from tests.browser.test_journeys import box, press

pytestmark = pytest.mark.browser

GUARANTEE = "policy.guarantee_target"


def click(page: Any, key: str) -> None:
    page.locator(f".st-key-{key} button").first.click()
    idle(page)


def write(page: Any, key: str, text: str) -> None:
    page.locator(f".st-key-{key} input").first.fill(text)
    page.keyboard.press("Enter")
    idle(page)


def keep(page: Any, name: str, note: str = "") -> None:
    """Save what is on the page as a new entry of the library."""
    go(page, "Library")
    write(page, "library-name", name)
    if note:
        write(page, "library-version-note", note)
    click(page, "library-save-as")
    page.get_by_text("Saved.").wait_for()


def told(page: Any) -> str:
    """The link that was just told."""
    return str(page.locator('[data-testid="stCode"] code').first.inner_text()).strip()


def test_what_is_kept_here_is_opened_by_its_link_in_another_browser(open_page: Opener) -> None:
    page = open_page(locale="en")
    press(page, GUARANTEE, times=4)
    keep(page, "For the board", "first version")
    opened_box(page, "Sharing")
    click(page, "library-link-make")
    link = told(page)
    assert "k=" in link
    page.context.close()
    other = open_page(link, locale="en", wait=False)
    other.get_by_role("heading", name="For the board").wait_for()
    click(other, "library-open")
    go(other, "Simulate")
    settled(other)
    assert box(other, GUARANTEE).input_value() == "93"
    go(other, "Library")
    click(other, "library-compare")
    go(other, "Compare")
    settled(other)
    assert "For the board" in names(other)


def test_a_second_version_is_compared_and_the_first_restored(open_page: Opener) -> None:
    page = open_page(locale="en")
    keep(page, "In two versions")
    go(page, "Simulate")
    settled(page)
    press(page, GUARANTEE, times=6)
    go(page, "Library")
    write(page, "library-version-note", "less guarantee")
    click(page, "library-save")
    page.get_by_text("Saved.").wait_for()
    opened_box(page, "History (2)")
    page.get_by_text("less guarantee").first.wait_for()
    page.locator("li", has_text="97% → 91%").first.wait_for()
    click(page, "library-back-restore")
    page.get_by_text("Restored as a new version").wait_for()
    page.get_by_text("History (3)").wait_for()


def test_a_round_shows_nothing_until_it_is_revealed(open_page: Opener) -> None:
    owner = open_page(locale="en")
    keep(owner, "Asked of two")
    opened_box(owner, "Rounds: ask others blind")
    write(owner, "round-question", "What is the guarantee worth?")
    click(owner, "round-open")
    link = told(owner)
    assert "round=" in link
    for name in ("Ann", "Bo"):
        page = open_page(link, locale="en", wait=False)
        page.get_by_text("What is the guarantee worth?").first.wait_for()
        click(page, "round-start")
        write(page, "round-name", name)
        click(page, "round-enter")
        page.get_by_text("Handed in. Until the reveal").wait_for()
        assert page.get_by_text("Ann").count() == (1 if name == "Ann" else 0)
    owner.locator('[class*="st-key-round-reveal-"] button').first.click()
    idle(owner)
    owner.get_by_text("Revealed:").wait_for()
    owner.get_by_text("2 people, and what the policy gains").wait_for()
    for name in ("Ann", "Bo"):
        assert owner.get_by_role("columnheader", name=name).count() == 1
