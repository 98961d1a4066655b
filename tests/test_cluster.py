"""A real cluster of processes: the same digits as here, and what is left when it breaks down."""

import json
import os
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

from sim.analyses.batches import each_of
from sim.analyses.draws import blocks, draw
from sim.analyses.montecarlo import MonteCarlo, montecarlo
from sim.analyses.points import judge_points
from sim.analyses.variables import variable
from sim.cases.catalogue import case
from sim.cli.main import main
from sim.cli.running import Running, _at_work
from sim.errors import Cancelled, ExecutorLost
from sim.scenario import Scenario
from sim.uncertainty import Sampling
from tests.needs import need

BLOCKS, BLOCK = 6, 1024
SCENARIO: Final = replace(
    case("kuaishou-2021").scenario, weeks=104, sampling=Sampling(worlds=BLOCKS * BLOCK)
)


def need_distributed() -> Any:
    try:
        import dask
        import distributed
    except ImportError:
        need("the extra `cluster` is not installed", "CLUSTER", "the tests of the cluster")
    return dask, distributed


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block here is small: which one a world is in is all that matters."""
    monkeypatch.setattr("sim.analyses.montecarlo.blocks", lambda worlds: blocks(worlds, BLOCK))


@contextmanager
def local_cluster(workers: int) -> Iterator[Any]:
    """Processes of one thread on the loopback; a worker that is killed is not forgiven."""
    dask, distributed = need_distributed()
    settings = {"distributed.scheduler.allowed-failures": 0}
    with dask.config.set(settings), warnings.catch_warnings():
        # A cluster that is torn down leaves sockets and loops to the collector.
        warnings.simplefilter("ignore", ResourceWarning)
        running = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            silence_logs=50,
        )
        assert running.scheduler_address.startswith("tcp://127.0.0.1:")
        try:
            yield running
        finally:
            running.close(timeout=20)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with local_cluster(2) as running:
        yield running


@pytest.fixture
def executor(cluster: Any) -> Iterator[Executor]:
    client = need_distributed()[1].Client(
        cluster.scheduler_address, timeout="10s", set_as_default=False
    )
    try:
        yield client.get_executor()
    finally:
        client.close()


def test_points_have_the_same_digits_on_a_cluster(executor: Executor) -> None:
    scenario = replace(SCENARIO, weeks=30, sampling=Sampling(worlds=4096))
    which = [variable(scenario, place) for place in ("policy.moves[0].week", "world.diversion")]
    points = np.array([[3.0, 0.6], [3.0, 0.7], [9.0, 0.8]])
    here = judge_points(scenario, which, points, draw(scenario))
    there = judge_points(scenario, which, points, draw(scenario), executor=executor)
    np.testing.assert_array_equal(here["npv_change"], there["npv_change"])


DOCUMENT = 'format = 1\ncase = "kuaishou-2021"\nweeks = 104\n'


def asked(tmp_path: Path, address: str) -> tuple[int, Path]:
    """The command, with its answer in a file."""
    document, out = tmp_path / "scenario.toml", tmp_path / "answer.json"
    document.write_text(DOCUMENT, encoding="utf-8")
    command = ["montecarlo", str(document), "--worlds", str(BLOCKS * BLOCK), "--format", "json"]
    # Whatever becomes of the cluster, a test ends.
    command += ["--budget", "150"]
    return main([*command, "--out", str(out), "--scheduler", address]), out


def same_digits(told: Any, found: MonteCarlo) -> None:
    rows = {row["outcome"]: row for row in told["tables"]["outcomes"]}
    for name, each in found.distributions.items():
        assert (rows[name]["mean"], rows[name]["error"]) == (each.mean, each.error)
        assert [rows[name][at] for at in ("p05", "p50", "p95")] == list(each.quantiles[::2])
    values = [row["npv_change"] for row in told["tables"]["worlds"]]
    np.testing.assert_array_equal(values, found.values["npv_change"])


def test_worlds_have_the_same_digits_on_a_cluster(cluster: Any, tmp_path: Path) -> None:
    status, out = asked(tmp_path, cluster.scheduler_address)
    assert status == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert "complete" not in told["facts"]
    same_digits(told, montecarlo(SCENARIO))


def killed(cluster: Any) -> None:
    """End the workers, each by its process id, and let nobody start them anew."""
    for nanny in cluster.workers.values():
        nanny.auto_restart = False
        os.kill(nanny.pid, signal.SIGKILL)


def closed(cluster: Any) -> None:
    cluster.close(timeout=20)


@pytest.mark.parametrize("end", [killed, closed])
def test_a_cluster_that_dies_half_way_leaves_what_was_finished(
    end: Callable[[Any], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended: list[int] = []
    usual = Running.tick
    monkeypatch.setattr("sim.cli.running._DESERTED", 3.0)
    with local_cluster(1) as cluster:

        def tick(running: Running, done: int, total: int) -> None:
            usual(running, done, total)
            if done == 2 and not ended:
                ended.append(total)
                end(cluster)

        monkeypatch.setattr(Running, "tick", tick)
        status, out = asked(tmp_path, cluster.scheduler_address)
    assert ended == [BLOCKS]
    assert status == 3
    said = capsys.readouterr().err
    assert "the executor broke down after" in said
    assert "Traceback" not in said
    told = json.loads(out.read_text(encoding="utf-8"))
    worlds = told["worlds"]
    assert worlds % BLOCK == 0
    assert 2 * BLOCK <= worlds < BLOCKS * BLOCK
    assert told["facts"]["complete"] is False
    assert told["facts"]["asked for"] == BLOCKS * BLOCK
    smaller: Scenario = replace(SCENARIO, sampling=Sampling(worlds=worlds))
    same_digits(told, montecarlo(smaller))


def test_a_cluster_without_workers_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sim.cli.running._DESERTED", 3.0)
    with local_cluster(0) as cluster:
        status, out = asked(tmp_path, cluster.scheduler_address)
    assert status == 3
    assert "nobody has worked on it for" in capsys.readouterr().err
    # The first block is computed here.
    assert json.loads(out.read_text(encoding="utf-8"))["worlds"] == BLOCK


def test_what_workers_are_busy_with_is_seen(executor: Executor, cluster: Any) -> None:
    client = need_distributed()[1].Client(
        cluster.scheduler_address, timeout="10s", set_as_default=False
    )
    try:
        resting, until = _at_work(client), time.monotonic() + 20
        busy = executor.submit(time.sleep, 4)
        seen = 0
        while seen == 0 and not busy.done() and time.monotonic() < until:
            seen = _at_work(client)
    finally:
        client.close()
    assert (resting, seen) == (0, 1)


def test_workers_that_are_there_and_do_nothing_are_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sim.cli.running._LOOK", 0.0)
    monkeypatch.setattr("sim.cli.running._DESERTED", 0.05)
    busy = [1, 1, 0, 0]
    running = Running(at_work=lambda: busy.pop(0) if busy else 0)
    for done in (0, 0, 1, 2):
        # Somebody works, or a block is done: each puts off the end.
        running.alive -= 1
        running.tick(done, 9)
    time.sleep(0.1)
    with pytest.raises(ExecutorLost, match="nobody has worked on it for"):
        running.tick(2, 9)


class Failing(Executor):
    """Gives so many results and then an error."""

    def __init__(self, results: int, error: Exception) -> None:
        self.left, self.error = results, error

    def submit(self, work: Any, /, *arguments: Any, **_: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        if self.left > 0:
            self.left -= 1
            future.set_result(work(*arguments))
        else:
            future.set_exception(self.error)
        return future


def test_finished_blocks_are_kept_where_an_executor_breaks_down() -> None:
    with pytest.raises(ExecutorLost) as lost:
        list(each_of(abs, [-1, -2, -3], executor=Failing(2, OSError("gone"))))
    assert lost.value.finished == (1, 2)
    assert lost.value.reason == "OSError: gone"
    with pytest.raises(ExecutorLost) as partly:
        montecarlo(SCENARIO, executor=Failing(2, BrokenPipeError()))
    partial = partly.value.partial
    assert isinstance(partial, MonteCarlo)
    smaller = montecarlo(replace(SCENARIO, sampling=Sampling(worlds=3 * BLOCK)))
    assert partial.scenario == smaller.scenario
    np.testing.assert_array_equal(partial.values["npv_change"], smaller.values["npv_change"])
    assert partial.distributions == smaller.distributions
    np.testing.assert_array_equal(partial.bands.run["profit"], smaller.bands.run["profit"])
    assert str(partly.value) == "the executor broke down after 3 blocks: BrokenPipeError"


def test_an_error_of_the_work_itself_is_no_lost_executor() -> None:
    with pytest.raises(ZeroDivisionError):
        list(each_of(abs, [-1], executor=Failing(0, ZeroDivisionError())))


def test_who_waits_for_a_block_that_never_comes_can_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.analyses.batches._LOOK_UP", 0.01)
    seen = []

    class Asleep(Executor):
        def submit(self, work: Any, /, *arguments: Any, **_: Any) -> "Future[Any]":
            return Future()

    def tick(done: int, total: int) -> None:
        seen.append((done, total))
        if len(seen) == 4:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        list(each_of(abs, [1, 2], executor=Asleep(), tick=tick))
    assert seen == [(0, 2)] * 4
