"""The way to the provider and back: where somebody was is kept, and what went wrong is told there.

Streamlit leads whoever has logged in to its first page with nothing of the address, and answers a
provider that is away with two words on an empty page. Here the browser keeps, in the tab, the
address that it left; it comes back to it, and the address carries the scenario as any other link
does. The server keeps nothing, so it makes no difference which tab logs in, or which replica answers.
"""

import logging
from functools import cache, partial
from importlib.resources import files
from typing import Final
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOG: Final = logging.getLogger(__name__)
# Query of the page that somebody comes back to without being logged in.
FAILED: Final = "login"
LEAVING: Final = "leaving"
RETURNED: Final = "returned"
_PAGES: Final = (LEAVING, RETURNED)
_LOGIN: Final = "/auth/login"
_CALLBACK: Final = "/oauth2callback"
_COOKIE: Final = "_streamlit_user"
_ON: Final = "on"
_FRESH: Final = {"Cache-Control": "no-cache"}


class LogInWay:
    """Leads by way of our two small pages, and turns a failure into a word on the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = str(scope.get("path", ""))
        answer: ASGIApp = self._app
        if scope["type"] == "http" and path.endswith(_LOGIN):
            answer = await self._leave(scope, receive)
        elif scope["type"] == "http" and path.endswith(_CALLBACK):
            answer = await self._come_back(scope, receive)
        await answer(scope, receive, send)

    async def _leave(self, scope: Scope, receive: Receive) -> ASGIApp:
        """To the provider by way of our page; if it cannot be asked, back to where one was."""
        if _ON not in _query(scope):
            return _to(f"../{LEAVING}?{_query_text(scope)}")
        answer = await self._answer(scope, receive)
        return answer or _to(f"../{RETURNED}?{_said('failed')}")

    async def _come_back(self, scope: Scope, receive: Receive) -> ASGIApp:
        """From the provider, to where one was; after a log-out to the first page, as it is."""
        query, answer = _query(scope), await self._answer(scope, receive)
        if answer is not None and not {"state", "code", "error"} & set(query):
            return answer
        if answer is None or not answer.logs_in():
            said = "declined" if query.get("error") == "access_denied" else "failed"
            back = _to(f"./{RETURNED}?{_said(said)}")
        else:
            back = _to(f"./{RETURNED}")
        if answer is not None:
            back.raw_headers += answer.cookies()
        return back

    async def _answer(self, scope: Scope, receive: Receive) -> "_Answer | None":
        """What Streamlit answers, which is short; None where it fails."""
        found = _Answer()
        try:
            await self._app(scope, receive, found.take)
        except Exception:
            _LOG.exception("the log-in failed")
            return None
        return None if found.has_failed() else found


class _Answer:
    """An answer that is looked at before it is given."""

    def __init__(self) -> None:
        self._messages: list[Message] = []

    async def take(self, message: Message) -> None:
        self._messages.append(message)

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        for message in self._messages:
            await send(message)

    def has_failed(self) -> bool:
        return not self._messages or self._messages[0]["status"] >= 400

    def cookies(self) -> list[tuple[bytes, bytes]]:
        return [pair for pair in self._messages[0]["headers"] if pair[0].lower() == b"set-cookie"]

    def logs_in(self) -> bool:
        """Whether it gives the browser the cookie that says who one is."""
        given = [value.decode("latin-1").partition(";")[0] for _, value in self.cookies()]
        parts = [each.partition("=") for each in given]
        return any(name == _COOKIE and value.strip('"') for name, _, value in parts)


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, headers=_FRESH)


def _query_text(scope: Scope) -> str:
    return bytes(scope.get("query_string", b"")).decode("latin-1")


def _query(scope: Scope) -> dict[str, str]:
    return {name: each[0] for name, each in parse_qs(_query_text(scope)).items()}


def _said(failure: str) -> str:
    return urlencode({FAILED: failure})


@cache
def _script(name: str) -> str:
    return files("sim.ui").joinpath(f"{name}.js").read_text(encoding="utf-8")


async def _page(_request: Request, name: str) -> Response:
    return HTMLResponse(
        f'<!doctype html><meta charset="utf-8"><script src="./{name}.js"></script>', headers=_FRESH
    )


async def _tell(_request: Request, name: str) -> Response:
    return Response(_script(name), media_type="text/javascript", headers=_FRESH)


ROUTES: Final = tuple(
    Route(f"/{name}{ending}", partial(answer, name=name))
    for name in _PAGES
    for ending, answer in (("", _page), (".js", _tell))
)
