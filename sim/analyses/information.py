"""What knowing more would be worth before deciding: of everything, and of each assumption by itself.

To know an assumption is worth something only where one would then decide otherwise. What a plan is
worth given an assumption is a smooth curve through all worlds; each world is decided by a curve that
has not seen its randomisation, so that nothing is promised that was only fitted to noise.

References
----------
Raiffa, H. and Schlaifer, R. (1961), Applied Statistical Decision Theory, on perfect information.
Strong, M., Oakley, J. E. and Brennan, A. (2014), Estimating multiparameter partial expected value of
perfect information from a probabilistic sensitivity analysis sample: a nonparametric regression
approach.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.analyses.draws import REPLICATES, draw, standard_error
from sim.analyses.points import judge_plans
from sim.analyses.progress import Tick, silent
from sim.analyses.smoothing import basis, fitted
from sim.engine.single import run_series
from sim.errors import Refused, unknown
from sim.metrics import MONEY, Floats
from sim.policy import Policy
from sim.scenario import Scenario, require_sound
from sim.uncertainty import Range, ranges

# Of some seventy assumptions two standard errors would let two or three pass by chance.
ERRORS: Final = 3.0
# Every drawn number is held at once; the error of so many is far below what anybody would pay for.
_MOST_WORLDS: Final = 1 << 16
_GRID: Final = 101

Status = Literal["found", "settled", "no_difference"]


@dataclass(frozen=True, kw_only=True)
class Worth:
    """Money, and its standard error over independent randomisations; never below 0."""

    value: float
    error: float

    @property
    def is_distinct(self) -> bool:
        """Whether it can be told from zero."""
        return self.value > ERRORS * self.error


@dataclass(frozen=True, kw_only=True)
class Switch:
    """Values of an assumption in which another option would be chosen.

    ``low`` and ``high`` are None where the range is open; of a vector they are positions in its range
    (0 low, 0.5 as now, 1 high). ``share`` is how likely the assumption lies there.
    """

    low: float | None
    high: float | None
    share: float
    option: int


@dataclass(frozen=True, kw_only=True)
class Learned:
    """What knowing one assumption would be worth, and what one would then do.

    ``shares`` are the shares of probability at which its curve is given, ``values`` the assumption
    there (of a vector its position), ``expected`` the mean of each option, (options, points).
    """

    name: str
    worth: Worth
    switches: tuple[Switch, ...]
    shares: Floats
    values: Floats
    expected: Floats


@dataclass(frozen=True, kw_only=True)
class Information:
    """What is worth learning before one decides between options.

    Option 0 is no policy, 1 the scenario's, then the other plans; ``means`` and ``errors`` are theirs
    over all worlds, ``best`` is the one with the highest mean, which one would choose now. ``perfect``
    is the worth of knowing everything; ``learned`` has every uncertain assumption, the most
    worthwhile first.
    """

    scenario: Scenario
    outcome: str
    status: Status
    best: int
    means: tuple[float, ...]
    errors: tuple[float, ...]
    perfect: Worth
    learned: tuple[Learned, ...]
    worlds: int
    refused: int


def information(
    scenario: Scenario,
    *,
    plans: Sequence[Policy] = (),
    outcome: str = "npv_change",
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Information:
    """The worth of perfect information, of everything and of each uncertain assumption, in CNY.

    Raises
    ------
    Refused
        If the scenario or a plan cannot be run, or the outcome is not money.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(scenario)
    if outcome not in MONEY:
        raise Refused([unknown("outcome", outcome, MONEY)])
    # Its own world says why, where no rates explain it.
    run_series(scenario.world, scenario.policy, scenario.weeks)
    drawn = draw(scenario, 0, min(scenario.sampling.worlds, _MOST_WORLDS))
    options = [Policy(), scenario.policy, *plans]
    judged = judge_plans(
        scenario, options, drawn, outcomes=(outcome,), executor=executor, tick=tick
    )[outcome]
    between = ranges(scenario.world, scenario.uncertainty)
    known = {name: _one_number(each, drawn[name]) for name, each in between.items()}
    return _told(scenario, outcome, judged, known)


def _told(
    scenario: Scenario, outcome: str, judged: Floats, known: Mapping[str, Floats]
) -> Information:
    held = ~np.isnan(judged).any(axis=0)
    any_held = bool(held.any())
    means = [float(each[held].mean()) if any_held else float("nan") for each in judged]
    learned = [learn(name, judged, each) for name, each in known.items()] if any_held else []
    return Information(
        scenario=scenario,
        outcome=outcome,
        status=_status(judged[:, held], means),
        best=_best(means),
        means=tuple(means),
        errors=tuple(standard_error(np.where(held, each, np.nan)) for each in judged),
        perfect=perfect(judged),
        learned=tuple(sorted(learned, key=lambda each: -each.worth.value)),
        worlds=int(held.sum()),
        refused=int((~held).sum()),
    )


