"""Habits: who has got used to ordering in the platform's shop, and who at the third party."""

from typing import Final

from sim.charts.figure import Sketch, View, panel_of
from sim.charts.panel import Panel
from sim.charts.ticks import plain_y_layout, y_range

_LEAST_SPAN: Final = 0.05


def habits_panel(view: View) -> Panel:
    """Native and external habit, shares of viewers."""
    lines = [
        view.line("native_habit", kind="share", style=0),
        view.line("external_habit", kind="share", style=1),
    ]
    arrays = [each for line in lines for each in line.extent]
    bounds = y_range(arrays, least_span=_LEAST_SPAN, from_zero=True)
    y_axis = plain_y_layout(bounds, title=view.axis_title("share_of_viewers"), percent=True)
    return panel_of(Sketch(id="habits", lines=lines, y_axes={"yaxis": y_axis}), view)
