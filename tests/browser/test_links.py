"""A link that is not whole, in a real browser: whatever page it leads to says so."""

from dataclasses import replace
from typing import Any

import pytest

from sim.documents.token import encode
from sim.text import words_of
from sim.ui.link import first_scenario
from sim.ui.shell import FIRST, PAGES
from tests.browser.conftest import FIRST_PATIENCE, Opener, settled
from tests.browser.test_compare import go
from tests.browser.test_journeys import press
from tests.server import Server

pytestmark = pytest.mark.browser

GUARANTEE = "policy.guarantee_target"


@pytest.mark.parametrize(
    ("path", "query"),
    [*((path, "s=1damaged!!") for path in PAGES if path != FIRST), ("compare", "c=1damaged!!")],
)
def test_a_damaged_link_says_so_on_every_page(open_page: Opener, path: str, query: str) -> None:
    page = open_page(f"/{path}?{query}", locale="en", wait=False)
    page.get_by_text("About the link you came by").first.wait_for(timeout=FIRST_PATIENCE)
    go(page, "Simulate")
    settled(page)
    press(page, GUARANTEE)
    go(page, words_of("en")(f"ui.page.{path}"))
    assert page.get_by_text("About the link you came by").count() == 0


@pytest.mark.parametrize(
    "query", ["k=cut-off-by-a-chat-program", f"k={'a' * 22}", f"round={'a' * 22}.cut-off"]
)
def test_a_link_to_the_library_that_was_cut_off_says_so(open_page: Opener, query: str) -> None:
    page = open_page(f"/library?{query}", locale="en", wait=False)
    page.get_by_text("About the link you came by").wait_for(timeout=FIRST_PATIENCE)
    page.get_by_text("was cut off").wait_for()
    page.get_by_role("heading", name="On the shelf").wait_for()


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("zh-CN", ("没有这一页", "打开的是“推演”页。")),
        ("en", ("There is no such page", "You are on Simulate now.")),
    ],
)
def test_an_address_that_is_no_page_is_told_in_the_language_of_the_page(
    server: Server, chromium: Any, locale: str, told: tuple[str, str]
) -> None:
    # Not by ``open_page``: Streamlit asks in vain for files of that page, which stands in the console.
    context = chromium.new_context(locale=locale)
    page = context.new_page()
    token = encode(replace(first_scenario(), weeks=60))
    page.goto(f"{server.url}/nowhere?s={token}")
    for text in told:
        page.get_by_role("dialog").get_by_text(text).wait_for(timeout=FIRST_PATIENCE)
    assert f"s={token}" in page.url
    context.close()
