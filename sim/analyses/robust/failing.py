"""Where one of the plans fails, why, and how early one would see it."""

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.analyses.draws import draw
from sim.analyses.progress import Tick, silent
from sim.analyses.robust.discovery import MOST_RESTRICTIONS, Discovery, discover
from sim.analyses.robust.drawn import inputs_of
from sim.analyses.robust.halves import found_on
from sim.analyses.robust.plan_set import KEEP, OWN
from sim.analyses.robust.prim import Truths
from sim.analyses.robust.regret import Robust, scored
from sim.analyses.robust.tripwires import Tripwires, tripwires

Fails = Literal["worse", "regret"]
FAILS: Final[tuple[Fails, ...]] = ("worse", "regret")
# Of more worlds than these the first are looked at: a box has no finer edges than they show.
MOST_WORLDS: Final = 16_384
# Where no level of regret is given: the share of the worlds in which it is exceeded.
USUAL_WORST: Final = 0.2
# By the payback week of so many of the worlds that do well, a payback that has not come tells.
_MOST_PAID: Final = 0.9


@dataclass(frozen=True, kw_only=True, eq=False)
class Failing:
    """One plan: what failing means, in which worlds it does, in a few inputs, and its early signs.

    ``level`` is the regret above which it fails, in the unit of the outcome; None where to fail is to
    come out worse than leaving everything as it is. ``failed`` has shape (worlds,), of the first worlds.
    """

    plan: str
    fails: Fails
    level: float | None
    failed: Truths
    discovery: Discovery
    tripwires: Tripwires


def failing(
    found: Robust,
    plan: str,
    *,
    fails: Fails = "worse",
    level: float | None = None,
    most: int = MOST_RESTRICTIONS,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Failing:
    """In which worlds a plan fails.

    Parameters
    ----------
    fails
        ``"worse"``: than leaving everything as it is; ``"regret"``: its regret is above ``level``, or,
        if none is given, above what it exceeds in a fifth of the worlds.
    most
        The restrictions a box may have.

    Raises
    ------
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    worlds = min(found.values.shape[1], MOST_WORLDS)
    known = found.known[:worlds]
    row = list(found.standings).index(plan) if found.standings else 0
    limit = None
    if fails == "regret":
        limit = level_of(found, plan) if level is None else level
    failed = failures(found, row, limit)[:worlds]
    names, inputs = inputs_of(found.scenario, draw(found.scenario, 0, worlds))
    fit = found_on(worlds)
    told = discover(names, inputs[known], failed[known], fit[known], most=most)
    wires = tripwires(
        found.scenario,
        found.standings[plan].policy if found.standings else found.scenario.policy,
        failed,
        known,
        fit,
        visible=_visible(found, row, failed, fails),
        executor=executor,
        tick=tick,
    )
    return Failing(
        plan=plan, fails=fails, level=limit, failed=failed, discovery=told, tripwires=wires
    )


def first_plan(found: Robust) -> str:
    """The plan that is looked into if none is named: the scenario's own, or the safest."""
    return OWN if OWN in found.standings else found.safest or KEEP


def failures(found: Robust, row: int, level: float | None) -> Truths:
    """In which worlds the plan of a row fails, (worlds,); never in worlds that were refused."""
    if level is not None:
        failed: Truths = found.regrets[row] > level
        return failed
    scores = scored(found.outcome, found.values, found.scenario.weeks)
    keep = list(found.standings).index(KEEP) if found.standings else 0
    worse: Truths = scores[row] < scores[keep]
    return worse


def level_of(found: Robust, plan: str, worst: float = USUAL_WORST) -> float:
    """The regret that a plan exceeds in a share ``worst`` of the worlds; 0 where none could be run."""
    if not found.known.any():
        return 0.0
    row = list(found.standings).index(plan)
    return float(np.nanquantile(found.regrets[row], 1 - worst))


def _visible(found: Robust, row: int, failed: Truths, fails: Fails) -> int:
    """The week in which one would know: when those that pay have paid back, or the end."""
    weeks = found.scenario.weeks
    if fails == "regret" or found.outcome not in {"profit_change", "npv_change"}:
        return weeks - 1
    paid = found.paybacks[row, : len(failed)][~failed]
    back = paid[~np.isnan(paid)]
    if not len(back):
        return weeks - 1
    return min(int(np.ceil(np.quantile(back, _MOST_PAID))), weeks - 1)
