"""Merchants: those of the platform's shop above; below, those behind links and where they went."""

from typing import Final

from sim.charts.figure import Sketch, View, panel_of
from sim.charts.lines import Line
from sim.charts.panel import Panel
from sim.charts.ticks import UPPER_HEADROOM, scaled_y_layout, y_range

_LOWER: Final = (
    "merchants_partner",
    "merchants_onboarding",
    "merchants_migrated",
    "merchants_adapted",
    "merchants_exited",
)
# The range spans at least this share of the shop's merchants, and so many merchants below.
_LEAST_SPAN: Final = 0.05
_LEAST_MERCHANTS: Final = 10.0
_TICKS: Final = 4


def merchants_panel(view: View) -> Panel:
    """Merchants at the opening of the week; migrated, adapted and lost ones are counted up.

    What stays at zero in both runs is left out of the lower pane.
    """
    words = view.words
    native = view.line(
        "merchants_native", name=words("chart.line.merchants_native"), kind="count", style=0
    )
    lower = [
        line
        for line in _lower_lines(view)
        if line.style == 1 or any(each.any() for each in line.extent)
    ]
    above = y_range(
        native.extent,
        least_span=_LEAST_SPAN * float(view.comparison.reference.series["merchants_native"].max()),
        headroom=UPPER_HEADROOM,
    )
    arrays = [each for line in lower for each in line.extent]
    below = y_range(arrays, from_zero=True, least_span=_LEAST_MERCHANTS)
    axes = {
        "yaxis": scaled_y_layout(
            above, title=view.axis_title("merchants_native"), words=words, most=3
        )
        | {"domain": [0.64, 1]},
        "yaxis2": scaled_y_layout(
            below, title=view.axis_title("merchants"), words=words, most=_TICKS
        )
        | {"domain": [0, 0.56]},
    }
    return panel_of(Sketch(id="merchants", lines=[native, *lower], y_axes=axes), view)


def _lower_lines(view: View) -> list[Line]:
    words = view.words
    return [
        view.line(series, name=words(f"chart.line.{series}"), kind="count", style=style, pane="y2")
        for style, series in enumerate(_LOWER, start=1)
    ]
