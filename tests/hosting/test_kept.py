"""Long files are packed once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sim.ui.hosting.kept import KeptFiles

PLOTLY = "/_stcore/bidi-components/sim.plotly/plotly.min.js"


class Served:
    """An application that counts what it is asked, and answers in two pieces."""

    def __init__(self, status: int = 200) -> None:
        self.asked = 0
        self.status = status

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        self.asked += 1
        headers = [(b"content-type", b"text/javascript")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = f"{scope['path']} {self.asked}".encode()
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b"!"})


def ask(app: KeptFiles, path: str = PLOTLY, query: bytes = b"v=1", **more: str) -> Any:
    said: list[Any] = []

    async def send(message: Any) -> None:
        # As whatever stands around adds headers of its own.
        if message["type"] == "http.response.start":
            message["headers"].append((b"x", b"y"))
        said.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in more.items()]
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query, "headers": headers,
    }  # fmt: skip
    # In a thread of its own: the browser tests leave a running event loop in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    body = b"".join(each.get("body", b"") for each in said[1:])
    return said[0]["status"], [*said[0]["headers"]], body


def test_a_version_is_asked_for_once_and_is_the_same_for_all() -> None:
    served = Served()
    app = KeptFiles(served)
    first = ask(app, accept_encoding="gzip")
    assert ask(app, accept_encoding="gzip, br") == first
    assert served.asked == 1
    assert first[2].endswith(b"1!")
    assert ask(app)[2].endswith(b"2!"), "who does not unpack gets another answer"
    assert ask(app, query=b"v=2")[2].endswith(b"3!")


@pytest.mark.parametrize(
    ("path", "query", "headers"),
    [
        (PLOTLY, b"", {}),
        ("/static/js/index.js", b"v=1", {}),
        (PLOTLY, b"v=1", {"range": "bytes=0-9"}),
        (PLOTLY, b"v=1", {"if_none_match": "x"}),
    ],
)
def test_everything_else_is_asked_for_anew(path: str, query: bytes, headers: Any) -> None:
    served = Served()
    app = KeptFiles(served)
    for _ in range(2):
        ask(app, path, query, **headers)
    assert served.asked == 2


def test_a_failure_is_not_kept_and_made_up_versions_find_no_room() -> None:
    failing = Served(404)
    app = KeptFiles(failing)
    ask(app)
    ask(app)
    assert failing.asked == 2
    served = Served()
    app = KeptFiles(served)
    for number in range(40):
        ask(app, query=b"v=%d" % number)
    for number in range(40):
        ask(app, query=b"v=%d" % number)
    assert served.asked > 70
