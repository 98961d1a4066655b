"""A scenario against the same world without its policy, or against any other scenario."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.documents.acceptance import require_accepted
from sim.engine.single import run_series, run_side_by_side
from sim.errors import Fault, Refused
from sim.metrics import Floats, outcomes
from sim.scenario import Scenario


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of a scenario: every series by id, a read-only float64 array of shape (weeks,)."""

    scenario: Scenario
    series: Mapping[str, Floats]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A run beside its reference, and what it came to against it (None: no such week)."""

    run: Run
    reference: Run
    outcomes: Mapping[str, float | None]


def simulate(scenario: Scenario) -> Run:
    """Run a scenario over its horizon.

    Raises
    ------
    Refused
        If a value is outside its limits, its case is unknown, or the first week's facts contradict
        each other: whatever a file or a link would be refused for. Or if a series leaves the finite
        numbers, which no world within the limits is known to do.
    """
    require_accepted(scenario)
    series = run_series(scenario.world, scenario.policy, scenario.weeks)
    return Run(scenario=scenario, series=series)


def compare(scenario: Scenario, reference: Scenario | None = None) -> Comparison:
    """Run a scenario and its reference: the same world without any policy, unless one is given.

    Raises
    ------
    Refused
        As :func:`simulate`, or if the reference has another horizon.
    """
    run, paired = _pair(scenario) if reference is None else _two(scenario, reference)
    rate = scenario.world.money.discount_rate
    found = outcomes(run.series, paired.series, discount_rate=rate)
    return Comparison(run=run, reference=paired, outcomes=found)


def _pair(scenario: Scenario) -> tuple[Run, Run]:
    """Both runs of one world, side by side."""
    require_accepted(scenario)
    still = scenario.reference()
    both = run_side_by_side(scenario.world, (scenario.policy, still.policy), scenario.weeks)
    run, paired = (
        Run(scenario=each, series=series)
        for each, series in zip((scenario, still), both, strict=True)
    )
    return run, paired


def _two(scenario: Scenario, other: Scenario) -> tuple[Run, Run]:
    run, paired = simulate(scenario), simulate(other)
    if other.weeks != scenario.weeks:
        horizon = {"legal": scenario.weeks, "got": other.weeks}
        raise Refused([Fault(kind="wrong_type", place="reference.weeks", facts=horizon)])
    return run, paired
