"""Many worlds, judged block by block: on threads of this process, or wherever an executor runs.

A block is described by its scenario and its span and draws its own worlds, so that next to nothing
travels, and any executor gives the same digits.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future
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
    found = map(work, items) if executor is None else _remote(work, items, executor)
    for done, result in enumerate(found, start=1):
        yield result
        tick(done, len(items))


def _remote(work: Callable[[A], B], items: Sequence[A], executor: Executor) -> Iterator[B]:
    waiting: list[Future[B]] = []
    finished: list[B] = []
    rest: Iterable[A] = iter(items)
    try:
        for item in rest:
            waiting.append(executor.submit(work, item))
            if len(waiting) == _AHEAD:
                finished.append(waiting.pop(0).result())
                yield finished[-1]
        while waiting:
            finished.append(waiting.pop(0).result())
            yield finished[-1]
    except (OSError, RuntimeError, CancelledError) as error:
        raise ExecutorLost(finished, f"{type(error).__name__}: {error}") from error
    finally:
        for future in waiting:
            future.cancel()


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
