"""What the decision hangs on, from the command line."""

import argparse
from collections.abc import Iterator

from sim.analyses.indices import BASE, BASE_LIMITS, Indices, indices
from sim.analyses.tornado import Bar, Tornado, tornado
from sim.cli.answer import Answer, Cell, Table
from sim.cli.asked import asked_outcome
from sim.cli.running import Running
from sim.errors import Refused
from sim.metrics import OUTCOMES
from sim.scenario import Scenario
from sim.uncertainty import whole_faults
from sim.world import world_declarations


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """The tornado, and first-order and total indices of the outcome's difference."""
    outcome = asked_outcome(options)
    base: int = BASE if options.base is None else options.base
    faults = list(whole_faults("--base", base, BASE_LIMITS))
    if faults:
        raise Refused(faults)
    bars = tornado(scenario, outcome=outcome, executor=running.executor)
    shares = indices(
        scenario, outcome=outcome, base=base, executor=running.executor, tick=running.tick
    )
    unit = OUTCOMES[outcome].unit
    facts: dict[str, tuple[Cell, str]] = {
        "outcome": (outcome, ""),
        "now": (bars.now, unit),
        "better": (bars.better, ""),
        "base": (shares.base, "rows"),
        "worlds run": (shares.worlds, "worlds"),
        "rows refused": (shares.refused, "rows"),
        "mean": (shares.mean, unit),
        "alone": (shares.alone.value, "share"),
        "alone_low": (shares.alone.low, "share"),
        "alone_high": (shares.alone.high, "share"),
        "widest interval": (shares.widest, "share"),
        "convergence": (shares.settled, ""),
    }
    tables = {"tornado": _tornado(bars, unit), "indices": _indices(shares)}
    return Answer(question="drivers", scenario=scenario, tables=tables, facts=facts)


def _tornado(found: Tornado, unit: str) -> Table:
    """One row a parameter; of a vector a row for each member, with the vector's own outcomes."""
    columns = {"parameter": "", "low": "number", "high": "number", "unit": ""}
    columns |= {"at_low": unit, "at_high": unit, "swing": unit, "gains": "", "turns": ""}
    rows = [row for bar in found.bars for row in _bar_rows(bar)]
    return Table(columns=columns, rows=rows)


def _bar_rows(bar: Bar) -> Iterator[tuple[Cell, ...]]:
    declaration = world_declarations()[bar.name]
    names = [f"{bar.name}.{each}" for each in declaration.members] or [bar.name]
    for name, low, high in zip(names, bar.low, bar.high, strict=True):
        yield (
            name,
            low,
            high,
            declaration.unit,
            bar.at_low,
            bar.at_high,
            bar.swing,
            bar.gains,
            bar.turns,
        )


def _indices(found: Indices) -> Table:
    """Shares of the variance with their 95 % intervals; ``known`` tells them from zero."""
    ends = ("", "_low", "_high")
    columns = {"factor": ""}
    columns |= {f"{kind}{end}": "share" for kind in ("total", "first") for end in ends}
    columns |= {"total_known": "", "first_known": ""}
    rows = [
        (
            "+".join(each.names),
            each.total.value,
            each.total.low,
            each.total.high,
            each.first.value,
            each.first.low,
            each.first.high,
            each.total.known,
            each.first.known,
        )
        for each in found.factors
    ]
    return Table(columns=columns, rows=rows)
