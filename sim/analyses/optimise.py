"""The best plan between bounds, within a budget: never worse than the one there was, and checked again.

Plans are compared in the same worlds; the one that is chosen is judged once more in worlds of another
seed, because the best of many looks better than it is in the worlds it was chosen in.

References
----------
Methods as in :mod:`sim.analyses.optimum`. Smith, J. E. and Winkler, R. L. (2006), The optimizer's
curse. Shapiro, A., Dentcheva, D. and Ruszczyński, A. (2021), Lectures on Stochastic Programming, 3rd
ed., ch. 5, on sample averages and their check in other samples.
"""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.analyses.draws import draw, standard_error
from sim.analyses.levers import (
    COST,
    SEARCH_WORLDS,
    Space,
    judged_policies,
    mean_of,
    other_worlds,
    require_space,
    search_draws,
    tried,
)
from sim.analyses.objective import (
    OBJECTIVES,
    Aim,
    error_of,
    known_values,
    require_aim,
)
from sim.analyses.optimum import Optimum, find_optimum
from sim.analyses.points import Draws
from sim.analyses.progress import Tick, silent
from sim.analyses.variables import Variable
from sim.analyses.verdict import better_sign
from sim.metrics import Floats
from sim.policy import Policy
from sim.scenario import Scenario, require_sound

# How near to a bound counts as on it, of the range.
_ON: Final = 1e-6
_BAND: Final = (0.05, 0.5, 0.95)

# ``better``: a better plan was found; ``start``: none is better; ``flat``: all are the same;
# ``forced``: the start is not allowed, and this is the best that is; ``none``: no plan is allowed.
Ended = Literal["better", "start", "flat", "forced", "none"]
Bound = Literal["low", "high"]


@dataclass(frozen=True, kw_only=True)
class Set:
    """One number of the plan.

    Attributes
    ----------
    before, value
        What the scenario had, and what was chosen.
    on_bound
        On which of its bounds it ended, None if on neither.
    contribution
        What the aim loses if this number alone goes back, in the unit of the aim and positive where
        the change is good; contributions need not add up to the whole gain.
    """

    variable: Variable
    before: float
    value: float
    on_bound: Bound | None
    contribution: float


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A plan in other worlds: its score with standard error, quantiles 5, 50, 95 %, and mean cost.

    ``cost`` is in CNY over the horizon, more than the reference.
    """

    score: float
    error: float
    low: float
    middle: float
    high: float
    cost: float


@dataclass(frozen=True, kw_only=True)
class Optimisation:
    """The plan that was chosen, beside the one there was.

    Attributes
    ----------
    plan
        The scenario with the numbers that were chosen.
    score, score_before
        The aim in the worlds in which it was searched, in its own unit.
    cost, cost_before
        Mean cost there, CNY over the horizon, more than the reference.
    checked, checked_before
        Both in worlds of another seed.
    gain, gain_error, ahead
        In those worlds the mean of the outcome's difference between both plans, positive where the
        plan is better, its standard error, and the share of worlds in which the plan is ahead.
    converged
        Whether no smaller step was better.
    """

    space: Space
    aim: Aim
    plan: Scenario
    ended: Ended
    converged: bool
    start_allowed: bool
    numbers: tuple[Set, ...]
    score: float
    score_before: float
    cost: float
    cost_before: float
    checked: Judged
    checked_before: Judged
    gain: float
    gain_error: float
    ahead: float
    tried: int
    search_worlds: int
    worlds: int


def optimise(
    space: Space,
    aim: Aim,
    *,
    search_worlds: int = SEARCH_WORLDS,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Optimisation:
    """The plan with the best aim among those that are allowed.

    Where the scenario's own plan is allowed, the result is never worse.

    Raises
    ------
    Refused
        If the scenario cannot be run, or what may be set or is aimed at is not known.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(space.scenario)
    require_aim(aim, legal=OBJECTIVES)
    require_space(space)
    draws = search_draws(space.scenario, search_worlds)

    def scored(points: Floats) -> tuple[Floats, Floats]:
        scores, excess = tried(space, points, [aim], draws, executor=executor)
        return scores[:, 0], excess

    found = find_optimum(
        scored,
        space.low,
        space.high,
        space.start,
        whole=np.array([each.whole for each in space.variables]),
        seed=space.scenario.sampling.seed,
        tick=tick,
    )
    return _described(space, aim, found, draws, executor)


