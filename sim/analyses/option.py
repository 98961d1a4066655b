"""What it is worth to try on one surface first, and to go on or back by a rule.

The pilot cuts as the policy does, but on one surface only. After some weeks it is decided by what has
been seen until then: go on to the whole policy, or open again. The decision is known when it is taken
and not before, so either end takes effect after the notice of each world. All plans are judged in
the same worlds; the threshold of the rule is chosen on one half of the independent randomisations,
and every value is quoted on the other half. Nobody promises that the rule is better than both to act
now and never to act: what it comes to is the result.

References
----------
Dixit, A. K. and Pindyck, R. S. (1994), Investment under Uncertainty, ch. 2, on the value of waiting.
Longstaff, F. A. and Schwartz, E. S. (2001), Valuing American options by simulation, on deciding by
what is known at the time and valuing on paths that the rule was not fitted to.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.analyses.draws import REPLICATES, draw
from sim.analyses.pilots import Pilot, pilot_of
from sim.analyses.points import judge_plans
from sim.analyses.progress import Tick, silent
from sim.analyses.rules import Rule, best_rule
from sim.analyses.verdict import better_sign
from sim.engine.single import run_series
from sim.engine.traces import run_traces
from sim.errors import Fault, Refused, unknown
from sim.metrics import MONEY, Floats
from sim.policy import Policy
from sim.scenario import WEEKS_LIMITS, Scenario, require_sound
from sim.series import SERIES
from sim.sets import SURFACES
from sim.uncertainty import whole_faults

# What is seen of the pilot: any series, or total GMV.
GMV: Final = "gmv"
SIGNALS: Final = (GMV, *SERIES)
_PARTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {GMV: ("gmv_native", "gmv_external")}
)
_MOST_WORLDS: Final = 1 << 16
_BAND: Final = (0.05, 0.95)
_ERRORS: Final = 2.0

PlanName = Literal["never", "now", "rule", "go_on", "go_back", "foreseen"]
PLANS: Final[tuple[PlanName, ...]] = ("never", "now", "rule", "go_on", "go_back", "foreseen")
_ENDS: Final[tuple[PlanName, ...]] = ("never", "now", "go_on", "go_back")
Status = Literal[
    "found", "always_on", "always_back", "no_moves", "not_there", "too_late", "no_worlds"
]
Verdict = Literal["better", "worse", "alike"]


@dataclass(frozen=True, kw_only=True)
class Money:
    """A mean in CNY over the worlds in which values are quoted, its standard error and nine in ten."""

    mean: float
    error: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class OptionValue:
    """What a pilot with a rule comes to.

    Attributes
    ----------
    status
        ``"found"``; ``"always_on"`` or ``"always_back"`` where nothing that is seen would change the
        decision; else why there is nothing to try.
    plans
        What each plan changes against no policy: ``never`` the policy without its moves, ``now`` all
        of it as it stands, ``rule`` the pilot with its rule, ``go_on`` and ``go_back`` the pilot with
        a fixed end, ``foreseen`` the pilot with the better end in each world, which no rule can beat.
    fixed
        Which of ``never`` and ``now`` was better in the worlds in which the rule was chosen.
    gain
        The rule against ``fixed``; it is the sum of ``waiting``, the better fixed end of the pilot
        against ``fixed``, and ``learning``, the rule against that end.
    goes_on, wrongly_on, wrongly_back
        Shares of worlds in which the rule goes on, and in which it does although the other end would
        have been better.
    seen, better
        By world what was seen, and how much better it is to go on than back, where values are quoted.
    """

    scenario: Scenario
    outcome: str
    surface: str
    weeks: int
    signal: str
    status: Status
    begins: int = 0
    decided: int = 0
    rule: Rule | None = None
    plans: Mapping[PlanName, Money] = field(default_factory=lambda: MappingProxyType({}))
    fixed: PlanName = "never"
    gain: Money | None = None
    waiting: Money | None = None
    learning: Money | None = None
    goes_on: float = float("nan")
    wrongly_on: float = float("nan")
    wrongly_back: float = float("nan")
    seen: Floats | None = None
    better: Floats | None = None
    worlds: int = 0
    refused: int = 0

    @property
    def verdict(self) -> Verdict:
        """Whether the rule is better than acting now or never, beyond twice the standard error."""
        if self.gain is None or not abs(self.gain.mean) > _ERRORS * self.gain.error:
            return "alike"
        return "better" if self.gain.mean > 0 else "worse"


def option_value(
    scenario: Scenario,
    *,
    surface: str = "live",
    weeks: int = 8,
    signal: str = "profit",
    outcome: str = "npv_change",
    executor: Executor | None = None,
    tick: Tick = silent,
) -> OptionValue:
    """A pilot on one surface with the best rule that was found, against acting now and never.

    Raises
    ------
    Refused
        If the scenario cannot be run, or an option names what there is not.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(scenario)
    faults = _faults(surface, weeks, signal, outcome)
    if faults:
        raise Refused(faults)
    # Its own world says why, where no rates explain it.
    run_series(scenario.world, scenario.policy, scenario.weeks)
    asked = OptionValue(
        scenario=scenario,
        outcome=outcome,
        surface=surface,
        weeks=weeks,
        signal=signal,
        status="no_moves",
    )
    if not scenario.policy.moves:
        return asked
    pilot = pilot_of(scenario.policy, surface, weeks)
    asked = replace(asked, begins=pilot.begins, decided=pilot.decided)
    if not pilot.trial.moves:
        return replace(asked, status="not_there")
    if pilot.decided >= scenario.weeks:
        return replace(asked, status="too_late")
    return _valued(asked, pilot, executor, tick)


