"""Scenario to numbers: parameters, levers, moves and season as the compiled engine reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.engine import links
from sim.engine.layout import LANES, parameter_addresses
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
    """The links under the plan of each lane, whatever the world; see ``links.schedule``.

    ``stage`` has shape (weeks,), ``open_at`` (stages, 3, 3, LANES), and ``fee_keep`` and ``fee_put``
    (stages, 3, LANES).
    """

    stage: Integers
    open_at: Floats
    fee_keep: Floats
    fee_put: Floats


@lru_cache(maxsize=64)
def plan(plans: tuple[tuple[Move, ...], ...], horizon: int) -> Schedule:
    """:func:`side_by_side`, remembered."""
    return side_by_side(plans, horizon)


def side_by_side(plans: Sequence[tuple[Move, ...]], horizon: int, worlds: int = 1) -> Schedule:
    """The schedule of each plan's moves over ``horizon`` weeks, those after the end included.

    Each plan has as many lanes as there are ``worlds``, next to each other, and the last one all that
    are left. A state of the links is one in all plans: where any of them changes, a new one begins.
    """
    most = max(map(len, plans))
    weeks = np.full((most, len(plans)), horizon, dtype=np.int64)
    ramps = np.zeros((most, len(plans)), dtype=np.int64)
    targets = np.zeros((12, most, len(plans)))
    acts = np.zeros((12, most, len(plans)), dtype=np.bool_)
    for at, moves in enumerate(plans):
        # Of the moves of one week, the last one rules.
        for index, move in enumerate(sorted(moves, key=lambda move: move.week)):
            weeks[index, at], ramps[index, at] = move.week, move.ramp_weeks
            for rows, target in _targets(move):
                targets[rows, index, at], acts[rows, index, at] = target, True
    keep, put, stage = links.schedule(weeks, ramps, targets, acts, horizon)
    first = np.searchsorted(stage, np.arange(stage[-1] + 1))
    lanes = np.minimum(np.arange(LANES) // worlds, len(plans) - 1)
    # From (12, plans, weeks) to (stages, 12, lanes).
    keep, put = (np.moveaxis(each[:, lanes][..., first], -1, 0) for each in (keep, put))
    openness = (keep[:, :9] + put[:, :9]).reshape(len(first), 3, 3, LANES)
    return Schedule(
        stage=stage,
        open_at=np.ascontiguousarray(openness),
        fee_keep=np.ascontiguousarray(keep[:, 9:]),
        fee_put=np.ascontiguousarray(put[:, 9:]),
    )


def _targets(move: Move) -> Iterator[tuple[list[int], float]]:
    """Which of the twelve rows of a schedule a move sets, and to what."""
    partners = [PARTNERS.index(partner) for partner in move.partners]
    if move.openness is not None:
        surfaces = [SURFACES.index(surface) for surface in move.surfaces]
        yield [3 * surface + partner for surface in surfaces for partner in partners], move.openness
    if move.fee is not None:
        yield [9 + partner for partner in partners], move.fee


@lru_cache(maxsize=64)
def relative_season(world: World, weeks: int) -> Floats:
    """The season of each week against that of week 0, shape (weeks,)."""
    season = np.array(world.demand.season, dtype=np.float64)
    at = (world.demand.start_week + np.arange(weeks)) % WEEKS_PER_YEAR
    return season[at] / season[at[0]]
