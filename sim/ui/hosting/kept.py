"""Long files that never change are packed once and then handed out as they are.

Streamlit packs what it serves anew for every browser: plotly.js takes a sixth of a second of a core
each time, just when a page opens.
"""

from dataclasses import dataclass, field
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The version in its query says that a file never changes.
_PLACE: Final = "/_stcore/bidi-components/sim.plotly/"
_VERSIONED: Final = b"v="
# Packed and unpacked, of two versions: what somebody makes up finds no more room.
_MOST: Final = 4
_LONGEST: Final = 8 << 20
# Whoever asks for a part, or for what is newer, is answered by Streamlit.
_SPECIAL: Final = ("range", "if-none-match", "if-modified-since")


@dataclass
class _Answer:
    start: Message
    body: bytearray = field(default_factory=bytearray)


class KeptFiles:
    """Remembers whole answers to requests for long files, packed as they were sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[tuple[str, bytes, bool], _Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
        elif key in self._kept:
            kept = self._kept[key]
            await send(_copy(kept.start))
            await send({"type": "http.response.body", "body": bytes(kept.body)})
        else:
            await self._first(key, scope, receive, send)

    async def _first(
        self, key: tuple[str, bytes, bool], scope: Scope, receive: Receive, send: Send
    ) -> None:
        answer: _Answer | None = None

        async def listening(message: Message) -> None:
            nonlocal answer
            if message["type"] == "http.response.start" and message["status"] == 200:
                answer = _Answer(start=_copy(message))
            elif answer is not None and message["type"] == "http.response.body":
                answer.body += message.get("body", b"")
                self._keep(key, answer, is_whole=not message.get("more_body", False))
            await send(message)

        await self._app(scope, receive, listening)

    def _keep(self, key: tuple[str, bytes, bool], answer: _Answer, *, is_whole: bool) -> None:
        if is_whole and len(self._kept) < _MOST and len(answer.body) <= _LONGEST:
            self._kept[key] = answer


def _key(scope: Scope) -> tuple[str, bytes, bool] | None:
    """By which an answer is remembered; None where it is not to be."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    path, query = str(scope["path"]), bytes(scope["query_string"])
    if _PLACE not in path or not query.startswith(_VERSIONED):
        return None
    headers = Headers(scope=scope)
    if any(name in headers for name in _SPECIAL):
        return None
    return path, query, "gzip" in headers.get("accept-encoding", "")


def _copy(start: Message) -> Message:
    """The beginning of an answer, with headers that may be added to."""
    return {**start, "headers": [*start["headers"]]}
