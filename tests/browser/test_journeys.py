"""Journeys through the page as visitors make them, in a real browser."""

from typing import Any

import pytest

from sim.ui.shell import FIRST, PAGES
from tests.browser.conftest import FIRST_PATIENCE, Opener, idle, settled
from tests.server import Server, free_port, start_server

pytestmark = pytest.mark.browser

OTHERS = [name for name in PAGES if name != FIRST]
GUARANTEE = "policy.guarantee_target"
WEEK = "policy.moves[0].week"


def row(page: Any, place: str) -> Any:
    return page.locator(f'[data-place="{place}"]')


def slider(page: Any, place: str) -> Any:
    return row(page, place).locator("input[type=range]")


def box(page: Any, place: str) -> Any:
    return row(page, place).locator("input[type=number]")


def at(page: Any, place: str) -> str:
    """The number at which the slider stands, as it is told to those who cannot see it."""
    return str(slider(page, place).get_attribute("aria-valuetext"))


def press(page: Any, place: str, key: str = "ArrowLeft", times: int = 1) -> None:
    """Move a lever by the keyboard and wait for the charts of exactly this change."""
    before = page.locator(".sim-grid").get_attribute("data-revision")
    slider(page, place).focus()
    for _ in range(times):
        page.keyboard.press(key)
    repainted(page, before)


def repainted(page: Any, before: str | None) -> None:
    page.wait_for_function(
        """(before) => { const grid = document.querySelector(".sim-grid");
        return grid.dataset.revision !== before && grid.dataset.painted === "all"; }""",
        arg=before,
    )
    idle(page)


def shows(page: Any, place: str, number: str) -> None:
    page.wait_for_function(
        "([place, number]) => document.querySelector(`[data-place='${place}'] input[type=number]`)"
        "?.value === number",
        arg=[place, number],
    )


def click(page: Any, key: str) -> None:
    before = page.locator(".sim-grid").get_attribute("data-revision")
    page.locator(f".st-key-{key} button").first.click()
    repainted(page, before)


def outcome(page: Any, name: str) -> str:
    return str(page.locator(f'[data-outcome="{name}"] .sim-value').inner_text())


def chart_values(page: Any) -> list[float]:
    """Every line of the main chart as it is drawn."""
    return list(
        page.evaluate(
            "document.querySelector('.sim-grid-plot')._fullData.flatMap(({ y }) => Array.from(y))"
        )
    )


def choose_case(page: Any, name: str) -> None:
    before = page.locator(".sim-grid").get_attribute("data-revision")
    page.locator(
        '[data-testid="stSelectbox"] [role="combobox"], [data-testid="stSelectbox"] input'
    ).first.click()
    page.get_by_role("option", name=name, exact=True).click()
    repainted(page, before)


def switch_to(page: Any, label: str) -> None:
    page.locator(".st-key-language button", has_text=label).click()
    page.wait_for_function(
        "(tag) => document.documentElement.lang === tag",
        arg={"English": "en", "中文": "zh-CN"}[label],
    )
    idle(page)


def go_to(page: Any, path: str) -> None:
    """Follow the link to a page."""
    position = [*PAGES].index(path or FIRST)
    page.locator('[data-testid="stPageLink"] a').nth(position).click()
    page.wait_for_function("(path) => location.pathname === path", arg=f"/{path}")


def test_a_lever_changes_number_and_chart(open_page: Opener) -> None:
    page = open_page()
    number, line = outcome(page, "profit_change"), chart_values(page)
    press(page, GUARANTEE, times=5)
    assert outcome(page, "profit_change") != number
    assert chart_values(page) != line
    assert box(page, GUARANTEE).input_value() == "92"
    assert "s=" in page.url


def test_a_held_lever_is_followed_before_it_is_let_go(open_page: Opener) -> None:
    page = open_page()
    number, line, address = outcome(page, "profit_change"), chart_values(page), page.url
    slider(page, GUARANTEE).scroll_into_view_if_needed()
    place = slider(page, GUARANTEE).bounding_box()
    assert place is not None
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] * 0.95, middle)
    page.mouse.down()
    for share in (0.8, 0.6, 0.4):
        page.mouse.move(place["x"] + place["width"] * share, middle)
        page.wait_for_timeout(150)
    page.wait_for_function(
        "(before) => document.querySelector('[data-outcome=profit_change] .sim-value').innerText"
        " !== before",
        arg=number,
    )
    assert chart_values(page) != line
    assert page.url == address, "nothing is committed while the lever is in the hand"
    page.mouse.up()
    idle(page)
    assert page.url != address
    number, line = outcome(page, "profit_change"), chart_values(page)
    page.reload()
    settled(page)
    assert (outcome(page, "profit_change"), chart_values(page)) == (number, line)
    # The whole way of the hand is one step.
    click(page, "reset-all")
    click(page, "undo")
    assert outcome(page, "profit_change") == number


