"""nginx as it is shipped, two replicas, and a visitor whose replica dies."""

import gzip
import json
import os
import re
import signal
from typing import Any

import pytest

from sim.documents.token import decode
from sim.ui.chart_grid.plotly_js import tag
from sim.ui.early import links
from sim.ui.entry_guest import COOKIE
from sim.ui.hosting.headers import content_policy
from tests.browser.conftest import FIRST_PATIENCE, idle
from tests.browser.test_compare import go
from tests.browser.test_library import click, keep, note, write
from tests.hosting.front import HOST, PROXY, WATCHER, Front

LOOK = {"axis": "weeks", "shows": "values", "fan": True}
QUESTION = json.dumps({"s": None, "language": "en", "look": LOOK, "edits": []}).encode()


def answers(front: Front) -> list[int]:
    """How many live questions each replica has answered."""
    found = []
    for replica in front.replicas:
        text = front.ask("/metrics", port=replica.port).body.decode()
        found.append(int(re.search(r"live_seconds_count (\d+)", text)[1]))  # type: ignore[index]
    return found


def test_a_visitor_stays_with_one_replica_and_visitors_are_spread(front: Front) -> None:
    served = set()
    for _ in range(40):
        cookie = front.ask("/").all("Set-Cookie")[0].split(";")[0]
        before = answers(front)
        for _ in range(3):
            headers = {"Cookie": cookie, "Content-Type": "application/json"}
            reply = front.ask("/live", method="POST", body=QUESTION, headers=headers)
            assert reply.status == 200
            assert not reply.all("Set-Cookie")
        gained = [now - then for now, then in zip(answers(front), before, strict=True)]
        assert sorted(gained) == [0, 3]
        served.add(gained.index(3))
        if len(served) == 2:
            return
    pytest.fail("forty visitors were all led to the same replica")


def test_every_answer_carries_one_policy(front: Front) -> None:
    page = front.ask("/")
    assert page.all("Content-Security-Policy") == [content_policy()]
    assert page.all("X-Content-Type-Options") == ["nosniff"]
    assert page.all("Referrer-Policy") == ["same-origin"]
    refused = front.ask("/_stcore/agent/openapi.json")
    assert refused.all("Content-Security-Policy") == ["default-src 'none'; frame-ancestors 'none'"]
    assert refused.all("X-Content-Type-Options") == ["nosniff"]
    assert page.all("Server") == ["nginx"]


@pytest.mark.parametrize("path", ["static", "plotly", "live.js"])
def test_what_is_long_is_compressed_and_whole(front: Front, path: str) -> None:
    script = re.search(r"static/js/index\.[\w-]+\.js", front.ask("/").body.decode())
    assert script is not None
    address = {
        "static": f"/{script[0]}",
        "plotly": f"/plotly.js?v={tag()}",
        "live.js": "/_stcore/bidi-components/sim.live/live.js",
    }[path]
    plain = front.ask(address, port=front.replicas[0].port).body
    for _ in range(2):
        packed = front.ask(address, headers={"Accept-Encoding": "gzip, br"})
        assert packed.all("Content-Encoding") == ["gzip"]
        assert len(packed.body) < 0.6 * len(plain)
        assert gzip.decompress(packed.body) == plain
    assert front.ask(address).body == plain


def test_the_page_tells_of_its_files_by_the_addresses_that_it_asks_for(front: Front) -> None:
    for page in ("/", "/decide"):
        document = front.ask(page).body.decode()
        assert document.count(links()) == 1
        assert document.index(links()) > document.rindex("./static/js/")
    named = re.findall(r'<link rel="modulepreload" href="\.(\S+)"', links())
    assert len(named) == links().count("<")
    for each in named:
        assert front.ask(each).status == 200
    loader = front.ask("/_stcore/bidi-components/sim.chart_grid/loader.js").body.decode()
    assert "../../../plotly.js?v=${tag}" in loader
    assert f"/plotly.js?v={tag()}" in named
    told = {each.rpartition("/")[2] for each in named}
    grid = front.ask("/_stcore/bidi-components/sim.chart_grid/grid.js").body.decode()
    imported = set(re.findall(r'from "\S*/([\w.]+)"', grid))
    assert imported and imported <= told


def test_what_never_changes_is_kept_by_the_browser(front: Front) -> None:
    for _ in range(2):
        mine = front.ask(f"/plotly.js?v={tag()}")
        assert mine.all("Cache-Control") == ["public, max-age=31536000, immutable"]
        for other in ("", "?v=1"):
            assert front.ask(f"/plotly.js{other}").all("Cache-Control") == ["no-cache"]


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics", "/ready"])
def test_numbers_about_the_server_are_for_who_watches_it(front: Front, path: str) -> None:
    for way in (path, f"/{path}", path.replace("m", "%6d").replace("y", "%79"), f"/x/..{path}"):
        assert front.ask(way).status == 403
    assert front.ask(path, source=WATCHER).status == 200


