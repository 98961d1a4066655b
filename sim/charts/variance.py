"""All assumptions at once: shares of the variance of the outcome, by themselves and in total."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from sim.analyses.estimator import Index
from sim.analyses.indices import Factor, Indices
from sim.charts.panel import Panel
from sim.charts.plain import plain_layout
from sim.charts.rows import row_axis, row_names
from sim.text import Words
from sim.text.assumption_words import parameter_words
from sim.text.numbers import share

MOST_FACTORS: Final = 12
_NAMED: Final = 3
_KINDS: Final[dict[str, Callable[[Factor], Index]]] = {
    "total": lambda each: each.total,
    "first": lambda each: each.first,
}
_COLOURS: Final = {"total": "@series-1/0.8", "first": "@series-2/0.8"}
_PATTERNS: Final = {"total": "", "first": "/"}
_OFFSETS: Final = {"total": -0.2, "first": 0.02}
_WIDTH: Final = 0.2


def variance_panel(found: Indices, words: Words, csv_header: tuple[str, ...] = ()) -> Panel:
    """Two bars a factor with their intervals; none where it cannot be told from zero, but words."""
    factors = found.factors[:MOST_FACTORS]
    names = [
        words("drivers.plus").join(parameter_words(name, words) for name in each.names)
        for each in factors
    ]
    highest = max((each.total.high for each in factors), default=0.0)
    outcome = words(f"outcome.{found.outcome}")
    title = words("drivers.chart.indices", outcome=outcome)
    return Panel(
        id="variance",
        title=title,
        alt=words(
            "drivers.chart.indices.alt",
            title=title,
            list=words("ui.comma").join(
                words("drivers.chart.indices.item", label=name, value=_told(each.total, words))
                for name, each in list(zip(names, factors, strict=True))[:_NAMED]
            ),
        ),
        figure={
            "data": [_bars(kind, factors, names, words) for kind in _KINDS],
            "layout": plain_layout()
            | {
                "margin": {"l": 8, "r": 12, "t": 6, "b": 46, "pad": 0},
                "barmode": "overlay",
                "xaxis": {
                    "range": [0.0, 1.06 * (highest or 1.0)],
                    "tickformat": ".3~%",
                    "nticks": 6,
                    "tickfont": {"size": 11},
                    "zeroline": True,
                    "title": {"text": words("drivers.chart.share"), "font": {"size": 11}},
                },
                "yaxis": row_axis(names),
                "annotations": row_names(names),
            },
        },
        csv_name=f"{found.outcome}-shares.csv",
        csv_header=csv_header,
    )


def _bars(
    kind: str, factors: Sequence[Factor], names: Sequence[str], words: Words
) -> dict[str, Any]:
    indices = [_KINDS[kind](each) for each in factors]
    values = np.array([each.value if each.known else 0.0 for each in indices])
    known = np.array([each.known for each in indices])
    return {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(names),
        "width": _WIDTH,
        "offset": _OFFSETS[kind],
        "name": words(f"drivers.chart.{kind}"),
        "marker": {
            "color": _COLOURS[kind],
            "pattern": {"shape": _PATTERNS[kind], "size": 5, "solidity": 0.25},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": np.where(known, np.array([each.high for each in indices]) - values, 0.0),
            "arrayminus": np.where(known, values - np.array([each.low for each in indices]), 0.0),
            "thickness": 1.2,
            "width": 3,
            "color": "@text",
        },
        "text": ["" if each.known else words("indices.zero") for each in indices],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"size": 10},
        "customdata": [
            words("drivers.chart.hover.index", label=name, value=_told(each, words))
            for name, each in zip(names, indices, strict=True)
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
        "meta": {"series": kind},
    }


def _told(index: Index, words: Words) -> str:
    if not index.known:
        return words("indices.zero")
    ends = {"low": share(index.low, words), "high": share(index.high, words)}
    return words("indices.interval", value=share(index.value, words), **ends)