def test_without_live_answers_the_page_itself_follows(open_page: Opener) -> None:
    page = open_page(forbid="**/live")
    number = outcome(page, "profit_change")
    press(page, GUARANTEE, times=3)
    assert outcome(page, "profit_change") != number
    assert box(page, GUARANTEE).input_value() == "94"


@pytest.mark.parametrize("forbid", [None, "**/live"])
def test_worlds_come_when_the_hand_is_off(open_page: Opener, forbid: str | None) -> None:
    page = open_page(forbid=forbid)
    faint = page.locator(".sim-worlds.sim-stale")
    assert faint.count() == 0
    told = page.locator(".sim-sentence.sim-worlds").inner_text()
    # They may be faint for less time than there is between two looks.
    page.evaluate(
        """() => new MutationObserver(() => {
        window.wasFaint ||= document.querySelector(".sim-worlds.sim-stale") !== null;
        }).observe(document.body, { subtree: true, childList: true, attributes: true })"""
    )
    slider(page, GUARANTEE).focus()
    # To where no other test has been: of a scenario that is known the server has worlds at once.
    for _ in range(11 if forbid is None else 12):
        page.keyboard.press("ArrowLeft")
    # Where nothing answers live, the page waits for its worlds: they may be there with it.
    if forbid is None:
        page.wait_for_function("() => window.wasFaint")
    page.wait_for_function(
        "(told) => document.querySelector('.sim-sentence.sim-worlds')?.innerText !== told", arg=told
    )
    page.wait_for_selector(".sim-worlds:not(.sim-stale)", state="attached")
    idle(page)
    assert faint.count() == 0
    assert page.locator(".sim-sentence.sim-worlds").inner_text() != told


def test_worlds_that_came_beside_the_page_are_those_that_stay(open_page: Opener) -> None:
    page = open_page()
    press(page, GUARANTEE)
    token = page.url.partition("s=")[2]
    assert token
    with page.expect_request(lambda asked: "/live" in asked.url) as first:
        slider(page, GUARANTEE).focus()
        page.keyboard.press("ArrowLeft")
    asked = first.value.post_data_json
    assert asked["edits"]
    assert (asked["s"], asked["worldsOf"]) == (token, token)


def test_the_box_moves_the_slider(open_page: Opener) -> None:
    page = open_page()
    before = page.locator(".sim-grid").get_attribute("data-revision")
    box(page, GUARANTEE).fill("85")
    box(page, GUARANTEE).press("Enter")
    repainted(page, before)
    assert at(page, GUARANTEE) == "85"


def test_a_case_then_the_language_and_nothing_is_lost(open_page: Opener) -> None:
    page = open_page()
    choose_case(
        page,
        "一刀切：外链全断",
    )
    press(page, WEEK, "ArrowRight", times=3)
    number = box(page, WEEK).input_value()
    line = chart_values(page)
    switch_to(page, "English")
    assert page.get_by_role("heading", level=1).first.inner_text().startswith("Cut everything")
    assert box(page, WEEK).input_value() == number
    # The interaction after the switch is where choice widgets fall back to their first option.
    press(page, GUARANTEE, times=2)
    assert page.get_by_role("heading", level=1).first.inner_text().startswith("Cut everything")
    assert box(page, WEEK).input_value() == number
    assert box(page, GUARANTEE).input_value() == "95"
    assert chart_values(page) != line
    switch_to(page, "中文")
    press(page, GUARANTEE, "ArrowRight", times=2)
    assert chart_values(page) == line


def test_undo_redo_back_and_forward(open_page: Opener) -> None:
    page = open_page()
    first = outcome(page, "profit_change")
    press(page, GUARANTEE, times=1)
    second = outcome(page, "profit_change")
    press(page, WEEK, "ArrowRight", times=1)
    third = outcome(page, "profit_change")
    assert len({first, second, third}) >= 2
    click(page, "undo")
    assert outcome(page, "profit_change") == second
    assert box(page, WEEK).input_value() == "19"
    click(page, "redo")
    assert outcome(page, "profit_change") == third
    click(page, "undo")
    before = page.locator(".sim-grid").get_attribute("data-revision")
    page.go_back()
    repainted(page, before)
    assert outcome(page, "profit_change") == third
    page.keyboard.press("Control+z")
    shows(page, WEEK, "19")


