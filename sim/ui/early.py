"""What a visitor is going to need, begun when the address is asked for.

Between that and the first run of the page lies a second in which the browser fetches and reads
Streamlit. Meanwhile it is told which other files it will need, and the server computes the worlds of
the scenario that stands in the link.
"""

from functools import cache

from starlette.requests import Request

from sim.ui import address
from sim.ui.assets import browser_modules
from sim.ui.chart_grid import plotly_js
from sim.ui.server import prepared
from sim.ui.worlds import wish_for


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
    """Have the worlds computed that the page is going to show; what cannot be is told by the page.

    An address has one such wish at a time, as a visitor has: it is let go with the next.
    """
    if not prepared().ready:
        return
    scenario, _ = address.read_token(request.query_params.get(address.TOKEN))
    wish_for(scenario, f"opens {request.client.host if request.client else ''}")
