"""What each lever contributes, from the command line."""

import argparse
from typing import Final

from sim.analyses.attribution import ATTRIBUTED, Amount, Attribution, attribution
from sim.cli.answer import Answer, Cell, Table
from sim.cli.running import Running
from sim.errors import Refused, unknown
from sim.metrics import OUTCOMES
from sim.scenario import Scenario

_AMOUNT: Final = ("own", "mean", "error", "p05", "p95")


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """Contributions that sum to the total, and what pairs of levers do together."""
    if options.outcome not in ATTRIBUTED:
        raise Refused([unknown("--outcome", options.outcome, ATTRIBUTED)])
    found = attribution(
        scenario, outcome=options.outcome, executor=running.executor, tick=running.tick
    )
    facts: dict[str, tuple[Cell, str]] = {
        "outcome": (found.outcome, ""),
        "status": (found.status, ""),
        "moves taken together": (found.grouped, ""),
        "worlds": (found.worlds, "worlds"),
        "refused": (found.refused, "worlds"),
    }
    tables = {"contributions": _contributions(found), "interactions": _interactions(found)}
    return Answer(question="attribute", scenario=scenario, tables=tables, facts=facts)


def _contributions(found: Attribution) -> Table:
    """One row a player, what rounding left to none of them, and the total."""
    unit = OUTCOMES[found.outcome].unit
    rows: list[tuple[Cell, ...]] = [
        (each.player.id, *_cells(each.amount), each.alone, each.last)
        for each in found.contributions
    ]
    if any(found.rounding):
        rows.append(("rounding", *found.rounding, *[None] * 6))
    rows.append(("total", *_cells(found.total), None, None))
    columns = dict.fromkeys(_AMOUNT, unit) | {"raised": "share", "alone": unit, "last": unit}
    return Table(columns={"player": ""} | columns, rows=rows)


def _interactions(found: Attribution) -> Table:
    unit = OUTCOMES[found.outcome].unit
    rows = [(each.first.id, each.second.id, *_cells(each.amount)) for each in found.interactions]
    columns = dict.fromkeys(_AMOUNT, unit) | {"raised": "share"}
    return Table(columns={"first": "", "second": ""} | columns, rows=rows)


def _cells(each: Amount) -> tuple[Cell, ...]:
    return each.own, each.mean, each.error, each.low, each.high, each.raised
