"""Comparing and handing on, in a real browser: two browsers see the same, and a file comes back."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Opener, idle, settled
from tests.browser.test_journeys import press, switch_to

pytestmark = pytest.mark.browser

GUARANTEE = "policy.guarantee_target"
SERIOUS = {"serious", "critical"}


def go(page: Any, name: str) -> None:
    page.get_by_role("link", name=name).click()
    page.wait_for_selector('[data-testid="stApp"] h1')
    idle(page)


def add_case(page: Any, number: int) -> None:
    """Choose the ``number``-th case of the list."""
    page.locator('[class*="st-key-compare-case"] [role="combobox"]').or_(
        page.locator('[class*="st-key-compare-case"] input')
    ).first.click()
    page.get_by_role("option").nth(number).click()
    idle(page)


def view(page: Any, label: str) -> None:
    page.locator(".st-key-compare-view button", has_text=label).first.click()
    idle(page)


def names(page: Any) -> list[str]:
    boxes = page.locator('[class*="st-key-compare-name-"] input')
    return [boxes.nth(at).input_value() for at in range(boxes.count())]


def test_what_is_compared_here_is_compared_in_another_browser(open_page: Opener) -> None:
    page = open_page(locale="en")
    press(page, GUARANTEE, times=4)
    go(page, "Compare")
    settled(page)
    add_case(page, 2)
    page.locator(".st-key-compare-keep button").first.click()
    idle(page)
    seen = names(page)
    assert len(seen) == 3
    assert len(set(seen)) == 3
    other = open_page(page.url, locale="en")
    assert names(other) == seen
    traces = "document.querySelector('.sim-grid-plot')._fullData.map(({ name }) => name)"
    assert other.evaluate(traces) == page.evaluate(traces) == seen


def test_a_zoom_in_one_chart_is_a_zoom_in_all(open_page: Opener) -> None:
    page = open_page("/", locale="en")
    go(page, "Compare")
    settled(page)
    page.evaluate(
        """async () => { const plot = document.querySelector('.sim-grid-plot');
        const grid = await import(performance.getEntriesByType('resource')
            .map(({ name }) => name).find((name) => name.includes('loader.js')));
        await grid.Plotly.relayout(plot, { 'xaxis.range': [10, 30] }); }"""
    )
    page.wait_for_function(
        """() => [...document.querySelectorAll('.sim-grid-plot')].every(
        ({ _fullLayout }) => Math.round(_fullLayout.xaxis.range[0]) === 10
            && Math.round(_fullLayout.xaxis.range[1]) === 30)"""
    )


def test_a_scenario_leaves_as_a_file_and_comes_back(open_page: Opener, tmp_path: Path) -> None:
    page = open_page(locale="en")
    press(page, GUARANTEE, times=4)
    address = page.url
    page.locator(".st-key-share button").first.click()
    with page.expect_download() as asked:
        page.locator(".st-key-share-download button").first.click()
    file = tmp_path / "mine.toml"
    asked.value.save_as(file)
    assert "guarantee_target" in file.read_text("utf-8")
    other = open_page(locale="en")
    other.locator(".st-key-share button").first.click()
    other.locator('input[type="file"]').set_input_files(file)
    other.get_by_text("Opened:").wait_for()
    idle(other)
    token = address.partition("s=")[2].partition("&")[0]
    assert token in other.url


def test_a_file_that_is_no_scenario_is_explained_and_the_page_stays(
    open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(locale="zh-CN")
    file = tmp_path / "bad.toml"
    file.write_text("format = 1\n[world]\nblame = 7\n", encoding="utf-8")
    page.locator(".st-key-share button").first.click()
    page.get_by_text("选择文件").wait_for()
    assert "每个文件不超过2MB" in page.locator('[data-testid="stFileUploader"]').inner_text()
    page.locator('input[type="file"]').set_input_files(file)
    page.get_by_text("world.blame").first.wait_for()
    page.locator('input[type="file"]').wait_for(state="detached")
    settled(page)
    assert page.locator(".sim-grid-card").count() == 7


def test_files_that_were_there_already_are_told_and_the_menu_is_closed(
    open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(locale="en")
    files = [tmp_path / f"{weeks}.toml" for weeks in (50, 60)]
    for file in files:
        file.write_text(f"format = 1\nweeks = {file.stem}\n", encoding="utf-8")
    for told in ("Put on the page Compare: 2.", "not put in again: 2."):
        page.locator(".st-key-share button").first.click()
        page.locator('input[type="file"]').set_input_files(files)
        page.get_by_text(told).wait_for()
        page.locator('input[type="file"]').wait_for(state="detached")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_comparison_is_accessible_in_every_view(open_page: Opener, scheme: str) -> None:
    page = open_page(locale="en", scheme=scheme)
    go(page, "Compare")
    settled(page)
    add_case(page, 2)
    for label in ("Together", "Side by side", "Outcomes", "What differs", "Spreadsheet", "Stack"):
        view(page, label)
        found = Axe().run(page).response["violations"]
        serious = [each["id"] for each in found if each["impact"] in SERIOUS]
        assert not serious, f"{label}: {serious}"


def test_the_comparison_fits_a_phone_and_changes_language(open_page: Opener) -> None:
    page = open_page(locale="en", size=(390, 844))
    go(page, "Compare")
    settled(page)
    add_case(page, 2)
    switch_to(page, "中文")
    assert page.locator("h1").first.inner_text() == "对比"
    assert len(names(page)) == 2
    wide = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def cells(page: Any) -> list[list[str]]:
    """What stands in the spreadsheet, as it is told to screen readers."""
    table = page.locator('[data-testid="stDataFrame"]').first
    table.locator("[role=gridcell]").first.wait_for(state="attached")
    page.wait_for_timeout(300)
    rows = [row.locator("[role=gridcell]").all_text_contents() for row in table.locator("tr").all()]
    return [row for row in rows if any(row)]


# Whether the lines above the spreadsheet have these names.
NAMED = """(wanted) => [...document.querySelectorAll('[class*="st-key-compare-name-"] input')]
    .map(({ value }) => value).join() === wanted.join()"""


ALIKE = """() => new Set([...document.querySelectorAll('[data-testid="stDataFrame"] tr')]
    .map((row) => row.querySelectorAll('[role=gridcell]')[1]?.textContent).filter(Boolean)).size === 1"""


def in_cell(page: Any, row: int, left: int) -> None:
    """Click into a cell; its rows are as high as those of every table."""
    table = page.locator('[data-testid="stDataFrame"]').first
    place = {"x": left, "y": 35 * (row + 1) + 18}
    # It takes no notice of a pointer that comes and goes within one frame.
    table.hover(position=place)
    page.wait_for_timeout(300)
    table.click(position=place, delay=100)
    page.wait_for_timeout(300)


def test_a_row_is_added_a_block_is_pasted_and_filled_down(open_page: Opener) -> None:
    page = open_page("/compare", locale="en")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view(page, "Spreadsheet")
    in_cell(page, 1, 120)
    page.locator('[class*="st-key-compare-name-1"] input').wait_for()
    idle(page)
    first = names(page)[0]
    assert names(page) == [first, f"{first} (2)"]
    page.evaluate("navigator.clipboard.writeText('On the page\\t61\\nFrom a sheet\\t55%')")
    in_cell(page, 0, 120)
    page.keyboard.press("Control+v")
    page.wait_for_function(NAMED, arg=["On the page", "From a sheet"])
    idle(page)
    pasted = cells(page)
    assert [row[:2] for row in pasted] == [["On the page", "61"], ["From a sheet", "55"]]
    in_cell(page, 0, 400)
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    page.wait_for_function(ALIKE)
    idle(page)
    # All that was shown still is, though nothing differs any more.
    assert cells(page) == [pasted[0], ["From a sheet", *pasted[0][1:]]]


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("zh-CN", "未打开：文件太大，不能超过2.0MB"),
        ("en", "Not opened: the file is too large, the most is 2.0MB"),
    ],
)
def test_a_file_that_is_too_large_says_so_for_all_to_read(
    open_page: Opener, tmp_path: Path, locale: str, told: str
) -> None:
    page = open_page(locale=locale)
    file = tmp_path / "large.toml"
    file.write_text("#" * 2_500_000, encoding="utf-8")
    page.locator(".st-key-share button").first.click()
    page.locator('input[type="file"]').set_input_files(file)
    box = page.get_by_text(told).bounding_box()
    assert box["width"] > 150
    assert box["height"] > 10
