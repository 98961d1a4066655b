"""Whether this server can take visitors: ``/ready``, which asks everything that it needs.

That it runs at all is ``/_stcore/health``. A server that lives and is not ready is left alone until
it is; one that does not live is started anew.
"""

import logging
from collections.abc import Callable
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sim.ui.server import prepared

_LOG: Final = logging.getLogger(__name__)
PATH: Final = "/ready"
Check = Callable[[], bool]
_checks: Final[dict[str, Check]] = {}


def needs(name: str, check: Check) -> None:
    """Let the server count as ready only while a check holds; ``check`` may take its time."""
    _checks[name] = check


def standing() -> dict[str, bool]:
    """Each check by its name, and whether it holds; one that fails does not."""
    return {name: _holds(name, check) for name, check in _checks.items()}


def _holds(name: str, check: Check) -> bool:
    try:
        return check()
    except Exception:
        _LOG.exception("the check of %s failed", name)
        return False


async def _ready(_: Request) -> Response:
    found = await run_in_threadpool(standing)
    return JSONResponse(
        found,
        status_code=200 if all(found.values()) else 503,
        headers={"Cache-Control": "no-store"},
    )


needs("engine", lambda: prepared().ready)
ROUTES: Final = (Route(PATH, _ready, methods=["GET"]),)
