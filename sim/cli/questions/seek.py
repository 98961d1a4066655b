"""Where a number must lie to reach a target, from the command line."""

import argparse

from sim.analyses.objective import Aim
from sim.analyses.seek import Sought, seek
from sim.cli.answer import Answer, Cell, Table
from sim.cli.asked import asked_outcome, asked_variable, unit_of
from sim.cli.running import Running
from sim.scenario import Scenario


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """What was found, every solution, and the scan."""
    which = asked_variable(scenario, "--vary", options.vary)
    measure = "probability" if options.probability else "mean" if options.mean else "world"
    aim = Aim(outcome=asked_outcome(options), measure=measure, above=options.above)
    found = seek(scenario, which, aim, options.target, executor=running.executor, tick=running.tick)
    return Answer(
        question="seek", scenario=scenario, tables=_tables(found), facts=dict(_facts(found))
    )


def _facts(found: Sought) -> dict[str, tuple[Cell, str]]:
    unit, own = found.aim.unit, unit_of(found.variable)
    reached = found.reached
    facts: dict[str, tuple[Cell, str]] = {
        "vary": (found.variable.place, ""),
        "outcome": (found.aim.outcome, ""),
        "measure": (found.aim.measure, ""),
        "target": (found.target, unit),
        "ended": (found.found.ended, ""),
        "converged": (found.converged, ""),
        "on bound": (found.found.on_bound, ""),
        "number now": (found.variable.now, own),
        "outcome now": (found.now, unit),
        "number": (None if reached is None else reached.at, own),
        "reached": (None if reached is None else reached.value, unit),
    }
    if found.there is not None:
        plain = Aim(outcome=found.aim.outcome).unit
        facts |= {
            "5 % of worlds there": (found.there.low, plain),
            "95 % of worlds there": (found.there.high, plain),
            "mean there": (found.there.mean, plain),
            "better there": (found.there.better, "share"),
        }
    return facts


def _tables(found: Sought) -> dict[str, Table]:
    columns = {"number": unit_of(found.variable), "value": found.aim.unit}
    roots = found.found.roots
    scan = zip(found.found.tried.tolist(), found.found.values.tolist(), strict=True)
    return {
        "solutions": Table(
            columns={"meets": ""} | columns,
            rows=[(each.meets, each.at, each.value) for each in roots],
        ),
        "scan": Table(columns=columns, rows=list(scan), long=True),
    }
