"""An analysis as a table to read, as JSON with every digit, or as CSV."""

import csv
import io
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import sim
from sim.cli.tables import aligned, readable
from sim.errors import ClosedLoopError
from sim.scenario import Scenario
from sim.shown import one_line

Cell = str | float | int | bool | None


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows under columns; each column with its unit, ``""`` for words.

    ``long`` is a table of raw numbers: in full as CSV and JSON, but not for reading.
    """

    columns: Mapping[str, str]
    rows: Sequence[Sequence[Cell]]
    long: bool = False


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an analysis found: single facts with their units, and tables, the main one first.

    ``incomplete`` is what stopped it where this is the answer to a smaller question only.
    """

    question: str
    scenario: Scenario
    tables: Mapping[str, Table]
    facts: Mapping[str, tuple[Cell, str]] = field(default_factory=dict)
    incomplete: ClosedLoopError | None = None


def as_table(answer: Answer, _only: str | None = None) -> str:
    """Title, facts, and every table that is for reading."""
    scenario = answer.scenario
    sampling = scenario.sampling
    title = f"{one_line(scenario.name) or 'scenario'}: {answer.question}, {scenario.weeks} weeks, "
    parts = [f"{title}{sampling.worlds} worlds, seed {sampling.seed}\n"]
    if answer.facts:
        facts = [[name, _read(value, unit), unit] for name, (value, unit) in answer.facts.items()]
        parts.append(aligned([["fact", "value", "unit"], *facts], left=1))
    for name, table in answer.tables.items():
        if not table.long:
            head = [*table.columns], [*table.columns.values()]
            units = list(table.columns.values())
            rows = [
                [_read(cell, unit) for cell, unit in zip(row, units, strict=True)]
                for row in table.rows
            ]
            words = sum(unit == "" for unit in units[:1])
            parts.append(f"{name}\n{aligned([*head, *rows], left=words)}")
    return "\n".join(parts)


def as_json(answer: Answer, only: str | None = None) -> str:
    """One object: what was asked, of which scenario, with which version and seed, and all tables."""
    scenario = answer.scenario
    tables = {
        name: [dict(zip(table.columns, map(_plain, row), strict=True)) for row in table.rows]
        for name, table in answer.tables.items()
        if only in (None, name)
    }
    found = {
        "question": answer.question,
        "version": sim.__version__,
        "scenario": scenario.name,
        "weeks": scenario.weeks,
        "seed": scenario.sampling.seed,
        "worlds": scenario.sampling.worlds,
        "facts": {name: _plain(value) for name, (value, _) in answer.facts.items()},
        "units": {name: dict(table.columns) for name, table in answer.tables.items()},
        "tables": tables,
    }
    return json.dumps(found, allow_nan=False, ensure_ascii=False) + "\n"


def as_csv(answer: Answer, only: str | None = None) -> str:
    """The main table, or the one that is asked for, with every digit."""
    table = answer.tables[only or next(iter(answer.tables))]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    return text.getvalue()


FORMATS: Final[Mapping[str, Callable[[Answer, str | None], str]]] = MappingProxyType(
    {"table": as_table, "json": as_json, "csv": as_csv}
)


def _read(cell: Cell, unit: str) -> str:
    if cell is None or isinstance(cell, str | bool):
        return "-" if cell is None else str(cell)
    return readable(float(cell), unit)


def _plain(cell: Cell) -> Cell:
    """A cell as JSON knows it; there is no NaN and no infinity in JSON."""
    if isinstance(cell, str | bool) or cell is None:
        return cell
    number = float(cell)
    if not math.isfinite(number):
        return None
    return int(cell) if isinstance(cell, int) else number


def _written(cell: Cell) -> Cell:
    plain = _plain(cell)
    return repr(plain) if isinstance(plain, float) else plain
