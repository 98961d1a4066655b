"""A link that is not whole, in a real browser: whatever page it leads to says so."""

import pytest

from sim.text import words_of
from sim.ui.shell import FIRST, PAGES
from tests.browser.conftest import FIRST_PATIENCE, Opener, settled
from tests.browser.test_compare import go
from tests.browser.test_journeys import press

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
