"""The address that live questions go to. It reads no session and changes nothing on the server."""

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from typing import Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sim.errors import Refused
from sim.ui.front import FRONT
from sim.ui.hosting.allowance import Allowance
from sim.ui.hosting.metrics import LIVE
from sim.ui.hosting.settings import limits
from sim.ui.live.answer import answer, worlds_wanted
from sim.ui.live.question import MOST_BYTES, Question, read_question
from sim.ui.server import prepared

_LOG: Final = logging.getLogger(__name__)
# live.js has the same address, relative to its own.
PATH: Final = "/live"
# Answers hold the interpreter: more at once would all be late, and these two come in turn.
_AT_ONCE: Final = 2
_MOST_WAITING: Final = 256
_FOR_WORLDS: Final = 20.0
# A hand that rests this long lets its lever go (live.js has the same number, for servers that say
# nothing). Every run of the page and answer that is under way asks the others to gather more before.
_QUIET_MS: Final = 200
_QUIET_MS_EACH: Final = 200
_LONGEST_QUIET_MS: Final = 3000


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
    try:
        return await _answered(request, read_question(body))
    except ValueError as error:
        return _said(400, str(error))
    except Exception:
        _LOG.exception("a live question was not answered")
        return _said(500, "this could not be answered")


async def _answered(request: Request, question: Question) -> Response:
    if question.waits and await _left_waiting(request, question):
        return Response(status_code=204)
    if _THREADS.waiting >= _MOST_WAITING:
        return _said(503, "too many ask at once")
    found, spent = await _THREADS.run(question)
    return Response(
        found,
        media_type="application/json",
        headers={
            "Server-Timing": f"script;dur={spent * 1000:.2f}",
            "Cache-Control": "no-store",
            "Sim-Quiet": str(quiet_ms(FRONT.count + _THREADS.waiting)),
        },
    )


def quiet_ms(under_way: int) -> int:
    """How long a hand is to rest before its change is committed, with so much under way."""
    return min(_QUIET_MS + _QUIET_MS_EACH * under_way, _LONGEST_QUIET_MS)


async def _left_waiting(request: Request, question: Question) -> bool:
    """Wait until worlds are known or it takes too long; whether the browser went away meanwhile."""
    try:
        ended, drop = worlds_wanted(question)
    except Refused:
        return False
    gone = asyncio.ensure_future(request.receive())
    await asyncio.wait((ended, gone), timeout=_FOR_WORLDS, return_when=asyncio.FIRST_COMPLETED)
    has_left = gone.done() and not ended.done()
    gone.cancel()
    # Who was only kept waiting for long asks again, and finds the same under way.
    if has_left:
        drop()
    return has_left


class _Threads:
    """Answers questions in the order in which they came."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="live")
        self.waiting = 0

    async def run(self, question: Question) -> tuple[bytes, float]:
        """The answer, and how many seconds it took once it was its turn."""
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, _timed, question)
        finally:
            self.waiting -= 1


_THREADS: Final = _Threads()


def _timed(question: Question) -> tuple[bytes, float]:
    begin = time.perf_counter()
    found = answer(question)
    return found, time.perf_counter() - begin


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
