"""Many worlds under many policies: one reference for all of them, and no week computed twice.

The reference is run once and its stocks are set aside in each week in which some policy is first felt;
every policy goes on from there. A sweep over the week of a cut so costs half of what its runs would.
Where worlds do not fill the lanes, policies stand side by side in them.
"""

import math
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np

from sim.engine import reduce
from sim.engine.chunks import (
    Batch,
    Draws,
    batch_of,
    chunks,
    fill_policy,
    opened,
    run_weeks,
    under,
)
from sim.engine.inputs import Floats, Integers
from sim.engine.layout import LANES, WORKSPACE_SIZE, W, series_addresses
from sim.engine.threads import buffer, spread
from sim.policy import Policy, has_programmes
from sim.world import World

# Parts a core, so that a core that is done early has more to do, and runs in a part at least: each part
# runs the reference again.
_PARTS: Final = 2
_LEAST_RUNS: Final = 8


@dataclass(frozen=True, kw_only=True)
class _Beside:
    """Plans, by their place in what was asked for, that stand side by side in the lanes of a chunk."""

    plans: Integers
    batch: Batch


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
    names = (*reduce.WRITTEN, *(f"{name}_change" for name in sums))
    found = np.empty((len(names), len(policies), still.worlds))
    kept = series_addresses((*reduce.NEEDED, *sums))

    def compute(part: tuple[int, Sequence[_Beside]]) -> None:
        _compute_chunk(still, *part, kept, found)

    spread(compute, _parts(still, policies, draws), executor)
    found.flags.writeable = False
    return MappingProxyType(dict(zip(names, found, strict=True)))


def _parts(
    still: Batch, policies: Sequence[Policy], draws: Draws
) -> Iterator[tuple[int, Sequence[_Beside]]]:
    """Where each chunk starts, and what is run there: of few chunks the plans are shared out as well."""
    starts = chunks(still)
    wanted = -(-_PARTS * (os.cpu_count() or 1) // max(len(starts), 1))
    by_size: dict[int, list[_Beside]] = {}
    for start in starts:
        worlds = min(LANES, still.worlds - start)
        if worlds not in by_size:
            by_size[worlds] = list(_side_by_side(still, policies, draws, worlds))
        runs = by_size[worlds]
        size = max(-(-len(runs) // wanted), _LEAST_RUNS)
        for first in range(0, len(runs), size):
            yield start, runs[first : first + size]


def _side_by_side(
    still: Batch, policies: Sequence[Policy], draws: Draws, worlds: int
) -> Iterator[_Beside]:
    """All plans, as many at once as have room beside each other with so many worlds each.

    Those that begin at about the same time stand together: all begin with the first.
    """
    order = np.argsort([_begins(policy) for policy in policies], kind="stable")
    room = max(LANES // worlds, 1)
    for first in range(0, len(order), room):
        plans = order[first : first + room]
        beside = [policies[index] for index in plans.tolist()]
        yield _Beside(plans=plans, batch=under(still, beside, draws, worlds))


def _begins(policy: Policy) -> float:
    weeks = [move.week for move in policy.moves]
    if has_programmes(policy):
        weeks.append(policy.programme_week)
    return min(weeks, default=math.inf)


def _compute_chunk(
    still: Batch, start: int, runs: Sequence[_Beside], kept: Integers, found: Floats
) -> None:
    """The worlds from a start under some of the plans, into (outcomes, policies, worlds)."""
    reference = buffer("reference", len(kept), still.weeks, LANES)
    run = buffer("run", len(kept), still.weeks, LANES)
    n, status, work = opened(still, start)
    room = max(len(each.plans) for each in runs)
    rates = np.tile(work[W.discount_rate : W.discount_rate + n], room)
    refused = np.tile(status[:n] != 0, room)
    stops = sorted({each.batch.alike for each in runs})
    stocks = buffer("stocks", len(stops), WORKSPACE_SIZE)
    for at, span in enumerate(pairwise((0, *stops, still.weeks))):
        run_weeks(work, still, still.reference, span, kept, reference, n)
        if at < len(stops):
            stocks[at] = work
    _repeat(stocks.reshape(len(stops), -1, LANES), n, room)
    _repeat(reference, n, room)
    place = {week: at for at, week in enumerate(stops)}
    for each in runs:
        todo, lanes = each.batch, n * len(each.plans)
        work[:] = stocks[place[todo.alike]]
        fill_policy(work, todo, start, n)
        run[:, : todo.alike] = reference[:, : todo.alike]
        run_weeks(work, todo, todo.scenario, (todo.alike, todo.weeks), kept, run, lanes)
        into = _reduced(run, reference, rates, len(found), lanes)
        into[:, refused[:lanes]] = np.nan
        found[:, each.plans, start : start + n] = into.reshape(len(found), -1, n)


def _repeat(rows: Floats, n: int, times: int) -> None:
    """Write the first ``n`` lanes of rows (..., LANES) into those beside them, again and again."""
    if times > 1:
        rows[..., : n * times] = np.tile(rows[..., :n], times)


def _reduced(run: Floats, reference: Floats, rates: Floats, count: int, lanes: int) -> Floats:
    """Outcomes, and beyond them sums of series, ``count`` in all, of shape (count, lanes)."""
    into = np.empty((count, lanes))
    outcomes = len(reduce.WRITTEN)
    reduce.reduce_outcomes(run, reference, rates, into[:outcomes], lanes)
    if outcomes < count:
        into[outcomes:] = _summed(run, reference)[:, :lanes]
    return into


def _summed(run: Floats, reference: Floats) -> Floats:
    """Sums over the weeks of what is kept beyond the outcomes' own series, (series, lanes).

    Of all lanes, so that a world's sum is added up in the same order whoever stands beside it.
    """
    own = slice(len(reduce.NEEDED), None)
    with np.errstate(all="ignore"):  # lanes without a world hold what was left there
        summed: Floats = (run[own] - reference[own]).sum(axis=1)
    return summed