def _best(means: Sequence[float]) -> int:
    return int(np.argmax(means))


def _status(values: Floats, means: Sequence[float]) -> Status:
    if values.size == 0 or (values == values[0]).all():
        return "no_difference"
    return "settled" if (values[_best(means)] >= values).all() else "found"


def _one_number(between: Range, drawn: Floats) -> Floats:
    """The assumption in each world; of a vector, which moves as one, its position in its range."""
    if not between.members:
        return drawn
    at = int(np.argmax(np.array(between.high) - np.array(between.low)))
    low, mode, high = between.low[at], between.mode[at], between.high[at]
    # Nothing lies beyond a mode that is itself an end.
    points = [(low, 0.0), (mode, 0.5), (high, 1.0)]
    places = [each for each in points if each[0] != mode] + [(mode, 0.5)]
    where, position = zip(*sorted(places), strict=True)
    found: Floats = np.interp(drawn[:, at], where, position)
    return found


def perfect(judged: Floats) -> Worth:
    """What knowing everything would be worth: the best option in each world less the best in all.

    ``judged`` has shape (options, worlds), from world 0 on, NaN in worlds that were refused.
    """
    held = ~np.isnan(judged).any(axis=0)
    if not held.any():
        return Worth(value=float("nan"), error=float("nan"))
    best = _best([float(each[held].mean()) for each in judged])
    return _worth(judged.max(axis=0) - judged[best])


def _worth(gained: Floats) -> Worth:
    """The mean gain over the worlds that were not refused, floored at zero."""
    return Worth(value=max(float(np.nanmean(gained)), 0.0), error=standard_error(gained))


def learn(name: str, judged: Floats, known: Floats) -> Learned:
    """What knowing one assumption would be worth.

    Parameters
    ----------
    judged : (options, worlds), from world 0 on, NaN in worlds that were refused
    known : the assumption in each world, (worlds,)
    """
    held = np.asarray(~np.isnan(judged).any(axis=0))
    values, numbers = judged[:, held], known[held]
    best = _best([float(each.mean()) for each in values])
    groups = np.flatnonzero(held) % REPLICATES
    design = basis(_ranks(numbers))
    # Against the option that one would choose now, so that what all have in common is not fitted; and
    # that option by itself, to show.
    sides = np.vstack([values - values[best], values[[best]]])
    curves = fitted(design, sides, groups, REPLICATES)
    chosen = np.argmax(curves.left_out(design, groups)[:-1], axis=0)
    gained = np.full(len(held), np.nan)
    gained[held] = values[chosen, np.arange(len(chosen))] - values[best]
    worth = _worth(gained)
    shares = np.linspace(0, 1, _GRID)
    *over, base = curves.at(shares)
    at = np.quantile(numbers, shares)
    return Learned(
        name=name,
        worth=worth,
        switches=tuple(_switches(np.array(over), at, best)) if worth.is_distinct else (),
        shares=shares,
        values=at,
        expected=np.array(over) + base,
    )


def _ranks(numbers: Floats) -> Floats:
    """Shares of probability in (0, 1), equal for equal numbers: evenly spread, however they lie."""
    _, place, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    middles = np.cumsum(counts) - counts / 2
    found: Floats = middles[place] / len(numbers)
    return found


def _switches(over: Floats, values: Floats, best: int) -> Iterator[Switch]:
    """Where on its grid another option than the best is above it."""
    chosen: NDArray[np.int64] = np.argmax(over, axis=0)
    edges = [0, *(np.flatnonzero(np.diff(chosen)) + 1).tolist(), len(chosen)]
    for first, last in pairwise(edges):
        if chosen[first] != best:
            inner = first > 0, last < len(chosen)
            low = (values[first - 1] + values[first]) / 2 if inner[0] else None
            high = (values[last - 1] + values[last]) / 2 if inner[1] else None
            ends = first - 0.5 if inner[0] else 0.0, last - 0.5 if inner[1] else len(chosen) - 1.0
            share = (ends[1] - ends[0]) / (len(chosen) - 1)
            yield Switch(
                low=None if low is None else float(low),
                high=None if high is None else float(high),
                share=share,
                option=int(chosen[first]),
            )