@pytest.mark.parametrize("pause", [0, 150, 300])
def test_a_button_at_the_heels_of_a_lever_comes_after_it(open_page: Opener, pause: int) -> None:
    page = open_page()
    press(page, GUARANTEE)
    shows(page, GUARANTEE, "96")
    number = outcome(page, "profit_change")
    slider(page, GUARANTEE).focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(pause)
    page.locator(".st-key-undo button").first.click()
    shows(page, GUARANTEE, "96")
    idle(page)
    assert (at(page, GUARANTEE), outcome(page, "profit_change")) == ("96", number)
    click(page, "undo")
    assert at(page, GUARANTEE) == "97"


# The key is passed on before the button listens to it.
DEAF_ONCE = """() => addEventListener("keydown", function deaf(event) {
  if (event.isTrusted) return;
  event.stopImmediatePropagation();
  removeEventListener("keydown", deaf, true);
}, true)"""


@pytest.mark.parametrize("how", ["mouse", "keys", "keys too soon"])
def test_the_first_undo_at_the_heels_of_the_first_lever(open_page: Opener, how: str) -> None:
    page = open_page()
    if how == "keys too soon":
        page.evaluate(DEAF_ONCE)
    number = outcome(page, "profit_change")
    undo = page.locator(".st-key-undo button").first
    assert undo.is_disabled()
    place = undo.bounding_box()
    slider(page, GUARANTEE).focus()
    page.keyboard.press("ArrowLeft")
    if how != "mouse":
        page.keyboard.press("Control+z")
    else:
        page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    shows(page, GUARANTEE, "97")
    idle(page)
    assert (at(page, GUARANTEE), outcome(page, "profit_change")) == ("97", number)
    click(page, "redo")
    assert at(page, GUARANTEE) == "96"


# From before the change is on its way until the page may have heard of it.
@pytest.mark.parametrize("pause", [0, 100, 300, 450])
def test_back_at_the_heels_of_a_lever_comes_after_it(open_page: Opener, pause: int) -> None:
    page = open_page()
    press(page, GUARANTEE, times=1)
    shows(page, GUARANTEE, "96")
    address = page.url
    slider(page, GUARANTEE).focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(pause)
    page.evaluate("history.back()")
    page.wait_for_function("() => !document.documentElement.hasAttribute('data-sim-unheard')")
    shows(page, GUARANTEE, "96")
    idle(page)
    assert (page.url, at(page, GUARANTEE)) == (address, "96")
    page.evaluate("history.forward()")
    shows(page, GUARANTEE, "95")
    page.evaluate("history.back()")
    shows(page, GUARANTEE, "96")
    page.evaluate("history.back()")
    shows(page, GUARANTEE, "97")


def test_reset_all_at_the_heels_of_a_lever_comes_after_it(open_page: Opener) -> None:
    page = open_page()
    press(page, GUARANTEE)
    page.keyboard.press("ArrowLeft")
    page.locator(".st-key-reset-all button").first.click()
    shows(page, GUARANTEE, "97")
    idle(page)
    click(page, "undo")
    assert at(page, GUARANTEE) == "95"


def test_a_language_at_the_heels_of_a_lever_keeps_it(open_page: Opener) -> None:
    page = open_page()
    slider(page, GUARANTEE).focus()
    page.keyboard.press("ArrowLeft")
    switch_to(page, "English")
    assert at(page, GUARANTEE) == "96"
    click(page, "undo")
    assert at(page, GUARANTEE) == "97"


def test_a_link_at_the_heels_of_a_lever_carries_it(open_page: Opener) -> None:
    page = open_page()
    slider(page, GUARANTEE).focus()
    page.keyboard.press("ArrowLeft")
    go_to(page, "model")
    page.get_by_role("heading", level=1).first.wait_for()
    assert "s=" in page.url
    go_to(page, "")
    settled(page)
    assert at(page, GUARANTEE) == "96"


def test_a_row_never_goes_back_to_the_number_before(open_page: Opener) -> None:
    page = open_page()
    page.evaluate(
        """(place) => {
          const slider = document.querySelector(`[data-place='${place}'] input[type=range]`);
          window.simSeen = [];
          const look = () => simSeen.push(slider.getAttribute("aria-valuetext"));
          new MutationObserver(look).observe(slider, { attributeFilter: ["aria-valuetext"] });
        }""",
        GUARANTEE,
    )
    for _ in range(3):
        press(page, GUARANTEE)
    seen = page.evaluate("simSeen")
    assert list(dict.fromkeys(seen)) == ["96", "95", "94"]
    assert seen == sorted(seen, reverse=True)


