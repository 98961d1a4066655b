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
from sim.ui.hosting import log_in_way
from sim.ui.hosting.kept import KeptFiles
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


class SecurityHeaders:
    """Adds the headers to whatever the application answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": content_policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
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
    kept, way = Middleware(KeptFiles), Middleware(log_in_way.LogInWay)
    return [Middleware(SecurityHeaders), *known, kept, way]
