"""The engine's source run by the Python interpreter gives what its compiled form gives."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from sim.engine.single import run_series
from sim.policy import Policy
from sim.world import World
from tests.engine.checks import Floats, cut

WEEKS = 8
VALUES = {"diversion": 0.8, "evasion": 0.1, "crisis_week": 3, "crisis_size": 0.2}
POLICY = Policy(
    moves=(cut(week=1, surfaces=("live", "video"), ramp_weeks=3), cut(week=12, fee=0.2)),
    programme_week=2,
    guarantee_target=0.95,
    care=0.01,
    brand_target=0.3,
    commission_target=0.02,
    service_provider_target=0.5,
    coupon=0.1,
    coupon_weeks=3,
)
SCRIPT = """
import json
from sim.engine.compiled import JIT
from tests.engine.test_plain_python import found
assert not JIT
print(json.dumps({name: each.tolist() for name, each in found().items()}))
"""
# Which mechanisms wrote into memory that two of their arguments share: they are compiled on the promise
# that none does.
PROMISE = """
import functools, itertools, json
import numpy as np
from sim.engine import compiled
called, clashes = set(), set()

def watched(function):
    @functools.wraps(function)
    def call(*given):
        called.add(function.__name__)
        blocks = [each for each in given if isinstance(each, np.ndarray) and each.size]
        pairs = itertools.combinations(blocks, 2)
        shared = [each for pair in pairs if np.may_share_memory(*pair) for each in pair]
        before = [each.copy() for each in shared]
        result = function(*given)
        if not all(map(np.array_equal, before, shared)):
            clashes.add(function.__name__)
        return result
    return call

compiled.mechanism = watched
from tests.engine.test_plain_python import found
found()
print(json.dumps([sorted(called), sorted(clashes)]))
"""


def found() -> dict[str, Floats]:
    return dict(run_series(World().with_values(VALUES), POLICY, WEEKS))


def interpreted(script: str) -> Any:
    """What a script prints, run where nothing is compiled."""
    root = Path(__file__).resolve().parents[2]
    plain = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(root)},
    )
    assert plain.returncode == 0, plain.stderr
    return json.loads(plain.stdout)


def test_no_mechanism_writes_into_memory_that_two_arguments_share() -> None:
    called, clashes = interpreted(PROMISE)
    assert {"sales", "order", "next_trust", "set_links", "_occasions"} <= set(called)
    assert clashes == []


def test_plain_python_gives_the_compiled_numbers() -> None:
    expected = interpreted(SCRIPT)
    compiled = found()
    assert set(expected) == set(compiled)
    for name, values in compiled.items():
        scale = 1.0 if name == "unserved" else float(np.max(np.abs(values)))
        np.testing.assert_allclose(
            values, expected[name], rtol=1e-11, atol=1e-13 * scale, err_msg=name
        )
