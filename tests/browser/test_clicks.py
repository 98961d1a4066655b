"""A point of a chart becomes the scenario, by keyboard and by pointer, and is taken back."""

import pytest

from tests.browser.conftest import Opener, idle, settled

pytestmark = pytest.mark.browser


def test_a_cell_of_the_map_is_loaded_by_keyboard_and_by_a_click_and_taken_back(
    open_page: Opener,
) -> None:
    page = open_page("/?lang=en", locale="en-US")
    page.get_by_role("link", name="Decide").click()
    page.get_by_role("radio", name="Map", exact=True).click()
    plot = page.locator('.sim-grid-card[data-panel="map.value"] .sim-grid-plot')
    plot.wait_for()
    settled(page)
    assert plot.get_attribute("role") == "application"
    plot.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
    page.wait_for_function(
        "() => document.querySelector('[data-panel=\"map.value\"] .sim-grid-spoken')"
        ".textContent.includes('; ')"
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**s=*")
    idle(page)
    by_keyboard = page.url
    box = plot.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.4 * box["height"])
    page.wait_for_function("before => location.href !== before", arg=by_keyboard)
    idle(page)
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
        idle(page)
    assert "s=" not in page.url
