"""Charts: a comparison and words become plain plotly figures, one chart a file."""

from collections.abc import Callable, Mapping
from typing import Final

from sim.analyses.compare import Comparison
from sim.charts.audience import audience_panel
from sim.charts.axis import Axis
from sim.charts.closed_share import closed_share_panel
from sim.charts.figure import View, Worlds
from sim.charts.gmv import gmv_panel
from sim.charts.habits import habits_panel
from sim.charts.lines import Shows
from sim.charts.marks import festival_weeks, marks_of
from sim.charts.merchants import merchants_panel
from sim.charts.panel import Panel
from sim.charts.profit import profit_panel
from sim.charts.trust import trust_panel
from sim.text import Words

__all__ = ["Axis", "Panel", "Shows", "Worlds", "simulate_panels"]

# In the order of the page: the first is the main chart.
_CHARTS: Final[tuple[Callable[[View], Panel], ...]] = (
    gmv_panel,
    profit_panel,
    closed_share_panel,
    trust_panel,
    habits_panel,
    audience_panel,
    merchants_panel,
)


def simulate_panels(
    comparison: Comparison,
    *,
    words: Words,
    axis: Axis,
    festivals: Mapping[str, int],
    csv_header: tuple[str, ...] = (),
    worlds: Worlds | None = None,
    shows: Shows = "values",
) -> tuple[Panel, ...]:
    """Every chart of a comparison, the main one first.

    ``worlds`` draws a fan behind every line; ``shows`` whether lines are values or changes.
    ``festivals`` gives the calendar week of each festival by its id, as ``sim.cases`` does.
    """
    scenario = comparison.run.scenario
    view = View(
        comparison=comparison,
        words=words,
        axis=axis,
        marks=marks_of(scenario, words),
        festivals=festival_weeks(scenario, festivals),
        csv_header=csv_header,
        worlds=worlds,
        shows=shows,
    )
    return tuple(chart(view) for chart in _CHARTS)
