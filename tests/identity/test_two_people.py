"""Two people, each in a browser of their own: what is Anna's is Bo's only as far as she shares it."""

import re
from typing import Any, Final

import pytest

from sim.ui.shell import FIRST, PAGES
from tests.browser.conftest import opened_box
from tests.browser.test_journeys import press
from tests.browser.test_library import click, told, write
from tests.identity.conftest import Browser, Profiles, idle
from tests.identity.provider import ANNA, BO, CLEO

pytestmark = pytest.mark.browser

GUARANTEE: Final = "policy.guarantee_target"
NOWHERE: Final = "or it is not shared with you"


def playwright_errors() -> Any:
    from playwright import sync_api

    return sync_api


def saved(page: Any, name: str) -> None:
    """Save what is on the page under a name; the entry is chosen then."""
    write(page, "library-name", name)
    write(page, "library-version-note", f"the first of {name}")
    click(page, "library-save-as")
    page.get_by_text("Saved.").wait_for()


def made_link(page: Any, role: str = "read") -> str:
    opened_box(page, "Sharing")
    choose(page, "library-link-role", role)
    click(page, "library-link-make")
    return told(page)


def choose(page: Any, key: str, label: str) -> None:
    """Choose in a box; what is drawn anew meanwhile closes its list, so it is opened again."""
    box = page.locator(f'[class*="st-key-{key}"] input').first
    option = page.get_by_role("option", name=label, exact=True)
    for patience in (3_000, 3_000, 10_000):
        box.focus()
        if page.get_by_role("option").count() == 0:
            page.keyboard.press("ArrowDown")
        try:
            option.click(timeout=patience)
            break
        except playwright_errors().TimeoutError:
            page.keyboard.press("Escape")
    idle(page)
    assert box.input_value() == label


def shared(page: Any, address: str, role: str) -> None:
    opened_box(page, "Sharing")
    write(page, "library-share-person", address)
    choose(page, "library-share-role", role)
    click(page, "library-share")
    page.get_by_text("Shared.").wait_for()


def taken_back(page: Any, key: str) -> None:
    """Press the one button of a person or a link, and wait until it is gone with what it stood for."""
    button = page.locator(f'[class*="st-key-library-{key}-"] button')
    button.click()
    button.wait_for(state="detached")
    idle(page)


def listed(page: Any) -> str:
    """What stands in the list of the library; its cells are drawn, and told to screen readers."""
    page.locator('[data-testid="stDataFrame"] canvas').first.wait_for()
    cells = page.locator('[data-testid="stDataFrame"] canvas').first.locator("td, [role=gridcell]")
    # They are told some time after they are drawn; a list that is drawn has a line.
    cells.first.wait_for(state="attached")
    page.wait_for_timeout(300)
    found = "\n".join(cells.all_text_contents())
    assert found.strip()
    return found


def first_of_list(page: Any) -> None:
    page.locator('[data-testid="stDataFrame"]').first.click(position={"x": 16, "y": 52})
    idle(page)


def all_of(browser: Browser, page: Any) -> str:
    """Everything that the pages show, one after the other."""
    seen = []
    for name in PAGES:
        page.goto(browser.server.url + ("/" if name == FIRST else f"/{name}"))
        idle(page)
        seen.append(page.content())
    return "\n".join(seen)


def test_to_another_there_is_nothing_of_hers(profile: Profiles) -> None:
    hers = profile().log_in(ANNA)
    saved(hers, "Annas plan")
    hers.locator('[class*="st-key-library-tags-"] input').fill("annas-tag")
    hers.keyboard.press("Enter")
    hers.get_by_text("Tags saved.").wait_for()
    click(hers, "library-save")
    link = made_link(hers)
    opened_box(hers, "Rounds")
    write(hers, "round-question", "Annas question")
    click(hers, "round-open")
    question = re.search(r"round=([\w-]+)\.([\w-]+)", hers.content())
    assert question
    id, secret = link.partition("k=")[2].split(".")
    assert "Annas plan" in listed(hers)
    click(hers, "library-throw")
    hers.get_by_text("It is in the trash.").wait_for()
    hers.locator(".st-key-library-trash label").first.click()
    idle(hers)
    assert "Annas plan" in listed(hers)

    browser = profile()
    his = browser.log_in(BO)
    assert "Annas" not in all_of(browser, his)
    his.goto(f"{browser.server.url}/library")
    idle(his)
    cases = listed(his)
    assert "built in" in cases
    assert "Annas" not in cases
    his.locator(".st-key-library-trash label").first.click()
    his.get_by_text("The trash is empty.").wait_for()
    saved(his, "Bos plan")
    own = made_link(his).partition("k=")[2]
    for key, value in (
        ("k", f"{id}.{secret}"),
        ("k", f"{id}.{'a' * 43}"),
        ("k", f"{id}.{own.split('.')[1]}"),
        ("k", id),
        ("round", f"{question[1]}.{question[2]}"),
        ("round", f"{question[1]}.{'a' * 43}"),
        ("k", f"{question[1]}.{question[2]}"),
    ):
        his.goto(f"{browser.server.url}/library?{key}={value}")
        idle(his)
        his.get_by_text(NOWHERE if value != id else "On the shelf").first.wait_for()
        assert "Annas" not in his.content(), (key, value)
        assert "Annas" not in listed(his)


