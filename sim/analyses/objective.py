"""What is aimed at: one number of an outcome over worlds, such as its mean or its worst twentieth."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.analyses.draws import draw, standard_error
from sim.analyses.points import Draws, judge_points
from sim.analyses.progress import Tick, silent
from sim.analyses.variables import Variable
from sim.analyses.verdict import better_sign, is_better, shortfall
from sim.errors import Fault, Refused, unknown
from sim.metrics import OUTCOMES, Floats
from sim.scenario import Scenario

# ``world`` is the scenario's own world alone; quantiles such as ``p05`` are measures too.
MEASURES: Final = ("world", "mean", "shortfall", "p05", "p25", "p50", "p75", "p95", "probability")
# What plans can be chosen by: over worlds.
OBJECTIVES: Final = tuple(each for each in MEASURES if each != "world")
_QUANTILE: Final = re.compile(r"p(\d\d)")
# Of every outcome, in how many worlds it is known can be told from this one only.
_ALWAYS: Final = "npv_change"


@dataclass(frozen=True, kw_only=True)
class Aim:
    """One number of an outcome.

    ``measure`` is one of :data:`MEASURES`; ``probability`` is that of being better than without any
    policy, or of lying above ``above`` where that is said. A world in which the policy never pays
    back counts with the whole horizon as its payback week.
    """

    outcome: str = "npv_change"
    measure: str = "mean"
    above: float | None = None

    @property
    def unit(self) -> str:
        """Unit of the number."""
        return "share" if self.measure == "probability" else OUTCOMES[self.outcome].unit

    @property
    def sign(self) -> int:
        """1 where more of it is better, -1 where less is."""
        return 1 if self.measure == "probability" else better_sign(self.outcome)


def require_aim(aim: Aim, *, legal: Sequence[str] = MEASURES) -> None:
    """Refuse what cannot be aimed at.

    Raises
    ------
    Refused
        If outcome or measure is not known, or the level is no finite number.
    """
    if aim.outcome not in OUTCOMES:
        raise Refused([unknown("outcome", aim.outcome, tuple(OUTCOMES))])
    if aim.measure not in legal:
        raise Refused([unknown("objective", aim.measure, tuple(legal))])
    if aim.measure == "probability" and aim.above is None and not OUTCOMES[aim.outcome].difference:
        # Not a difference to the reference: nothing to be better than.
        raise Refused(
            [Fault(kind="missing", place="above", facts={"legal": OUTCOMES[aim.outcome].unit})]
        )
    if aim.above is not None:
        require_finite("above", aim.above, OUTCOMES[aim.outcome].unit)


def require_finite(place: str, value: float, unit: str) -> None:
    """Refuse what is no finite number.

    Raises
    ------
    Refused
        Saying where.
    """
    if not np.isfinite(value):
        facts = {"low": "-1e300", "high": "1e300", "unit": unit, "got": value}
        raise Refused([Fault(kind="not_finite", place=place, facts=facts)])


def worlds_for(scenario: Scenario, aim: Aim, most: int | None = None) -> Draws | None:
    """The worlds in which an aim is judged: the first ``most`` of the sampling, or its own alone."""
    if aim.measure == "world":
        return None
    worlds = scenario.sampling.worlds
    return draw(scenario, 0, worlds if most is None else min(worlds, most))


def judge_aims(
    scenario: Scenario,
    variables: Sequence[Variable],
    points: Floats,
    aims: Sequence[Aim],
    draws: Draws | None,
    *,
    extra: Sequence[str] = (),
    executor: Executor | None = None,
    tick: Tick = silent,
) -> tuple[Floats, Mapping[str, Floats]]:
    """Each aim at each point, (points, aims), and every world of the outcomes behind them.

    NaN at points that have to be refused in all worlds.
    """
    wanted = tuple(dict.fromkeys((*(each.outcome for each in aims), _ALWAYS, *extra)))
    values = judge_points(
        scenario, variables, points, draws, outcomes=wanted, executor=executor, tick=tick
    )
    scores = [scores_of(each, values, scenario.weeks) for each in aims]
    return np.stack(scores, axis=1), values


def scores_of(aim: Aim, values: Mapping[str, Floats], weeks: int) -> Floats:
    """An aim of outcomes by id, each (points, worlds); shape (points,)."""
    held = known_values(aim.outcome, values, weeks)
    refused = np.isnan(values[_ALWAYS])
    if aim.measure == "probability":
        held = (
            is_better(aim.outcome, values[aim.outcome], refused)
            if aim.above is None
            else np.where(refused, np.nan, held > aim.above)
        )
    return np.array([_measured(aim, row) for row in held])


def error_of(aim: Aim, values: Mapping[str, Floats], weeks: int) -> float:
    """Standard error of an aim at one point, whose outcomes are (1, worlds) from world 0 on."""
    if aim.measure == "world":
        return 0.0
    rows = [each[0] for each in values.values()]

    def measured(at: Floats) -> float:
        chosen = at.astype(np.int64)
        part = {name: row[None, chosen] for name, row in zip(values, rows, strict=True)}
        return float(scores_of(aim, part, weeks)[0])

    known = ~np.isnan(values[_ALWAYS][0])
    return standard_error(np.where(known, np.arange(len(known)), np.nan), measured)


def known_values(outcome: str, values: Mapping[str, Floats], weeks: int) -> Floats:
    """An outcome with the horizon in place of a payback week that there is not, NaN where refused."""
    held = values[outcome]
    never: NDArray[np.bool_] = np.isnan(held) & ~np.isnan(values[_ALWAYS])
    return np.where(never, float(weeks), held)


def _measured(aim: Aim, row: Floats) -> float:
    held = row[~np.isnan(row)]
    quantile = _QUANTILE.fullmatch(aim.measure)
    if len(held) == 0:
        return float("nan")
    if quantile:
        return float(np.quantile(held, int(quantile[1]) / 100))
    if aim.measure == "shortfall":
        return shortfall(held, sign=better_sign(aim.outcome))
    return float(held.mean())
