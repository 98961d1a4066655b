"""Files that say of themselves that they never change are read once and then answered from memory.

A first open asks for some eighty of Streamlit's, three milliseconds of the server each: it looks each
of them up in threads of its own, time and again. A file is kept by the one address that is plainly its
own, so that there are no more of them than the folder holds.
"""

import posixpath
from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PLACE: Final = "/static/"
_FOR_EVER: Final = "immutable"
# An answer that is one visitor's own, or one of several.
_OWN: Final = ("set-cookie", "vary", "content-encoding")
# Whoever asks for a part, or for what is newer, is answered by Streamlit.
_SPECIAL: Final = ("range", "if-none-match", "if-modified-since")
_LONGEST: Final = 8 << 20


@dataclass
class _Answer:
    start: Message
    body: bytearray = field(default_factory=bytearray)


class KeptFiles:
    """Remembers whole answers to requests for files, as they were sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        place = _place(scope)
        if place is None:
            await self._app(scope, receive, send)
        elif place in self._kept:
            start, body = self._kept[place]
            await send(_copy(start))
            await send({"type": "http.response.body", "body": body})
        else:
            await self._first(place, scope, receive, send)

    async def _first(self, place: str, scope: Scope, receive: Receive, send: Send) -> None:
        answer: _Answer | None = None

        async def listening(message: Message) -> None:
            nonlocal answer
            if message["type"] == "http.response.start":
                answer = _Answer(start=_copy(message)) if _never_changes(message) else None
            elif answer is not None and message["type"] == "http.response.body":
                answer.body += message.get("body", b"")
                if len(answer.body) > _LONGEST:
                    answer = None
                elif not message.get("more_body", False):
                    self._kept[place] = (answer.start, bytes(answer.body))
            else:
                answer = None
            await send(message)

        await self._app(scope, receive, listening)


def _place(scope: Scope) -> str | None:
    """By which an answer is remembered; None where it is not to be."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
        return None
    path = str(scope["path"])
    headers = Headers(scope=scope)
    if _PLACE not in path or posixpath.normpath(path) != path:
        return None
    return None if any(name in headers for name in _SPECIAL) else path


def _never_changes(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    is_for_all = not any(name in headers for name in _OWN)
    return start["status"] == 200 and is_for_all and _FOR_EVER in headers.get("cache-control", "")


def _copy(start: Message) -> Message:
    """The beginning of an answer, with headers that may be added to."""
    return {**start, "headers": [*start["headers"]]}