def test_a_reset_at_the_heels_of_a_lever_comes_after_it(open_page: Opener) -> None:
    page = open_page()
    press(page, GUARANTEE)
    page.keyboard.press("ArrowLeft")
    row(page, GUARANTEE).locator(".sim-row-reset").click()
    idle(page)
    shows(page, GUARANTEE, "97")
    assert at(page, GUARANTEE) == "97"
    click(page, "undo")
    assert at(page, GUARANTEE) == "95"


def test_back_goes_all_the_way_to_the_clean_address(open_page: Opener, server: Server) -> None:
    page = open_page()
    press(page, GUARANTEE)
    press(page, GUARANTEE)
    for value in ("96", "97"):
        before = page.locator(".sim-grid").get_attribute("data-revision")
        page.go_back()
        repainted(page, before)
        assert box(page, GUARANTEE).input_value() == value
    assert page.url.rstrip("/") == server.url
    before = page.locator(".sim-grid").get_attribute("data-revision")
    page.go_forward()
    repainted(page, before)
    assert box(page, GUARANTEE).input_value() == "96"


def test_resets(open_page: Opener, server: Server) -> None:
    page = open_page()
    press(page, GUARANTEE, times=4)
    press(page, WEEK, "ArrowRight", times=4)
    before = page.locator(".sim-grid").get_attribute("data-revision")
    row(page, GUARANTEE).locator(".sim-row-reset").click()
    repainted(page, before)
    assert box(page, GUARANTEE).input_value() == "97"
    assert box(page, WEEK).input_value() == "23"
    assert not row(page, GUARANTEE).locator(".sim-row-reset").is_visible()
    click(page, "reset-all")
    assert box(page, WEEK).input_value() == "19"
    assert page.url.rstrip("/") == server.url
    click(page, "undo")
    assert box(page, WEEK).input_value() == "23"


def test_reload_and_a_second_browser_show_the_same(open_page: Opener) -> None:
    page = open_page()
    press(page, GUARANTEE, times=6)
    number, line = outcome(page, "profit_change"), chart_values(page)
    page.reload()
    settled(page)
    assert (outcome(page, "profit_change"), chart_values(page)) == (number, line)
    other = open_page(page.url)
    assert (outcome(other, "profit_change"), chart_values(other)) == (number, line)
    assert box(other, GUARANTEE).input_value() == "91"


def test_a_lever_that_was_just_moved_outlives_a_reload(open_page: Opener) -> None:
    page = open_page()
    slider(page, GUARANTEE).focus()
    page.keyboard.press("ArrowLeft")
    page.reload()
    settled(page)
    shows(page, GUARANTEE, "96")
    idle(page)
    assert (at(page, GUARANTEE), "s=" in page.url) == ("96", True)
    page.reload()
    settled(page)
    page.go_back()
    shows(page, GUARANTEE, "97")
    page.reload()
    settled(page)
    assert at(page, GUARANTEE) == "97", "what was taken up is not done again"


def test_a_damaged_link_says_so_and_the_page_works(open_page: Opener) -> None:
    page = open_page("/?s=1damaged!!")
    assert page.locator('[data-testid="stAlert"]').first.is_visible()
    press(page, GUARANTEE)
    assert page.locator('[data-testid="stAlert"]').count() == 0


def test_a_value_that_cannot_be_is_refused_beside_its_control(open_page: Opener) -> None:
    page = open_page()
    number = outcome(page, "profit_change")
    box(page, GUARANTEE).fill("150")
    box(page, GUARANTEE).press("Enter")
    alert = row(page, GUARANTEE).get_by_role("alert")
    alert.wait_for()
    assert "100%" in alert.inner_text()
    assert page.locator(".st-key-summary [data-testid=stAlert]").is_visible()
    assert outcome(page, "profit_change") == number
    box(page, GUARANTEE).fill("80")
    box(page, GUARANTEE).press("Enter")
    alert.wait_for(state="hidden")
    idle(page)
    assert outcome(page, "profit_change") != number


def test_a_stage_is_added_and_removed(open_page: Opener) -> None:
    page = open_page()
    click(page, "moves-add")
    assert box(page, "policy.moves[1].openness").input_value() == "100"
    press(page, "policy.moves[1].week", "ArrowRight")
    click(page, "moves-1-remove")
    assert page.locator(".st-key-stage-1").count() == 0


