"""The law of the first week: what was observed is what the model begins with."""

from collections.abc import Iterator
from dataclasses import replace

from sim.analyses.by_hand.workspace import Inside, look_inside
from sim.analyses.laws.light import Light, Reading, measured_light
from sim.engine import single
from sim.policy import Policy
from sim.sets import PARTNERS, SEGMENTS, SURFACES
from sim.world import World


def first_week(world: World) -> Light:
    """The first week of the world without levers gives back every fact that was entered."""
    run = single.run_series(world, Policy(), 1)
    total = float(run["gmv_native"][0] + run["gmv_external"][0])
    demand = world.demand
    readings = [Reading(id="gmv", expected=demand.gmv, found=total, unit="cny_per_week")]
    for index, surface in enumerate(SURFACES):
        if demand.surface_split[index] > 0.0:
            readings.extend(_surface_readings(world, index, surface, total))
    inside = look_inside(world, Policy(), 1)
    linked = {partner: _link_orders(inside, index) for index, partner in enumerate(PARTNERS)}
    orders = sum(linked.values())
    for partner, share in zip(PARTNERS, demand.partner_split, strict=True):
        if orders > 0.0:
            found = linked[partner] / orders
            readings.append(
                Reading(
                    id="partner_split", expected=share, found=found, unit="share", member=partner
                )
            )
    return measured_light("first_week", readings)


def _surface_readings(world: World, index: int, surface: str, total: float) -> Iterator[Reading]:
    """What one surface sells in the first week, from a world in which nothing else sells."""
    demand = world.demand
    alone = tuple(float(at == index) for at in range(len(SURFACES)))
    gmv = demand.gmv * demand.surface_split[index]
    run = single.run_series(
        replace(world, demand=replace(demand, gmv=gmv, surface_split=alone)), Policy(), 1
    )
    native, linked = float(run["orders_native"][0]), float(run["orders_external"][0])
    occasions = float(run["occasions"][0])
    sold = float(run["gmv_native"][0] + run["gmv_external"][0])
    for id, expected, found in (
        ("surface_split", demand.surface_split[index], sold / total),
        ("closed_share", demand.closed_share[index], native / (native + linked)),
        ("conversion", demand.conversion[index], (native + linked) / occasions),
        ("direct_share", demand.direct_share, float(run["orders_direct"][0]) / occasions),
    ):
        yield Reading(id=id, expected=expected, found=found, unit="share", member=surface)


def _link_orders(inside: Inside, index: int) -> float:
    return sum(
        inside.segment(name, "viewers_0") * inside.segment(name, f"orders_link_{index}")
        for name in SEGMENTS
    )
