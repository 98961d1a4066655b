"""One world, all series: the run behind every page and every command."""

import threading
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from sim.engine import week
from sim.engine.inputs import Floats, addresses, pack_levers, pack_world, plan, relative_season
from sim.engine.layout import LANES, WORKSPACE_SIZE, lever_addresses, series_addresses
from sim.engine.refusals import faults_of_series, faults_of_status
from sim.errors import Refused
from sim.policy import Policy
from sim.series import SERIES
from sim.world import World

# Streamlit runs visitors in threads of their own; each keeps one workspace for all its runs.
_own: Final = threading.local()


def _workspace() -> Floats:
    if not hasattr(_own, "work"):
        _own.work = np.zeros(WORKSPACE_SIZE)
    work: Floats = _own.work
    return work


def run_in(
    work: Floats, world: World, policies: Sequence[Policy], weeks: int, series: tuple[str, ...]
) -> Floats:
    """Run one world under some policies side by side, in a workspace that then holds the last week.

    A policy a lane, at most as many as there are lanes. Returns the wanted series, read-only, shape
    (policies, series, weeks). With 0 weeks, the stocks stand at the opening of week 0 and no flow has
    been computed.

    Raises
    ------
    Refused
        If the first week's facts cannot be explained by any rates.
    """
    begin_in(work, world, policies)
    return weeks_in(work, world, policies, weeks, series)


def begin_in(work: Floats, world: World, policies: Sequence[Policy]) -> None:
    """Parameters, levers and rates of the first week into a workspace, a policy a lane.

    Raises
    ------
    Refused
        If the first week's facts cannot be explained by any rates.
    """
    packed = pack_world(world)
    for lane, policy in enumerate(policies):
        work[addresses() + lane] = packed
        week.fill_levers(work[lane:], addresses(), lever_addresses(), *pack_levers(policy), 1)
    status = np.zeros(len(policies), dtype=np.int64)
    week.prepare(work, status, len(policies))
    if status[0]:
        raise Refused(faults_of_status(world, int(status[0])))


def weeks_in(
    work: Floats, world: World, policies: Sequence[Policy], weeks: int, series: tuple[str, ...]
) -> Floats:
    """The weeks of :func:`run_in`, in a workspace that :func:`begin_in` has filled."""
    n = len(policies)
    # The schedule tells the run how long the notice is: with no week there is nothing to announce.
    planned = max(weeks, 1)
    moves = tuple(policy.moves for policy in policies)
    schedule = plan(moves, planned + world.supply.notice_weeks)
    kept = series_addresses(series)
    out = np.empty((len(kept), weeks, n))
    week.run(
        work,
        relative_season(world, planned),
        schedule.stage,
        schedule.open_at,
        schedule.fee_keep,
        schedule.fee_put,
        np.empty((len(schedule.open_at), 3 * LANES)),
        0,
        weeks,
        weeks,
        kept,
        out,
        n,
    )
    # A row of weeks is read as a whole, and so is one run.
    found: Floats = np.ascontiguousarray(np.moveaxis(out, -1, 0))
    found.flags.writeable = False
    return found


def run_series(world: World, policy: Policy, weeks: int) -> Mapping[str, Floats]:
    """Every series of one run, each a read-only float64 array of shape (weeks,).

    Raises
    ------
    Refused
        If the first week's facts cannot be explained by any rates, or a series leaves the finite
        numbers.
    """
    return run_side_by_side(world, (policy,), weeks)[0]


def run_side_by_side(
    world: World, policies: Sequence[Policy], weeks: int
) -> tuple[Mapping[str, Floats], ...]:
    """:func:`run_series` of each policy, at hardly more than the price of one.

    Raises
    ------
    Refused
        As :func:`run_series`, for the first policy for which it does.
    """
    out = run_in(_workspace(), world, policies, weeks, tuple(SERIES))
    finite = np.isfinite(out)
    if not finite.all():
        first = int(np.argmin(finite.all(axis=(1, 2))))
        raise Refused(faults_of_series(tuple(SERIES), finite[first]))
    return tuple(MappingProxyType(dict(zip(SERIES, each, strict=True))) for each in out)
