"""Goal seek: where one number must lie for an outcome, or how likely it is, to reach a level."""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from sim.analyses.draws import draw
from sim.analyses.objective import Aim, judge_aims, require_aim, require_finite, worlds_for
from sim.analyses.points import Draws, judge_points
from sim.analyses.progress import Tick, silent
from sim.analyses.roots import Root, Roots, find_roots
from sim.analyses.variables import Variable, with_number
from sim.analyses.verdict import is_better, refused_worlds
from sim.metrics import OUTCOMES, Floats
from sim.scenario import Scenario, require_sound

# Between which quantiles nine worlds in ten lie.
_BAND: Final = (0.05, 0.95)


@dataclass(frozen=True, kw_only=True)
class There:
    """What all worlds of the sampling say at the place that was found.

    ``low`` to ``high`` hold nine worlds in ten of the outcome; ``better`` is the share of worlds in
    which the policy is better than none, None where the outcome is no difference to it.
    """

    low: float
    high: float
    mean: float
    better: float | None
    worlds: int


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What was sought, and what was found; ``scenario`` is the one with the number it takes."""

    scenario: Scenario
    variable: Variable
    aim: Aim
    target: float
    now: float
    found: Roots
    there: There | None

    @property
    def converged(self) -> bool:
        """Whether the target is met, to the last digit that counts."""
        return self.found.ended == "found" and self.found.roots[0].meets == "meets"

    @property
    def reached(self) -> Root | None:
        """The solution nearest to now, else what comes closest; None where nothing is known."""
        return self.found.nearest


def seek(
    scenario: Scenario,
    which: Variable,
    aim: Aim,
    target: float,
    *,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Sought:
    """Where ``which`` must lie for ``aim`` to be ``target``.

    Parameters
    ----------
    target : in the unit of the aim

    Raises
    ------
    Refused
        If the scenario cannot be run, or the aim is not known.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.

    References
    ----------
    As :mod:`sim.analyses.roots`.
    """
    require_sound(scenario)
    require_aim(aim)
    require_finite("target", target, aim.unit)
    draws = worlds_for(scenario, aim)
    level = partial(_level, scenario=scenario, which=which, aim=aim, draws=draws, executor=executor)
    # The scan is nearly all of the work; what follows is told as its end.
    found = find_roots(
        lambda numbers: level(numbers, tick=tick if len(numbers) > 2 else _still(tick)),
        target,
        which.low,
        which.high,
        now=which.now,
        whole=which.whole,
        grain=1.0 / scenario.sampling.worlds if aim.measure == "probability" else 0.0,
    )
    now = float(level(np.array([which.now]), tick=_still(tick))[0])
    best = found.nearest
    there = None if best is None else _there(scenario, which, best.at, aim.outcome, executor)
    chosen = scenario if best is None else with_number(scenario, which, best.at)
    return Sought(
        scenario=chosen, variable=which, aim=aim, target=target, now=now, found=found, there=there
    )


def _level(
    numbers: Floats,
    *,
    scenario: Scenario,
    which: Variable,
    aim: Aim,
    draws: Draws | None,
    executor: Executor | None,
    tick: Tick,
) -> Floats:
    points = numbers[:, None]
    scores, _ = judge_aims(scenario, [which], points, [aim], draws, executor=executor, tick=tick)
    found: Floats = scores[:, 0]
    return found


def _still(tick: Tick) -> Tick:
    """Says nothing new, but can be told to stop."""
    return lambda _done, _total: tick(1, 1)


def _there(
    scenario: Scenario, which: Variable, at: float, outcome: str, executor: Executor | None
) -> There | None:
    found = judge_points(
        scenario,
        [which],
        np.array([[at]]),
        draw(scenario),
        outcomes=tuple(dict.fromkeys((outcome, "npv_change"))),
        executor=executor,
    )
    values: Mapping[str, Floats] = {name: each[0] for name, each in found.items()}
    held = values[outcome][~np.isnan(values[outcome])]
    if len(held) == 0:
        return None
    low, high = np.quantile(held, _BAND).tolist()
    better = is_better(outcome, values[outcome], refused_worlds(values))
    return There(
        low=low,
        high=high,
        mean=float(held.mean()),
        better=float(np.nanmean(better)) if OUTCOMES[outcome].difference else None,
        worlds=len(held),
    )
