"""How the engine is compiled: what that does to the process while it lasts, and no longer."""

import gc
from collections.abc import Iterator

import pytest
from numba.core import event

from sim.engine import compiled

COMPILING = "numba:compile"


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    assert compiled.JIT
    gc.enable()
    yield
    gc.enable()


def test_no_garbage_is_looked_for_while_the_engine_compiles() -> None:
    with event.trigger_event(COMPILING, data={}):
        with event.trigger_event(COMPILING, data={}):
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_garbage_is_looked_for_again_after_compiling_has_failed() -> None:
    with pytest.raises(RuntimeError, match="no code"), event.trigger_event(COMPILING, data={}):
        raise RuntimeError("no code")
    assert gc.isenabled()


def test_whoever_looks_for_no_garbage_is_not_made_to() -> None:
    gc.disable()
    with event.trigger_event(COMPILING, data={}):
        pass
    assert not gc.isenabled()
