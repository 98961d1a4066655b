"""Axes, lines and layout of charts that have no time axis of the page."""

from typing import Any

from sim.charts.ticks import scaled_ticks
from sim.text import Words


def upright(at: float, dash: str, colour: str) -> dict[str, Any]:
    """A line from bottom to top at a place of the x axis, as a shape."""
    return {
        "type": "line",
        "x0": at,
        "x1": at,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": colour, "width": 1, "dash": dash},
    }


def money_axis(bounds: tuple[float, float], words: Words) -> dict[str, Any]:
    """An x axis of money, with ticks in the reader's own scale."""
    return {
        "range": list(bounds),
        "title": {"text": words("chart.axis.cny"), "font": {"size": 11}, "standoff": 4},
        "tickfont": {"size": 11},
        "zeroline": False,
        "showgrid": False,
        **scaled_ticks(bounds, words),
    }


def plain_layout() -> dict[str, Any]:
    """What the layouts of charts without a time axis share."""
    return {
        "margin": {"l": 50, "r": 12, "t": 12, "b": 46, "pad": 0},
        "hoverlabel": {"font": {"size": 11}, "namelength": -1},
        "dragmode": "zoom",
        "legend": {"orientation": "h"},
    }
