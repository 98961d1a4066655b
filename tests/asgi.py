"""What an ASGI application answers to one question, asked without a server."""

import asyncio
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

Headers = list[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """Status, headers as they were sent, and body of an answer."""

    status: int
    raw: Headers
    body: bytes

    @property
    def headers(self) -> dict[str, str]:
        """The headers by name; of one sent twice the last."""
        return {name.decode(): value.decode() for name, value in self.raw}


def ask(
    app: Any,
    path: str,
    query: str = "",
    method: str = "GET",
    headers: Iterable[tuple[str, str]] = (),
    body: Iterable[bytes] = (b"",),
    gone: threading.Event | None = None,
) -> Answer:
    """
    What an application answers.

    Parameters
    ----------
    app
        The application.
    path, query, method, headers
        What is asked, and with which headers.
    body
        What is sent, part by part as it arrives.
    gone
        Set when who asks leaves; without it they wait until they are answered.
    """
    said: list[Any] = []
    parts = list(body)

    async def receive() -> Any:
        while not parts:
            if gone is not None and gone.is_set():
                return {"type": "http.disconnect"}
            await asyncio.sleep(0.01)
        part = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(parts)}

    async def send(message: Any) -> None:
        said.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "path": path, "raw_path": path.encode(), "root_path": "", "scheme": "https",
        "query_string": query.encode(), "server": ("lab.example.com", 443), "client": None,
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }  # fmt: skip
    # In a thread of its own: the browser tests leave a running event loop in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    start, *rest = said
    return Answer(
        start["status"], start["headers"], b"".join(each.get("body", b"") for each in rest)
    )
