"""Our addresses below the base that Streamlit is told."""

import pytest
from starlette.applications import Starlette
from streamlit import config

from sim.ui import entry
from sim.ui.chart_grid import plotly_js
from sim.ui.hosting.base import at_base
from sim.ui.live import routes
from tests import asgi


@pytest.mark.parametrize(
    ("base", "before"), [("", ""), ("/", ""), ("lab", "/lab"), ("/a/b/", "/a/b")]
)
def test_every_address_is_below_the_base(
    monkeypatch: pytest.MonkeyPatch, base: str, before: str
) -> None:
    monkeypatch.setattr(config, "get_option", {"server.baseUrlPath": base}.__getitem__)
    app = Starlette(routes=at_base(*plotly_js.ROUTES, *entry.ROUTES, *routes.ROUTES))
    for path in ("/", "/plotly.js", "/decide", "/entry.js"):
        assert asgi.ask(app, f"{before}{path}").status == 200
        assert not before or asgi.ask(app, path).status == 404
    assert asgi.ask(app, f"{before}/live").status == 405, "only what was allowed is"
    assert asgi.ask(app, f"{before}/live", method="POST").status != 404
