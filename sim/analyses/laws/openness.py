"""The law of openness: the engine's links stand where the moves put them, worked out by hand."""

import numpy as np

from sim.analyses.by_hand.links import mean_openness
from sim.analyses.laws.light import Light, Reading, Run, measured_light
from sim.scenario import Scenario


def openness(scenario: Scenario, run: Run, reference: Run) -> Light:
    """Openness week by week against the moves worked out by hand; 1 where nothing is moved."""
    moves, world = scenario.policy.moves, scenario.world
    by_hand = np.array([mean_openness(world, moves, week) for week in range(scenario.weeks)])
    errors = np.abs(by_hand - run["openness"])
    worst = int(np.argmax(errors))
    return measured_light(
        "openness",
        [
            Reading(
                id="openness_moved",
                expected=float(by_hand[worst]),
                unit="share",
                found=float(run["openness"][worst]),
            ),
            Reading(
                id="openness_unmoved",
                expected=1.0,
                unit="share",
                found=float(reference["openness"][-1]),
            ),
        ],
    )
