"""An outcome over two numbers as a map: colours, signs, the frontier, and where the scenario stands."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np

from sim.analyses.map import Map
from sim.charts.outcome_words import chance, difference_text
from sim.charts.panel import Panel
from sim.charts.plain import plain_layout
from sim.charts.variable_axis import colour_ticks, variable_axis
from sim.metrics import OUTCOMES, Floats
from sim.text import Words
from sim.text.numbers import share
from sim.text.place_words import variable_value, variable_words

# Signs are set so many to a side: enough to read the map without its colours.
_SIGNS: Final = 9
# Beyond this share of the cells a few extremes would leave all others one colour.
_SHOWN: Final = 0.98
_WORSE_TO_BETTER: Final = [[0, "@series-2"], [0.5, "@background"], [1, "@series-1"]]


def value_panel(found: Map, words: Words, csv_header: tuple[str, ...] = ()) -> Panel:
    """The outcome as its difference to the reference; blank where nothing can be run."""
    outcome = found.outcome
    sign = -1 if OUTCOMES[outcome].better == "lower" else 1
    scale = _WORSE_TO_BETTER if sign > 0 else _turned(_WORSE_TO_BETTER)
    low, high = _around_zero(found.values, one_sided=outcome == "payback_week")
    title = words("map.chart.value", outcome=words(f"outcome.{outcome}"))
    return _panel(
        found,
        words,
        id="map.value",
        title=title,
        grid=found.values,
        text=lambda value: difference_text(outcome, value, words),
        levels=found.levels,
        scale=scale,
        ends=(low, high),
        ticks=colour_ticks(outcome, (low, high), words),
        csv_header=csv_header,
    )


def chance_panel(found: Map, words: Words, csv_header: tuple[str, ...] = ()) -> Panel:
    """The share of worlds in which the policy is better than none."""
    title = words("map.chart.chance", outcome=words(f"outcome.{found.outcome}"))
    return _panel(
        found,
        words,
        id="map.chance",
        title=title,
        grid=found.better,
        text=lambda value: chance(value, words) if np.isfinite(value) else "–",
        levels=found.better - 0.5,
        scale=_WORSE_TO_BETTER,
        ends=(0.0, 1.0),
        ticks=colour_ticks("probability", (0.0, 1.0), words),
        csv_header=csv_header,
    )


def _panel(
    found: Map,
    words: Words,
    *,
    id: str,
    title: str,
    grid: Floats,
    text: Callable[[float], str],
    levels: Floats,
    scale: list[list[Any]],
    ends: tuple[float, float],
    ticks: dict[str, Any],
    csv_header: tuple[str, ...],
) -> Panel:
    pays, costs = found.shares
    alt = words(
        "map.chart.alt",
        title=title,
        x=variable_words(found.x.place, words),
        y=variable_words(found.y.place, words),
        pays=share(pays, words),
        costs=share(costs, words),
    )
    cells = {
        "type": "heatmap",
        "x": found.xs,
        "y": found.ys,
        "z": grid,
        "zmin": ends[0],
        "zmax": ends[1],
        "colorscale": scale,
        "colorbar": {"thickness": 10, "tickfont": {"size": 10}, "outlinewidth": 0, **ticks},
        "text": _texts(found, grid, text, words),
        "hovertemplate": "%{text}<extra></extra>",
        "name": title,
        "showlegend": False,
        "meta": {"series": id.removeprefix("map.")},
    }
    layout = plain_layout() | {
        "uirevision": f"{found.x.place}.{found.y.place}",
        "hovermode": "closest",
        "meta": {"x": found.x.place, "y": found.y.place},
        "xaxis": variable_axis(found.x, words) | {"range": _edges(found.xs)},
        "yaxis": variable_axis(found.y, words) | {"range": _edges(found.ys)},
    }
    marks = [*_frontier(found, levels, words), *_signs(found, levels), *_here(found, words)]
    return Panel(
        id=id,
        title=title,
        alt=alt,
        figure={"data": [cells, *marks], "layout": layout},
        csv_name=f"{id.replace('.', '-')}.csv",
        csv_header=csv_header,
        clickable=True,
    )


def _turned(scale: list[list[Any]]) -> list[list[Any]]:
    return [[1 - at, colour] for at, colour in reversed(scale)]


def _around_zero(values: Floats, *, one_sided: bool) -> tuple[float, float]:
    """Ends of the colours: as far below zero as above it, without the few extremes."""
    known = np.abs(values[~np.isnan(values)])
    most = float(np.quantile(known, _SHOWN)) if len(known) else 1.0
    most = most or float(known.max(initial=0.0)) or 1.0
    return (0.0, most) if one_sided else (-most, most)


def _edges(values: Floats) -> list[float]:
    """From the outer edge of the first cell to that of the last."""
    first, last = values[1] - values[0], values[-1] - values[-2]
    return [float(values[0] - first / 2), float(values[-1] + last / 2)]


def _texts(found: Map, grid: Floats, text: Callable[[float], str], words: Words) -> list[list[str]]:
    """What is told of each cell: both numbers and the value."""
    columns, rows = (
        [_number(which.place, value, words) for value in values.tolist()]
        for which, values in ((found.x, found.xs), (found.y, found.ys))
    )
    return [
        [
            f"{column}<br>{row}<br><b>{text(value)}</b>"
            for column, value in zip(columns, line, strict=True)
        ]
        for row, line in zip(rows, grid.tolist(), strict=True)
    ]


def _number(place: str, value: float, words: Words) -> str:
    shown = variable_value(place, float(f"{value:.4g}"), words)
    return words("map.hover.number", label=variable_words(place, words), value=shown)


def _frontier(found: Map, levels: Floats, words: Words) -> Iterator[dict[str, Any]]:
    """Where it breaks even, as a line."""
    known = levels[~np.isnan(levels)]
    if len(known) == 0 or not (known.min() < 0 < known.max()):
        return
    yield {
        "type": "contour",
        "x": found.xs,
        "y": found.ys,
        "z": levels,
        "contours": {"type": "constraint", "operation": "=", "value": 0},
        "line": {"color": "@text", "width": 2.5},
        "name": words("map.frontier"),
        "hoverinfo": "skip",
        "showlegend": True,
        "meta": {"csv": False},
    }


def _signs(found: Map, levels: Floats) -> Iterator[dict[str, Any]]:
    """Plus where it pays and minus where it costs, at some of the cells."""
    rows, columns = (_some(len(each)) for each in (found.ys, found.xs))
    spots = [(row, column) for row in rows for column in columns if levels[row, column]]
    spots = [at for at in spots if np.isfinite(levels[at])]
    yield {
        "type": "scatter",
        "mode": "text",
        "x": [float(found.xs[column]) for _, column in spots],
        "y": [float(found.ys[row]) for row, _ in spots],
        "text": ["+" if levels[at] > 0 else "\N{MINUS SIGN}" for at in spots],
        "textfont": {"color": "@text/0.6", "size": 12},
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": {"csv": False},
    }


def _some(count: int) -> list[int]:
    """Places spread evenly, with half a step at both ends."""
    shown = min(count, _SIGNS)
    return [int((at + 0.5) * count / shown) for at in range(shown)]


def _here(found: Map, words: Words) -> Iterator[dict[str, Any]]:
    """Where the scenario stands, if that is on the map."""
    x, y = found.x, found.y
    if not (x.low <= x.now <= x.high and y.low <= y.now <= y.high):
        return
    yield {
        "type": "scatter",
        "mode": "markers",
        "x": [x.now],
        "y": [y.now],
        "name": words("map.here"),
        "marker": {
            "symbol": "diamond",
            "size": 12,
            "color": "@background",
            "line": {"color": "@text", "width": 2.5},
        },
        "hoverinfo": "skip",
        "showlegend": True,
        "meta": {"csv": False},
    }
