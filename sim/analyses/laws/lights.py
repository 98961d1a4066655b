"""All laws on one scenario, in the order in which they are shown."""

from functools import lru_cache

from sim.analyses.laws.balance import adds_up, bounds, merchants, viewers
from sim.analyses.laws.diversion import diversion
from sim.analyses.laws.first_week import first_week
from sim.analyses.laws.light import Light
from sim.analyses.laws.nothing_done import nothing_done
from sim.analyses.laws.openness import openness
from sim.analyses.laws.same import same_again, same_horizon
from sim.engine import single
from sim.policy import Policy
from sim.scenario import Scenario, require_sound


@lru_cache(maxsize=64)
def lights(scenario: Scenario) -> tuple[Light, ...]:
    """Every law, measured on a scenario, in the order in which they are shown.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    """
    require_sound(scenario)
    world, weeks = scenario.world, scenario.weeks
    run = single.run_series(world, scenario.policy, weeks)
    # A week more than is shown, so that the last week's flows are seen to arrive in the stocks.
    longer = single.run_series(world, scenario.policy, weeks + 1)
    reference = single.run_series(world, Policy(), weeks)
    return (
        nothing_done(scenario, reference),
        first_week(world),
        viewers(longer),
        merchants(longer, world),
        bounds(longer, reference),
        diversion(world),
        adds_up(run),
        openness(scenario, run, reference),
        same_again(scenario, run),
        same_horizon(run, longer),
    )
