"""What the browser is given of plotly.js."""

import gzip
import re
import threading
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from typing import Any

import pytest
from starlette.applications import Starlette

from sim.charts.panel import KINDS
from sim.ui.chart_grid import plotly_js
from sim.ui.chart_grid.payload import figure_json
from sim.ui.chart_grid.plotly_js import ROUTES, address, reduced, tag
from tests import asgi

WHOLE = files("plotly").joinpath("package_data/plotly.min.js").read_text(encoding="utf-8")
LIST = re.compile(r"\.register\(\[([\w$(),]+)\]\)")
# The shape of the file in small: a module, one that hands it on, and the list at the end.
SMALL = (
    '"use strict";var Plotly=(()=>{var W=(e,t)=>()=>t;'
    'var a1=W((x,y)=>{"use strict";y.exports={moduleType:"trace",name:"bar"}});'
    'var b1=W((x,$y)=>{"use strict";$y.exports=a1()});'
    'var c1=W((x,y)=>{"use strict";y.exports={moduleType:"trace",name:"pie"}});'
    "var d1=W((x,y)=>{y.exports=a1()+1});"
    "var e1=W((x,y)=>{P.register([b1(),c1(),d1()])});return e1();})();"
)


def ask(query: str, packing: str = "") -> asgi.Answer:
    headers = [("accept-encoding", packing)] if packing else []
    return asgi.ask(Starlette(routes=ROUTES), "/plotly.js", query, headers=headers)


def forget() -> None:
    """As in a server that has just begun."""
    for each in (plotly_js._made, plotly_js.tag, plotly_js.packed):
        each.cache_clear()


def without(source: str, *names: str) -> str:
    """The file in small without some of its modules."""
    for name in names:
        source = re.sub(rf"var {name}=.*?\}}\);", "", source)
    return source


def test_only_what_is_wanted_is_there() -> None:
    bar = SMALL.replace("[b1(),c1(),d1()]", "[b1()]")
    assert reduced(SMALL, {"bar"}) == without(bar, "c1", "d1")
    pie = SMALL.replace("[b1(),c1(),d1()]", "[c1()]")
    assert reduced(SMALL, {"scatter", "pie"}) == without(pie, "a1", "b1", "d1")


@pytest.mark.parametrize(
    "other",
    [
        "",
        SMALL.replace("register", "add"),
        SMALL + SMALL,
        SMALL.replace('name:"bar"', 'name:"pie"'),
        SMALL.replace("b1(),", ""),
        SMALL.replace("b1(),", "b1(),a1(),"),
        SMALL.replace("Plotly", "Other"),
        SMALL.replace("y.exports=a1()+1", "y.exports=a1()+1}"),
    ],
)
def test_a_file_that_is_made_otherwise_is_left_alone(other: str) -> None:
    assert reduced(other, {"bar"}) is None


def test_the_installed_file_is_made_as_is_known() -> None:
    short = reduced(WHOLE, KINDS)
    assert short is not None
    before, after = (LIST.findall(text) for text in (WHOLE, short))
    assert len(before) == len(after) == 1
    assert set(after[0].split(",")) < set(before[0].split(","))
    assert after[0].count("()") == len(KINDS) - 1
    assert len(short) < 0.4 * len(WHOLE)
    # Every module that is called is there; a name of one letter is some function's own.
    defined = re.compile(r"(?<![\w$])var (?:[\w$]+,)*([\w$]{2,})=[\w$]+\((?=\(|[\w$]+=>)")
    modules = set(defined.findall(WHOLE))
    called = set(re.findall(r"(?<![\w$.])([\w$]+)\(\)", short)) & modules
    assert len(called) > 300
    assert called <= set(defined.findall(short))


def test_it_is_one_file_packed_or_not_with_its_licence() -> None:
    plain, packed = ask(f"v={tag()}"), ask(f"v={tag()}", "br, gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert plain.headers["content-type"].startswith("text/javascript")
    assert b"Licensed under the MIT license" in plain.body[:400]
    assert plain.body.startswith(b"//# allFunctionsCalledOnLoad\n")


def test_the_browser_asks_for_it_where_it_is() -> None:
    # A component's files lie three folders below the page: _stcore/bidi-components/<name>/.
    frontend = files("sim.ui").joinpath("chart_grid/frontend/loader.js").read_text(encoding="utf-8")
    assert f"../../..{ROUTES[0].path}?v=${{tag}}" in frontend
    assert address() == f".{ROUTES[0].path}?v={tag()}"


@pytest.mark.parametrize("what", [FileNotFoundError, UnicodeDecodeError("utf-8", b"", 0, 1, "no")])
def test_where_there_is_none_it_is_not_found(monkeypatch: pytest.MonkeyPatch, what: Any) -> None:
    def fail(*_: object, **__: object) -> str:
        raise what

    forget()
    try:
        with monkeypatch.context() as patch:
            patch.setattr("pathlib.Path.read_text", fail)
            assert ask("v=1", "gzip").status == 404
            assert address()
    finally:
        forget()
    assert ask("v=1").status == 200


def test_all_who_ask_in_the_first_second_wait_for_one_making(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []

    def slowly(source: str, kinds: Collection[str]) -> str | None:
        made.append(threading.get_ident())
        time.sleep(0.1)
        return reduced(source, kinds)

    monkeypatch.setattr(plotly_js, "reduced", slowly)
    forget()
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(each) for each in (plotly_js.packed, tag, address)]
        assert all(each.result(60) for each in asked)
    assert len(made) == 1


@pytest.mark.parametrize("query", ["", "v=", "v=7.1.0"])
def test_only_what_was_asked_for_by_its_tag_is_kept(query: str) -> None:
    assert "immutable" in ask(f"v={tag()}").headers["cache-control"]
    assert ask(query).headers["cache-control"] == "no-cache"


def test_a_kind_that_the_browser_does_not_have_is_no_chart() -> None:
    for kind in KINDS:
        figure_json({"data": [{"type": kind}]}, uirevision="a")
    with pytest.raises(TypeError, match=r"no trace of \['pie'\]: the browser has \['bar'"):
        figure_json({"data": [{"type": "bar"}, {"type": "pie"}]}, uirevision="a")
