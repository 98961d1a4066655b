"""The law of doing nothing: levers that are not pulled make no difference, not by a bit."""

from sim.analyses.laws.light import Light, Reading, Run, largest_difference, measured_light
from sim.engine import single
from sim.policy import Move, Policy
from sim.scenario import Scenario
from sim.sets import PARTNERS, SURFACES
from sim.world import World


def nothing_done(scenario: Scenario, reference: Run) -> Light:
    """Without levers, and with every lever at today's value, the difference is exactly 0."""
    world, weeks = scenario.world, scenario.weeks
    readings = [
        Reading(
            id=id,
            expected=0.0,
            unit="",
            found=largest_difference(single.run_series(world, policy, weeks), reference),
        )
        for id, policy in (("no_levers", Policy()), ("as_now", as_today(world)))
    ]
    return measured_light("nothing_done", readings, threshold=0.0)


def as_today(world: World) -> Policy:
    """A policy that pulls every lever to where the world already stands."""
    fees = [
        Move(week=0, surfaces=SURFACES, partners=(partner,), openness=1.0, fee=fee)
        for partner, fee in zip(PARTNERS, world.money.partner_fee, strict=True)
    ]
    return Policy(
        moves=tuple(fees),
        programme_week=0,
        guarantee_target=world.trust.guarantee,
        brand_target=world.supply.brand_share,
        service_provider_target=world.supply.service_providers,
        commission_target=world.money.commission,
    )
