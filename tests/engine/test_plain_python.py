"""The engine's source run by the Python interpreter gives what its compiled form gives."""

import json
import os
import subprocess
import sys
from pathlib import Path

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


def found() -> dict[str, Floats]:
    return dict(run_series(World().with_values(VALUES), POLICY, WEEKS))


def test_plain_python_gives_the_compiled_numbers() -> None:
    root = Path(__file__).resolve().parents[2]
    plain = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        check=False,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(root)},
    )
    assert plain.returncode == 0, plain.stderr
    expected = json.loads(plain.stdout)
    compiled = found()
    assert set(expected) == set(compiled)
    for name, values in compiled.items():
        scale = 1.0 if name == "unserved" else float(np.max(np.abs(values)))
        np.testing.assert_allclose(
            values, expected[name], rtol=1e-11, atol=1e-13 * scale, err_msg=name
        )
