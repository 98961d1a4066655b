"""What the application answers by itself, where no proxy stands in front of it."""

import re
from pathlib import Path
from typing import Any

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from sim.ui.hosting import metrics, readiness
from sim.ui.hosting.allowance import Allowance
from sim.ui.hosting.headers import KnownHosts, SecurityHeaders, content_policy, inline_hashes
from tests.asgi import ask


def asked(app: Any, path: str, host: str = "lab.example") -> tuple[int, dict[str, str], str]:
    """Status, headers and text of an answer."""
    said = ask(app, path, headers=[("host", host)])
    return said.status, said.headers, said.body.decode()


def app_with(*middleware: Middleware) -> Starlette:
    routes = [Route("/", lambda _: PlainTextResponse("here"))]
    return Starlette(routes=routes, middleware=list(middleware))


def test_every_answer_carries_the_policy_also_that_nothing_is_there() -> None:
    app = app_with(Middleware(SecurityHeaders))
    for path, status in (("/", 200), ("/nothing", 404)):
        got, headers, _ = asked(app, path)
        assert got == status
        assert headers["content-security-policy"] == content_policy()
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_the_policy_names_the_inline_script_of_the_installed_streamlit_and_no_other() -> None:
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", page)
    rule = dict(each.split(" ", 1) for each in content_policy().split("; "))["script-src"]
    assert inline == ["<script>"], (
        "an inline script of another kind: look at sim/ui/hosting/headers.py"
    )
    assert rule == " ".join(("'self'", *inline_hashes(page)))
    # Known from the standard: the hash of alert('Hello, world.');
    known = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert inline_hashes("<script>alert('Hello, world.');</script>") == (known,)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("lab.example", 200), ("LAB.example:8443", 200), ("127.0.0.1:8501", 200), ("[::1]:8501", 200),
        ("elsewhere.example", 400), ("lab.example.elsewhere.example", 400), ("", 400),
        ("lab.example:80:80", 400),
    ],
)  # fmt: skip
def test_only_known_names_are_answered(host: str, status: int) -> None:
    assert asked(app_with(Middleware(KnownHosts, hosts=("lab.example",))), "/", host)[0] == status


def test_a_server_is_ready_when_everything_it_needs_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bool:
        raise OSError

    checks = {"engine": lambda: True}
    monkeypatch.setattr(readiness, "_checks", checks)
    app = Starlette(routes=list(readiness.ROUTES))
    assert asked(app, "/ready")[::2] == (200, '{"engine":true}')
    readiness.needs("library", broken)
    assert asked(app, "/ready")[::2] == (503, '{"engine":true,"library":false}')
    readiness.needs("library", lambda: True)
    assert asked(app, "/ready")[0] == 200


def test_numbers_are_text_that_a_scraper_reads() -> None:
    numbers = metrics.LiveAnswers()
    for status, seconds in ((200, 0.02), (200, 0.3), (429, 0.0001)):
        numbers.count(status, seconds)
    lines = list(numbers.lines())
    assert 'closed_loop_live_answers_total{status="200"} 2' in lines
    assert 'closed_loop_live_answers_total{status="429"} 1' in lines
    assert 'closed_loop_live_seconds_bucket{le="0.01"} 1' in lines
    assert 'closed_loop_live_seconds_bucket{le="0.025"} 2' in lines
    assert 'closed_loop_live_seconds_bucket{le="+Inf"} 3' in lines
    assert "closed_loop_live_seconds_sum 0.320100" in lines
    status, headers, text = asked(Starlette(routes=list(metrics.ROUTES)), "/metrics")
    assert status == 200
    assert headers["content-type"].startswith("application/openmetrics-text")
    assert text.endswith("# EOF\n")
    line = re.compile(r'# (TYPE|UNIT) \w+ \w+|\w+(\{\w+="[^"]*"\})? [0-9.]+|# EOF')
    assert [each for each in text.splitlines() if not line.fullmatch(each)] == []
    named = {each.split()[2] for each in text.splitlines() if each.startswith("# TYPE")}
    assert {"closed_loop_jobs", "closed_loop_remembered", "closed_loop_ready"} <= named


def test_a_client_may_ask_so_often_and_others_are_not_held_up() -> None:
    now = [0.0]
    allowance = Allowance(2, 3, clock=lambda: now[0])
    assert [allowance.take("a") for _ in range(5)] == [True, True, True, False, False]
    assert allowance.take("b")
    now[0] = 0.5
    assert [allowance.take("a") for _ in range(2)] == [True, False]
    now[0] = 100.0
    assert [allowance.take("a") for _ in range(4)] == [True, True, True, False]


def test_clients_that_went_away_are_forgotten() -> None:
    allowance = Allowance(1, 1, clock=lambda: 0.0)
    assert allowance.take("first")
    assert not allowance.take("first")
    for number in range(5000):
        allowance.take(str(number))
    assert len(allowance._left) <= 4096
    assert allowance.take("first")
