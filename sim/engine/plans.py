"""Many worlds under many policies: one reference for all of them, and no week computed twice.

The reference is run once and its stocks are set aside in each week in which some policy is first felt;
every policy goes on from there. A sweep over the week of a cut so costs half of what its runs would.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from sim.engine import reduce
from sim.engine.chunks import (
    Batch,
    Draws,
    batch_of,
    buffer,
    chunks,
    fill_policy,
    opened,
    run_weeks,
    spread,
    under,
)
from sim.engine.inputs import Floats, Integers
from sim.engine.layout import LANES, WORKSPACE_SIZE, W, series_addresses
from sim.policy import Policy
from sim.world import World


def run_plans(
    world: World,
    policies: Sequence[Policy],
    weeks: int,
    draws: Draws,
    *,
    executor: Executor | None = None,
) -> Mapping[str, Floats]:
    """Outcomes of many worlds under each policy, by id, read-only, each of shape (policies, worlds).

    Parameters
    ----------
    draws : as for :func:`sim.engine.batch.run_outcomes`; a drawn lever is the same in every policy
    executor : where chunks run; threads of this process if None

    Returns
    -------
    Every outcome of :data:`sim.engine.reduce.WRITTEN` against the run without any policy, to the
    last digit what :func:`~sim.engine.batch.run_outcomes` gives for each policy by itself.

    Raises
    ------
    ValueError
        If draws differ in length or in their number of members.
    """
    still = batch_of(world, Policy(), weeks, draws)
    todo = [under(still, policy, draws) for policy in policies]
    found = np.empty((len(reduce.WRITTEN), len(todo), still.worlds))
    kept = series_addresses(reduce.NEEDED)

    def compute(start: int) -> None:
        _compute_chunk(still, todo, kept, start, found)

    spread(compute, chunks(still), executor)
    found.flags.writeable = False
    return MappingProxyType(dict(zip(reduce.WRITTEN, found, strict=True)))


def _compute_chunk(
    still: Batch, todo: Sequence[Batch], kept: Integers, start: int, found: Floats
) -> None:
    """The worlds from ``start`` under every policy, into (outcomes, policies, worlds)."""
    reference = buffer("reference", len(kept), still.weeks, LANES)
    run = buffer("run", len(kept), still.weeks, LANES)
    n, status, work = opened(still, start)
    rates = work[W.discount_rate : W.discount_rate + n].copy()
    stops = sorted({each.alike for each in todo})
    stocks = buffer("stocks", len(stops), WORKSPACE_SIZE)
    for at, span in enumerate(pairwise((0, *stops, still.weeks))):
        run_weeks(work, still, still.reference, span, kept, reference, n)
        if at < len(stops):
            stocks[at] = work
    for index, plan in enumerate(todo):
        work[:] = stocks[stops.index(plan.alike)]
        fill_policy(work, plan, start, n)
        run[:, : plan.alike] = reference[:, : plan.alike]
        run_weeks(work, plan, plan.scenario, (plan.alike, plan.weeks), kept, run, n)
        into = np.empty((len(found), n))
        reduce.reduce_outcomes(run, reference, rates, into, n)
        into[:, status[:n] != 0] = np.nan
        found[:, index, start : start + n] = into
