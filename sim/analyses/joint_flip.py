"""The nearest joint flip: the least that would have to be otherwise for the decision to turn.

Every uncertain parameter is free and counted in standard deviations of its own distribution, from the
scenario's value. Of all worlds in which the policy is exactly as good as none, the nearest is sought;
its distance is a reliability index. From the slope of the decision there follows, to first order in
normal scores, how probable the other answer is; beside that it is counted in drawn worlds, because a
decision that bends away from its slope is not as probable as a plane.

References
----------
Hasofer, A. M. and Lind, N. C. (1974), Exact and invariant second-moment code format (there from the
means; here from the scenario). Rackwitz, R. and Fiessler, B. (1978), Structural reliability under
combined random load sequences, on distributions that are not normal. Ditlevsen, O. and Madsen, H. O.
(2007), Structural Reliability Methods, ch. 4 and 5, on correlated variables.
"""

from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

import numpy as np

from sim.analyses.decision import MARGINS, decide, require_judged
from sim.analyses.draws import draw, quantile, share_below
from sim.analyses.nearest import Nearest, Space, nearest_zero
from sim.analyses.progress import Tick, silent
from sim.metrics import Floats
from sim.scenario import Scenario
from sim.uncertainty import Range, matrix, ranges
from sim.world import world_declarations

# Standard deviations, and the share of probability of the outermost draws.
_STEP: Final = 0.02
_OUTERMOST: Final = 1e-3
# Worlds in which the other answer is counted.
COUNTED: Final = 1024
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
    counted
        Its share of the first :data:`COUNTED` drawn worlds; None where no world can be run.
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
    counted: float | None
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
    counted = _counted(scenario, outcome, better=better, executor=executor)
    nothing = JointFlip(
        scenario=scenario,
        outcome=outcome,
        better=better,
        distance=None,
        probability=None,
        counted=counted,
        shifts=(),
        ended="no_margin" if MARGINS[outcome] is None else "flat",
    )
    if nothing.ended == "no_margin" or not worlds.between:
        return nothing

    def margin(points: Floats) -> Floats:
        found = decide(scenario, worlds.at(points), outcome, executor=executor).margin
        assert found is not None
        return found

    found = nearest_zero(margin, worlds.space(), tick=tick)
    if found.ended != "converged":
        return replace(nothing, ended=found.ended)
    return replace(
        nothing,
        distance=worlds.space().length(found.point),
        probability=worlds.probability(found, better=better),
        shifts=worlds.shifts(found.point),
        ended="converged",
    )


def _counted(
    scenario: Scenario, outcome: str, *, better: bool, executor: Executor | None
) -> float | None:
    found = decide(scenario, draw(scenario, 0, COUNTED), outcome, executor=executor).better
    known = found[~np.isnan(found)]
    return float(np.mean(known != better)) if len(known) else None


@dataclass(frozen=True)
class _Scale:
    """The members of one parameter: now, standard deviation, and the ends, (members,)."""

    now: Floats
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
    return _Scale(now=mode, deviation=np.sqrt(variance), low=low, high=high)


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
        """Of the other answer, were the margin a plane in normal scores from the flip on.

        Normal scores, because ranges need not be even: there the median is 0 for all of them.
        """
        from scipy.special import ndtr

        there = self.at(found.point[None])
        drawn = ranges(self.scenario.world, self.scenario.uncertainty)
        pairs = [
            _in_scores(drawn[name], np.atleast_1d(there[name][0]), each.deviation)
            for name, each in self.between.items()
        ]
        scores, rates = (np.array(each) for each in zip(*pairs, strict=True))
        slope = found.slope * rates
        spread = float(np.sqrt(slope @ self.correlation() @ slope))
        typical = float(slope @ -scores) / spread if spread else 0.0
        return float(ndtr(-typical if better else typical))


def _in_scores(between: Range, values: Floats, deviation: Floats) -> tuple[float, float]:
    """The normal score of a parameter's values, and how many deviations one score is there.

    Of a vector the mean of its members; at an end of the range the score of the outermost draws.
    """
    from scipy.special import ndtr, ndtri

    members = zip(between.low, between.mode, between.high, values, deviation, strict=True)
    open_ = [each for each in members if each[-1] > 0]
    shares = [
        float(share_below(between.shape, low, mode, high, np.array([value]))[0])
        for low, mode, high, value, _ in open_
    ]
    score = float(ndtri(np.clip(np.mean(shares), _OUTERMOST, 1 - _OUTERMOST)))
    around = ndtr(score + np.array([-_STEP, _STEP]))
    moved = [
        float(np.diff(quantile(between.shape, low, mode, high, around))[0]) / one
        for low, mode, high, _, one in open_
    ]
    return score, float(np.mean(moved)) / (2 * _STEP)
