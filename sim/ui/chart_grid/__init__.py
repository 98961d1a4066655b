"""Grid of plotly panels that keeps zoom, legend choices and hover through a rerun."""

from sim.ui.chart_grid.grid import Click, GridState, chart_grid

__all__ = ["Click", "GridState", "chart_grid"]
