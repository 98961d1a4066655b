"""Early signs that a plan is failing: which series, in which week, beyond which value.

Signs are what can be counted, or asked, on the platform itself, against the week before the plan
begins; no world without the plan is needed. Week and value are chosen on the worlds of even number, and
false alarms and misses counted on those of odd number.

References
----------
Youden, W. J. (1950), Index for rating diagnostic tests. Dewar, J. A. (2002), Assumption-Based Planning,
ch. 5, on signposts. Walker, W. E., Rahman, S. A. and Cave, J. (2001), Adaptive policies, policy
analysis, and policy-making, on triggers.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from sim.analyses.batches import each_of
from sim.analyses.draws import blocks, draw
from sim.analyses.progress import Tick, silent
from sim.analyses.robust.halves import Before, before, error_of
from sim.analyses.robust.prim import Truths
from sim.engine.traces import run_traces
from sim.metrics import Floats
from sim.policy import Policy, has_programmes
from sim.scenario import Scenario

Read = Callable[[Mapping[str, Floats]], Floats]
Change = Literal["growth", "points"]
State = Before | Literal["no_start", "nothing_tells", "found"]

# Weeks after the beginning in which one may look.
_AFTER: Final = (1, 2, 4, 6, 8, 12, 16, 20, 26, 39, 52)
# The earliest week that tells nearly as well as the best one is taken.
_NEARLY: Final = 0.8
# Caught failures less false alarms, below which a sign tells too little to act on.
_LEAST: Final = 0.2
MOST_SIGNS: Final = 3
_PIECE: Final = 2048
_DIGITS: Final = 3


@dataclass(frozen=True, kw_only=True)
class Sign:
    """Something that can be seen: from which series, what of it, and as growth or in points.

    Of signs of one ``kind`` at most one is taken: viewers and fans say the same twice.
    """

    id: str
    kind: str
    series: tuple[str, ...]
    read: Read
    change: Change


def _one(name: str, kind: str, change: Change) -> Sign:
    return Sign(id=name, kind=kind, series=(name,), read=lambda week: week[name], change=change)


_SOLD: Final = ("gmv_native", "gmv_external")
_BOUGHT: Final = (*_SOLD, "gmv_direct")
SIGNS: Final = (
    Sign(
        id="gmv",
        kind="sales",
        series=_SOLD,
        read=lambda week: week["gmv_native"] + week["gmv_external"],
        change="growth",
    ),
    _one("orders_native", "sales", "growth"),
    _one("profit", "profit", "growth"),
    _one("closed_share", "loop", "points"),
    Sign(
        id="direct_leakage",
        kind="leakage",
        series=_BOUGHT,
        read=lambda week: week["gmv_direct"] / sum(week[name] for name in _BOUGHT),
        change="points",
    ),
    _one("unserved", "unserved", "points"),
    _one("viewers", "audience", "growth"),
    _one("fans", "audience", "growth"),
    Sign(
        id="churn",
        kind="audience",
        series=("churned", "viewers"),
        read=lambda week: week["churned"] / week["viewers"],
        change="points",
    ),
    _one("merchants_native", "merchants", "growth"),
    _one("merchants_partner", "merchants", "growth"),
    _one("platform_trust", "trust", "points"),
    _one("streamer_trust", "trust", "points"),
)
_BY_ID: Final = MappingProxyType({each.id: each for each in SIGNS})


@dataclass(frozen=True, kw_only=True)
class Tripwire:
    """If a sign is beyond a value in a week, the plan is likely to be failing.

    Attributes
    ----------
    threshold, above
        The change since the week before the plan begins, a share, and whether it warns above or below.
    false_alarms, misses
        Share of the worlds that do not fail in which it warns, and of those that fail in which it does
        not, on the worlds it was not chosen on; with their standard errors.
    right
        Of the warnings, the share that is right.
    warning
        Weeks from the sign until the outcome itself would show it.
    """

    sign: str
    change: Change
    week: int
    threshold: float
    above: bool
    false_alarms: float
    false_alarms_error: float
    misses: float
    misses_error: float
    right: float
    warning: int


@dataclass(frozen=True, kw_only=True)
class Tripwires:
    """The signs of one plan, the one that tells most first; why there is none, if so.

    ``base`` is the week against which changes are counted, ``visible`` the one in which the outcome
    shows by itself.
    """

    state: State
    base: int
    visible: int
    wires: tuple[Tripwire, ...]


def begins(policy: Policy) -> int | None:
    """The first week in which a policy acts; None for one that never does."""
    weeks = [move.week for move in policy.moves]
    return min([*weeks, policy.programme_week] if has_programmes(policy) else weeks, default=None)


def tripwires(
    scenario: Scenario,
    policy: Policy,
    failed: Truths,
    known: Truths,
    fit: Truths,
    *,
    visible: int,
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Tripwires:
    """The early signs of a policy's failures.

    Parameters
    ----------
    failed, known : in which of the scenario's first worlds it fails, and which could be run, (worlds,)
    fit : (worlds,), on which worlds signs are chosen; they are tested on the others
    visible : the week in which one would know anyway

    Raises
    ------
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    start = begins(policy)
    base = max((start or 0) - 1, 0)
    last = min(visible, scenario.weeks)
    weeks = [] if start is None else [start + each for each in _AFTER if start + each < last]
    state: State | None = before(failed[known], fit[known]) or (None if weeks else "no_start")
    wires: tuple[Tripwire, ...] = ()
    if state is None:
        changes = _changes(scenario, policy, (base, *weeks), len(failed), executor, tick)
        seen = {name: each[:, known] for name, each in changes.items()}
        wires = _chosen(seen, weeks, failed[known], fit[known], last)
        state = "found" if wires else "nothing_tells"
    return Tripwires(state=state, base=base, visible=last, wires=wires)


