"""Files that say of themselves that they never change are read once and then answered from memory.

A first open asks for some eighty of Streamlit's, three milliseconds of the server each: it looks each
of them up in threads of its own, time and again. There are no more of them than its folder holds.
"""

from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PLACE: Final = "/static/"
_FOR_EVER: Final = "immutable"
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
        self._kept: dict[tuple[str, bool], tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
        elif key in self._kept:
            start, body = self._kept[key]
            await send(_copy(start))
            await send({"type": "http.response.body", "body": body})
        else:
            await self._first(key, scope, receive, send)

    async def _first(
        self, key: tuple[str, bool], scope: Scope, receive: Receive, send: Send
    ) -> None:
        answer: _Answer | None = None

        async def listening(message: Message) -> None:
            nonlocal answer
            if message["type"] == "http.response.start":
                answer = _Answer(start=_copy(message)) if _never_changes(message) else None
            elif answer is not None:
                answer.body += message.get("body", b"")
                if len(answer.body) > _LONGEST:
                    answer = None
                elif not message.get("more_body", False):
                    self._kept[key] = (answer.start, bytes(answer.body))
            await send(message)

        await self._app(scope, receive, listening)


def _key(scope: Scope) -> tuple[str, bool] | None:
    """By which an answer is remembered; None where it is not to be."""
    if scope["type"] != "http" or scope["method"] != "GET" or scope["query_string"]:
        return None
    path = str(scope["path"])
    headers = Headers(scope=scope)
    if _PLACE not in path or any(name in headers for name in _SPECIAL):
        return None
    return path, "gzip" in headers.get("accept-encoding", "")


def _never_changes(start: Message) -> bool:
    lifetime = Headers(raw=start["headers"]).get("cache-control", "")
    return start["status"] == 200 and _FOR_EVER in lifetime


def _copy(start: Message) -> Message:
    """The beginning of an answer, with headers that may be added to."""
    return {**start, "headers": [*start["headers"]]}
