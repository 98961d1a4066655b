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
from sim.analyses.information import information
from sim.analyses.option import option_value
from sim.cases.catalogue import case, case_ids
from sim.scenario import Scenario
from sim.uncertainty import Sampling

Work = Callable[[Scenario], object]
BARE = "judge"

# One line an analysis, in the order of the page.
WORK: Mapping[str, Work] = {
    BARE: judge,
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