def test_the_link_is_the_same_on_every_page(open_page: Opener) -> None:
    page = open_page()
    press(page, GUARANTEE, times=3)
    page.locator(".st-key-share button").first.click()
    page.locator(".st-key-share-add button").click()
    page.wait_for_function("() => location.search.includes('c=')")
    # The menu makes way for what it says.
    page.get_by_text("新放入了1个情景").wait_for()
    idle(page)
    page.locator(".st-key-share button").first.click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".sim-copy").first.click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.keyboard.press("Escape")
    idle(page)
    token = page.url.partition("?")[2]
    assert token.startswith("n=1&s=")
    for path in (*OTHERS, ""):
        go_to(page, path)
        idle(page)
        assert page.url.partition("?")[2] == token
        assert page.evaluate("document.documentElement.lang") == "zh-CN"
    settled(page)
    assert box(page, GUARANTEE).input_value() == "94"
    switch_to(page, "English")
    assert page.url.partition("?")[2] == f"{token}&lang=en"


def test_light_or_dark_is_chosen_in_the_menu_and_kept(open_page: Opener) -> None:
    page = open_page(scheme="light")
    page.locator('[data-testid="stMainMenu"] button').first.click()
    page.get_by_role("menuitemradio", name="深色").click()
    page.wait_for_selector('.sim-grid[data-mode="dark"]')
    page.reload()
    settled(page)
    assert page.locator(".sim-grid").get_attribute("data-mode") == "dark"


def test_controls_of_streamlit_are_named_in_the_language_of_the_page(open_page: Opener) -> None:
    english = (
        "[...document.querySelectorAll('[aria-label]')].map((each) => each.ariaLabel)"
        ".filter((name) => /^[ -~]*[a-z]{4}[ -~]*$/.test(name) && !/^(Shortcut|CSV)/.test(name))"
    )
    page = open_page()
    page.wait_for_function(f"() => {english}.length === 0")
    switch_to(page, "English")
    page.wait_for_function(f"() => {english}.includes('Increment')")
    switch_to(page, "中文")
    page.wait_for_function(f"() => {english}.length === 0")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_opened_by_its_own_address(open_page: Opener, path: str, locale: str) -> None:
    # Its console is empty as well: open_page looks at it when the test is over.
    page = open_page(f"/{path}", locale=locale, wait=False)
    page.get_by_role("heading", level=1).first.wait_for(timeout=FIRST_PATIENCE)
    idle(page)
    assert page.locator('[data-testid="stAlertContentError"]').count() == 0
    go_to(page, "")
    settled(page)
    press(page, GUARANTEE)
    assert at(page, GUARANTEE) == "96"


def test_a_restarted_server_loses_no_change(chromium: Any, tmp_path: Any, server: Server) -> None:
    port = free_port()
    own = start_server(tmp_path / "log.txt", port)
    context = chromium.new_context(locale="zh-CN")
    try:
        page = context.new_page()
        page.goto(own.url)
        settled(page, 120_000)
        press(page, GUARANTEE, times=2)
        own.stop()
        own = start_server(tmp_path / "log.txt", port)
        page.wait_for_selector(
            '[data-testid="stApp"][data-test-connection-state="CONNECTED"]', timeout=60_000
        )
        # The browser takes the page up again by itself; what is pressed after that counts.
        page.wait_for_timeout(5000)
        idle(page)
        slider(page, GUARANTEE).focus()
        page.keyboard.press("ArrowLeft")
        shows(page, GUARANTEE, "94")
        settled(page)
        assert at(page, GUARANTEE) == "94"
        page.reload()
        settled(page)
        assert box(page, GUARANTEE).input_value() == "94"
    finally:
        context.close()
        own.stop()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)], ids=["phone", "wide"])
def test_fits_and_is_accessible(
    open_page: Opener, locale: str, scheme: str, size: tuple[int, int]
) -> None:
    page = open_page(locale=locale, scheme=scheme, size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
    dark = page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    assert dark == (scheme == "dark")
    assert page.evaluate("document.documentElement.lang") == (
        "zh-CN" if locale == "zh-CN" else "en"
    )
    assert not grave_faults(page)


@pytest.mark.parametrize(("locale", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")])
@pytest.mark.parametrize("path", OTHERS)
def test_the_other_pages_are_accessible(
    open_page: Opener, locale: str, scheme: str, path: str
) -> None:
    page = open_page(locale=locale, scheme=scheme)
    go_to(page, path)
    page.get_by_role("heading", level=1).first.wait_for()
    idle(page)
    assert not grave_faults(page)


def grave_faults(page: Any) -> list[str]:
    """What axe-core calls serious or critical, each with the element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    )
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found.response["violations"]
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]
