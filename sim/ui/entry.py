"""What a page begins with: Streamlit's document, told what it will need and where its server is.

Where a page is opened by its own address, such as ``/decide``, Streamlit's browser side takes that for
a server of its own at first, asks it twice, and is answered 404, which stands in the browser's console
as two errors. It has a setting for the place of the server, ``window.__streamlit.BACKEND_BASE_URL``,
for hosts that embed it; a script in the document sets it. It is a file of its own, so a strict content
security policy holds. Where a Streamlit no longer knows the setting, the page opens as before.
"""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import streamlit as st
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from sim.ui.early import begin, links
from sim.ui.entry_guest import give_guest
from sim.ui.shell import FIRST, PAGES

# Beside the pages, so that it is found at the same base whatever stands before it.
_SCRIPT: Final = "entry.js"
_TAG: Final = f'<head>\n    <script src="./{_SCRIPT}"></script>'
# As Streamlit does: its document names files of this very release.
_FRESH: Final = {"Cache-Control": "no-cache"}


@cache
def _document(*, is_at_root: bool) -> str:
    """Streamlit's document, with what is fetched early after its own files.

    Away from the root our script stands before all others.
    """
    index = Path(st.__file__).parent / "static" / "index.html"
    document = index.read_text(encoding="utf-8").replace("</head>", f"{links()}\n</head>", 1)
    return document if is_at_root else document.replace("<head>", _TAG, 1)


@cache
def _script() -> str:
    return files("sim.ui").joinpath(_SCRIPT).read_text(encoding="utf-8")


# Not in the event loop: the first document waits until the files that it names are made.
def _open_first(request: Request) -> Response:
    document = _document(is_at_root=True)
    return HTMLResponse(document, headers=_FRESH, background=BackgroundTask(begin, request))


def _open(request: Request) -> Response:
    response = HTMLResponse(_document(is_at_root=False), headers=_FRESH)
    give_guest(request, response)
    return response


async def _arrive(request: Request) -> Response:
    """The first page stands at the clean address, and Streamlit knows no other one of it."""
    query = request.url.query
    return RedirectResponse(f"./?{query}" if query else "./")


async def _tell(_request: Request) -> Response:
    return Response(_script(), media_type="text/javascript", headers=_FRESH)


ROUTES: Final = (
    Route("/", _open_first),
    *(Route(f"/{name}", _arrive if name == FIRST else _open) for name in PAGES),
    Route(f"/{_SCRIPT}", _tell),
)
