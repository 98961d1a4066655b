"""Chosen series of many worlds in chosen weeks: what can be seen of a run while it is going on."""

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np

from sim.engine.chunks import Draws, batch_of, buffer, chunks, run_chunk, spread
from sim.engine.inputs import Floats
from sim.engine.layout import LANES, series_addresses
from sim.policy import Policy
from sim.world import World


def run_traces(
    world: World,
    policy: Policy,
    weeks: int,
    draws: Draws,
    *,
    series: Sequence[str],
    at: Sequence[int],
    executor: Executor | None = None,
) -> tuple[Floats, Floats]:
    """Series of a policy, and of no policy in the same worlds, each (series, weeks, worlds).

    Parameters
    ----------
    draws : as for :func:`sim.engine.batch.run_outcomes`
    series : ids of :data:`sim.series.SERIES`, in the order in which they are given back
    at : the weeks that are kept, each from 0 to before ``weeks``
    executor : where chunks run; threads of this process if None

    Returns
    -------
    Read-only, in the unit of each series; NaN in worlds that had to be refused.

    Raises
    ------
    ValueError
        If draws differ in length or in their number of members.
    """
    todo = batch_of(world, policy, weeks, draws)
    kept = series_addresses(tuple(series))
    chosen = np.asarray(at, dtype=np.int64)
    found = np.empty((2, len(kept), len(chosen), todo.worlds))

    def compute(start: int) -> None:
        run = buffer("traced", len(kept), weeks, LANES)
        reference = buffer("traced reference", len(kept), weeks, LANES)
        n, status, _ = run_chunk(todo, start, kept, run, reference)
        span = slice(start, start + n)
        for into, ran in zip(found, (run, reference), strict=True):
            into[:, :, span] = np.where(status[:n] != 0, np.nan, ran[:, chosen, :n])

    spread(compute, chunks(todo), executor)
    found.flags.writeable = False
    return found[0], found[1]
