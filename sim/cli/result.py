"""A comparison as a table to read, as JSON with every digit, or as tidy CSV."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from sim.analyses.compare import Comparison, Run
from sim.cli.tables import aligned, readable
from sim.metrics import OUTCOMES
from sim.series import SERIES
from sim.shown import one_line

_SHOWN: Final = (
    "gmv_native",
    "gmv_external",
    "gmv_direct",
    "profit",
    "closed_share",
    "streamer_trust",
    "fans",
)
_QUARTER: Final = 13


def as_table(comparison: Comparison) -> str:
    """Every outcome, and a few series of the scenario each quarter and in the last week."""
    scenario = comparison.run.scenario
    title = f"{one_line(scenario.name) or 'scenario'}: {scenario.weeks} weeks\n"
    outcomes = [["outcome", "value", "unit"]]
    for name, outcome in OUTCOMES.items():
        outcomes.append([name, readable(comparison.outcomes[name], outcome.unit), outcome.unit])
    weeks = sorted({*range(0, scenario.weeks, _QUARTER), scenario.weeks - 1})
    series = [["week", *_SHOWN], ["", *(SERIES[name].unit for name in _SHOWN)]]
    for week in weeks:
        values = comparison.run.series
        cells = [readable(float(values[name][week]), SERIES[name].unit) for name in _SHOWN]
        series.append([str(week), *cells])
    return f"{title}\n{aligned(outcomes, left=1)}\n{aligned(series, left=0)}"


def as_json(comparison: Comparison) -> str:
    """One object with the series of both runs and the outcomes, in full float64 precision."""
    scenario = comparison.run.scenario
    found = {
        "scenario": {
            "name": scenario.name,
            "weeks": scenario.weeks,
            "series": _series(comparison.run),
        },
        "reference": {"series": _series(comparison.reference)},
        "outcomes": dict(comparison.outcomes),
    }
    # There is no NaN in JSON; a run has none in its series, and an outcome that is no number is None.
    return json.dumps(found, allow_nan=False) + "\n"


def as_csv(comparison: Comparison) -> str:
    """One line a week, run and series."""
    runs = {"scenario": comparison.run.series, "reference": comparison.reference.series}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("week", "run", "series", "value"))
    for run, series in runs.items():
        for name, values in series.items():
            writer.writerows(
                (week, run, name, repr(value)) for week, value in enumerate(values.tolist())
            )
    return text.getvalue()


FORMATS: Final[Mapping[str, Callable[[Comparison], str]]] = MappingProxyType(
    {
        "table": as_table,
        "json": as_json,
        "csv": as_csv,
    }
)


def _series(run: Run) -> dict[str, list[float]]:
    return {name: values.tolist() for name, values in run.series.items()}
