"""What is done once a server: compile the engine, and freeze what was imported.

``python -m sim.ui.server`` only compiles, for an image that is to start without.
"""

import asyncio
import ctypes
import gc
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import cache, partial
from typing import Any, Final

from sim.analyses.ahead import compile_ahead
from sim.ui.assets import AssetsUnavailableError, register_assets
from sim.ui.chart_grid.plotly_js import packed
from sim.ui.link import first_scenario
from sim.ui.simulation import WarmUp, compared
from sim.ui.worlds import worlds_of

_LOG: Final = logging.getLogger(__name__)
# Of malloc.h of the GNU library.
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
# Trajectories of worlds are longer, what is sent to a browser is shorter.
_LONG_BYTES: Final = 2 << 20
_ARENAS: Final = 2
_GIVES_BACK_EVERY: Final = 30.0


@cache
def prepared() -> WarmUp:
    """The warm-up of this server, begun when it starts, or by its first visitor."""
    return WarmUp(_show_first, after=_freeze)


def _show_first() -> None:
    """What a visitor without a link sees first, worlds included."""
    compile_ahead()
    scenario = first_scenario()
    compared(scenario)
    worlds_of(scenario)


@asynccontextmanager
async def startup(_app: Any) -> AsyncIterator[None]:
    """Begin to compile the engine before the first visitor comes, in a thread of its own.

    The browser files are packed and made known as well: where several servers share the visitors, one
    is asked for a file that no page of its own has been drawn with.
    """
    giving_back = asyncio.create_task(_now_and_then(keep_memory_flat()))
    prepared()
    packing = asyncio.create_task(asyncio.to_thread(packed))
    with suppress(AssetsUnavailableError):
        register_assets()
    yield
    giving_back.cancel()
    await packing


def keep_memory_flat() -> Callable[[], object]:
    """Have long arrays given back to the system as soon as they are let go.

    The GNU library keeps a pool a thread, and after the first long array takes the next ones from these
    pools as well; Streamlit begins a thread a visitor, so that the pools fill up with holes for as long
    as visitors come. Other systems' libraries do without.

    Returns
    -------
    What gives back the holes that are there.
    """
    if not _is_gnu():
        return lambda: None
    library = ctypes.CDLL(None)
    library.mallopt(_M_MMAP_THRESHOLD, _LONG_BYTES)
    library.mallopt(_M_ARENA_MAX, _ARENAS)
    return partial(library.malloc_trim, 0)


async def _now_and_then(give_back: Callable[[], object]) -> None:
    while True:
        await asyncio.sleep(_GIVES_BACK_EVERY)
        await asyncio.to_thread(give_back)


def _is_gnu() -> bool:
    try:
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    except (AttributeError, OSError, ValueError):
        return False


def _freeze() -> None:
    """Imported modules and compiled code live as long as the server.

    Streamlit's collection after every run is off; Python's own would still walk some 200,000
    objects of numba, numpy and plotly now and then, with every visitor waiting.
    """
    gc.collect()
    gc.freeze()
    _LOG.info("%d objects frozen", gc.get_freeze_count())


if __name__ == "__main__":
    _show_first()
