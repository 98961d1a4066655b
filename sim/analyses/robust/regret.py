"""What every plan comes to in every world, and by how much it misses the best plan of that world.

References
----------
Savage, L. J. (1951), The theory of statistical decision, on minimax regret. Lempert, R. J., Popper,
S. W. and Bankes, S. C. (2003), Shaping the Next One Hundred Years, ch. 3, on regret over many futures.
Rockafellar, R. T. and Uryasev, S. (2000), Optimization of conditional value-at-risk, on expected
shortfall.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.analyses.batches import each_of
from sim.analyses.draws import REPLICATES, blocks, draw, standard_error
from sim.analyses.points import judge_plans
from sim.analyses.progress import Tick, silent
from sim.analyses.robust.plan_set import KEEP, plan_set
from sim.analyses.verdict import better_sign, shortfall
from sim.engine.bands import QUANTILES
from sim.metrics import Floats
from sim.policy import Policy
from sim.scenario import Scenario, require_sound

# Regret that one world in twenty exceeds.
_HIGH: Final = 0.95
# Worlds in a piece of work: some tenths of a second, so that progress and cancelling are prompt.
_PIECE: Final = 1024

State = Literal["none", "same", "clear", "trade"]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """One plan over all worlds, in the unit of the outcome.

    Attributes
    ----------
    mean, error
        Of the outcome, and its standard error from independent randomisations; likewise below.
    quantiles
        Of the outcome, at :data:`sim.engine.bands.QUANTILES`.
    shortfall
        Mean of the outcome over the worst twentieth of the worlds.
    better, better_error
        Share of the worlds in which the plan is better than leaving everything as it is.
    regret, regret_error
        Mean of what the best plan of each world is better by; never below 0.
    regret_high, regret_high_error
        The regret that one world in twenty exceeds.
    regret_most
        The largest regret of all worlds that were drawn; more worlds can only raise it.
    wins, wins_error
        Share of the worlds in which no plan is better; plans that are equally good share a world.
    """

    id: str
    policy: Policy
    mean: float
    error: float
    quantiles: tuple[float, ...]
    shortfall: float
    better: float
    better_error: float
    regret: float
    regret_error: float
    regret_high: float
    regret_high_error: float
    regret_most: float
    wins: float
    wins_error: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Robust:
    """Plans in the same worlds.

    Attributes
    ----------
    state
        ``"none"``: no world could be run; ``"same"``: all plans come to the same everywhere;
        ``"clear"``: one plan is the best in every world; ``"trade"``: which one, hangs on the world.
    standings
        By plan, in the order of the plans; empty where no world could be run.
    values, regrets
        The outcome and the regret, read-only, (plans, worlds), NaN in worlds that were refused. A
        payback that does not come within the horizon counts as the horizon.
    paybacks
        The payback week, (plans, worlds), NaN where there is none.
    safest
        The plan whose largest regret is the least; ``safest_high`` the one whose regret in one world
        in twenty is, ``best`` the one with the best mean. None where no world could be run.
    agreed
        In how many of the eight independent randomisations the safest plan is this one.
    """

    scenario: Scenario
    outcome: str
    state: State
    standings: Mapping[str, Standing]
    values: Floats
    regrets: Floats
    paybacks: Floats
    safest: str | None
    safest_high: str | None
    best: str | None
    agreed: int

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which worlds could be run, (worlds,)."""
        known: NDArray[np.bool_] = ~np.isnan(self.values[0])
        return known

    @property
    def refused(self) -> int:
        """How many worlds were left out because no rates explain their first week."""
        return int((~self.known).sum())


