"""Compiles the engine on two cores: numba compiles one function at a time, in a process.

The weeks take three quarters of the time. What comes before and after them is compiled meanwhile by a
second process, and found in the cache that both write to.
"""

import os
import subprocess
import sys
from typing import Final

import numpy as np

from sim.engine.compiled import needs_compiling
from sim.engine.layout import WORKSPACE_SIZE
from sim.engine.single import begin_in, weeks_in
from sim.metrics import outcomes
from sim.policy import Policy
from sim.series import SERIES
from sim.world import World

# Longer than the whole engine takes; what is missing then is compiled here.
_PATIENCE: Final = 60.0


def compile_ahead() -> None:
    """Compile what a run and its outcomes need, where nothing is compiled yet and two cores are there."""
    if not needs_compiling() or (os.cpu_count() or 1) < 2:
        return
    path = os.pathsep.join(each for each in sys.path if each)
    helper = subprocess.Popen(
        [sys.executable, "-m", __name__],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        weeks_in(np.zeros(WORKSPACE_SIZE), World(), (Policy(),), 0, tuple(SERIES))
        helper.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        pass
    finally:
        helper.kill()
        helper.wait()


def _compile_the_rest() -> None:
    """What is not the weeks; the numbers that come of it mean nothing."""
    begin_in(np.zeros(WORKSPACE_SIZE), World(), (Policy(),))
    nothing = dict.fromkeys(SERIES, np.zeros(1))
    outcomes(nothing, nothing, discount_rate=0.0)


if __name__ == "__main__":
    _compile_the_rest()
