"""Many worlds under one policy, each beside its paired run, reduced to outcomes.

Only what was asked for is kept, so that time and memory grow with the draws by no more than their own
numbers.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from types import MappingProxyType

import numpy as np

from sim.engine import reduce
from sim.engine.chunks import Draws, batch_of, chunks, run_chunk
from sim.engine.inputs import Floats
from sim.engine.layout import LANES, W, series_addresses
from sim.engine.threads import buffer, spread
from sim.policy import Policy
from sim.world import World


def run_outcomes(
    world: World, policy: Policy, weeks: int, draws: Draws, *, executor: Executor | None = None
) -> Mapping[str, Floats]:
    """Outcomes of many worlds against their paired runs, by id, each of shape (worlds,).

    Parameters
    ----------
    world : the world that holds what is not drawn
    draws : by parameter id, (worlds,) or (worlds, members); the season is never drawn
    executor : where chunks run; threads of this process if None

    Returns
    -------
    Every outcome of :data:`sim.engine.reduce.WRITTEN`, NaN in worlds that had to be refused (and for
    the payback week where there is none), and ``refused``, 1 in those worlds.

    Raises
    ------
    ValueError
        If draws differ in length or in their number of members.
    """
    todo = batch_of(world, policy, weeks, draws)
    found = np.empty((len(reduce.WRITTEN) + 1, todo.worlds))
    kept = series_addresses(reduce.NEEDED)

    def compute(start: int) -> None:
        run = buffer("run", len(kept), weeks, LANES)
        reference = buffer("reference", len(kept), weeks, LANES)
        n, status, work = run_chunk(todo, start, kept, run, reference)
        into = found[:-1, start : start + n]
        rates = work[W.discount_rate : W.discount_rate + n]
        reduce.reduce_outcomes(run, reference, rates, into, n)
        refused = status[:n] != 0
        into[:, refused] = np.nan
        found[-1, start : start + n] = refused

    spread(compute, chunks(todo), executor)
    found.flags.writeable = False
    return MappingProxyType(dict(zip((*reduce.WRITTEN, "refused"), found, strict=True)))