def _faults(surface: str, weeks: object, signal: str, outcome: str) -> list[Fault]:
    named = {
        "surface": (surface, SURFACES),
        "signal": (signal, SIGNALS),
        "outcome": (outcome, MONEY),
    }
    faults = [
        unknown(place, name, legal) for place, (name, legal) in named.items() if name not in legal
    ]
    return [*faults, *whole_faults("weeks", weeks, WEEKS_LIMITS)]


def _valued(asked: OptionValue, pilot: Pilot, executor: Executor | None, tick: Tick) -> OptionValue:
    scenario = asked.scenario
    draws = draw(scenario, 0, min(scenario.sampling.worlds, _MOST_WORLDS))
    notices = _notices(scenario, draws)
    groups = np.unique(notices).tolist()
    steps = len(groups) + 2
    tick(0, steps)
    never = replace(scenario.policy, moves=())
    judged = judge_plans(
        scenario,
        [never, scenario.policy],
        draws,
        outcomes=(asked.outcome,),
        executor=executor,
        tick=lambda _done, _total: tick(0, steps),
    )[asked.outcome]
    tick(1, steps)
    seen = _seen(asked, pilot, never, draws)
    ends = np.empty((2, len(notices)))
    for done, notice in enumerate(groups, start=2):
        tick(done, steps)
        mine = notices == notice
        some = {name: each[mine] for name, each in draws.items()}
        plans = [pilot.on(notice), pilot.back(notice)]
        found = judge_plans(scenario, plans, some, outcomes=(asked.outcome,), executor=executor)
        ends[:, mine] = found[asked.outcome]
    tick(steps, steps)
    values = dict(zip(_ENDS, (*judged, *ends), strict=True))
    return _told(asked, values, seen)


def _notices(scenario: Scenario, draws: Mapping[str, Floats]) -> NDArray[np.int64]:
    """How long before it acts a move is known, in each world."""
    worlds = len(next(iter(draws.values())))
    own = np.full(worlds, scenario.world.supply.notice_weeks)
    return np.asarray(draws.get("notice_weeks", own)).astype(np.int64)


def _seen(asked: OptionValue, pilot: Pilot, never: Policy, draws: Mapping[str, Floats]) -> Floats:
    """What the pilot has changed a week until the decision, in each world."""
    scenario = asked.scenario
    series = _PARTS.get(asked.signal, (asked.signal,))
    weeks = range(pilot.begins, pilot.decided)
    runs = [
        run_traces(scenario.world, policy, draws, series=series, at=weeks)
        for policy in (pilot.trial, never)
    ]
    found: Floats = (runs[0] - runs[1]).sum(axis=0).mean(axis=0)
    return found


def _told(asked: OptionValue, values: Mapping[PlanName, Floats], seen: Floats) -> OptionValue:
    """The rule from one half of the randomisations, and everything else from the other."""
    worlds = np.arange(len(seen))
    held = ~np.isnan([*values.values(), seen]).any(axis=0)
    learned = held & (worlds % REPLICATES < REPLICATES // 2)
    quoted = held & ~learned
    refused = int((~held).sum())
    if not learned.any() or not quoted.any():
        return replace(asked, status="no_worlds", refused=refused)
    sign = better_sign(asked.outcome)
    gained = sign * (values["go_on"] - values["go_back"])
    rule, is_constant = best_rule(seen[learned], gained[learned])
    on = rule.goes_on(seen)
    over = dict(values)
    over["rule"] = np.where(on, values["go_on"], values["go_back"])
    over["foreseen"] = np.where(gained > 0, values["go_on"], values["go_back"])
    fixed = _better(values, ("never", "now"), learned, sign)
    end = _better(values, ("go_back", "go_on"), learned, sign)
    groups = worlds[quoted] % REPLICATES

    def money(each: Floats) -> Money:
        return _money(each[quoted], groups)

    wrong = on != (gained > 0)
    return replace(
        asked,
        status=("always_on" if on[learned].all() else "always_back") if is_constant else "found",
        rule=rule,
        plans=MappingProxyType({name: money(over[name]) for name in PLANS}),
        fixed=fixed,
        gain=money(over["rule"] - values[fixed]),
        waiting=money(values[end] - values[fixed]),
        learning=money(over["rule"] - values[end]),
        goes_on=float(on[quoted].mean()),
        wrongly_on=float((wrong & on & (gained != 0))[quoted].mean()),
        wrongly_back=float((wrong & ~on)[quoted].mean()),
        seen=seen[quoted],
        better=gained[quoted],
        worlds=int(quoted.sum()),
        refused=refused,
    )


def _better(
    values: Mapping[PlanName, Floats],
    names: tuple[PlanName, PlanName],
    where: NDArray[np.bool_],
    sign: int,
) -> PlanName:
    """The better of two on average; the first where they are alike."""
    first, second = (sign * float(values[name][where].mean()) for name in names)
    return names[1] if second > first else names[0]


def _money(values: Floats, groups: NDArray[np.int64]) -> Money:
    """Over worlds of several independent randomisations."""
    means = [values[groups == each].mean() for each in np.unique(groups)]
    error = np.std(means, ddof=1) / np.sqrt(len(means)) if len(means) > 1 else np.nan
    low, high = np.quantile(values, _BAND)
    return Money(mean=float(values.mean()), error=float(error), low=float(low), high=float(high))
