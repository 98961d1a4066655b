"""Trust: in streamers, where people trust people, and in the platform and its guarantee."""

from typing import Final

from sim.charts.figure import Sketch, View, panel_of
from sim.charts.panel import Panel
from sim.charts.ticks import plain_y_layout, y_range

_LEAST_SPAN: Final = 0.1


def trust_panel(view: View) -> Panel:
    """Streamer and platform trust, means over viewers, from 0 to 1."""
    lines = [
        view.line("streamer_trust", kind="score", style=0),
        view.line("platform_trust", kind="score", style=1),
    ]
    arrays = [each for line in lines for each in line.extent]
    bounds = y_range(arrays, least_span=_LEAST_SPAN)
    y_axis = plain_y_layout(bounds, title=view.axis_title("trust"), percent=False)
    return panel_of(Sketch(id="trust", lines=lines, y_axes={"yaxis": y_axis}), view)
