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
    other.get_by_text("You came by a link to a scenario").wait_for()
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
    go(other, "Simulate")
    settled(other)
    press(other, GUARANTEE, times=6)
    go(other, "Library")
    click(other, "library-save")
    other.get_by_text("Saved.").wait_for()
    opened_box(other, "History (2)")
    other.locator("li", has_text="93% → 87%").first.wait_for()
    click(other, "library-back-restore")
    other.get_by_text("Restored as a new version").wait_for()
    other.get_by_text("History (3)").wait_for()
    go(other, "Simulate")
    settled(other)
    assert box(other, GUARANTEE).input_value() == "93"


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


def test_who_leaves_while_a_box_holds_what_was_typed_is_asked_first(open_page: Opener) -> None:
    page = open_page(locale="en")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    go(page, "Library")
    note_box = page.locator(".st-key-library-version-note input")
    note_box.fill("half a sen")
    page.reload()
    assert asked == ["beforeunload"]
    page.get_by_text("Save as new").wait_for()
    idle(page)
    note_box.fill("a sentence")
    page.keyboard.press("Enter")
    idle(page)
    page.reload()
    page.get_by_text("Save as new").wait_for()
    idle(page)
    note_box.click()
    page.reload()
    page.get_by_text("Save as new").wait_for()
    idle(page)
    assert asked == ["beforeunload"], "nothing was left to be told"


def give_reason(page: Any, why: str) -> None:
    """Type why into the first line of the table of changes, whose cells are drawn."""
    table = page.locator('[data-testid="stDataFrame"]').first
    place = {"x": table.bounding_box()["width"] / 2, "y": 52}
    # It takes no notice of a pointer that comes and goes within one frame.
    table.hover(position=place)
    page.wait_for_timeout(300)
    table.click(position=place, delay=100)
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    cell = page.locator("#portal textarea")
    cell.fill(why)
    page.keyboard.press("Enter")
    cell.wait_for(state="detached")
    idle(page)


def reasons(page: Any) -> str:
    """What stands in that table, as it is told to screen readers."""
    cells = page.locator('[data-testid="stDataFrame"]').first.locator("td, [role=gridcell]")
    cells.first.wait_for(state="attached")
    page.wait_for_timeout(300)
    return "\n".join(cells.all_text_contents())


def note(page: Any) -> str:
    return str(page.locator(".st-key-library-version-note input").input_value())


def test_what_is_not_saved_yet_survives_a_reload_and_no_other_link_shows_it(
    open_page: Opener,
) -> None:
    page = open_page(locale="en")
    press(page, GUARANTEE, times=4)
    keep(page, "Not done yet")
    give_reason(page, "survey of May")
    assert "survey of May" in reasons(page)
    write(page, "library-version-note", "half of it")
    go(page, "Simulate")
    settled(page)
    press(page, GUARANTEE, times=1)
    page.reload()
    settled(page)
    go(page, "Library")
    assert note(page) == "half of it"
    assert "survey of May" in reasons(page)
    page.get_by_text("changed since version 1").wait_for()
    address = page.url
    page.goto(address.partition("?")[0])
    idle(page)
    assert note(page) == ""
    assert page.locator(".st-key-library-save").count() == 0
    page.goto(address)
    idle(page)
    assert note(page) == "half of it"
    click(page, "library-save")
    page.get_by_text("Saved.").wait_for()
    page.reload()
    idle(page)
    assert note(page) == ""
    assert "survey of May" in reasons(page)
    page.get_by_text("version 2, nothing new").wait_for()


def test_the_way_to_another_page_at_the_heels_of_typing_is_taken(open_page: Opener) -> None:
    page = open_page(locale="en")
    press(page, GUARANTEE, times=4)
    for key, way in (("version-note", "Model"), ("note", "Compare"), ("name", "Simulate")):
        go(page, "Library")
        box = page.locator(f".st-key-library-{key} :is(input, textarea)").first
        box.click()
        page.keyboard.press("End")
        page.keyboard.type(f" typed {key}")
        page.get_by_role("link", name=way).click()
        page.get_by_role("heading", level=1, name="Library").wait_for(state="detached")
        go(page, "Library")
        assert box.input_value().endswith(f" typed {key}")


def test_a_round_shows_nothing_until_it_is_revealed(open_page: Opener) -> None:
    owner = open_page(locale="en")
    keep(owner, "Asked of two")
    opened_box(owner, "Blind rounds")
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
        page.get_by_text("Handed in, with the very assumptions of the scenario").wait_for()
        assert page.get_by_text("Ann").count() == (1 if name == "Ann" else 0)
    owner.locator('[class*="st-key-round-reveal-ask-"] button').first.click()
    # They have handed in since this page was drawn.
    owner.get_by_text("what all 2 have handed in").wait_for()
    owner.get_by_role("button", name="Reveal it now").click()
    idle(owner)
    owner.get_by_text("Revealed:").wait_for()
    owner.get_by_text("2 people, and everybody comes to the same").wait_for()
    for name in ("Ann", "Bo"):
        assert owner.get_by_role("columnheader", name=name).count() == 1
