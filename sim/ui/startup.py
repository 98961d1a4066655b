"""What the server does before its first visitor comes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sim.ui.server import prepared


@asynccontextmanager
async def startup(_app: Any) -> AsyncIterator[None]:
    """Begin to compile the engine, in a thread of its own."""
    prepared()
    yield
