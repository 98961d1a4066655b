"""The engine is compiled on two cores where it has to be, and by nobody where it has not."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.analyses import ahead

# In a process of its own: this one has the engine compiled, or is without a compiler.
SCRIPT = """
import json
from sim.analyses.ahead import compile_ahead
from sim.analyses.compare import compare
from sim.cases.catalogue import case
from sim.engine import calibrate, reduce, week
compile_ahead()
found = compare(case("price-not-cut").scenario)
kernels = week._run_weeks, calibrate.first_week, reduce.reduce_outcomes, week.fill_levers
count = lambda counted: sum(counted.values())
print(json.dumps({
    each.py_func.__name__: [count(each.stats.cache_hits), count(each.stats.cache_misses)]
    for each in kernels
}))
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="there is one core")
def test_what_is_not_the_weeks_is_compiled_by_another_process(tmp_path: Path) -> None:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    # Found in the cache, compiled here: each kernel once, for the arguments that a run really has.
    assert json.loads(run.stdout) == {
        "_run_weeks": [0, 1],
        "first_week": [1, 0],
        "reduce_outcomes": [1, 0],
        "fill_levers": [1, 0],
    }


@pytest.mark.parametrize(("needed", "cores"), [(False, 2), (True, 1), (True, None)])
def test_nobody_is_started_where_nothing_or_no_core_is_free(
    monkeypatch: pytest.MonkeyPatch, needed: bool, cores: int | None
) -> None:
    monkeypatch.setattr(ahead, "needs_compiling", lambda: needed)
    monkeypatch.setattr(ahead.os, "cpu_count", lambda: cores)
    monkeypatch.setattr(ahead.subprocess, "Popen", lambda *_, **__: pytest.fail("started"))
    ahead.compile_ahead()


def test_a_process_that_fails_or_hangs_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ahead, "needs_compiling", lambda: True)
    monkeypatch.setattr(ahead.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(ahead, "_PATIENCE", 0.2)
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def noted(*given: Any, **more: Any) -> Any:
        started.append(start(*given, **more))
        return started[-1]

    monkeypatch.setattr(ahead.subprocess, "Popen", noted)
    for number, what in enumerate(("exit 3", "exec sleep 60")):
        program = tmp_path / f"program{number}"
        program.write_text(f"#!/bin/sh\n{what}\n")
        program.chmod(0o755)
        monkeypatch.setattr(ahead.sys, "executable", str(program))
        ahead.compile_ahead()
    # It has ended by itself, or was ended: none is left behind.
    assert [each.returncode for each in started] == [3, -signal.SIGKILL]
