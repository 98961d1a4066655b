"""Boxes of a browser that was not told what the server has done: what they still show is no choice.

A reply is lost with its connection, or is slow; or the server that heard of something is gone, and the
next one knows only what the browser says.
"""

from typing import Any

import pytest

from sim.cases.catalogue import case, case_ids
from sim.documents.token import decode
from tests.browser.conftest import Opener, idle, settled
from tests.browser.test_compare import add_case, go, names
from tests.browser.test_connection import Wire, opened, until
from tests.browser.test_journeys import press
from tests.browser.test_library import give_reason, keep, note, reasons, write

pytestmark = pytest.mark.browser
# The next connection does not name the session of before: as if on another replica.
FRESH = """() => { const W = window.WebSocket; window.WebSocket = class extends W {
 constructor(u, p) { super(u, Array.isArray(p) ? p.slice(0, 2) : p); } }; }"""


def on_page(page: Any) -> Any:
    return decode(page.url.partition("s=")[2].partition("&")[0]).scenario


def heard(page: Any, wire: Wire, act: Any) -> None:
    """The server has heard of it and run, and the page is not told."""
    asked = wire.asked
    wire.holds = True
    act()
    until(page, lambda: wire.asked > asked and wire.has_run())


def heard_slowly(page: Any, wire: Wire, act: Any) -> None:
    """The answer comes late: another control is touched before."""
    heard(page, wire, act)
    asked = wire.asked
    page.locator(".st-key-fan label").first.click()
    until(page, lambda: wire.asked > asked)
    page.wait_for_timeout(200)
    wire.let_go()
    page.wait_for_timeout(1500)
    idle(page)


def heard_then_broken(page: Any, wire: Wire, act: Any) -> None:
    """The server hears of it and runs; the answer is lost and the connection breaks."""
    heard(page, wire, act)
    cut(page, wire)


def cut(page: Any, wire: Wire) -> None:
    before = wire.opened
    wire.cut()
    until(page, lambda: wire.opened > before)
    page.wait_for_selector('[data-test-connection-state="CONNECTED"]')
    # Longer than the browser takes to ask for the page.
    page.wait_for_timeout(500)
    idle(page)


def open_cases(page: Any) -> None:
    page.locator('[class*="st-key-case-en"] :is([role="combobox"], input)').first.click()
    page.get_by_role("option").first.wait_for()


def test_a_case_is_the_case_that_was_chosen(open_page: Opener) -> None:
    """The horizon of the case before is put into the new one."""
    page, wire = opened(open_page)
    open_cases(page)
    heard_then_broken(page, wire, lambda: page.get_by_role("option").nth(3).click())
    assert on_page(page) == case(case_ids()[3]).scenario


def test_undo_of_a_case_stays(open_page: Opener) -> None:
    page, wire = opened(open_page)
    open_cases(page)
    page.get_by_role("option").nth(3).click()
    page.wait_for_function("() => location.search.includes('s=')")
    settled(page)
    heard_then_broken(page, wire, page.locator(".st-key-undo button").first.click)
    assert "s=" not in page.url


def test_undo_of_the_horizon_stays(open_page: Opener) -> None:
    page, wire = opened(open_page)
    page.locator(".st-key-weeks-box input").fill("130")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('s=')")
    settled(page)
    heard_then_broken(page, wire, page.locator(".st-key-undo button").first.click)
    assert "s=" not in page.url


def test_scenarios_that_change_places_keep_their_names(open_page: Opener) -> None:
    page, wire = opened(open_page)
    go(page, "Compare")
    settled(page)
    add_case(page, 2)
    before = names(page)
    heard_then_broken(
        page, wire, page.locator('[class*="st-key-compare-open-1"] button').first.click
    )
    assert names(page) == before[::-1]
    assert on_page(page) == case(case_ids()[2]).scenario


def test_no_connection_breaks_but_the_answer_is_slow_and_another_control_is_touched(
    open_page: Opener,
) -> None:
    page, wire = opened(open_page)
    open_cases(page)
    heard_slowly(page, wire, page.get_by_role("option").nth(3).click)
    assert on_page(page) == case(case_ids()[3]).scenario


