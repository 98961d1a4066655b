"""Where the answer turns, on the sliders: marked when asked, and right again after a change."""

from typing import Any

import pytest

from tests.browser.conftest import Opener, idle

pytestmark = pytest.mark.browser

VIEWERS = '[data-place="world.viewers"]'


def told(page: Any) -> str:
    return str(page.locator(f"{VIEWERS} .sim-row-flip-text").text_content())


def test_marks_come_when_asked_and_follow_a_change(open_page: Opener) -> None:
    page = open_page()
    page.locator('[class*="st-key-group-world"] summary').first.click()
    page.wait_for_selector(VIEWERS)
    idle(page)
    assert page.locator(".sim-row-mark").count() == 0
    page.locator('[class*="st-key-flips-shown"] label').first.click()
    page.wait_for_selector(f"{VIEWERS} .sim-row-mark")
    idle(page)
    before = told(page)
    track = page.locator(f"{VIEWERS} .sim-row-flip").bounding_box()
    mark = page.locator(f"{VIEWERS} .sim-row-mark").bounding_box()
    slider = page.locator(f"{VIEWERS} input[type=range]").bounding_box()
    assert track["x"] <= mark["x"] <= track["x"] + track["width"]
    assert slider["y"] < mark["y"] + mark["height"] / 2 < slider["y"] + slider["height"]
    # Another assumption moves: the marks stay, and then are those of the new world.
    growth = page.locator('[data-place="world.audience_growth"] input[type=range]')
    growth.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        """([place, before]) => {
          const row = document.querySelector(place);
          const text = row?.querySelector(".sim-row-flip-text")?.textContent;
          return row?.querySelector(".sim-row-flip:not(.sim-row-flip-stale)") && text !== before;
        }""",
        arg=[VIEWERS, before],
    )
    described = page.locator(f"{VIEWERS} input[type=range]").get_attribute("aria-describedby")
    assert page.locator(f'[id="{described}"]').text_content() == told(page)
