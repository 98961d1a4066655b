"""Grid of plotly panels that keeps zoom, legend choices and hover through a rerun."""

from sim.ui.chart_grid.grid import GridState, chart_grid
from sim.ui.chart_grid.panel import Panel

__all__ = ["GridState", "Panel", "chart_grid"]
