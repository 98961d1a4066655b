"""How sure the answer is: a scenario and its reference side by side in thousands of worlds.

Every world is run with the policy and without it (common random numbers), so that what is shown is
what the policy changes, and not how worlds differ.

References
----------
Law, A. M. (2015), Simulation Modeling and Analysis, 5th ed., ch. 11, on common random numbers.
Rockafellar, R. T. and Uryasev, S. (2000), Optimization of conditional value-at-risk, on expected
shortfall.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from sim.analyses.batches import each_of
from sim.analyses.draws import blocks, draw, standard_error
from sim.analyses.progress import Tick, silent
from sim.analyses.verdict import better_sign, is_better, refused_worlds, shortfall
from sim.engine.bands import QUANTILES, BandCount, Bands, Bins
from sim.engine.inputs import Floats
from sim.engine.reduce import DERIVED
from sim.errors import ExecutorLost
from sim.metrics import OUTCOMES
from sim.scenario import Scenario, require_sound
from sim.series import SERIES

COUNTED: Final = (*SERIES, *DERIVED)


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """One outcome over all worlds, in its own unit.

    Attributes
    ----------
    mean, error
        Mean over the worlds, and its standard error from independent randomisations.
    quantiles
        At :data:`sim.engine.bands.QUANTILES`.
    shortfall
        Mean over the worst twentieth of the worlds (the highest where lower is better).
    better, better_error
        Share of the worlds in which the policy is better than none, and its standard error; None
        where the outcome is no difference to the reference.
    worlds
        In how many worlds there is a value: a payback week is not in all.
    """

    id: str
    mean: float
    error: float
    quantiles: tuple[float, ...]
    shortfall: float
    better: float | None
    better_error: float | None
    worlds: int


@dataclass(frozen=True, kw_only=True)
class MonteCarlo:
    """What all worlds together say of a scenario.

    ``values`` holds every outcome by world, read-only float64 of shape (worlds,), NaN in worlds that
    were refused; ``paid_back`` by week the share of worlds whose payback week has come, (weeks,).
    """

    scenario: Scenario
    bands: Bands
    values: Mapping[str, Floats]
    distributions: Mapping[str, Distribution]
    paid_back: Floats

    @property
    def refused(self) -> int:
        """Worlds left out because no rates explain their first week."""
        return self.bands.refused


def montecarlo(
    scenario: Scenario, *, executor: Executor | None = None, tick: Tick = silent
) -> MonteCarlo:
    """Bands of every series and of its difference, and the distribution of every outcome.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    ExecutorLost
        If the executor breaks down; ``partial`` is what the finished worlds say, which are the first
        of all: to the last digit what a smaller number of worlds would have said.
    Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(scenario)
    total = _count(scenario, None)
    spans = list(blocks(scenario.sampling.worlds))
    tick(0, len(spans))
    parts = [dict(total.add(draw(scenario, *spans[0])))]
    tick(1, len(spans))
    rest = [(scenario, span, total.bins) for span in spans[1:]]
    try:
        for counted, values in each_of(
            _counted_block, rest, executor=executor, tick=lambda done, _: tick(done + 1, len(spans))
        ):
            total.merge(counted)
            parts.append(values)
    except ExecutorLost as lost:
        sampling = replace(scenario.sampling, worlds=spans[len(parts) - 1][1])
        partial = _found(replace(scenario, sampling=sampling), total, parts)
        raise ExecutorLost(parts, lost.reason, partial=partial) from lost
    return _found(scenario, total, parts)


def _count(scenario: Scenario, bins: Bins | None) -> BandCount:
    return BandCount(
        world=scenario.world,
        policy=scenario.policy,
        weeks=scenario.weeks,
        series=COUNTED,
        bins=bins,
    )


def _counted_block(
    item: tuple[Scenario, tuple[int, int], Bins | None],
) -> tuple[BandCount, dict[str, Floats]]:
    scenario, span, bins = item
    counted = _count(scenario, bins)
    return counted, dict(counted.add(draw(scenario, *span)))


def _found(scenario: Scenario, counted: BandCount, parts: list[dict[str, Floats]]) -> MonteCarlo:
    values = {name: np.concatenate([each[name] for each in parts]) for name in OUTCOMES}
    for each in values.values():
        each.flags.writeable = False
    return MonteCarlo(
        scenario=scenario,
        bands=counted.bands(QUANTILES),
        values=MappingProxyType(values),
        distributions=MappingProxyType({name: distribution(name, values) for name in OUTCOMES}),
        paid_back=_paid_back(values, scenario.weeks),
    )


def distribution(name: str, values: Mapping[str, Floats]) -> Distribution:
    """One outcome over all worlds; NaN throughout where no world has it."""
    outcome, drawn = OUTCOMES[name], values[name]
    held = drawn[~np.isnan(drawn)]
    better = is_better(name, drawn, refused_worlds(values)) if outcome.difference else None
    empty = len(held) == 0
    return Distribution(
        id=name,
        mean=float("nan") if empty else float(held.mean()),
        error=standard_error(drawn),
        quantiles=tuple(np.full(len(QUANTILES), np.nan) if empty else np.quantile(held, QUANTILES)),
        shortfall=float("nan") if empty else shortfall(held, sign=better_sign(name)),
        better=None if better is None or np.isnan(better).all() else float(np.nanmean(better)),
        better_error=None if better is None else standard_error(better),
        worlds=len(held),
    )


def _paid_back(values: Mapping[str, Floats], weeks: int) -> Floats:
    weeks_back = values["payback_week"]
    known = int((~refused_worlds(values)).sum())
    counted, _ = np.histogram(weeks_back[~np.isnan(weeks_back)], bins=np.arange(weeks + 1))
    found: Floats = np.cumsum(counted) / max(known, 1)
    found.flags.writeable = False
    return found
