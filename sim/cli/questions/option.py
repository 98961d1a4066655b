"""What a pilot with a rule is worth, from the command line."""

import argparse
from dataclasses import replace

from sim.analyses.option import SIGNALS, Money, OptionValue, option_value
from sim.cli.answer import Answer, Cell, Table
from sim.cli.running import Running
from sim.errors import Refused, unknown
from sim.metrics import MONEY
from sim.scenario import Scenario
from sim.series import SERIES
from sim.sets import SURFACES


def answer(scenario: Scenario, options: argparse.Namespace, running: Running) -> Answer:
    """The plans against each other, the rule, and what it makes of each world."""
    legal = {"outcome": MONEY, "signal": SIGNALS, "surface": SURFACES}
    for name, names in legal.items():
        asked = getattr(options, name)
        if asked not in names:
            raise Refused([unknown(f"--{name}", asked, names)])
    try:
        found = option_value(
            scenario,
            surface=options.surface,
            weeks=options.weeks,
            signal=options.signal,
            outcome=options.outcome,
            executor=running.executor,
            tick=running.tick,
        )
    except Refused as refused:
        # Its other options are known to be sound: here "weeks" is that of the command.
        raise Refused(
            replace(each, place="--weeks") if each.place == "weeks" else each
            for each in refused.faults
        ) from None
    tables = {"plans": _plans(found), "parts": _parts(found), "worlds": _worlds(found)}
    return Answer(question="option", scenario=scenario, tables=tables, facts=_facts(found))


def _facts(found: OptionValue) -> dict[str, tuple[Cell, str]]:
    facts: dict[str, tuple[Cell, str]] = {
        "outcome": (found.outcome, ""),
        "pilot on": (found.surface, ""),
        "status": (found.status, ""),
        "verdict": (found.verdict, ""),
        "begins": (found.begins, "week"),
        "decided": (found.decided, "week"),
    }
    if found.rule is not None:
        facts |= {
            "signal": (found.signal, ""),
            "go on": ("above" if found.rule.above else "below", ""),
            "threshold": (found.rule.threshold, _unit(found.signal)),
            "goes on in": (found.goes_on, "share"),
            "wrongly on in": (found.wrongly_on, "share"),
            "wrongly back in": (found.wrongly_back, "share"),
            "compared with": (found.fixed, ""),
        }
    return facts | {"worlds": (found.worlds, "worlds"), "refused": (found.refused, "worlds")}


def _unit(signal: str) -> str:
    return SERIES[signal].unit if signal in SERIES else "cny_per_week"


def _plans(found: OptionValue) -> Table:
    rows = [(name, *_cells(each)) for name, each in found.plans.items()]
    return Table(
        columns={"plan": "", "mean": "cny", "error": "cny", "p05": "cny", "p95": "cny"}, rows=rows
    )


def _parts(found: OptionValue) -> Table:
    """What the rule gains against the better of now and never, and of what that is made."""
    parts = {"waiting": found.waiting, "learning": found.learning, "gain": found.gain}
    rows = [(name, *_cells(each)) for name, each in parts.items() if each is not None]
    return Table(
        columns={"part": "", "mean": "cny", "error": "cny", "p05": "cny", "p95": "cny"}, rows=rows
    )


def _worlds(found: OptionValue) -> Table:
    """What is seen in each world in which values are quoted, and what going on then gains."""
    rows: list[tuple[Cell, ...]] = []
    if found.seen is not None and found.better is not None and found.rule is not None:
        on = found.rule.goes_on(found.seen).tolist()
        rows = list(zip(found.seen.tolist(), found.better.tolist(), on, strict=True))
    columns = {"seen": _unit(found.signal), "on less back": "cny", "goes on": ""}
    return Table(columns=columns, rows=rows, long=True)


def _cells(each: Money) -> tuple[Cell, ...]:
    return each.mean, each.error, each.low, each.high
