"""How fast the engine is, beside two yardsticks measured in the same process, round by round.

    python -m tests.benchmarks.engine [--rounds 9] [--million]

The first yardstick is the plain vectorised numpy form of the same equations (``tests.yardstick``); the
second the bare count of exponentials and logarithms that the model needs, at the fastest rate at which
this machine computes them. Medians of interleaved rounds: on a noisy machine trust the ratios.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from sim.analyses.compare import compare
from sim.engine import reduce
from sim.engine.arithmetic import exp, log
from sim.engine.bands import run_bands
from sim.engine.batch import run_outcomes
from sim.engine.chunks import batch_of, chunks, run_chunk
from sim.engine.compiled import compiled
from sim.engine.inputs import Floats
from sim.engine.layout import LANES, W, series_addresses
from sim.engine.single import run_series
from sim.engine.threads import buffer, spread
from sim.policy import Move, Policy
from sim.scenario import Scenario
from sim.series import SERIES
from sim.world import World, world_declarations
from tests.yardstick import outcomes as plain_outcomes
from tests.yardstick import simulate as plain_simulate

WEEKS = 156
# Seconds that a round takes at least.
_AT_LEAST = 0.02
CUT = Policy(
    moves=(Move(week=19, surfaces=("live",), partners=("saas", "adapter"), openness=0.0),),
    guarantee_target=0.97,
)
# What a world-week costs at least: 18 links, 9 nests and 9 with all links open, 3 direct, 12 of
# trust and habit, 12 of the audience, 3 of partners, 3 of native merchants; 18 nests, 4 stocks, 1 of
# sales. The paired run needs no nests with all links open.
EXPONENTIALS, LOGARITHMS = 18 + 9 + 9 + 3 + 12 + 12 + 3 + 3, 18 + 4 + 1
SPARED = 9


@compiled
def elementary(numbers: Floats, exponentials: int, logarithms: int) -> None:
    """The bare count over a row that stays in the first-level cache."""
    for _ in range(exponentials):
        for i in range(len(numbers)):
            numbers[i] = exp(-numbers[i])
    for _ in range(logarithms):
        for i in range(len(numbers)):
            numbers[i] = log(numbers[i] + 1.5)


def draw(worlds: int) -> dict[str, Floats]:
    """Different worlds: every parameter that has a plausible range, beta-distributed over it."""
    generator = np.random.default_rng(20211115)
    found: dict[str, Floats] = {}
    for name, each in world_declarations().items():
        if not each.has_range:
            continue
        low, high = np.array(each.low), np.array(each.high)
        share = generator.beta(4, 4, (worlds, len(low)))
        values = np.clip(low + (high - low) * share, *each.limits)
        values = np.round(values) if each.whole else values
        found[name] = values if each.members else values[:, 0]
    return found


def _unpaired(world: World, worlds: Mapping[str, Floats]) -> None:
    """One run of each world, reduced as outcomes are, without a paired run of its own."""
    todo = batch_of(world, CUT, WEEKS, worlds)
    kept = series_addresses(reduce.NEEDED)
    found = np.empty((len(reduce.WRITTEN), todo.worlds))

    def compute(start: int) -> None:
        run = buffer("run", len(kept), WEEKS, LANES)
        n, _, work = run_chunk(todo, start, kept, run, None)
        rates = work[W.discount_rate : W.discount_rate + n]
        reduce.reduce_outcomes(run, run, rates, found[:, start : start + n], n)

    spread(compute, chunks(todo), None)


def _plain(worlds: Mapping[str, Floats]) -> None:
    """The numpy yardstick on the same worlds, in blocks that keep its arrays in the cache."""
    policy = {
        "moves": [
            {"week": 19, "surfaces": ["live"], "partners": ["saas", "adapter"], "openness": 0.0}
        ],
        "guarantee_target": 0.97,
    }
    total = len(next(iter(worlds.values())))
    for start in range(0, total, 2048):
        block = {name: each[start : start + 2048].T for name, each in worlds.items()}
        run = plain_simulate(block, policy, WEEKS)
        paired = plain_simulate(block, {}, WEEKS)
        plain_outcomes(run, paired, block)


def _bare(worlds: int) -> None:
    """The exponentials and logarithms of so many paired worlds, on two threads."""
    rounds = worlds * WEEKS // 2 // 512

    def half(_: int) -> None:
        numbers = np.full(512, 0.3)
        elementary(numbers, (2 * EXPONENTIALS - SPARED) * rounds, 0)
        elementary(numbers, 0, (2 * LOGARITHMS - SPARED) * rounds)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(half, range(2)))


def _time(work: Callable[[], object]) -> float:
    """Seconds a call; what is short is called again and again, or it is the clock that is measured."""
    start, calls = time.perf_counter(), 0
    while calls == 0 or time.perf_counter() - start < _AT_LEAST:
        work()
        calls += 1
    return (time.perf_counter() - start) / calls


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--million", action="store_true", help="also 1,000,000 worlds and memory")
    options = parser.parse_args()
    scenario = Scenario(policy=CUT, weeks=WEEKS)
    many, some = draw(10_000), draw(2_048)
    world = scenario.world
    work: dict[str, Callable[[], object]] = {
        "one run, all series": lambda: run_series(world, CUT, WEEKS),
        "scenario + reference, all series": lambda: compare(scenario),
        "10,000 worlds, one run each": lambda: _unpaired(world, many),
        "10,000 paired worlds, outcomes": lambda: run_outcomes(world, CUT, WEEKS, many),
        "2,048 paired worlds, outcomes": lambda: run_outcomes(world, CUT, WEEKS, some),
        "2,048 paired worlds, bands": lambda: run_bands(
            world, CUT, WEEKS, some, series=tuple(SERIES)
        ),
        "numpy yardstick, 2,048 paired": lambda: _plain(some),
        "bare exp and log, 10,000 paired": lambda: _bare(10_000),
    }
    for each in work.values():
        each()
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(options.rounds):
        for name, each in work.items():
            times[name].append(_time(each))
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name, each in times.items():
        print(f"{name:36s} median {medians[name] * 1e3:9.2f} ms   least {min(each) * 1e3:9.2f} ms")
    batch = medians["10,000 paired worlds, outcomes"]
    plain = medians["numpy yardstick, 2,048 paired"] * 10_000 / 2_048
    print(f"engine against the numpy yardstick:  {plain / batch:6.1f} times as fast")
    bare = medians["bare exp and log, 10,000 paired"]
    print(f"engine against bare exp and log:     {batch / bare:6.2f} times their time")
    print(f"a world and week, two threads:       {batch / (20_000 * WEEKS) * 1e9:6.1f} ns")
    if options.million:
        taken = _time(lambda: run_outcomes(world, CUT, WEEKS, draw_some(1_000_000)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"1,000,000 paired worlds:             {taken:6.1f} s, peak memory {peak:.0f} MB")


def draw_some(worlds: int) -> dict[str, Floats]:
    """Eight parameters that matter most, uniform over their ranges."""
    generator = np.random.default_rng(20211115)
    names = (
        "diversion",
        "evasion",
        "commission",
        "returns",
        "blame",
        "guarantee",
        "pressure_migration",
        "external_habit_longrun",
    )
    return {
        name: generator.uniform(
            world_declarations()[name].low[0], world_declarations()[name].high[0], worlds
        )
        for name in names
    }


if __name__ == "__main__":
    main()
