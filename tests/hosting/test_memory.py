"""What a long-lived server does with its memory."""

import subprocess
import sys

import pytest

from sim.ui import server

# The first long block, once let go of, makes the library keep the next ones in its pools.
SCRIPT = """
import ctypes
from sim.ui.server import keep_memory_flat

class Counts(ctypes.Structure):
    _fields_ = [(f"f{at}", ctypes.c_size_t) for at in range(10)]

keep_memory_flat()()
library = ctypes.CDLL(None)
library.mallinfo2.restype = Counts
library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
library.free.argtypes = [ctypes.c_void_p]
library.free(library.malloc(30 << 20))
before = library.mallinfo2().f4
library.malloc(20 << 20)
print(library.mallinfo2().f4 - before)
"""


@pytest.mark.skipif(not server._is_gnu(), reason="another C library")
def test_long_arrays_stand_by_themselves_and_go_back_when_they_are_let_go() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True)
    assert int(done.stdout) >= 20 << 20


def test_other_libraries_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_is_gnu", lambda: False)
    server.keep_memory_flat()()