def robust(
    scenario: Scenario,
    *,
    outcome: str = "npv_change",
    plans: Mapping[str, Policy] | None = None,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Robust:
    """Every plan in the worlds of a scenario, judged by one outcome.

    Parameters
    ----------
    plans
        By id, one of them :data:`~sim.analyses.robust.plan_set.KEEP`, against which ``better`` is
        counted; those of :func:`~sim.analyses.robust.plan_set.plan_set` if not given.

    Raises
    ------
    Refused
        If the scenario, or a plan, cannot be run at all.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(scenario)
    todo = dict(plans or plan_set(scenario))
    spans = [
        (scenario, tuple(todo.values()), outcome, span)
        for span in blocks(scenario.sampling.worlds, _PIECE)
    ]
    parts = list(each_of(_judged, spans, executor=executor, tick=tick))
    values, paybacks, known = (np.concatenate(each, axis=-1) for each in zip(*parts, strict=True))
    return _weighed(scenario, outcome, todo, values, paybacks, known == 1)


def _judged(
    item: tuple[Scenario, tuple[Policy, ...], str, tuple[int, int]],
) -> tuple[Floats, Floats, Floats]:
    """The outcome, the payback week, and 1 where a world could be run."""
    scenario, policies, outcome, span = item
    asked = tuple({outcome, "payback_week", "npv_change"})
    found = judge_plans(scenario, policies, draw(scenario, *span), outcomes=asked)
    known = (~np.isnan(found["npv_change"][0])).astype(float)
    return found[outcome], found["payback_week"], known


def scored(outcome: str, values: Floats, weeks: int) -> Floats:
    """Values of which more is better; no payback within the horizon is as good as one at its end."""
    if outcome == "payback_week":
        values = np.where(np.isnan(values), float(weeks), values)
    return better_sign(outcome) * values


def _weighed(
    scenario: Scenario,
    outcome: str,
    plans: Mapping[str, Policy],
    values: Floats,
    paybacks: Floats,
    known: NDArray[np.bool_],
) -> Robust:
    scores = np.where(known, scored(outcome, values, scenario.weeks), np.nan)
    regrets = scores.max(axis=0) - scores
    told = better_sign(outcome) * scores
    for each in (told, regrets, paybacks):
        each.flags.writeable = False
    names = tuple(plans)
    choices = _choices(names, scores, regrets) if known.any() else (None, None, None, 0)
    return Robust(
        scenario=scenario,
        outcome=outcome,
        state=_state(regrets, known),
        standings=_standings(plans, scores, regrets, sign=better_sign(outcome)),
        values=told,
        regrets=regrets,
        paybacks=paybacks,
        safest=choices[0],
        safest_high=choices[1],
        best=choices[2],
        agreed=choices[3],
    )


def _state(regrets: Floats, known: NDArray[np.bool_]) -> State:
    if not known.any():
        return "none"
    most = np.nanmax(regrets, axis=1)
    if not most.any():
        return "same"
    return "clear" if (most == 0).any() else "trade"


def _choices(names: tuple[str, ...], scores: Floats, regrets: Floats) -> tuple[str, str, str, int]:
    safest = int(np.nanmax(regrets, axis=1).argmin())
    high = int(np.nanquantile(regrets, _HIGH, axis=1).argmin())
    best = int(np.nanmean(scores, axis=1).argmax())
    parts = [regrets[:, at::REPLICATES] for at in range(REPLICATES)]
    sound = [each[:, ~np.isnan(each[0])] for each in parts]
    agreed = sum(int(each.max(axis=1).argmin()) == safest for each in sound if each.size)
    return names[safest], names[high], names[best], agreed


def _standings(
    plans: Mapping[str, Policy], scores: Floats, regrets: Floats, *, sign: int
) -> Mapping[str, Standing]:
    if np.isnan(scores).all():
        return MappingProxyType({})
    keep = scores[list(plans).index(KEEP)]
    first = regrets == 0
    wins = np.where(np.isnan(keep), np.nan, first / np.maximum(first.sum(axis=0), 1))
    found = {
        name: _standing(name, plans[name], scores[at], keep, regrets[at], wins[at], sign)
        for at, name in enumerate(plans)
    }
    return MappingProxyType(found)


def _standing(
    name: str,
    policy: Policy,
    score: Floats,
    keep: Floats,
    regret: Floats,
    wins: Floats,
    sign: int,
) -> Standing:
    held = ~np.isnan(score)
    value, missed = sign * score[held], regret[held]
    better = np.where(held, score > keep, np.nan)
    return Standing(
        id=name,
        policy=policy,
        mean=float(value.mean()),
        error=standard_error(score),
        quantiles=tuple(np.quantile(value, QUANTILES).tolist()),
        shortfall=shortfall(value, sign=sign),
        better=float(np.nanmean(better)),
        better_error=standard_error(better),
        regret=float(missed.mean()),
        regret_error=standard_error(regret),
        regret_high=_high(missed),
        regret_high_error=standard_error(regret, _high),
        regret_most=float(missed.max()),
        wins=float(np.nanmean(wins)),
        wins_error=standard_error(wins),
    )


def _high(regret: Floats) -> float:
    return float(np.quantile(regret, _HIGH))
