"""What is worth learning before deciding, from the command line."""

import argparse
from collections.abc import Iterator, Sequence

import sim
from sim.analyses.information import Information, information
from sim.cli.answer import Answer, Cell, Table
from sim.cli.running import Running
from sim.errors import Refused, unknown
from sim.metrics import MONEY
from sim.scenario import Scenario
from sim.shown import one_line


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """The worth of knowing everything, and of each assumption, and what one would then do."""
    if options.outcome not in MONEY:
        raise Refused([unknown("--outcome", options.outcome, MONEY)])
    found = information(
        scenario,
        plans=[sim.read(path).policy for path in options.plan],
        outcome=options.outcome,
        executor=running.executor,
        tick=running.tick,
    )
    names = ["none", "policy", *map(one_line, options.plan)]
    facts: dict[str, tuple[Cell, str]] = {
        "outcome": (found.outcome, ""),
        "status": (found.status, ""),
        "best option": (names[found.best], ""),
        "worth of knowing everything": (found.perfect.value, "cny"),
        "its error": (found.perfect.error, "cny"),
        "worlds": (found.worlds, "worlds"),
        "refused": (found.refused, "worlds"),
    }
    tables = {
        "assumptions": _assumptions(found),
        "options": _options(found, names),
        "switches": Table(
            columns={"assumption": "", "low": "number", "high": "number", "likely": "share"}
            | {"option": ""},
            rows=list(_switch_rows(found, names)),
        ),
        "curves": _curves(found, names),
    }
    return Answer(question="information", scenario=scenario, tables=tables, facts=facts)


def _assumptions(found: Information) -> Table:
    rows = [
        (
            each.name,
            each.worth.value,
            each.worth.error,
            each.worth.is_distinct,
            sum(switch.share for switch in each.switches),
        )
        for each in found.learned
    ]
    columns = {"assumption": "", "worth": "cny", "error": "cny", "above zero": ""}
    return Table(columns=columns | {"otherwise": "share"}, rows=rows)


def _options(found: Information, names: Sequence[str]) -> Table:
    rows = list(zip(names, found.means, found.errors, strict=True))
    return Table(columns={"option": "", "mean": "cny", "error": "cny"}, rows=rows)


def _switch_rows(found: Information, names: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    for each in found.learned:
        for switch in each.switches:
            yield each.name, switch.low, switch.high, switch.share, names[switch.option]


def _curves(found: Information, names: Sequence[str]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (each.name, *point)
        for each in found.learned
        for point in zip(
            each.shares.tolist(), each.values.tolist(), *each.expected.tolist(), strict=True
        )
    ]
    columns = {"assumption": "", "likely below": "share", "value": "number"}
    # Two documents may have one name: columns are told apart by their number too.
    means = {f"mean of {at} ({name})": "cny" for at, name in enumerate(names)}
    return Table(columns=columns | means, rows=rows, long=True)
