"""What a search over plans shares: which numbers it may set, what a plan may cost, and its worlds."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.analyses.draws import draw
from sim.analyses.objective import Aim, judge_aims, require_finite, scores_of
from sim.analyses.points import Draws, judge_plans
from sim.analyses.progress import Tick, silent
from sim.analyses.variables import Variable, policy_with, variable_places
from sim.errors import Fault, Refused, unknown
from sim.metrics import Floats
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import SEED_LIMITS

# Cost over the horizon less that of the reference, as the points of a scenario are asked for it.
COST: Final = "cost_change"
# Worlds in which plans are tried; the one that is chosen is judged in all, of another seed.
SEARCH_WORLDS: Final = 256
MOST_VARIABLES: Final = 12


@dataclass(frozen=True, kw_only=True)
class Space:
    """What a search may set and what it may cost: all plans of one scenario that it may choose from.

    ``budget`` is in CNY over the horizon, more than the reference costs on the mean of the worlds;
    None for any cost.
    """

    scenario: Scenario
    variables: tuple[Variable, ...]
    budget: float | None = None

    @property
    def low(self) -> Floats:
        """The lower bounds, (variables,)."""
        return np.array([each.low for each in self.variables])

    @property
    def high(self) -> Floats:
        """The upper bounds, (variables,)."""
        return np.array([each.high for each in self.variables])

    @property
    def start(self) -> Floats:
        """What the scenario has, (variables,)."""
        return np.array([each.now for each in self.variables])

    @property
    def holds_start(self) -> bool:
        """Whether the scenario's own numbers lie between the bounds."""
        return bool(((self.low <= self.start) & (self.start <= self.high)).all())

    def plan(self, at: Floats) -> Scenario:
        """The scenario with these numbers; itself where they are its own."""
        if np.array_equal(at, self.start):
            return self.scenario
        return replace(self.scenario, policy=self.policy(at, range(len(at))))

    def policy(self, at: Floats, rows: Iterable[int]) -> Policy:
        """The scenario's policy with some of these numbers; the others are its own, also "as now"."""
        chosen = list(rows)
        return policy_with(
            self.scenario.policy,
            [self.variables[row] for row in chosen],
            [float(at[row]) for row in chosen],
        )

    def excess(self, costs: Floats) -> Floats:
        """By how much mean costs (n,) exceed the budget, in its own size; at most 0 where they do not."""
        if self.budget is None:
            return np.where(np.isfinite(costs), -1.0, np.inf)
        return (costs - self.budget) / max(abs(self.budget), 1.0)


def require_space(space: Space) -> None:
    """Refuse what no search can choose from.

    Raises
    ------
    Refused
        If no number may be set, too many may, one is no lever, or the budget is no number.
    """
    legal = [each for each in variable_places(space.scenario) if each.startswith("policy.")]
    places = [each.place for each in space.variables]
    faults = [unknown(place, place, legal) for place in places if not place.startswith("policy.")]
    faults += [
        Fault(kind="pair_twice", place=place, facts={"got": place})
        for place in dict.fromkeys(places)
        if places.count(place) > 1
    ]
    if not places:
        faults.append(Fault(kind="missing", place="vary", facts={"legal": ", ".join(legal)}))
    if len(places) > MOST_VARIABLES:
        facts = {"got": len(places), "legal": MOST_VARIABLES}
        faults.append(Fault(kind="too_many", place="vary", facts=facts))
    if faults:
        raise Refused(faults)
    if space.budget is not None:
        require_finite("budget", space.budget, "cny")


def search_draws(scenario: Scenario, worlds: int) -> Draws:
    """The worlds in which plans are tried: the first of the scenario's sampling."""
    return draw(scenario, 0, min(worlds, scenario.sampling.worlds))


def other_worlds(scenario: Scenario) -> Scenario:
    """The scenario with the seed after its own: worlds in which no plan was chosen."""
    seed = scenario.sampling.seed
    after = seed + 1 if seed < SEED_LIMITS[1] else SEED_LIMITS[0]
    return replace(scenario, sampling=replace(scenario.sampling, seed=after))


def tried(
    space: Space,
    points: Floats,
    aims: Sequence[Aim],
    draws: Draws,
    *,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> tuple[Floats, Floats]:
    """Each aim at each point, (n, aims), higher is better; and the excess over the budget, (n,)."""
    scores, values = judge_aims(
        space.scenario,
        space.variables,
        points,
        aims,
        draws,
        extra=(COST,),
        executor=executor,
        tick=tick,
    )
    return scores * [each.sign for each in aims], space.excess(mean_of(values[COST]))


def judged_policies(
    space: Space,
    policies: Sequence[Policy],
    aims: Sequence[Aim],
    draws: Draws,
    *,
    executor: Executor | None = None,
) -> tuple[Floats, Mapping[str, Floats]]:
    """Each aim under each policy, (policies, aims), and every world of what is behind it."""
    wanted = tuple(dict.fromkeys((*(each.outcome for each in aims), "npv_change", COST)))
    scenario = space.scenario
    values = judge_plans(scenario, policies, draws, outcomes=wanted, executor=executor)
    return np.stack([scores_of(each, values, scenario.weeks) for each in aims], axis=1), values


def mean_of(values: Floats) -> Floats:
    """The mean over the worlds that are known, (n, worlds) to (n,); NaN where none is."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    found: Floats = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return found
