"""What never changes is read once."""

from typing import Any

import pytest

from sim.ui.hosting.kept import KeptFiles
from tests import asgi

FILE = "/static/js/index.abc.js"
FOR_EVER = b"public, immutable, max-age=31536000"


class Served:
    """An application that counts what it is asked, and answers in two pieces."""

    def __init__(
        self, status: int = 200, lifetime: bytes = FOR_EVER, length: int = 1, more: bytes = b""
    ) -> None:
        self.asked = 0
        self.status = status
        self.headers = [(b"content-type", b"text/javascript"), (b"cache-control", lifetime)]
        if more:
            self.headers.append((more, b"a"))
        self.end = b"!" * length

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        self.asked += 1
        headers = [*self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        body = f"{scope['path']} {self.asked}".encode()
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": self.end})


def ask(app: KeptFiles, path: str = FILE, query: str = "", **more: str) -> Any:
    async def around(scope: Any, receive: Any, send: Any) -> None:
        # As whatever stands around adds headers of its own.
        async def with_more(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x", b"y"))
            await send(message)

        await app(scope, receive, with_more)

    method = more.pop("method", "GET")
    headers = [(name.replace("_", "-"), value) for name, value in more.items()]
    return tuple(asgi.ask(around, path, query, method=method, headers=headers))


def test_a_file_is_asked_for_once_and_is_the_same_for_all() -> None:
    served = Served()
    app = KeptFiles(served)
    first = ask(app, accept_encoding="gzip")
    assert ask(app, accept_encoding="gzip, br") == first
    assert served.asked == 1
    assert first[2].endswith(b"1!")
    assert ask(app, "/static/js/other.js")[2].endswith(b"2!")


@pytest.mark.parametrize(
    ("path", "query", "headers"),
    [
        ("/", "", {}),
        ("/_stcore/health", "", {}),
        (FILE, "v=1", {}),
        # The same file for Streamlit, by any number of names.
        ("/static//js/index.abc.js", "", {}),
        ("/static/./js/index.abc.js", "", {}),
        ("/./static/js/index.abc.js", "", {}),
        ("/static/js/index.abc.js/.", "", {}),
        ("/static/js/index.abc.js/", "", {}),
        (FILE, "", {"range": "bytes=0-9"}),
        (FILE, "", {"if_none_match": "x"}),
        (FILE, "", {"method": "HEAD"}),
    ],
)
def test_everything_else_is_asked_for_anew(path: str, query: str, headers: Any) -> None:
    served = Served()
    app = KeptFiles(served)
    for _ in range(2):
        ask(app, path, query, **headers)
    assert served.asked == 2


@pytest.mark.parametrize(
    "served",
    [
        Served(404),
        Served(lifetime=b"no-cache"),
        Served(length=9 << 20),
        Served(more=b"set-cookie"),
        Served(more=b"vary"),
        Served(more=b"content-encoding"),
    ],
)
def test_what_fails_may_change_is_too_long_or_not_for_all_is_not_kept(served: Served) -> None:
    app = KeptFiles(served)
    first, second = ask(app), ask(app)
    assert served.asked == 2
    assert first[2] != second[2]