def _changes(
    scenario: Scenario,
    policy: Policy,
    at: tuple[int, ...],
    worlds: int,
    executor: Executor | None,
    tick: Tick,
) -> Mapping[str, Floats]:
    """By sign the change since the first of the weeks, (weeks after it, worlds)."""
    names = tuple(dict.fromkeys(name for each in SIGNS for name in each.series))
    spans = [(scenario, policy, names, at, span) for span in blocks(worlds, _PIECE)]
    parts = list(each_of(_traced, spans, executor=executor, tick=tick))
    traces = dict(zip(names, np.concatenate(parts, axis=2), strict=True))
    return {each.id: changed(each, traces) for each in SIGNS}


def _traced(
    item: tuple[Scenario, Policy, tuple[str, ...], tuple[int, ...], tuple[int, int]],
) -> Floats:
    scenario, policy, series, at, span = item
    drawn = draw(scenario, *span)
    found: Floats = run_traces(scenario.world, policy, drawn, series=series, at=at)
    return found


def changed(sign: Sign, traces: Mapping[str, Floats]) -> Floats:
    """The change of a sign since the first week of the traces, (weeks - 1, worlds).

    Growth from nothing, or from below nothing, is no number; such worlds give no warning.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        level = sign.read(traces)
        growth: Floats = np.where(level[0] > 0, level[1:] / level[0] - 1, np.nan)
    return growth if sign.change == "growth" else level[1:] - level[0]


@dataclass(frozen=True, kw_only=True)
class _Cut:
    """Caught failures less false alarms where a sign is cut in the best way, in one week."""

    worth: float
    threshold: float
    above: bool


def _chosen(
    changes: Mapping[str, Floats], weeks: Sequence[int], failed: Truths, fit: Truths, last: int
) -> tuple[Tripwire, ...]:
    """The best sign of each kind, tested; at most :data:`MOST_SIGNS`."""
    cuts = {
        name: _earliest([_cut(values[fit], failed[fit]) for values in by_week])
        for name, by_week in changes.items()
    }
    found: dict[str, Tripwire] = {}
    for name, (at, cut) in sorted(cuts.items(), key=lambda each: -each[1][1].worth):
        sign = _BY_ID[name]
        if cut.worth >= _LEAST and sign.kind not in found and len(found) < MOST_SIGNS:
            values = changes[name][at][~fit]
            found[sign.kind] = _tested(sign, weeks[at], cut, values, failed[~fit], last)
    return tuple(found.values())


def _earliest(cuts: Sequence[_Cut]) -> tuple[int, _Cut]:
    """The first cut that is worth nearly as much as the best, and its place."""
    enough = _NEARLY * max(each.worth for each in cuts)
    return next((at, each) for at, each in enumerate(cuts) if each.worth >= enough)


def _cut(values: Floats, failed: Truths) -> _Cut:
    """The best threshold, with as many digits as are shown; worth nothing where nothing differs."""
    held = np.isfinite(values)
    order = np.argsort(values[held], kind="stable")
    ordered, fails = values[held][order], failed[held][order]
    between = np.flatnonzero(np.diff(ordered) > 0)
    if not len(between) or fails.all() or not fails.any():
        return _Cut(worth=0.0, threshold=0.0, above=False)
    below = np.cumsum(fails) / fails.sum() - np.cumsum(~fails) / (~fails).sum()
    best = between[np.abs(below[between]).argmax()]
    above = bool(below[best] < 0)
    threshold = float(f"{(ordered[best] + ordered[best + 1]) / 2:.{_DIGITS}g}")
    warned = ordered > threshold if above else ordered < threshold
    worth = float(warned[fails].mean() - warned[~fails].mean())
    return _Cut(worth=worth, threshold=threshold, above=above)


def _tested(
    sign: Sign, week: int, cut: _Cut, values: Floats, failed: Truths, last: int
) -> Tripwire:
    warned = values > cut.threshold if cut.above else values < cut.threshold
    false_alarms, misses = float(warned[~failed].mean()), float((~warned)[failed].mean())
    return Tripwire(
        sign=sign.id,
        change=sign.change,
        week=week,
        threshold=cut.threshold,
        above=cut.above,
        false_alarms=false_alarms,
        false_alarms_error=error_of(false_alarms, int((~failed).sum())),
        misses=misses,
        misses_error=error_of(misses, int(failed.sum())),
        right=float(failed[warned].mean()) if warned.any() else float("nan"),
        warning=last - week,
    )