def test_whom_a_visitor_comes_from_is_taken_from_the_trusted_proxy_only(front: Front) -> None:
    told = {"X-Forwarded-For": WATCHER}
    assert front.ask("/ready", source=PROXY, headers=told).status == 200
    assert front.ask("/ready", source=PROXY).status == 403
    assert front.ask("/ready", headers=told).status == 403


def test_behind_tls_the_cookie_of_a_guest_stays_within_it(front: Front) -> None:
    def given(headers: dict[str, str]) -> list[str]:
        cookies = front.ask("/library?round=any", source=PROXY, headers=headers).all("Set-Cookie")
        return [each for each in cookies if each.startswith(COOKIE)]

    assert ["Secure" in each for each in given({})] == [False]
    assert ["Secure" in each for each in given({"X-Forwarded-Proto": "https"})] == [True]


@pytest.mark.parametrize("path", ["/_stcore/agent/openapi.json", "/_stcore/agent/mcp"])
def test_the_interface_for_programs_is_not_there(front: Front, path: str) -> None:
    assert front.ask(path).status == 404
    assert front.ask(path, method="POST", body=b"{}").status == 404


def test_what_is_too_large_is_refused_before_it_is_read(front: Front) -> None:
    assert front.ask("/live", method="POST", body=b" " * 70_000).status == 413
    path = "/_stcore/upload_file/a/b"
    assert (
        front.ask(path, method="PUT", body=b"", headers={"Content-Length": "3000000"}).status == 413
    )


def test_too_many_questions_are_turned_away_and_only_who_asks_them(front: Front) -> None:
    # Nothing is computed: what is no question is refused by the replica, after nginx let it pass.
    statuses = [
        front.ask("/live", method="POST", body=b"{", source="127.0.0.3").status for _ in range(120)
    ]
    assert set(statuses) == {400, 429}
    assert front.ask("/live", method="POST", body=QUESTION).status == 200


def test_the_name_that_the_visitor_typed_reaches_the_replica(front: Front) -> None:
    def open_socket(origin: str) -> int:
        headers = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Protocol": "streamlit",
            "Origin": origin,
        }
        return front.ask("/_stcore/stream", headers=headers).status

    assert front.ask("/", headers={"Host": "elsewhere.example"}).status == 400
    assert front.ask("/").status == 200
    assert open_socket(f"http://{HOST}") == 101
    assert open_socket("http://elsewhere.example") == 403


@pytest.mark.browser
def test_a_visitor_whose_replica_dies_goes_on_with_the_same_scenario(
    front: Front, chromium: Any
) -> None:
    context = chromium.new_context(locale="en-US", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for address in ("/model", "/"):
        page.goto(front.url + address)
        idle(page)
    page.wait_for_selector('.sim-grid[data-painted="all"]', timeout=FIRST_PATIENCE)
    press(page, "policy.guarantee_target")
    first = scenario(page)
    keep(page, "Kept before the end")
    write(page, "library-version-note", "not saved yet")
    go(page, "Simulate")
    idle(page)
    assert not [line for line in said if "Content Security Policy" in line]

    died = home(front)
    os.kill(front.replicas[died].process.pid, signal.SIGKILL)
    front.replicas[died].process.wait(20)
    page.wait_for_selector('[data-testid="stApp"][data-test-connection-state="CONNECTED"]')
    press(page, "policy.coupon")
    second = scenario(page)
    assert second.policy.guarantee_target == first.policy.guarantee_target
    assert second.policy.coupon != first.policy.coupon
    # What was kept is in the database of both.
    go(page, "Library")
    # The cells of a list are drawn, and told to screen readers.
    told = page.locator('[data-testid="stDataFrame"] [role=gridcell]')
    told.get_by_text("Kept before the end").first.wait_for(state="attached")
    # What was not is with the tab, and goes on from that version.
    assert note(page) == "not saved yet"
    page.get_by_text("changed since version 1").wait_for()
    click(page, "library-save")
    page.get_by_text("Saved.").wait_for()
    assert not [line for line in said if "Content Security Policy" in line]
    context.close()


def press(page: Any, place: str) -> None:
    """Move a lever by one step, and wait until the address tells of it."""
    before = page.url
    slider = page.locator(f'[data-place="{place}"] input[type=range]').first
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("before => location.href !== before", arg=before)
    idle(page)


def scenario(page: Any) -> Any:
    return decode(re.search(r"[?&]s=([^&]+)", page.url)[1]).scenario  # type: ignore[index]


def home(front: Front) -> int:
    """The replica that has the browser's session."""
    for number, replica in enumerate(front.replicas):
        text = front.ask("/_stcore/metrics", port=replica.port).body.decode()
        if re.search(r"^active_sessions [1-9]", text, re.MULTILINE):
            return number
    raise AssertionError("no replica has a session")
