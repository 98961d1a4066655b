"""Headers that every answer carries, and whom the server answers at all.

The content policy lets the page load nothing from any other host, and run no script but files of
this server and the one that stands in Streamlit's own page.

References
----------
W3C (2024), Content Security Policy Level 3. Streamlit has no headers of its own: its issue of
strict policies is solved here by the hash of its inline script, read from the installed page.
"""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.errors import Refused
from sim.ui.assets import browser_modules
from sim.ui.chart_grid import plotly_js
from sim.ui.hosting import log_in_way
from sim.ui.hosting.settings import limits

_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# A health check asks from the machine itself; a name of another host never reads like this.
_OWN: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


def inline_hashes(page: str) -> tuple[str, ...]:
    """The hashes of the inline scripts of an HTML page, as a content policy names them."""
    return tuple(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE.findall(page)
    )


@cache
def content_policy() -> str:
    """What the browser may load and run on our page."""
    page = files("streamlit").joinpath("static/index.html").read_text(encoding="utf-8")
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *inline_hashes(page))),
        # Streamlit's and plotly's rules are written into the page while it runs.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": limits().frame_ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def early_files() -> str:
    """The modules that a browser is told to fetch and read with the page: plotly.js and our own.

    The first is by far the longest; the others name one another, and each step of finding that out is
    a way to the server and back. Nothing asks for them before the script has run once.
    """
    own = (f"./_stcore/bidi-components/{each}" for each in browser_modules())
    return ", ".join(f"<{each}>; rel=modulepreload" for each in (plotly_js.address(), *own))


class SecurityHeaders:
    """Adds the headers to whatever the application answers, and to a page what it will need."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._early = early_files()
        self._headers = {
            "Content-Security-Policy": content_policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        # The two pages of the log-in only lead on.
        is_early = not str(scope.get("path", "")).endswith(log_in_way.PAGES)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                if headers.get("content-type", "").startswith("text/html") and is_early:
                    headers["Link"] = self._early
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class KnownHosts:
    """Refuses what was sent to another name than ``server.allowedHosts`` lists, if it lists any.

    Streamlit itself looks at the names of websockets only.
    """

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts) | _OWN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "http" and not self._is_known(Headers(scope=scope).get("host", "")):
            await PlainTextResponse("unknown host", status_code=400)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_known(self, host: str) -> bool:
        name = re.sub(r":[0-9]+$", "", host.lower())
        return name in self._hosts or host.lower() in self._hosts


def middleware() -> list[Middleware]:
    """What stands around the application.

    Raises
    ------
    SystemExit
        If the environment holds a setting that cannot be; the server does not start.
    """
    from streamlit import config

    try:
        limits()
    except Refused as refused:
        raise SystemExit(str(refused)) from None
    hosts: Any = config.get_option("server.allowedHosts")
    known = [Middleware(KnownHosts, hosts=tuple(hosts))] if hosts else []
    return [Middleware(SecurityHeaders), *known, Middleware(log_in_way.LogInWay)]
