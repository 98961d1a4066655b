"""What two outcomes cannot have together: the plans that no other beats in both.

References
----------
As :mod:`sim.analyses.front`.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.analyses.draws import draw
from sim.analyses.front import Front, find_front
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
from sim.analyses.objective import OBJECTIVES, Aim, error_of, judge_aims, require_aim
from sim.analyses.progress import Tick, silent
from sim.errors import Refused, unknown
from sim.metrics import OUTCOMES, Floats
from sim.scenario import Scenario, require_sound

# ``one``: a single plan is best in both; ``flat``: all plans are the same; ``none``: none is allowed.
Ended = Literal["front", "one", "flat", "none"]


@dataclass(frozen=True, kw_only=True)
class Pareto:
    """Plans that no other one tried beats in both aims, in the order of the first.

    Attributes
    ----------
    aims
        Two, each in its own unit.
    points
        The numbers of each plan, (plans, variables).
    values
        Both aims in the worlds in which plans were tried, (plans, 2).
    checked, errors
        The same in worlds of another seed, and standard errors, (plans, 2).
    costs
        Mean cost of each plan, CNY over the horizon, more than the reference, (plans,).
    before
        Both aims of the scenario's own plan, (2,).
    beaten
        Whether some plan of the front is better than the scenario's own in one aim and no worse in
        the other.
    """

    space: Space
    aims: tuple[Aim, Aim]
    ended: Ended
    points: Floats
    values: Floats
    checked: Floats
    errors: Floats
    costs: Floats
    before: Floats
    beaten: bool
    tried: int
    search_worlds: int
    worlds: int

    def plan(self, index: int) -> Scenario:
        """The scenario with the numbers of one plan of the front."""
        return self.space.plan(self.points[index])


def pareto(
    space: Space,
    aims: Sequence[Aim],
    *,
    search_worlds: int = SEARCH_WORLDS,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Pareto:
    """The front of two aims.

    Raises
    ------
    Refused
        If the scenario cannot be run, what may be set or is aimed at is not known, or both aims are
        the same.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(space.scenario)
    for aim in aims:
        require_aim(aim, legal=OBJECTIVES)
    first, second = aims
    if first == second:
        others = tuple(name for name in OUTCOMES if name != first.outcome)
        raise Refused([unknown("pareto", second.outcome, others)])
    require_space(space)
    draws = search_draws(space.scenario, search_worlds)
    found = find_front(
        lambda points: tried(space, points, aims, draws, executor=executor),
        space.low,
        space.high,
        space.start,
        whole=np.array([each.whole for each in space.variables]),
        seed=space.scenario.sampling.seed,
        tick=tick,
    )
    count = len(next(iter(draws.values())))
    own = [space.scenario.policy]
    before = judged_policies(space, own, aims, draws, executor=executor)[0][0]
    return _described(space, (first, second), found, before, count, executor)


def _described(
    space: Space,
    aims: tuple[Aim, Aim],
    found: Front,
    before: Floats,
    search_worlds: int,
    executor: Executor | None,
) -> Pareto:
    signs = np.array([each.sign for each in aims], dtype=np.float64)
    checked, errors, costs = _checked(space, aims, found.points, executor)
    return Pareto(
        space=space,
        aims=aims,
        ended=_ended(found),
        points=found.points,
        values=found.scores * signs,
        checked=checked,
        errors=errors,
        costs=costs,
        before=before,
        beaten=_is_beaten(before * signs, found.scores),
        tried=found.tried,
        search_worlds=search_worlds,
        worlds=space.scenario.sampling.worlds,
    )


def _ended(found: Front) -> Ended:
    if len(found.points) == 0:
        return "none"
    if found.flat:
        return "flat"
    return "one" if len(found.points) == 1 else "front"


def _is_beaten(own: Floats, front: Floats) -> bool:
    at_least, more = (front >= own).all(axis=1), (front > own).any(axis=1)
    return bool((at_least & more).any())


def _checked(
    space: Space, aims: Sequence[Aim], points: Floats, executor: Executor | None
) -> tuple[Floats, Floats, Floats]:
    if len(points) == 0:
        return np.zeros((0, 2)), np.zeros((0, 2)), np.zeros(0)
    scenario = space.scenario
    worlds = draw(other_worlds(scenario))
    scores, values = judge_aims(
        scenario, space.variables, points, aims, worlds, extra=(COST,), executor=executor
    )
    own = [
        {name: each[row : row + 1] for name, each in values.items()} for row in range(len(points))
    ]
    errors = [[error_of(aim, each, scenario.weeks) for aim in aims] for each in own]
    return scores, np.array(errors), mean_of(values[COST])
