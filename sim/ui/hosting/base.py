"""Our addresses where Streamlit's own are: below ``server.baseUrlPath``, if that is set."""

from starlette.routing import Route
from streamlit import config


def at_base(*routes: Route) -> list[Route]:
    """The routes as a browser asks for them; Streamlit puts only its own below the base."""
    base = str(config.get_option("server.baseUrlPath")).strip("/")
    if not base:
        return [*routes]
    return [
        Route(f"/{base}{route.path}", route.endpoint, methods=[*(route.methods or ())] or None)
        for route in routes
    ]
