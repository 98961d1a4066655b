"""What a visitor is going to need, begun when the address is asked for.

Between that and the first run of the page lies a second in which the browser fetches and reads
Streamlit. Meanwhile it is told which other files it will need, and the server computes the worlds of
the scenario that stands in the link.
"""

from functools import cache
from typing import Final

from starlette.requests import Request

from sim.ui import address
from sim.ui.assets import browser_modules
from sim.ui.chart_grid import plotly_js
from sim.ui.hosting.allowance import Allowance
from sim.ui.server import prepared
from sim.ui.worlds import compute_ahead

# Links that one client may have looked into a second, and at once; those beyond wait for their page.
_PER_SECOND: Final = 1.0
_AT_ONCE: Final = 10.0
_ALLOWANCE: Final = Allowance(_PER_SECOND, _AT_ONCE)


@cache
def links() -> str:
    """Elements of the document's head that have modules fetched and read before they are asked for.

    plotly.js is by far the longest. The others name one another, a way to the server and back each; they
    make way for Streamlit's own files.
    """
    own = (
        f'<link rel="modulepreload" href="./_stcore/bidi-components/{each}" fetchpriority="low">'
        for each in browser_modules()
    )
    return "\n".join((f'<link rel="modulepreload" href="{plotly_js.address()}">', *own))


def begin(request: Request) -> None:
    """Have the worlds computed that the page is going to show; what cannot be is told by the page."""
    client = request.client.host if request.client else ""
    if request.method != "GET" or not prepared().ready or not _ALLOWANCE.take(client):
        return
    scenario, _ = address.read_token(request.query_params.get(address.TOKEN))
    compute_ahead(scenario)
