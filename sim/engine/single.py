"""One world, all series: the run behind every page and every command."""

import threading
from collections.abc import Mapping
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
    work: Floats, world: World, policy: Policy, weeks: int, series: tuple[str, ...]
) -> Floats:
    """Run one world in a workspace, which then holds the rows of its last week.

    Returns the wanted series, read-only, shape (series, weeks). With 0 weeks, the stocks stand at the
    opening of week 0 and no flow has been computed.

    Raises
    ------
    Refused
        If the first week's facts cannot be explained by any rates.
    """
    work[addresses()] = pack_world(world)
    values, sources = pack_levers(policy)
    week.fill_levers(work, addresses(), lever_addresses(), values, sources, 1)
    status = np.zeros(1, dtype=np.int64)
    week.prepare(work, status, 1)
    if status[0]:
        raise Refused(faults_of_status(world, int(status[0])))
    # The schedule tells the run how long the notice is: with no week there is nothing to announce.
    planned = max(weeks, 1)
    schedule = plan(policy.moves, planned + world.supply.notice_weeks)
    kept = series_addresses(series)
    out = np.empty((len(kept), weeks, 1))
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
        1,
    )
    out.flags.writeable = False
    return out[:, :, 0]


def run_series(world: World, policy: Policy, weeks: int) -> Mapping[str, Floats]:
    """Every series of one run, each a read-only float64 array of shape (weeks,).

    Raises
    ------
    Refused
        If the first week's facts cannot be explained by any rates, or a series leaves the finite
        numbers.
    """
    out = run_in(_workspace(), world, policy, weeks, tuple(SERIES))
    finite = np.isfinite(out)
    if not finite.all():
        raise Refused(faults_of_series(tuple(SERIES), finite))
    return MappingProxyType(dict(zip(SERIES, out, strict=True)))
