"""What the decision hangs on, one assumption at a time: a tornado of its difference to no policy.

Every uncertain parameter is put at the 5 % and at the 95 % quantile of its own distribution, the rest
staying as in the scenario. It shows how far each belief by itself can move the answer, not how beliefs
act together.

References
----------
Howard, R. A. (1988), Decision analysis: practice and promise, on tornado diagrams.
Eschenbach, T. G. (1992), Spiderplots versus tornado diagrams for sensitivity analysis.
"""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.analyses.decision import decide, one_at_a_time, require_judged
from sim.analyses.draws import values_at
from sim.analyses.progress import Tick, silent
from sim.analyses.verdict import better_sign
from sim.metrics import Floats
from sim.scenario import Scenario
from sim.uncertainty import ranges

# Shares of probability of the low and of the high end.
ENDS: Final = (0.05, 0.95)

Gains = Literal["low", "high", "both", "neither"]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What one parameter does to the decision.

    Attributes
    ----------
    low, high
        The parameter's values at :data:`ENDS`, one a member.
    at_low, at_high
        The outcome's difference there, in its unit; None in a world that had to be refused.
    swing
        How far apart the highest and the lowest of both ends and of the scenario itself lie.
    gains
        At which end the policy does better than in the scenario itself.
    turns
        Whether at an end the policy is better than none where it is not in the scenario, or the other
        way round.
    """

    name: str
    low: tuple[float, ...]
    high: tuple[float, ...]
    at_low: float | None
    at_high: float | None
    swing: float
    gains: Gains
    turns: bool


@dataclass(frozen=True, kw_only=True)
class Tornado:
    """Every uncertain parameter, the one with the widest swing first.

    ``now`` is the outcome's difference in the scenario itself, ``better`` whether the policy is better
    than none there. ``flat`` says that nothing moves the outcome at all.
    """

    scenario: Scenario
    outcome: str
    now: float
    better: bool
    bars: tuple[Bar, ...]

    @property
    def flat(self) -> bool:
        """Whether no parameter moves the outcome."""
        return all(each.swing == 0 for each in self.bars)


def tornado(
    scenario: Scenario,
    *,
    outcome: str = "npv_change",
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Tornado:
    """The decision at both ends of every uncertain parameter, sorted by swing.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_judged(scenario)
    drawn = ranges(scenario.world, scenario.uncertainty)
    ends = [(name, values_at(name, each, np.array(ENDS))) for name, each in drawn.items()]
    draws, _ = one_at_a_time(scenario, ends)
    found = decide(scenario, draws, outcome, executor=executor, tick=tick)
    now, better = float(found.values[-1]), bool(found.better[-1])
    values = found.values[:-1].reshape(-1, 2)
    turned = (found.better[:-1] == (0.0 if better else 1.0)).reshape(-1, 2).any(axis=1)
    sign = better_sign(outcome)
    bars = [
        _bar(name, at, values[row], now, sign, turns=bool(turned[row]))
        for row, (name, at) in enumerate(ends)
    ]
    # The sort is stable: what moves nothing stays in the order of the declarations.
    bars.sort(key=lambda each: -each.swing)
    return Tornado(scenario=scenario, outcome=outcome, now=now, better=better, bars=tuple(bars))


def _bar(name: str, at: Floats, values: Floats, now: float, sign: int, *, turns: bool) -> Bar:
    low, high = (tuple(np.atleast_1d(each).tolist()) for each in at)
    known = [each for each in (*values.tolist(), now) if not np.isnan(each)]
    gained = [bool(sign * (each - now) > 0) for each in values]
    gains: dict[tuple[bool, bool], Gains] = {
        (True, False): "low",
        (False, True): "high",
        (True, True): "both",
        (False, False): "neither",
    }
    at_low, at_high = (None if np.isnan(each) else float(each) for each in values)
    return Bar(
        name=name,
        low=low,
        high=high,
        at_low=at_low,
        at_high=at_high,
        swing=max(known) - min(known),
        gains=gains[gained[0], gained[1]],
        turns=turns,
    )
