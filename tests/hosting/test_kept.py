"""Long files are packed once."""

from typing import Any

import pytest

from sim.ui.hosting.kept import KeptFiles
from tests import asgi

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


def ask(app: KeptFiles, path: str = PLOTLY, query: str = "v=1", **more: str) -> Any:
    async def around(scope: Any, receive: Any, send: Any) -> None:
        # As whatever stands around adds headers of its own.
        async def with_more(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x", b"y"))
            await send(message)

        await app(scope, receive, with_more)

    headers = [(name.replace("_", "-"), value) for name, value in more.items()]
    return tuple(asgi.ask(around, path, query, headers=headers))


def test_a_version_is_asked_for_once_and_is_the_same_for_all() -> None:
    served = Served()
    app = KeptFiles(served)
    first = ask(app, accept_encoding="gzip")
    assert ask(app, accept_encoding="gzip, br") == first
    assert served.asked == 1
    assert first[2].endswith(b"1!")
    assert ask(app)[2].endswith(b"2!"), "who does not unpack gets another answer"
    assert ask(app, query="v=2")[2].endswith(b"3!")


@pytest.mark.parametrize(
    ("path", "query", "headers"),
    [
        (PLOTLY, "", {}),
        ("/static/js/index.js", "v=1", {}),
        (PLOTLY, "v=1", {"range": "bytes=0-9"}),
        (PLOTLY, "v=1", {"if_none_match": "x"}),
    ],
)
def test_everything_else_is_asked_for_anew(path: str, query: str, headers: Any) -> None:
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
        ask(app, query=f"v={number}")
    for number in range(40):
        ask(app, query=f"v={number}")
    assert served.asked > 70
