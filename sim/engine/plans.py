"""Many worlds under many policies: one reference for all of them, and no week computed twice.

The reference is run once and its stocks are set aside in each week in which some policy is first felt;
every policy goes on from there. A sweep over the week of a cut so costs half of what its runs would.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from itertools import pairwise
from types import MappingProxyType
from typing import Final

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

# Parts a core, so that a core that is done early has more to do, and plans in a part: each part runs
# the reference again.
_PARTS: Final = 2
_LEAST_PLANS: Final = 16


def run_plans(
    world: World,
    policies: Sequence[Policy],
    weeks: int,
    draws: Draws,
    *,
    sums: Sequence[str] = (),
    executor: Executor | None = None,
) -> Mapping[str, Floats]:
    """Outcomes of many worlds under each policy, by id, read-only, each of shape (policies, worlds).

    Parameters
    ----------
    draws : as for :func:`sim.engine.batch.run_outcomes`; a drawn lever is the same in every policy
    sums : series whose sums over all weeks are wanted too
    executor : where chunks run; threads of this process if None

    Returns
    -------
    Every outcome of :data:`sim.engine.reduce.WRITTEN` against the run without any policy, to the
    last digit what :func:`~sim.engine.batch.run_outcomes` gives for each policy by itself; and as
    ``<series>_change`` each of the sums less that of the reference, NaN in refused worlds.

    Raises
    ------
    ValueError
        If draws differ in length or in their number of members.
    """
    still = batch_of(world, Policy(), weeks, draws)
    todo = [under(still, policy, draws) for policy in policies]
    names = (*reduce.WRITTEN, *(f"{name}_change" for name in sums))
    found = np.empty((len(names), len(todo), still.worlds))
    kept = series_addresses((*reduce.NEEDED, *sums))

    def compute(part: tuple[int, range]) -> None:
        _compute_chunk(still, todo, kept, part, found)

    spread(compute, _parts(still, len(todo)), executor)
    found.flags.writeable = False
    return MappingProxyType(dict(zip(names, found, strict=True)))


def _parts(still: Batch, plans: int) -> list[tuple[int, range]]:
    """Where each chunk starts, and which plans: of few chunks the plans are shared out as well."""
    starts = chunks(still)
    wanted = -(-_PARTS * (os.cpu_count() or 1) // max(len(starts), 1))
    size = max(-(-plans // wanted), _LEAST_PLANS)
    return [
        (start, range(first, min(first + size, plans)))
        for start in starts
        for first in range(0, plans, size)
    ]


def _compute_chunk(
    still: Batch, todo: Sequence[Batch], kept: Integers, part: tuple[int, range], found: Floats
) -> None:
    """The worlds from a start under some of the plans, into (outcomes, policies, worlds)."""
    start, plans = part
    reference = buffer("reference", len(kept), still.weeks, LANES)
    run = buffer("run", len(kept), still.weeks, LANES)
    n, status, work = opened(still, start)
    rates = work[W.discount_rate : W.discount_rate + n].copy()
    stops = sorted({todo[index].alike for index in plans})
    stocks = buffer("stocks", len(stops), WORKSPACE_SIZE)
    for at, span in enumerate(pairwise((0, *stops, still.weeks))):
        run_weeks(work, still, still.reference, span, kept, reference, n)
        if at < len(stops):
            stocks[at] = work
    place = {week: at for at, week in enumerate(stops)}
    outcomes = len(reduce.WRITTEN)
    for index in plans:
        plan = todo[index]
        work[:] = stocks[place[plan.alike]]
        fill_policy(work, plan, start, n)
        run[:, : plan.alike] = reference[:, : plan.alike]
        run_weeks(work, plan, plan.scenario, (plan.alike, plan.weeks), kept, run, n)
        into = np.empty((len(found), n))
        reduce.reduce_outcomes(run, reference, rates, into[:outcomes], n)
        if outcomes < len(found):
            into[outcomes:] = _summed(run, reference)[:, :n]
        into[:, status[:n] != 0] = np.nan
        found[:, index, start : start + n] = into


def _summed(run: Floats, reference: Floats) -> Floats:
    """Sums over the weeks of what is kept beyond the outcomes' own series, (series, lanes).

    Of all lanes, so that a world's sum is added up in the same order whoever stands beside it.
    """
    own = slice(len(reduce.NEEDED), None)
    with np.errstate(all="ignore"):  # lanes without a world hold what was left there
        summed: Floats = (run[own] - reference[own]).sum(axis=1)
    return summed
