"""Many worlds, judged block by block: on threads of this process, or wherever an executor runs.

A block is described by its scenario and its span and draws its own worlds, so that next to nothing
travels, and any executor gives the same digits.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future, wait
from typing import Final, TypeVar

import numpy as np

from sim.analyses.draws import blocks, draw
from sim.analyses.progress import Tick, silent
from sim.engine.batch import run_outcomes
from sim.engine.inputs import Floats
from sim.errors import ExecutorLost
from sim.scenario import Scenario, require_sound

A = TypeVar("A")
B = TypeVar("B")
Judged = Mapping[str, Floats]

# Blocks that wait on an executor at once: enough to keep a cluster busy, few enough to hold.
_AHEAD: Final = 32
# Seconds without a result after which a tick is due all the same.
_LOOK_UP: Final = 1.0


def each_of(
    work: Callable[[A], B], items: Sequence[A], *, executor: Executor | None, tick: Tick = silent
) -> Iterator[B]:
    """The results of all items in their order, here or on an executor.

    Raises
    ------
    ExecutorLost
        If the executor breaks down; results that came before it are given first.
    Cancelled
        If ``tick`` says so.
    """
    tick(0, len(items))
    found = map(work, items) if executor is None else _remote(work, items, executor, tick)
    for done, result in enumerate(found, start=1):
        yield result
        tick(done, len(items))


def _remote(
    work: Callable[[A], B], items: Sequence[A], executor: Executor, tick: Tick
) -> Iterator[B]:
    waiting: list[Future[B]] = []
    finished: list[B] = []

    try:
        for item in items:
            waiting.append(executor.submit(work, item))
            if len(waiting) == _AHEAD:
                finished.append(_first(waiting, tick, len(finished), len(items)))
                yield finished[-1]
        while waiting:
            finished.append(_first(waiting, tick, len(finished), len(items)))
            yield finished[-1]
    except Exception as error:
        reason = _why_lost(error)
        if reason is None:
            raise
        raise ExecutorLost(finished, reason) from error
    finally:
        for future in waiting:
            future.cancel()


def _first(waiting: list[Future[B]], tick: Tick, done: int, total: int) -> B:
    """Take the first result, however long it takes; whoever waits may stop meanwhile."""
    while not wait(waiting[:1], timeout=_LOOK_UP).done:
        tick(done, total)
    return waiting.pop(0).result()


def _why_lost(error: BaseException) -> str | None:
    """What broke down; None where it was no executor but the work itself, or whoever stopped it."""
    if isinstance(error, ExecutorLost):
        return error.reason
    # A cluster's own errors (a worker that was killed) share no base class with anything else.
    of_cluster = type(error).__module__.partition(".")[0] == "distributed"
    if of_cluster or isinstance(error, OSError | RuntimeError | CancelledError):
        return ": ".join(filter(None, (type(error).__name__, str(error))))
    return None


def judge(
    scenario: Scenario,
    draws: Mapping[str, Floats] | None = None,
    *,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Judged:
    """Every outcome of a scenario in each of its worlds, by id, read-only, each of shape (worlds,).

    Parameters
    ----------
    draws
        Worlds to judge it in (parameters, or levers, by id); those of its own sampling if not given.

    Returns
    -------
    As :func:`sim.engine.batch.run_outcomes`: NaN in worlds that had to be refused.

    Raises
    ------
    Refused
        If the scenario cannot be run at all.
    ExecutorLost, Cancelled
        As :func:`each_of`.
    """
    require_sound(scenario)
    if draws is None:
        spans = [(scenario, span) for span in blocks(scenario.sampling.worlds)]
        parts = list(each_of(_own_block, spans, executor=executor, tick=tick))
    else:
        worlds = len(next(iter(draws.values())))
        cut = [
            (scenario, {name: each[first:last] for name, each in draws.items()})
            for first, last in blocks(worlds)
        ]
        parts = list(each_of(_given_block, cut, executor=executor, tick=tick))
    return {name: _joined([each[name] for each in parts]) for name in parts[0]}


def _joined(parts: Sequence[Floats]) -> Floats:
    whole = np.concatenate(parts)
    whole.flags.writeable = False
    return whole


def _own_block(item: tuple[Scenario, tuple[int, int]]) -> dict[str, Floats]:
    scenario, span = item
    return _given_block((scenario, draw(scenario, *span)))


def _given_block(item: tuple[Scenario, Mapping[str, Floats]]) -> dict[str, Floats]:
    scenario, draws = item
    return dict(run_outcomes(scenario.world, scenario.policy, scenario.weeks, draws))