def test_what_is_shared_to_read_is_read_and_what_is_shared_to_change_is_changed(
    profile: Profiles,
) -> None:
    hers = profile().log_in(ANNA)
    saved(hers, "For two")
    link = made_link(hers)
    browser = profile()
    his = browser.log_in(BO, link)
    assert his.url == link
    his.get_by_role("heading", name="For two").wait_for()
    click(his, "library-open")
    opened_box(his, "History (1)")
    his.get_by_text("the first of For two").first.wait_for()
    for absent in ("save", "tags", "throw", "back-restore", "share", "link-make"):
        assert (
            his.locator(f'[class*="st-key-library-{absent}"]:not(.st-key-library-save-as)').count()
            == 0
        ), absent
    assert his.locator(".st-key-round-open").count() == 0

    shared(hers, "BO@Shop.Example", "read and change")
    his.goto(browser.server.url)
    idle(his)
    press(his, GUARANTEE, times=3)
    his.goto(f"{browser.server.url}/library")
    idle(his)
    assert "For two" in listed(his)
    first_of_list(his)
    click(his, "library-open")
    his.get_by_role("link", name="Simulate").click()
    idle(his)
    press(his, GUARANTEE, times=5)
    his.get_by_role("link", name="Library").click()
    idle(his)
    write(his, "library-version-note", "less of it")
    click(his, "library-save")
    his.get_by_text("Saved.").wait_for()

    hers.reload()
    idle(hers)
    first_of_list(hers)
    opened_box(hers, "History (2)")
    line = hers.locator("tr", has_text="less of it")
    line.wait_for()
    assert "bo@shop.example" in line.inner_text()

    opened_box(hers, "Sharing")
    taken_back(hers, "unshare")
    taken_back(hers, "revoke")
    # The button is still on his page.
    write(his, "library-version-note", "more of it")
    click(his, "library-save")
    his.get_by_text(NOWHERE).first.wait_for()
    his.reload()
    idle(his)
    assert "For two" not in listed(his)
    hers.reload()
    idle(hers)
    first_of_list(hers)
    hers.get_by_text("History (2)").wait_for()


def test_an_address_that_nobody_vouches_for_opens_nothing(profile: Profiles) -> None:
    hers = profile().log_in(ANNA)
    saved(hers, "For Bo alone")
    shared(hers, BO.address, "read")
    his, other = profile().log_in(BO), profile().log_in(CLEO)
    assert CLEO.address == BO.address
    assert "For Bo alone" in listed(his)
    assert "For Bo alone" not in listed(other)
    other.get_by_text("#cleo").wait_for()


def test_a_guest_explores_and_keeps_nothing(profile: Profiles) -> None:
    hers = profile().log_in(ANNA)
    saved(hers, "For guests")
    link = made_link(hers, "read and change")
    page = profile().open(link)
    page.get_by_role("heading", name="For guests").wait_for()
    click(page, "library-open")
    click(page, "library-save-as")
    page.get_by_text("without a log-in nothing of one's own can be kept").first.wait_for()
    click(page, "library-save")
    page.get_by_text("Saved.").wait_for()
    assert page.locator('[data-testid="stExpander"]', has_text="Sharing").count() == 0
    hers.reload()
    idle(hers)
    first_of_list(hers)
    opened_box(hers, "History (2)")
    hers.get_by_role("cell", name="guest", exact=True).wait_for()


def test_what_is_handed_over_is_his_and_she_may_go_on(profile: Profiles) -> None:
    hers = profile().log_in(ANNA)
    saved(hers, "Handed on")
    shared(hers, BO.address, "read")
    hers.locator('[data-testid="stPopover"] button', has_text="Make owner").click()
    hers.locator('[class*="st-key-library-hand_over-"] button').click()
    hers.get_by_text("Handed over.").wait_for()
    idle(hers)
    assert hers.locator(".st-key-library-throw").count() == 0
    assert hers.locator(".st-key-library-save").count() == 1
    his = profile().log_in(BO)
    first_of_list(his)
    his.get_by_role("heading", name="Handed on").wait_for()
    assert his.locator(".st-key-library-throw").count() == 1


def test_a_guest_of_a_round_stays_who_they_are_and_takes_back_what_they_said(
    profile: Profiles,
) -> None:
    hers = profile().log_in(ANNA)
    saved(hers, "Asked blind")
    opened_box(hers, "Rounds")
    write(hers, "round-question", "How many stay?")
    click(hers, "round-open")
    link = told(hers)
    browser = profile()
    page = browser.open(link)
    write(page, "round-name", "Dora")
    click(page, "round-enter")
    page.get_by_text("Handed in, with the very assumptions of the scenario").wait_for()
    page.close()
    page = browser.open(link)
    page.get_by_text("Handed in as Dora").wait_for()
    other = profile().open(link)
    other.get_by_text("Handed in so far: 1").wait_for()
    assert other.get_by_text("Dora").count() == 0
    click(page, "round-withdraw")
    page.get_by_text("Taken back").wait_for()
    page.get_by_text("Handed in so far: 0").wait_for()
    assert page.locator(".st-key-round-withdraw").count() == 0
