"""How long the analyses of a decision take on the first case, each alone, medians of some rounds.

    python -m tests.benchmarks.analyses [--rounds 5] [--worlds 2048] [NAME ...]

On a noisy machine trust the ratios to the first line, the bare run of as many worlds.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from sim.analyses.attribution import attribution
from sim.analyses.batches import judge
from sim.analyses.flips import flip_points
from sim.analyses.indices import indices
from sim.analyses.information import information
from sim.analyses.joint_flip import joint_flip
from sim.analyses.levers import Space
from sim.analyses.map import Map, map_of
from sim.analyses.objective import Aim
from sim.analyses.optimise import optimise
from sim.analyses.option import option_value
from sim.analyses.pareto import pareto
from sim.analyses.robust.failing import failing
from sim.analyses.robust.plan_set import OWN
from sim.analyses.robust.regret import robust
from sim.analyses.seek import seek
from sim.analyses.tornado import tornado
from sim.analyses.variables import variable
from sim.cases.catalogue import case, case_ids
from sim.scenario import Scenario
from sim.uncertainty import Sampling

Work = Callable[[Scenario], object]
BARE = "judge"
CUT, OPENNESS = "policy.moves[0].week", "policy.moves[0].openness"
DIVERSION, BLAME = "world.diversion", "world.blame"


def mapped(scenario: Scenario, x: str, y: str, worlds: int = 0) -> Map:
    """A map of 50 by 50 cells."""
    return map_of(scenario, variable(scenario, x), variable(scenario, y), worlds=worlds)


def space(scenario: Scenario) -> Space:
    """The week of the cut and its openness."""
    places = (CUT, OPENNESS)
    return Space(scenario=scenario, variables=tuple(variable(scenario, each) for each in places))


# One line an analysis, in the order of the page.
WORK: Mapping[str, Work] = {
    BARE: judge,
    "tornado": tornado,
    "flips": flip_points,
    "joint flip": joint_flip,
    "indices": indices,
    "map of moves": lambda scenario: mapped(scenario, CUT, OPENNESS),
    "map of both": lambda scenario: mapped(scenario, CUT, DIVERSION),
    "map of world": lambda scenario: mapped(scenario, DIVERSION, BLAME),
    "map of moves, 200 worlds": lambda scenario: mapped(scenario, CUT, OPENNESS, 200),
    "map of both, 200 worlds": lambda scenario: mapped(scenario, CUT, DIVERSION, 200),
    "map of world, 200 worlds": lambda scenario: mapped(scenario, DIVERSION, BLAME, 200),
    "seek": lambda scenario: seek(
        scenario, variable(scenario, DIVERSION), Aim(measure="world"), 0.0
    ),
    "seek a probability": lambda scenario: seek(
        scenario, variable(scenario, DIVERSION), Aim(measure="probability"), 0.5
    ),
    "optimise two": lambda scenario: optimise(space(scenario), Aim()),
    "front of two": lambda scenario: pareto(space(scenario), (Aim(), Aim(outcome="dip_depth"))),
    "robust": robust,
    "failing": lambda scenario: failing(robust(scenario), OWN),
    "attribution": attribution,
    "information": information,
    "option": option_value,
}


def main() -> None:
    """Print a line an analysis: its median in milliseconds, and how many bare runs that is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(WORK))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--worlds", type=int, default=Sampling().worlds)
    options = parser.parse_args()
    sampling = Sampling(worlds=options.worlds)
    scenario = replace(case(case_ids()[0]).scenario, sampling=sampling)
    chosen = {name: WORK[name] for name in (BARE, *options.names)} if options.names else WORK
    times: dict[str, list[float]] = {name: [] for name in chosen}
    for _ in range(options.rounds + 1):
        for name, work in chosen.items():
            begun = time.perf_counter()
            work(scenario)
            times[name].append(time.perf_counter() - begun)
    # The first round compiles and draws.
    medians = {name: statistics.median(each[1:]) for name, each in times.items()}
    for name, median in medians.items():
        print(f"{name:26} {1000 * median:9.1f} ms {median / medians[BARE]:8.1f} x")


if __name__ == "__main__":
    main()
