"""plotly.js of the installed package, with no more kinds of chart than we draw.

plotly.js gets all its kinds of chart ready when it is read, maps of the world included: a megabyte on
the way and a second of a browser's first open, for the few that we draw. Each is a function that is
called in one list at the end of the file; those that we do not draw are taken off the list, and what
nothing leads to any more is left out. A plotly.js of another make goes out whole.

The file is a module, which a page can name before it needs it: a browser then has it read beside the
page, in a thread of its own (``modulepreload`` of the HTML standard). The comment in its first line asks
browsers made of Chromium to read what is inside the functions there as well.
"""

import gzip
import logging
import re
from collections.abc import Collection
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sim.charts.panel import KINDS
from sim.ui.chart_grid.bundle import NAME, reached

_LOG: Final = logging.getLogger(__name__)
# Lines and points are in the core of plotly.js.
_ALWAYS_THERE: Final = "scatter"
# loader.js has the same address, relative to its own.
_PLACE: Final = "plotly.js"
_VERSION: Final = "v"
_TAG_BYTES: Final = 8
_reading: Final = Lock()

_LIST: Final = re.compile(rf"\.register\(\[((?:{NAME}\(\),)*{NAME}\(\))\]\)")
_DEFINED: Final = re.compile(rf"var ({NAME})={NAME}\(\(")
# The function that holds all of it.
_BUNDLE: Final = re.compile(r"var Plotly=\(\(\)=>\{")
# What plotly.js leaves in the window is taken from there, and what was there before put back.
_HEAD: Final = "//# allFunctionsCalledOnLoad\nconst before = window.Plotly;\n"
_TAIL: Final = "\nexport default window.Plotly;\nwindow.Plotly = before;\n"


def reduced(source: str, kinds: Collection[str]) -> str | None:
    """The text of plotly.js with no more than some kinds of chart need.

    Parameters
    ----------
    source
        A whole ``plotly.min.js``.
    kinds
        Names of its trace modules, such as ``"bar"``.

    Returns
    -------
    None where the file is not made as is known here, which is then better left alone.
    """
    lists, bundles = list(_LIST.finditer(source)), list(_BUNDLE.finditer(source))
    if len(lists) != 1 or len(bundles) != 1:
        return None
    calls = lists[0].group(1).split(",")
    wanted = {_call(source, kind, calls) for kind in {*kinds} - {_ALWAYS_THERE}}
    if None in wanted:
        return None
    begin, end = lists[0].span(1)
    short = source[:begin] + ",".join(call for call in calls if call in wanted) + source[end:]
    return reached(short, bundles[0].end())


def _call(source: str, kind: str, calls: Collection[str]) -> str | None:
    """Which of the calls gets a kind of chart ready: of its module, or of one that hands it on."""
    said = f'moduleType:"trace",name:"{kind}"'
    if source.count(said) != 1:
        return None
    before = _DEFINED.findall(source, 0, source.index(said))
    if not before:
        return None
    module = before[-1]
    handed_on = re.findall(
        rf'var ({NAME})={NAME}\(\({NAME},({NAME})\)=>{{(?:"use strict";)?'
        rf"\2\.exports={re.escape(module)}\(\)}}\)",
        source,
    )
    found = {f"{name}()" for name in (module, *(each[0] for each in handed_on))} & set(calls)
    return found.pop() if len(found) == 1 else None


def _script() -> bytes:
    """The file; nothing where there is none, which the browser tells, and native charts are drawn.

    It takes half a second the first time, in which others ask for it: they wait for this one.
    """
    with _reading:
        return _made()


@cache
def _made() -> bytes:
    # Located, not imported: the page has no use for its Python side.
    plotly = find_spec("plotly")
    try:
        if plotly is None or plotly.origin is None:
            raise FileNotFoundError("the plotly package is not installed")
        file = Path(plotly.origin).with_name("package_data") / "plotly.min.js"
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        _LOG.exception("plotly.js cannot be read")
        return b""
    short = reduced(source, KINDS)
    if short is None:
        _LOG.warning("%s is made otherwise than is known; it is sent whole", file)
    return f"{_HEAD}{short or source}{_TAIL}".encode()


@cache
def tag() -> str:
    """By which a browser knows whether it has this very file."""
    return blake2b(_script(), digest_size=_TAG_BYTES).hexdigest()


@cache
def packed() -> bytes:
    """The file as it goes over the wire: packed once, not for every browser."""
    return gzip.compress(_script(), mtime=0)


def address() -> str:
    """Where the file is, relative to a page."""
    return f"./{_PLACE}?{_VERSION}={tag()}"


def _tell(request: Request) -> Response:
    if not _script():
        return Response(status_code=404)
    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    # During an upgrade a page may ask the older server for a newer file: it is not to keep the answer.
    is_asked_for = request.query_params.get(_VERSION) == tag()
    lifetime = "public, max-age=31536000, immutable" if is_asked_for else "no-cache"
    headers = {"Cache-Control": lifetime, "Vary": "Accept-Encoding"}
    if is_packed:
        headers["Content-Encoding"] = "gzip"
    content = packed() if is_packed else _script()
    return Response(content, media_type="text/javascript", headers=headers)


ROUTES: Final = (Route(f"/{_PLACE}", _tell),)
