"""GMV by route: the platform's own shop, links, and round the platform."""

from typing import Final

from sim.charts.figure import Sketch, View, panel_of
from sim.charts.panel import Panel
from sim.charts.ticks import scaled_y_layout, y_range

_ROUTES: Final = ("gmv_native", "gmv_external", "gmv_direct")


def gmv_panel(view: View) -> Panel:
    """GMV a week by route, CNY a week."""
    words = view.words
    lines = [
        view.line(series, name=words(f"chart.line.{series}"), kind="money", style=style)
        for style, series in enumerate(_ROUTES)
    ]
    bounds = y_range([each for line in lines for each in line.extent], from_zero=True)
    y_axis = scaled_y_layout(bounds, title=view.axis_title("cny_per_week"), words=words)
    return panel_of(Sketch(id="gmv", lines=lines, y_axes={"yaxis": y_axis}), view)
