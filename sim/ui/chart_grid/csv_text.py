"""The CSV of a panel, for the native charts that stand in for the grid.

``frontend/csv.js`` writes the same table in the browser. Numbers are written in full: the shortest
text that reads back as the same float.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.charts.panel import Panel

_BOM = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@")


def panel_csv(panel: Panel) -> str:
    """Byte order mark, comment lines, then one row an x and one column a trace."""
    layout = panel.figure.get("layout", {})
    text = io.StringIO()
    text.write(_BOM)
    text.writelines(f"# {' '.join(line.split())}\r\n" for line in panel.csv_header)
    traces = panel.figure.get("data", ())
    rows = _grid_rows if any(map(_is_grid, traces)) else _table_rows
    csv.writer(text).writerows([_field(cell) for cell in row] for row in rows(traces, layout))
    return text.getvalue()


def _is_grid(trace: Mapping[str, Any]) -> bool:
    return _is_table(trace) and trace.get("z") is not None


def _grid_rows(
    traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]
) -> Iterator[list[Any]]:
    """A row a cell: x, y, and what every grid of the figure has there."""
    grids = [trace for trace in traces if _is_grid(trace)]
    names = [_column_name(trace, position) for position, trace in enumerate(grids)]
    yield [_axis_name("x", layout), _axis_name("y", layout), *names]
    cells = [[_plain(row) for row in trace["z"]] for trace in grids]
    for row, y in enumerate(_plain(grids[0]["y"])):
        for at, x in enumerate(_plain(grids[0]["x"])):
            yield [x, y, *(each[row][at] for each in cells)]


def _table_rows(
    traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]
) -> Iterator[list[Any]]:
    columns = [
        (_column_name(trace, position), dict(_cells(trace)))
        for position, trace in enumerate(traces)
        if _is_table(trace)
    ]
    rows: dict[tuple[Any, int], None] = {}
    for _, cells in columns:
        rows.update(dict.fromkeys(cells))
    yield [_axis_name("x", layout), *(name for name, _ in columns)]
    for row in _in_order(list(rows)):
        yield [row[0], *(cells.get(row) for _, cells in columns)]


def _is_table(trace: Mapping[str, Any]) -> bool:
    meta = trace.get("meta")
    hidden = isinstance(meta, Mapping) and meta.get("csv") is False
    return not hidden and trace.get("x") is not None and trace.get("y") is not None


def _cells(trace: Mapping[str, Any]) -> Iterator[tuple[tuple[Any, int], Any]]:
    """Values by (x, how often this x came before), so that a repeated x loses nothing."""
    across = trace.get("orientation") == "h"
    keys, values = (trace["y"], trace["x"]) if across else (trace["x"], trace["y"])
    seen: dict[Any, int] = {}
    for key, value in zip(_plain(keys), _plain(values), strict=False):
        turn = seen.get(key, 0)
        seen[key] = turn + 1
        yield (key, turn), value


def _plain(values: Sequence[Any] | NDArray[Any]) -> list[Any]:
    if isinstance(values, np.ndarray):
        if values.dtype.kind == "M":
            return list(np.datetime_as_string(values).tolist())
        return list(values.tolist())
    return list(values)


def _in_order(rows: list[tuple[Any, int]]) -> list[tuple[Any, int]]:
    numeric = all(isinstance(key, int | float) for key, _ in rows)
    return sorted(rows) if numeric else rows


def _column_name(trace: Mapping[str, Any], position: int) -> str:
    meta = trace.get("meta")
    series = meta.get("series") if isinstance(meta, Mapping) else None
    return str(series or trace.get("name") or f"series {position + 1}")


def _axis_name(axis: str, layout: Mapping[str, Any]) -> str:
    meta = layout.get("meta")
    named = meta.get(axis) if isinstance(meta, Mapping) else None
    title = layout.get(f"{axis}axis", {}).get("title")
    titled = title.get("text") if isinstance(title, Mapping) else title
    return str(named or titled or axis)


def _field(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        # 12.0 as "12", as in the browser.
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    text = str(value)
    # A spreadsheet would run a text that looks like a formula.
    is_text = isinstance(value, str)
    return f"'{text}" if is_text and text.startswith(_FORMULA_STARTS) else text
