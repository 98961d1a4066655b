"""The audience by segment: newcomers, regulars and fans."""

from typing import Final

import numpy as np

from sim.charts.figure import Sketch, View, panel_of
from sim.charts.panel import Panel
from sim.charts.ticks import scaled_y_layout, y_range

_SEGMENTS: Final = ("newcomers", "regulars", "fans")
# The range spans at least this share of the largest segment.
_LEAST_SPAN: Final = 0.1


def audience_panel(view: View) -> Panel:
    """Viewers by segment at the opening of the week, persons."""
    lines = [
        view.line(series, name=view.words(f"chart.line.{series}"), kind="count", style=style)
        for style, series in enumerate(_SEGMENTS)
    ]
    arrays = [each for line in lines for each in line.extent]
    bounds = y_range(arrays, least_span=_LEAST_SPAN * max(float(np.max(each)) for each in arrays))
    y_axis = scaled_y_layout(bounds, title=view.axis_title("viewers"), words=view.words)
    return panel_of(Sketch(id="audience", lines=lines, y_axes={"yaxis": y_axis}), view)
