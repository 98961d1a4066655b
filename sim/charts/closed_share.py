"""The closed share of GMV above, and below it how much of all purchases leaks."""

from typing import Final

from sim.charts.figure import Sketch, View, panel_of
from sim.charts.panel import Panel
from sim.charts.ticks import UPPER_HEADROOM, plain_y_layout, share_y_layout, y_range
from sim.metrics import leakage_rate

# Two percentage points at least: less would blow up what nobody could measure.
_LEAST_SPAN: Final = 0.02
_TICKS: Final = 4


def closed_share_panel(view: View) -> Panel:
    """Closed share of link and own-shop GMV, and leakage of all GMV, by week."""
    words, comparison = view.words, view.comparison
    closed = view.line("closed_share", kind="share", style=0)
    leakage = view.line_of(
        "leakage_rate",
        leakage_rate(comparison.run.series),
        leakage_rate(comparison.reference.series),
        name=words("chart.line.leakage_rate"),
        kind="share",
        style=1,
        pane="y2",
    )
    upper = y_range(closed.extent, least_span=_LEAST_SPAN, headroom=UPPER_HEADROOM)
    lower = y_range(leakage.extent, least_span=_LEAST_SPAN, from_zero=True)
    title = view.axis_title("closed_share")
    above = share_y_layout(upper, title=title, most=_TICKS)
    if view.shows == "changes":
        above = plain_y_layout(upper, title=title, percent=True, most=_TICKS)
    axes = {
        "yaxis": above | {"domain": [0.54, 1]},
        "yaxis2": plain_y_layout(
            lower, title=view.axis_title("leakage_rate"), percent=True, most=_TICKS
        )
        | {"domain": [0, 0.46]},
    }
    return panel_of(Sketch(id="closed_share", lines=[closed, leakage], y_axes=axes), view)
