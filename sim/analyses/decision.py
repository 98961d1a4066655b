"""What a decision hangs on: an outcome against no policy, world by world, and which of both is better.

Every world is run with the policy and without it, so that a difference is the policy's and not that of
two worlds.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.analyses.batches import judge
from sim.analyses.progress import Tick, silent
from sim.analyses.verdict import better_sign, is_better, refused_worlds
from sim.documents.acceptance import require_accepted
from sim.engine.single import run_series
from sim.metrics import OUTCOMES, Floats
from sim.policy import Policy
from sim.scenario import Scenario

# A margin passes zero where the sign of the decision changes. That a policy pays back by the horizon
# is the same as being ahead in cumulative profit there; a dip only touches zero and has none.
MARGINS: Final[Mapping[str, str | None]] = {name: name for name in OUTCOMES} | {
    "payback_week": "profit_change",
    "dip_depth": None,
    "dip_weeks": None,
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Decision:
    """An outcome against no policy in each of some worlds, shapes (worlds,), NaN where refused.

    Attributes
    ----------
    values
        The outcome as its difference to the reference, in its unit; for the payback week, which has
        none, the week itself, and the horizon where it is never paid back.
    better
        1 where the policy is better than none, 0 where it is not.
    margin
        Above 0 where the policy is better, below where it is worse, in the unit of the outcome that
        :data:`MARGINS` names; None where there is none.
    """

    values: Floats
    better: Floats
    margin: Floats | None


def decide(
    scenario: Scenario,
    draws: Mapping[str, Floats],
    outcome: str,
    *,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Decision:
    """Judge a scenario by one outcome in the worlds that are given.

    Parameters
    ----------
    draws : by parameter id, (worlds,) or (worlds, members); the rest is as in the scenario

    Raises
    ------
    Refused
        If the scenario cannot be run at all.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    found = judge(scenario, draws, executor=executor, tick=tick)
    refused = refused_worlds(found)
    sign = better_sign(outcome)
    if outcome == "payback_week":
        never = np.isnan(found[outcome]) & ~refused
        values = np.where(never, float(scenario.weeks), found[outcome])
    elif OUTCOMES[outcome].difference:
        values = found[outcome]
    else:
        none = replace(scenario, policy=Policy())
        values = found[outcome] - judge(none, draws, executor=executor)[outcome]
    if OUTCOMES[outcome].difference:
        better = is_better(outcome, found[outcome], refused)
    else:
        better = np.where(np.isnan(values), np.nan, sign * values > 0)
    margin = MARGINS[outcome]
    if margin is None:
        return Decision(values=values, better=better, margin=None)
    own = values if margin == outcome else found[margin]
    return Decision(values=values, better=better, margin=better_sign(margin) * own)


def require_judged(scenario: Scenario) -> None:
    """Refuse a scenario whose own world cannot be run: there is nothing then to hold others against.

    Raises
    ------
    Refused
        With the reason.
    """
    require_accepted(scenario)
    run_series(scenario.world, scenario.policy, scenario.weeks)


def one_at_a_time(
    scenario: Scenario, parts: Sequence[tuple[str, Floats]]
) -> tuple[dict[str, Floats], int]:
    """Worlds that each differ from the scenario's own in one parameter, and how many there are.

    Parameters
    ----------
    parts : a parameter's id and its values, (n,) or (n, members); one after the other, and a
        parameter may come more than once

    Returns
    -------
    Draws of one world for each value, and after them the scenario's own world as the last.
    """
    total = sum(len(values) for _, values in parts) + 1
    draws = {"viewers": np.full(total, scenario.world.audience.viewers)}
    start = 0
    for name, values in parts:
        if name not in draws:
            own = np.array(scenario.world.value(name), dtype=np.float64)
            draws[name] = np.tile(own, (total,) + (1,) * own.ndim)
        draws[name][start : start + len(values)] = values
        start += len(values)
    return draws, total
