"""The nearest joint flip: the least that would have to be otherwise for the decision to turn.

Every uncertain parameter is free and counted in standard deviations of its own distribution, from the
scenario's value. Of all worlds in which the policy is exactly as good as none, the nearest is sought;
its distance is a reliability index. From the slope of the decision there follows, to first order, how
probable the other answer is.

References
----------
Hasofer, A. M. and Lind, N. C. (1974), Exact and invariant second-moment code format (there from the
means; here from the scenario). Ditlevsen, O. and Madsen, H. O. (2007), Structural Reliability Methods,
ch. 4 and 5, on second-moment reliability and correlated variables.
"""

from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np

from sim.analyses.decision import MARGINS, decide, require_judged
from sim.analyses.nearest import Nearest, Space, nearest_zero
from sim.analyses.progress import Tick, silent
from sim.metrics import Floats
from sim.scenario import Scenario
from sim.uncertainty import Range, matrix, ranges
from sim.world import world_declarations

# Standard deviations.
_STEP: Final = 0.02
# A whole number moves only where at least the next one comes into reach.
_WHOLE_STEP: Final = 1.0

Ended = Literal["converged", "not_converged", "out_of_reach", "flat", "no_margin"]


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How one parameter differs at the flip: its values now and there, one a member.

    ``deviations`` says how far that is in standard deviations, below 0 where it is lower.
    """

    name: str
    now: tuple[float, ...]
    there: tuple[float, ...]
    deviations: float


@dataclass(frozen=True, kw_only=True)
class JointFlip:
    """The nearest world in which the decision turns, and how far and how probable that is.

    Attributes
    ----------
    better
        Whether the policy is better than none in the scenario itself.
    distance
        In standard deviations from the scenario, all shifts together; None where no flip was found.
    probability
        Of the answer that is not the scenario's, to first order; None where no flip was found.
    shifts
        Every parameter, the one that is shifted most first.
    ended
        Why the search ended; only ``"converged"`` is a flip. ``"no_margin"``: the outcome has no
        margin that passes zero.
    """

    scenario: Scenario
    outcome: str
    better: bool
    distance: float | None
    probability: float | None
    shifts: tuple[Shift, ...]
    ended: Ended

    @property
    def converged(self) -> bool:
        """Whether there is a flip."""
        return self.ended == "converged"


def joint_flip(
    scenario: Scenario,
    *,
    outcome: str = "npv_change",
    executor: Executor | None = None,
    tick: Tick = silent,
) -> JointFlip:
    """The nearest world in which the decision turns, every uncertain parameter being free.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_judged(scenario)
    worlds = _Around(scenario=scenario)
    own = decide(scenario, {"viewers": np.array([scenario.world.audience.viewers])}, outcome)
    better = bool(own.better[0])
    ended: Ended = "no_margin" if MARGINS[outcome] is None else "flat"
    if ended == "no_margin" or not worlds.between:
        return _none(scenario, outcome, ended, better=better)

    def margin(points: Floats) -> Floats:
        found = decide(scenario, worlds.at(points), outcome, executor=executor).margin
        assert found is not None
        return found

    found = nearest_zero(margin, worlds.space(), tick=tick)
    if found.ended != "converged":
        return _none(scenario, outcome, found.ended, better=better)
    return JointFlip(
        scenario=scenario,
        outcome=outcome,
        better=better,
        distance=worlds.space().length(found.point),
        probability=worlds.probability(found, better=better),
        shifts=worlds.shifts(found.point),
        ended="converged",
    )


def _none(scenario: Scenario, outcome: str, ended: Ended, *, better: bool) -> JointFlip:
    return JointFlip(
        scenario=scenario,
        outcome=outcome,
        better=better,
        distance=None,
        probability=None,
        shifts=(),
        ended=ended,
    )


@dataclass(frozen=True)
class _Scale:
    """The members of one parameter: now, mean and standard deviation, and the ends, (members,)."""

    now: Floats
    mean: Floats
    deviation: Floats
    low: Floats
    high: Floats


def _scale(between: Range) -> _Scale:
    """Of PERT (beta with mode of weight 4) and of the uniform distribution."""
    low, mode, high = (np.array(each) for each in (between.low, between.mode, between.high))
    if between.shape == "uniform":
        mean, variance = (low + high) / 2, (high - low) ** 2 / 12
    else:
        mean = (low + 4 * mode + high) / 6
        variance = (mean - low) * (high - mean) / 7
    return _Scale(now=mode, mean=mean, deviation=np.sqrt(variance), low=low, high=high)


@dataclass(frozen=True, kw_only=True)
class _Around:
    """Worlds around a scenario, by how many standard deviations each parameter is from its own.

    The members of a vector move together, each until its end.
    """

    scenario: Scenario

    @cached_property
    def between(self) -> dict[str, _Scale]:
        found = ranges(self.scenario.world, self.scenario.uncertainty)
        return {name: _scale(each) for name, each in found.items()}

    def space(self) -> Space:
        declared = world_declarations()
        low, high, steps = [], [], []
        for name, each in self.between.items():
            open_ = each.deviation > 0
            scaled = each.deviation[open_]
            low.append(float(np.min((each.low - each.now)[open_] / scaled)))
            high.append(float(np.max((each.high - each.now)[open_] / scaled)))
            whole = max(_WHOLE_STEP, 1 / float(scaled[0]))
            steps.append(whole if declared[name].whole else _STEP)
        return Space(
            low=np.array(low),
            high=np.array(high),
            correlation=self.correlation(),
            steps=np.array(steps),
        )

    def correlation(self) -> Floats:
        names = tuple(self.between)
        held = [
            each
            for each in self.scenario.uncertainty.correlations
            if each.first in names and each.second in names
        ]
        found = np.eye(len(names))
        if held:
            order, wanted = matrix(held)
            at = [names.index(each) for each in order]
            found[np.ix_(at, at)] = wanted
        return found

    def at(self, points: Floats) -> dict[str, Floats]:
        """Draws at (n, parameters) deviations."""
        declared = world_declarations()
        found = {}
        for column, (name, each) in enumerate(self.between.items()):
            moved = each.now + points[:, column, None] * each.deviation
            values = np.clip(moved, each.low, each.high)
            values = np.round(values) if declared[name].whole else values
            found[name] = values if declared[name].members else values[:, 0]
        return found

    def shifts(self, point: Floats) -> tuple[Shift, ...]:
        there = self.at(point[None])
        found = [
            Shift(
                name=name,
                now=tuple(each.now.tolist()),
                there=tuple(np.atleast_1d(there[name][0]).tolist()),
                deviations=float(point[column]),
            )
            for column, (name, each) in enumerate(self.between.items())
        ]
        return tuple(sorted(found, key=lambda each: -abs(each.deviations)))

    def probability(self, found: Nearest, *, better: bool) -> float:
        """Of the other answer, were the margin the plane that touches it at the flip."""
        from scipy.special import ndtr

        means = np.array(
            [
                float(np.mean(((each.mean - each.now) / each.deviation)[each.deviation > 0]))
                for each in self.between.values()
            ]
        )
        spread = float(np.sqrt(found.slope @ self.correlation() @ found.slope))
        typical = float(found.slope @ (means - found.point)) / spread
        return float(ndtr(-typical if better else typical))
