"""The way to the provider and back, without one: what Streamlit answers is played by the test."""

import re
from importlib.resources import files
from typing import Any

import pytest
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from sim.ui.entry import ROUTES as ENTRY
from sim.ui.entry_guest import COOKIE
from sim.ui.hosting.headers import middleware
from sim.ui.hosting.log_in_way import LEAVING, RETURNED, ROUTES, LogInWay
from tests.asgi import Answer, ask


def logged_in() -> Response:
    response = RedirectResponse("/", status_code=302)
    response.set_cookie("_streamlit_user", "signed")
    response.set_cookie("_streamlit_user_tokens", "signed")
    return response


def not_logged_in() -> Response:
    response = RedirectResponse("/", status_code=302)
    response.delete_cookie("_streamlit_user")
    return response


def answered(app: Any, path: str, query: str = "", cookie: str = "") -> Answer:
    return ask(app, path, query, headers=[("cookie", cookie)] if cookie else [])


def around(response: Response | None) -> LogInWay:
    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if response is None:
            raise RuntimeError("no way")
        await response(scope, receive, send)

    return LogInWay(inner)


def led_to(app: Any, path: str, query: str = "") -> str:
    said = answered(app, path, query)
    assert said.status in (302, 307)
    return said.headers["location"]


def test_on_the_way_out_the_address_is_kept_first() -> None:
    assert led_to(around(None), "/auth/login", "provider=a.b") == "../leaving?provider=a.b"
    away = RedirectResponse("https://login.example.com/authorize")
    assert led_to(around(away), "/auth/login", "provider=a.b&on=1") == away.headers["location"]


@pytest.mark.parametrize("response", [PlainTextResponse("Authentication error", 400), None])
def test_a_provider_that_cannot_be_asked_leads_back(response: Response | None) -> None:
    assert led_to(around(response), "/auth/login", "on=1") == "../returned?login=failed"


def test_a_log_in_leads_back_with_its_cookies() -> None:
    said = answered(around(logged_in()), "/oauth2callback", "code=a&state=b")
    assert (said.status, said.headers["location"]) == (307, "./returned")
    given = [value for name, value in said.raw if name == b"set-cookie"]
    assert [each.partition(b"=")[0] for each in given] == [
        b"_streamlit_user",
        b"_streamlit_user_tokens",
    ]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("code=a&state=b", "failed"),
        ("error=access_denied", "declined"),
        ("error=server_error&state=b", "failed"),
    ],
)
def test_an_answer_without_a_log_in_says_why(query: str, said: str) -> None:
    for response in (not_logged_in(), None):
        found = led_to(around(response), "/oauth2callback", query)
        assert found == f"./returned?login={said}"


def test_after_a_log_out_one_is_at_the_first_page() -> None:
    assert led_to(around(not_logged_in()), "/oauth2callback") == "/"


def test_everything_else_goes_by() -> None:
    assert answered(around(PlainTextResponse("x")), "/library", "login=failed").status == 200


def test_the_two_pages_are_there_with_their_scripts_and_load_no_charts() -> None:
    from starlette.applications import Starlette

    app = Starlette(routes=list(ROUTES), middleware=middleware())
    for name in (LEAVING, RETURNED):
        for path, kind in ((f"/{name}", "text/html"), (f"/{name}.js", "text/javascript")):
            said = answered(app, path)
            assert said.status == 200
            assert said.headers["content-type"].startswith(kind)
            assert "link" not in said.headers
            assert "script-src 'self'" in said.headers["content-security-policy"]


def test_who_comes_by_the_link_of_a_round_is_recognised_when_they_come_again() -> None:
    from starlette.applications import Starlette

    app = Starlette(routes=list(ENTRY))
    assert "set-cookie" not in answered(app, "/library").headers
    given = answered(app, "/library", "round=a").headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=lax", "Secure"):
        assert part in given
    assert "Path" not in given
    mine = given.partition(";")[0]
    assert mine.startswith(f"{COOKIE}=")
    assert "set-cookie" not in answered(app, "/library", "round=a", mine).headers
    assert "set-cookie" in answered(app, "/library", "round=a", f"{COOKIE}=made-up").headers


def test_the_address_is_kept_and_read_by_one_name_that_is_nothing_else() -> None:
    ui = files("sim.ui")
    way = [ui / "leaving.js", ui / "returned.js", ui / "live" / "frontend" / "from.js"]
    names = {
        name for each in way for name in re.findall(r"""["'](sim\.\w+)["']""", each.read_text())
    }
    assert names == {"sim.from"}
    levers = (ui / "live" / "frontend" / "left.js").read_text()
    assert "sim.from" not in levers
