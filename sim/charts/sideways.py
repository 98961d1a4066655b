"""Bars that lie on their side, one a name, with whiskers; what they are made of goes into the CSV."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sim.charts.plain import plain_layout
from sim.charts.ticks import scaled_ticks
from sim.metrics import OUTCOMES
from sim.text import Words


def lying_layout(labels: Sequence[str], x_axis: Mapping[str, Any]) -> dict[str, Any]:
    """The first name on top."""
    return plain_layout() | {
        "barmode": "overlay",
        "bargap": 0.35,
        "meta": {"x": "name"},
        "xaxis": dict(x_axis),
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": list(labels),
            "autorange": "reversed",
            "automargin": True,
            "tickfont": {"size": 11},
            "fixedrange": True,
        },
    }


def outcome_axis(
    outcome: str, bounds: tuple[float, float], words: Words, label: str | None = None
) -> dict[str, Any]:
    """An x axis in the unit of an outcome, with a line at zero; its label is the outcome's own."""
    unit = OUTCOMES[outcome].unit
    title = f"{label or words(f'outcome.{outcome}')} ({words(f'unit.{unit}')})"
    axis = {
        "range": list(bounds),
        "title": {"text": title, "font": {"size": 11}, "standoff": 4},
        "tickfont": {"size": 11},
        "zeroline": True,
        "zerolinecolor": "@text",
        "zerolinewidth": 1,
        "showgrid": False,
    }
    if unit == "share":
        return axis | {"tickformat": ".3~%", "nticks": 5}
    return axis | scaled_ticks(bounds, words, most=4)


def columns(labels: Sequence[str], values: Mapping[str, ArrayLike]) -> list[dict[str, Any]]:
    """Numbers by name that are not drawn themselves: columns of the CSV."""
    return [
        {
            "type": "scatter",
            "orientation": "h",
            "visible": False,
            "showlegend": False,
            "x": np.asarray(each, dtype=np.float64),
            "y": list(labels),
            "meta": {"series": name},
        }
        for name, each in values.items()
    ]


def whiskers(less: ArrayLike, more: ArrayLike) -> dict[str, Any]:
    """From how far below a point to how far above it."""
    return {
        "type": "data",
        "symmetric": False,
        "array": np.asarray(more, dtype=np.float64),
        "arrayminus": np.asarray(less, dtype=np.float64),
        "color": "@text",
        "thickness": 1.4,
        "width": 4,
    }


def span(*arrays: ArrayLike) -> tuple[float, float]:
    """The range that holds all numbers and zero, with a little room."""
    whole = np.concatenate([[0.0], *(np.ravel(np.asarray(each)) for each in arrays)])
    known = whole[np.isfinite(whole)]
    low, high = float(known.min()), float(known.max())
    room = 0.05 * (high - low) or 1.0
    return (low - room if low < 0 else 0.0), (high + room if high > 0 else 0.0) or room
