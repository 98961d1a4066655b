"""How sure the answer is, from the command line."""

import argparse
from collections.abc import Iterator
from typing import Final

import numpy as np

from sim.analyses.draws import draw
from sim.analyses.montecarlo import COUNTED, MonteCarlo, montecarlo
from sim.cli.answer import Answer, Cell, Table
from sim.cli.running import Running
from sim.engine.bands import QUANTILES, Bands
from sim.errors import ExecutorLost
from sim.metrics import OUTCOMES, Floats
from sim.scenario import Scenario
from sim.world import world_declarations

_PERCENTS: Final = tuple(f"p{round(100 * each):02d}" for each in QUANTILES)


def answer(scenario: Scenario, _options: argparse.Namespace, running: Running) -> Answer:
    """Outcomes, bands by week, payback by week, and every world with its inputs."""
    lost: ExecutorLost | None = None
    try:
        found = montecarlo(scenario, executor=running.executor, tick=running.tick)
    except ExecutorLost as error:
        if not isinstance(error.partial, MonteCarlo):
            raise
        found, lost = error.partial, error
    tables = {
        "outcomes": _outcomes(found),
        "bands": _bands(found.bands),
        "payback": _payback(found),
        "worlds": _worlds(found),
    }
    facts: dict[str, tuple[Cell, str]] = {
        "worlds": (found.bands.worlds, "worlds"),
        "refused": (found.refused, "worlds"),
    }
    if lost is not None:
        facts |= {"complete": (False, ""), "asked for": (scenario.sampling.worlds, "worlds")}
    return Answer(
        question="montecarlo",
        scenario=found.scenario,
        tables=tables,
        facts=facts,
        incomplete=lost,
    )


def _outcomes(found: MonteCarlo) -> Table:
    """In the unit of each outcome, which stands beside it."""
    columns = ("mean", "error", *_PERCENTS, "shortfall", "better", "better_error", "worlds")
    rows = [
        (
            each.id,
            OUTCOMES[each.id].unit,
            each.mean,
            each.error,
            *each.quantiles,
            each.shortfall,
            each.better,
            each.better_error,
            each.worlds,
        )
        for each in found.distributions.values()
    ]
    units = {"better": "share", "better_error": "share"}
    named = {"outcome": "", "unit": ""} | {name: units.get(name, "number") for name in columns}
    return Table(columns=named, rows=rows)


def _bands(bands: Bands) -> Table:
    return Table(
        columns={"series": "", "run": "", "week": "week"}
        | dict.fromkeys((*_PERCENTS, "above", "below"), "number"),
        rows=list(_band_rows(bands)),
        long=True,
    )


def _band_rows(bands: Bands) -> Iterator[tuple[Cell, ...]]:
    runs = {"scenario": bands.run, "reference": bands.reference, "difference": bands.difference}
    for series in COUNTED:
        for run, held in runs.items():
            shares = np.stack([bands.above[series], bands.below[series]], axis=1)
            known = shares if run == "difference" else np.full(shares.shape, np.nan)
            for week, row in enumerate(np.hstack([held[series], known]).tolist()):
                yield (series, run, week, *row)


def _payback(found: MonteCarlo) -> Table:
    return Table(
        columns={"week": "week", "paid_back": "share"},
        rows=list(enumerate(found.paid_back.tolist())),
        long=True,
    )


def _worlds(found: MonteCarlo) -> Table:
    """Every world: its inputs, then its outcomes."""
    columns: dict[str, str] = {"world": "number"}
    values: list[Floats] = [np.arange(float(len(found.values["npv_change"])))]
    for name, drawn in draw(found.scenario).items():
        declaration = world_declarations()[name]
        members = [f"{name}.{each}" for each in declaration.members] or [name]
        columns |= dict.fromkeys(members, declaration.unit)
        values.extend(np.atleast_2d(drawn.T))
    for name, outcome in OUTCOMES.items():
        columns[name] = outcome.unit
        values.append(found.values[name])
    rows = list(zip(*(each.tolist() for each in values), strict=True))
    return Table(columns=columns, rows=rows, long=True)
