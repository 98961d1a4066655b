"""How the engine is compiled: numba, without the interpreter lock, cached by what the source says.

numba's own cache notices a change in the file of the function that is called, not in the files of the
functions it calls or in the constants they read. So the cache lives in a folder named after a
fingerprint of everything that the machine code is made from.
"""

import gc
import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import numba
from numba.core import event
from numba.core.compiler import CompilerBase, DefaultPassBuilder

F = TypeVar("F", bound=Callable[..., Any])

_PACKAGE: Final = Path(__file__).resolve().parent.parent
# What the rows of the workspace, and so the machine code, follow from.
_SOURCES: Final = ("engine/*.py", "world/*.py", "policy.py", "sets.py", "series.py", "declare.py")


def fingerprint() -> str:
    """Sixteen hex digits that change with any line the compiled engine depends on."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(_PACKAGE.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> Path:
    """The first place that can be written to: numba's setting, the user's cache, a temporary one."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    candidates = [Path(chosen)] if chosen else []
    candidates += [home / "closed-loop-lab", Path(tempfile.gettempdir()) / "closed-loop-lab"]
    for root in candidates:
        folder = root / f"engine-{fingerprint()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return Path(tempfile.mkdtemp(prefix="closed-loop-lab-"))


CACHE: Final = _cache_folder()
numba.config.CACHE_DIR = str(CACHE)

JIT: Final = not numba.config.DISABLE_JIT


class _Uncollected(event.Listener):  # type: ignore[misc] # numba has no types
    """Suspends the search for garbage while numba compiles: a seventh of the time, for hardly any."""

    def __init__(self) -> None:
        self._depth = 0
        self._collects = False

    def on_start(self, _event: object) -> None:
        """Compiling begins, perhaps within compiling; numba lets one thread at a time do so."""
        if self._depth == 0:
            self._collects = gc.isenabled()
            gc.disable()
        self._depth += 1

    def on_end(self, _event: object) -> None:
        """Compiling has ended, by an error perhaps."""
        self._depth -= 1
        if self._depth == 0 and self._collects:
            gc.enable()


event.register("numba:compile", _Uncollected())


def needs_compiling() -> bool:
    """Whether the next run has to compile first, once."""
    return JIT and next(CACHE.rglob("*.nbc"), None) is None


class _Apart(CompilerBase):  # type: ignore[misc] # numba has no types
    """Compiles on the promise that no two arguments of a call share memory.

    Without it every loop asks first whether its rows overlap, keeps a copy of itself that does one
    world at a time in case they do, and gives up vectorising where there are too many to ask about.
    """

    def define_pipelines(self) -> list[Any]:
        """Numba's own way, with the promise made."""
        self.state.flags.noalias = True
        return [DefaultPassBuilder.define_nopython_pipeline(self.state)]


# Division follows IEEE: a branch that raises would stop vectorising.
_ALL: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True}
# What only the engine calls has no way in from Python, which halves the time.
_INNER: Final = {**_ALL, "no_cpython_wrapper": True}


def compiled(function: F) -> F:
    """Compile what Python calls."""
    wrapped: F = numba.njit(cache=True, **_ALL)(function)
    return wrapped


def mechanism(function: F) -> F:
    """Compile what only the engine calls, with blocks that do not overlap."""
    wrapped: F = numba.njit(pipeline_class=_Apart, **_INNER)(function)
    return wrapped


def inlined(function: F) -> F:
    """Compile a formula that is to melt into the loop that calls it."""
    wrapped: F = numba.njit(forceinline=True, **_ALL)(function)
    return wrapped


def formula(function: F) -> F:
    """As :func:`inlined`, of what only the engine calls."""
    wrapped: F = numba.njit(forceinline=True, **_INNER)(function)
    return wrapped