def _described(
    space: Space, aim: Aim, found: Optimum, draws: Draws, executor: Executor | None
) -> Optimisation:
    # Where a target is "as now", that is another number in every world: the start is the scenario's
    # own policy, and not the point of its numbers from which the search went out.
    own, rows = space.scenario.policy, range(len(space.variables))
    backs = [space.policy(found.at, [each for each in rows if each != row]) for row in rows]
    policies = [space.plan(found.at).policy, own, *backs]
    scores, values = judged_policies(space, policies, [aim], draws, executor=executor)
    signed, costs = scores[:, 0] * aim.sign, mean_of(values[COST])
    allowed = space.holds_start and bool(space.excess(costs[1:2])[0] <= 0)
    keeps = allowed and not signed[0] > signed[1]
    at = space.start if keeps else found.at
    chosen = 1 if keeps else 0
    losses = np.zeros(len(rows)) if keeps else signed[0] - signed[2:]
    # The promise of this analysis.
    assert not allowed or signed[chosen] >= signed[1] or np.isnan(signed[1])
    judged, ahead = _judged_again(space, aim, policies[chosen], executor)
    return Optimisation(
        space=space,
        aim=aim,
        plan=space.plan(at),
        ended=_ended(found, allowed=allowed, keeps=keeps),
        converged=found.converged,
        start_allowed=allowed,
        numbers=_numbers(space, at, losses),
        score=float(scores[chosen, 0]),
        score_before=float(scores[1, 0]),
        cost=float(costs[chosen]),
        cost_before=float(costs[1]),
        checked=judged[0],
        checked_before=judged[1],
        gain=float(np.nanmean(ahead)) if np.isfinite(ahead).any() else float("nan"),
        gain_error=standard_error(ahead),
        ahead=_share_ahead(ahead),
        tried=found.tried,
        search_worlds=len(next(iter(draws.values()))),
        worlds=len(ahead),
    )


def _numbers(space: Space, at: Floats, losses: Floats) -> tuple[Set, ...]:
    return tuple(
        Set(
            variable=each,
            before=each.now,
            value=float(at[row]),
            on_bound=_bound_of(each, float(at[row])),
            contribution=float(losses[row]),
        )
        for row, each in enumerate(space.variables)
    )


def _ended(found: Optimum, *, allowed: bool, keeps: bool) -> Ended:
    if not found.allowed and not allowed:
        return "none"
    if not allowed:
        return "forced"
    if found.flat:
        return "flat"
    return "start" if keeps else "better"


def _bound_of(which: Variable, value: float) -> Bound | None:
    near = _ON * (which.high - which.low)
    if value - which.low <= near:
        return "low"
    return "high" if which.high - value <= near else None


def _judged_again(
    space: Space, aim: Aim, chosen: Policy, executor: Executor | None
) -> tuple[list[Judged], Floats]:
    """The chosen plan and the own one in worlds of another seed, and by how much it is better there.

    The second is in the unit of the outcome, (worlds,).
    """
    scenario = space.scenario
    policies = [chosen, scenario.policy]
    worlds = draw(other_worlds(scenario))
    scores, values = judged_policies(space, policies, [aim], worlds, executor=executor)
    costs = mean_of(values[COST])
    held = known_values(aim.outcome, values, scenario.weeks)
    judged = []
    for row in range(len(policies)):
        own = {name: each[row : row + 1] for name, each in values.items()}
        known = held[row][~np.isnan(held[row])]
        band = np.quantile(known, _BAND).tolist() if len(known) else [float("nan")] * 3
        judged.append(
            Judged(
                score=float(scores[row, 0]),
                error=error_of(aim, own, scenario.weeks),
                low=band[0],
                middle=band[1],
                high=band[2],
                cost=float(costs[row]),
            )
        )
    return judged, better_sign(aim.outcome) * (held[0] - held[1])


def _share_ahead(ahead: Floats) -> float:
    known = ahead[~np.isnan(ahead)]
    return float((known > 0).mean()) if len(known) else float("nan")
