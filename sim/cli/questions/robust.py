"""Which plan is safe across futures, from the command line."""

import argparse
import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from sim.analyses.robust.discovery import Box
from sim.analyses.robust.failing import Failing, Fails, failing, first_plan
from sim.analyses.robust.plan_set import plan_set
from sim.analyses.robust.regret import Robust, Standing, robust
from sim.analyses.robust.tripwires import Tripwire
from sim.cli.answer import Answer, Cell, Table
from sim.cli.asked import asked_outcome
from sim.cli.running import Running
from sim.engine.bands import QUANTILES
from sim.errors import Fault, Refused, unknown
from sim.metrics import OUTCOMES
from sim.scenario import Scenario

_PERCENTS: Final = tuple(f"p{round(100 * each):02d}" for each in QUANTILES)


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """Plans and regret, the box in which one fails with the others to choose from, and its signs."""
    outcome, (fails, level) = asked_outcome(options), _asked_failure(options)
    plans = tuple(plan_set(scenario))
    if options.plan not in (None, *plans):
        raise Refused([unknown("--plan", options.plan, plans)])
    found = robust(scenario, outcome=outcome, executor=running.executor, tick=running.tick)
    told = failing(
        found,
        options.plan or first_plan(found),
        fails=fails,
        level=level,
        most=options.restrictions,
        executor=running.executor,
        tick=running.tick,
    )
    tables = {
        "plans": _plans(found),
        "regret": _regret(found),
        "box": _box(told),
        "peeling": _peeling(told),
        "tripwires": _tripwires(told),
        "worlds": _worlds(found, told),
    }
    facts = dict(_facts(found, told))
    return Answer(question="robust", scenario=scenario, tables=tables, facts=facts)


def _asked_failure(options: argparse.Namespace) -> tuple[Fails, float | None]:
    level: float | None = options.level
    if level is None:
        return options.fails or "worse", None
    legal = {"low": 0, "high": "inf", "unit": "unit of the outcome", "got": level}
    if not math.isfinite(level) or level < 0:
        raise Refused([Fault(kind="out_of_range", place="--level", facts=legal)])
    if options.fails == "worse":
        facts = {"legal": "left out where to fail is to be worse", "got": level}
        raise Refused([Fault(kind="wrong_type", place="--level", facts=facts)])
    return "regret", level


def _facts(found: Robust, told: Failing) -> Iterator[tuple[str, tuple[Cell, str]]]:
    discovery = told.discovery
    unit = OUTCOMES[found.outcome].unit
    yield "outcome", (found.outcome, "")
    yield "refused", (found.refused, "worlds")
    yield "state", (found.state, "")
    yield "safest", (found.safest, "")
    yield "safest_agreed", (found.agreed, "of 8 samples")
    yield "safest_p95", (found.safest_high, "")
    yield "best_mean", (found.best, "")
    yield "plan", (told.plan, "")
    yield "fails", (told.fails, "")
    yield "level", (told.level, unit)
    yield "failing", (discovery.failing, "share")
    # Of very many worlds only the first are looked at for a box and signs.
    yield "searched", (discovery.worlds, "worlds")
    yield "discovery", (discovery.state, "")
    yield "tripwires", (told.tripwires.state, "")
    yield "signs_since", (told.tripwires.base, "week")
    yield "visible", (told.tripwires.visible, "week")


def _plans(found: Robust) -> Table:
    unit = OUTCOMES[found.outcome].unit
    columns = {"plan": ""} | dict.fromkeys(("mean", "error", *_PERCENTS, "shortfall"), unit)
    columns |= {"better": "share", "better_error": "share"}
    return Table(columns=columns, rows=[tuple(_came_to(each)) for each in _each(found)])


def _came_to(each: Standing) -> Iterator[Cell]:
    yield from (each.id, each.mean, each.error)
    yield from each.quantiles
    yield from (each.shortfall, each.better, each.better_error)


def _regret(found: Robust) -> Table:
    unit = OUTCOMES[found.outcome].unit
    columns = {"plan": ""} | dict.fromkeys(("mean", "error", "p95", "p95_error", "most"), unit)
    columns |= {"wins": "share", "wins_error": "share"}
    return Table(columns=columns, rows=[tuple(_missed(each)) for each in _each(found)])


def _missed(each: Standing) -> Iterator[Cell]:
    yield from (each.id, each.regret, each.regret_error, each.regret_high)
    yield from (each.regret_high_error, each.regret_most, each.wins, each.wins_error)


def _each(found: Robust) -> Iterator[Standing]:
    yield from found.standings.values()


def _box(told: Failing) -> Table:
    """In the unit of each input, which stands beside it."""
    discovery = told.discovery
    box = None if discovery.chosen is None else discovery.boxes[discovery.chosen]
    rows = [
        (each.place, each.unit, each.low, each.high, each.chance)
        for each in (box.restrictions if box else ())
    ]
    units = {"low": "number", "high": "number", "chance": "share"}
    return Table(columns={"input": "", "unit": ""} | units, rows=rows)


def _peeling(told: Failing) -> Table:
    """Counted on the worlds that boxes were not found on, and, last, on those they were found on."""
    chosen = told.discovery.chosen
    rows = [(at, at == chosen, *_measured(box)) for at, box in enumerate(told.discovery.boxes)]
    shares = ("coverage", "coverage_error", "density", "density_error", "mass")
    fitted = ("coverage_fitted", "density_fitted", "mass_fitted")
    columns = {"box": "number", "chosen": ""} | dict.fromkeys((*shares, *fitted), "share")
    return Table(columns=columns | {"restrictions": ""}, rows=rows)


def _measured(box: Box) -> Iterator[Cell]:
    tested, fitted = box.tested, box.fitted
    yield from (tested.coverage, tested.coverage_error, tested.density, tested.density_error)
    yield from (tested.mass, fitted.coverage, fitted.density, fitted.mass, _said(box))


def _said(box: Box) -> str:
    parts = []
    for each in box.restrictions:
        low = f"{each.low:g} <= " if each.low is not None else ""
        high = f" <= {each.high:g}" if each.high is not None else ""
        parts.append(f"{low}{each.place}{high}")
    return "; ".join(parts)


def _tripwires(told: Failing) -> Table:
    columns = {"sign": "", "change": "", "warns": ""}
    columns |= {"threshold": "share", "week": "week", "warning": "weeks"}
    shares = ("false_alarms", "false_alarms_error", "misses", "misses_error", "right")
    rows = [tuple(_warned(each)) for each in told.tripwires.wires]
    return Table(columns=columns | dict.fromkeys(shares, "share"), rows=rows)


def _warned(each: Tripwire) -> Iterator[Cell]:
    yield from (each.sign, each.change, "above" if each.above else "below", each.threshold)
    yield from (each.week, each.warning, each.false_alarms, each.false_alarms_error)
    yield from (each.misses, each.misses_error, each.right)


def _worlds(found: Robust, told: Failing) -> Table:
    """Every world: what each plan comes to, its regret, and whether the plan that is asked for fails."""
    unit = OUTCOMES[found.outcome].unit
    names = tuple(found.standings)
    columns = {"world": "number"} | dict.fromkeys(names, unit)
    columns |= {f"{name}.regret": unit for name in names} | {f"{told.plan}.fails": "number"}
    fails = np.full(found.values.shape[1], np.nan)
    fails[: len(told.failed)] = told.failed
    worlds = np.arange(float(found.values.shape[1]))
    values = [worlds, *found.values[: len(names)], *found.regrets[: len(names)], fails]
    rows = list(zip(*(each.tolist() for each in values), strict=True))
    return Table(columns=columns, rows=rows, long=True)
