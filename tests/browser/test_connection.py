"""A connection that is slow or breaks: what somebody has changed stays changed."""

from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import Opener, idle, settled
from tests.browser.test_journeys import GUARANTEE, at, slider

pytestmark = pytest.mark.browser
_TRIES = 200


class Wire:
    """Between a page and its server; what the server says can be held back, or lost."""

    def __init__(self) -> None:
        self.asked = self.opened = 0
        self.holds = False
        self.is_down = False
        self._held: list[Any] = []
        self._ends: list[tuple[Any, Any]] = []

    def __call__(self, page_end: Any) -> None:
        if self.is_down:
            page_end.close()
            return
        self.opened += 1
        server_end = page_end.connect_to_server()
        self._ends.append((page_end, server_end))
        page_end.on_message(lambda said: self._ask(server_end, said))
        server_end.on_message(lambda said: self._tell(page_end, said))

    def _ask(self, server_end: Any, said: Any) -> None:
        self.asked += 1
        server_end.send(said)

    def _tell(self, page_end: Any, said: Any) -> None:
        if self.holds:
            self._held.append(said)
        else:
            page_end.send(said)

    def has_new_address(self) -> bool:
        """Whether the server has taken a change up, and the page does not know of it yet."""
        kinds = self._kinds()
        return "page_info_changed" in kinds and kinds[-1] == "session_status_changed"

    def has_run(self) -> bool:
        """Whether the server has run, and the page does not know of it yet."""
        return "script_finished" in self._kinds()

    def _kinds(self) -> list[str | None]:
        return [ForwardMsg.FromString(said).WhichOneof("type") for said in self._held]

    def let_go(self) -> None:
        self.holds = False
        page_end, _ = self._ends[-1]
        for said in self._held:
            page_end.send(said)
        self._held.clear()

    def cut(self) -> None:
        """The connection breaks; what was held back never arrives."""
        self.holds = False
        self._held.clear()
        for end in self._ends.pop():
            end.close()


def opened(open_page: Opener) -> tuple[Any, Wire]:
    wire = Wire()
    return open_page("/?lang=en", locale="en-US", connection=wire), wire


def heard_only_by_the_server(page: Any, wire: Wire) -> str:
    """Move a lever, of which the page is told nothing; where it stands."""
    wire.holds = True
    slider(page, GUARANTEE).focus()
    page.keyboard.press("ArrowLeft")
    until(page, wire.has_new_address)
    return at(page, GUARANTEE)


def until(page: Any, is_so: Any) -> None:
    for _ in range(_TRIES):
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come")


def test_a_question_that_was_asked_before_the_new_address_came_does_not_undo_the_change(
    open_page: Opener,
) -> None:
    page, wire = opened(open_page)
    before = at(page, GUARANTEE)
    moved = heard_only_by_the_server(page, wire)
    asked = wire.asked
    page.evaluate(
        """() => { const app = document.querySelector("[data-test-connection-state]");
        const state = "data-test-connection-state";
        app.setAttribute(state, "PINGING_SERVER");
        setTimeout(() => app.setAttribute(state, "CONNECTED"), 100); }"""
    )
    until(page, lambda: wire.asked > asked)
    wire.let_go()
    is_kept(page, before, moved)


def test_a_change_of_which_the_page_was_not_told_any_more_outlives_the_connection(
    open_page: Opener,
) -> None:
    page, wire = opened(open_page)
    before = at(page, GUARANTEE)
    moved = heard_only_by_the_server(page, wire)
    wire.cut()
    page.wait_for_function("() => location.search.includes('s=')")
    is_kept(page, before, moved)


def test_a_lever_that_is_moved_while_nobody_hears_stays_until_somebody_does(
    open_page: Opener,
) -> None:
    page, wire = opened(open_page)
    before = at(page, GUARANTEE)
    wire.is_down = True
    wire.cut()
    page.wait_for_selector(
        '[data-test-connection-state]:not([data-test-connection-state="CONNECTED"])'
    )
    slider(page, GUARANTEE).focus()
    page.keyboard.press("ArrowLeft")
    moved = at(page, GUARANTEE)
    # Longer than a change is sent again and again.
    page.wait_for_timeout(20_000)
    assert at(page, GUARANTEE) == moved
    wire.is_down = False
    page.wait_for_function("() => location.search.includes('s=')", timeout=60_000)
    is_kept(page, before, moved)


def is_kept(page: Any, before: str, moved: str) -> None:
    settled(page)
    address = page.url
    assert at(page, GUARANTEE) == moved != before
    page.get_by_role("link", name="Model").click()
    page.wait_for_selector('[data-testid="stApp"] h1')
    idle(page)
    assert page.url.partition("?")[2] == address.partition("?")[2]
    page.get_by_role("link", name="Simulate").click()
    settled(page)
    assert at(page, GUARANTEE) == moved
