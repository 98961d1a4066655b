"""Series of many worlds at chosen weeks: what could be seen on the platform by then, world by world.

Trajectories are held chunk by chunk and only the weeks that were asked for are kept.
"""

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np

from sim.engine.chunks import Draws, batch_of, chunks, run_chunk
from sim.engine.inputs import Floats
from sim.engine.layout import LANES, series_addresses
from sim.engine.threads import buffer, spread
from sim.policy import Policy
from sim.world import World


def run_traces(
    world: World,
    policy: Policy,
    draws: Draws,
    *,
    series: Sequence[str],
    at: Sequence[int],
    executor: Executor | None = None,
) -> Floats:
    """Series at some weeks in many worlds, read-only, of shape (series, weeks of ``at``, worlds).

    What a world would have come to without any policy is its trace under ``Policy()``.

    Parameters
    ----------
    draws : as for :func:`sim.engine.batch.run_outcomes`
    series : ids of :data:`sim.series.SERIES`
    at : weeks from 0 on, in any order; weeks after the last of them are not computed
    executor : where chunks run; threads of this process if None

    Returns
    -------
    NaN in worlds that had to be refused.

    Raises
    ------
    ValueError
        If draws differ in length or in their number of members.
    """
    weeks = max(at) + 1
    todo = batch_of(world, policy, weeks, draws)
    kept = series_addresses(tuple(series))
    wanted = np.array(at, dtype=np.int64)
    found = np.empty((len(kept), len(wanted), todo.worlds))

    def compute(start: int) -> None:
        run = buffer("run", len(kept), weeks, LANES)
        n, status, _ = run_chunk(todo, start, kept, run, None)
        into = found[:, :, start : start + n]
        into[:] = run[:, wanted, :n]
        into[:, :, status[:n] != 0] = np.nan

    spread(compute, chunks(todo), executor)
    found.flags.writeable = False
    return found
