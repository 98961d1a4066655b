"""Openness and fees of the links in a week, written down from the model page, section 3.

The engine has its own way of computing them, for many weeks and worlds at once. This one is slow
and plain, so that the two can be held against each other.
"""

from collections.abc import Callable, Sequence

from sim.policy import Move
from sim.sets import PARTNERS, SURFACES
from sim.world import World


def openness(moves: Sequence[Move], surface: str, partner: str, week: int) -> float:
    """How far open the link of a partner on a surface is in a week, between 0 and 1."""
    acting = [
        move
        for move in moves
        if move.openness is not None and surface in move.surfaces and partner in move.partners
    ]
    return _led(acting, week, base=1.0, target=lambda move: move.openness or 0.0)


def fee(moves: Sequence[Move], partner: str, partner_fee: float, week: int) -> float:
    """The fee on a partner's links in a week, a share of GMV after returns."""
    acting = [move for move in moves if move.fee is not None and partner in move.partners]
    return _led(acting, week, base=partner_fee, target=lambda move: move.fee or 0.0)


def _led(
    moves: Sequence[Move], week: int, *, base: float, target: Callable[[Move], float]
) -> float:
    """Each move leads on from the value of the week before it; of one week, the last given rules."""
    past = sorted((move for move in moves if move.week <= week), key=lambda move: move.week)
    if not past:
        return base
    ruling = past[-1]
    start = base if ruling.week == 0 else _led(past, ruling.week - 1, base=base, target=target)
    way = min(1.0, (week - ruling.week + 1) / max(ruling.ramp_weeks, 1))
    return start + way * (target(ruling) - start)


def link_weights(world: World) -> dict[str, float]:
    """ω, the share of each surface in the link orders of the first week; a third each for none."""
    demand = world.demand
    linked = sum(
        share * value
        for share, value in zip(demand.partner_split, demand.order_value_partner, strict=True)
    )
    orders = {}
    rows = zip(SURFACES, demand.surface_split, demand.closed_share, strict=True)
    for surface, split, closed in rows:
        value = closed * demand.order_value_native + (1.0 - closed) * linked
        orders[surface] = demand.gmv * split / value * (1.0 - closed)
    total = sum(orders.values())
    return {
        surface: each / total if total > 0.0 else 1.0 / len(orders)
        for surface, each in orders.items()
    }


def mean_openness(world: World, moves: Sequence[Move], week: int) -> float:
    """Openness over all links, weighted by the link orders of the first week."""
    weights = link_weights(world)
    return sum(
        weights[surface] * share * openness(moves, surface, partner, week)
        for surface in SURFACES
        for partner, share in zip(PARTNERS, world.demand.partner_split, strict=True)
    )
