"""Scenario to numbers: parameters, levers, moves and season as the compiled engine reads them."""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.engine import links
from sim.engine.layout import parameter_addresses
from sim.policy import TARGETS, Move, Policy, policy_declarations
from sim.sets import PARTNERS, SURFACES, WEEKS_PER_YEAR
from sim.world import World

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@cache
def addresses() -> Integers:
    """Where each number of a packed world stands in the workspace, in the order of packing."""
    return np.array([at for each in parameter_addresses().values() for at in each], dtype=np.int64)


@cache
def positions() -> dict[str, tuple[int, int]]:
    """Where each parameter begins in a packed world, and how many numbers it takes, by id."""
    found: dict[str, tuple[int, int]] = {}
    start = 0
    for name, each in parameter_addresses().items():
        found[name] = (start, len(each))
        start += len(each)
    return found


@cache
def lever_positions() -> dict[str, tuple[int, int]]:
    """As :func:`positions`, of the levers that are one number for the whole run."""
    return {name: (at, 1) for at, name in enumerate(policy_declarations())}


@lru_cache(maxsize=64)
def pack_world(world: World) -> Floats:
    """Every number of a world but its season, read-only, shape (numbers,)."""
    numbers: list[float] = []
    for name in parameter_addresses():
        value = world.value(name)
        numbers.extend(value if isinstance(value, tuple) else (value,))
    packed = np.array(numbers, dtype=np.float64)
    packed.flags.writeable = False
    return packed


@lru_cache(maxsize=64)
def pack_levers(policy: Policy) -> tuple[Floats, Integers]:
    """Lever values in the order of their declarations, and where "as now" is read instead.

    The second array holds an index into the packed world for a lever left as it is now, else -1.
    """
    values = np.zeros(len(policy_declarations()))
    sources = np.full(len(values), -1, dtype=np.int64)
    for index, name in enumerate(policy_declarations()):
        value = getattr(policy, name)
        if value is None:
            sources[index] = positions()[TARGETS[name]][0]
        else:
            values[index] = value
    return values, sources


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """The links under a policy, week by week, whatever the world; see ``links.schedule``."""

    stage: Integers
    open_at: Floats
    fee_keep: Floats
    fee_put: Floats


@lru_cache(maxsize=64)
def plan(moves: tuple[Move, ...], horizon: int) -> Schedule:
    """The schedule of moves over ``horizon`` weeks, those beyond the end that are announced included."""
    ordered = sorted(moves, key=lambda move: move.week)
    targets = np.zeros((12, len(ordered)))
    acts = np.zeros((12, len(ordered)), dtype=np.bool_)
    for index, move in enumerate(ordered):
        for p in (PARTNERS.index(partner) for partner in move.partners):
            cells = [3 * SURFACES.index(surface) + p for surface in move.surfaces]
            if move.openness is not None:
                targets[cells, index], acts[cells, index] = move.openness, True
            if move.fee is not None:
                targets[9 + p, index], acts[9 + p, index] = move.fee, True
    weeks = np.array([move.week for move in ordered], dtype=np.int64)
    ramps = np.array([move.ramp_weeks for move in ordered], dtype=np.int64)
    keep, put = np.empty((12, horizon)), np.empty((12, horizon))
    stage = np.empty(horizon, dtype=np.int64)
    stages = links.schedule(weeks, ramps, targets, acts, keep, put, stage)
    first = np.searchsorted(stage, np.arange(stages))
    openness = (keep[:9, first] + put[:9, first]).T.reshape(stages, 3, 3)
    return Schedule(
        stage=stage,
        open_at=np.ascontiguousarray(openness),
        fee_keep=np.ascontiguousarray(keep[9:, first].T),
        fee_put=np.ascontiguousarray(put[9:, first].T),
    )


@lru_cache(maxsize=64)
def relative_season(world: World, weeks: int) -> Floats:
    """The season of each week against that of week 0, shape (weeks,)."""
    season = np.array(world.demand.season, dtype=np.float64)
    at = (world.demand.start_week + np.arange(weeks)) % WEEKS_PER_YEAR
    return season[at] / season[at[0]]
