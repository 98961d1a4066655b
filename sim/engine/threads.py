"""Where chunks are run: threads of this process, each with buffers of its own, or an executor.

The compiled engine holds no interpreter lock, so that threads run at once.
"""

import math
import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from contextvars import ContextVar
from functools import cache
from typing import Final, TypeVar

import numpy as np

from sim.engine.inputs import Floats
from sim.errors import Cancelled

T = TypeVar("T")

# Bytes in a line of the cache, on every processor that numba compiles for in earnest.
_LINE: Final = 64

_own: Final = threading.local()
# Asked before every chunk on threads of this process, for whoever sets it: work that nobody waits for
# makes way there for work that somebody does. No is an end of it.
may_go_on: Final[ContextVar[Callable[[], bool] | None]] = ContextVar("may_go_on", default=None)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="worlds")


def buffer(name: str, *shape: int) -> Floats:
    """An array of this thread's own, kept from call to call: fresh memory costs page faults."""
    held: dict[str, Floats] = _own.__dict__.setdefault("held", {})
    found = held.get(name)
    if found is None or found.shape != shape:
        found = held[name] = aligned(*shape)
    return found


def aligned(*shape: int) -> Floats:
    """Zeros that begin where a line of the cache does: a vector that spans two lines costs twice."""
    size = math.prod(shape)
    room = np.zeros(size + _LINE // 8)
    start = -room.ctypes.data % _LINE // 8
    return room[start : start + size].reshape(shape)


def spread(compute: Callable[[T], None], items: Iterable[T], executor: Executor | None) -> None:
    """Do all items, on threads of this process if no executor is given.

    Raises
    ------
    Cancelled
        If what :data:`may_go_on` holds says no.
    """
    ask = may_go_on.get()
    if executor is None and ask is not None:
        _spread_asking(ask, compute, items)
        return
    for _ in (executor or _threads()).map(compute, items):
        pass


def _spread_asking(
    ask: Callable[[], bool], compute: Callable[[T], None], items: Iterable[T]
) -> None:
    stopped = threading.Event()

    def asked(item: T) -> None:
        if stopped.is_set():
            return
        if ask():
            compute(item)
        else:
            # Said and not raised: an exception in a future holds on to every array of the batch.
            stopped.set()

    todo = [_threads().submit(asked, item) for item in items]
    # All of them, whatever happens: they write into buffers that the next batch uses again.
    wait(todo)
    for each in todo:
        each.result()
    if stopped.is_set():
        raise Cancelled("nobody wants it any more")
