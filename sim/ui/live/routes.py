"""The address that live questions go to. It reads no session and changes nothing on the server."""

import logging
import time
from contextlib import suppress
from functools import cache
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sim.ui.hosting.allowance import Allowance
from sim.ui.hosting.metrics import LIVE
from sim.ui.hosting.settings import limits
from sim.ui.live.answer import answer
from sim.ui.live.question import MOST_BYTES, read_question
from sim.ui.server import prepared

_LOG: Final = logging.getLogger(__name__)
# live.js has the same address, relative to its own.
PATH: Final = "/live"


async def _live(request: Request) -> Response:
    begin = time.perf_counter()
    response = await _response(request)
    LIVE.count(response.status_code, time.perf_counter() - begin)
    return response


@cache
def _allowance() -> Allowance:
    allowed = limits()
    return Allowance(allowed.live_per_second, allowed.live_burst)


async def _response(request: Request) -> Response:
    if not prepared().ready:
        return _said(503, "the engine is being compiled")
    if not _allowance().take(request.client.host if request.client else ""):
        return _said(429, "too many questions; let go of the lever")
    body = await _body(request)
    if body is None:
        return _said(413, f"a question has at most {MOST_BYTES} bytes")
    begin = time.perf_counter()
    try:
        found = await run_in_threadpool(_answered, body)
    except ValueError as error:
        return _said(400, str(error))
    except Exception:
        _LOG.exception("a live question was not answered")
        return _said(500, "this could not be answered")
    spent = (time.perf_counter() - begin) * 1000
    return Response(
        found,
        media_type="application/json",
        headers={"Server-Timing": f"script;dur={spent:.2f}", "Cache-Control": "no-store"},
    )


def _answered(body: bytes) -> bytes:
    return answer(read_question(body))


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is too long."""
    parts = bytearray()
    with suppress(ClientDisconnect):
        async for part in request.stream():
            parts += part
            if len(parts) > MOST_BYTES:
                return None
    return bytes(parts)


def _said(status: int, reason: str) -> Response:
    return JSONResponse({"reason": reason}, status_code=status)


ROUTES: Final = (Route(PATH, _live, methods=["POST"]),)
