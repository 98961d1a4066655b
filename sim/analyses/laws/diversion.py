"""The law of diversion: a cut brings the shop the share of link orders that the world says."""

from dataclasses import replace

from sim.analyses.laws.light import CLOSE, Light, Reading, measured_light
from sim.engine import single
from sim.errors import Refused
from sim.policy import Move, Policy
from sim.sets import PARTNERS, SEGMENTS, SURFACES
from sim.world import World


def diversion(world: World) -> Light:
    """Equal conversion, every link closed in week 0: the shop gains diversion × link orders."""
    audience = replace(world.audience, conversion_index=(1.0,) * len(SEGMENTS))
    equal = replace(world, audience=audience)
    cut = Policy(moves=(Move(week=0, surfaces=SURFACES, partners=PARTNERS, openness=0.0),))
    try:
        before, after = single.run_series(equal, Policy(), 1), single.run_series(equal, cut, 1)
    except Refused:
        return Light(id="diversion", measured=0.0, threshold=CLOSE, applies=False)
    linked = float(before["orders_external"][0])
    gained = float(after["orders_native"][0] - before["orders_native"][0])
    # The gain is the difference of two larger numbers and can be no more precise than they are.
    if linked < 1e-6 * float(before["orders_native"][0]):
        return Light(id="diversion", measured=0.0, threshold=CLOSE, applies=False)
    wanted = world.demand.diversion
    return measured_light(
        "diversion",
        [
            Reading(id="diverted", expected=wanted * linked, found=gained, unit="orders_per_week"),
            Reading(id="diversion", expected=wanted, found=gained / linked, unit="share"),
        ],
    )