def test_a_language_leaves_the_levers_where_they_are(open_page: Opener) -> None:
    """The box of cases of the language before is taken for a case that is chosen."""
    page, wire = opened(open_page)
    press(page, "policy.guarantee_target")
    before = on_page(page)
    heard_then_broken(page, wire, page.locator(".st-key-language button", has_text="中文").click)
    assert "s=" in page.url, "the lever was put back"
    assert on_page(page) == before


def test_a_language_whose_answer_is_slow_leaves_the_levers_where_they_are(
    open_page: Opener,
) -> None:
    page, wire = opened(open_page)
    press(page, "policy.guarantee_target")
    before = on_page(page)
    heard_slowly(page, wire, page.locator(".st-key-language button", has_text="中文").click)
    assert "s=" in page.url, "the lever was put back"
    assert on_page(page) == before


@pytest.mark.parametrize("breaks", [True, False])
def test_the_way_to_another_page_keeps_the_levers(open_page: Opener, breaks: bool) -> None:
    page, wire = opened(open_page)
    press(page, "policy.guarantee_target")
    before = on_page(page)
    link = page.get_by_role("link", name="Model")
    if breaks:
        heard_then_broken(page, wire, link.click)
    else:
        heard_slowly(page, wire, link.click)
    assert "s=" in page.url, "the lever was put back"
    assert on_page(page) == before


def test_a_move_that_is_removed_leaves_a_page(open_page: Opener) -> None:
    page, wire = opened(open_page)
    heard_then_broken(page, wire, page.locator(".st-key-moves-0-remove button").first.click)
    assert page.locator('[data-testid="stException"]').count() == 0


def test_a_scenario_that_is_taken_out_leaves_a_page(open_page: Opener) -> None:
    page, wire = opened(open_page)
    go(page, "Compare")
    add_case(page, 2)
    heard_then_broken(
        page, wire, page.locator('[class*="st-key-compare-remove-1"] button').first.click
    )
    assert page.locator('[data-testid="stException"]').count() == 0


def heard_then_dead(page: Any, wire: Wire, act: Any) -> None:
    heard(page, wire, act)
    page.evaluate(FRESH)
    cut(page, wire)


def test_a_name_that_was_typed_is_kept(open_page: Opener) -> None:
    page, wire = opened(open_page)
    go(page, "Library")
    box = page.locator(".st-key-library-name input").first
    box.fill("My name")
    heard_then_dead(page, wire, lambda: page.keyboard.press("Enter"))
    shown = box.input_value()
    # Anything else that is done next.
    write(page, "library-version-note", "x")
    assert (shown, box.input_value()) == ("My name", "My name")
    assert on_page(page).name == "My name"


def test_a_name_in_the_comparison_is_kept(open_page: Opener) -> None:
    page, wire = opened(open_page)
    go(page, "Compare")
    add_case(page, 2)
    page.locator('[class*="st-key-compare-name-1"] input').fill("Other name")
    heard_then_dead(page, wire, lambda: page.keyboard.press("Enter"))
    shown = names(page)[1]
    add_case(page, 4)
    assert (shown, names(page)[1]) == ("Other name", "Other name")


def test_a_language_stays_chosen(open_page: Opener) -> None:
    page, wire = opened(open_page)
    heard_then_dead(page, wire, page.locator(".st-key-language button", has_text="中文").click)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_on_the_library_page_the_version_and_the_reasons_outlive_the_server(
    open_page: Opener,
) -> None:
    page, wire = opened(open_page)
    press(page, "policy.guarantee_target", times=3)
    keep(page, "Kept")
    give_reason(page, "survey of May")
    write(page, "library-version-note", "second")
    assert page.locator(".st-key-library-save").count() == 1
    page.evaluate(FRESH)
    cut(page, wire)
    assert note(page) == "second"
    found = page.locator(".st-key-library-save").count(), "survey of May" in reasons(page)
    assert found == (1, True)
