"""What one panel of the chart grid shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# What a trace of a figure may be: the browser is given no more of plotly.js than these need.
KINDS: Final = frozenset({"scatter", "bar", "contour", "heatmap"})


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One chart of the grid; every text in it is already in the reader's language.

    Attributes
    ----------
    id
        Stable name, such as ``"gmv"``. Zoom and legend choices are kept under it.
    title
        Heading of the card.
    alt
        Sentence for screen readers: what the chart shows.
    figure
        Plain plotly figure, ``{"data": [...], "layout": {...}}``. Arrays may be numpy. Colours
        are real colours or palette names, see :mod:`sim.ui.chart_grid.palette`. For the CSV,
        ``trace["meta"]["series"]`` names a column (else ``trace["name"]``),
        ``trace["meta"]["csv"] = False`` leaves the trace out, and ``layout["meta"]["x"]`` names
        the first column (else the x axis title).
    csv_name
        File name of the CSV.
    csv_header
        Comment lines put first in the CSV: version, scenario, ...
    clickable
        Whether a click on a point, or Enter on one that the arrow keys led to, means something: the
        first trace whose ``hoverinfo`` is not ``skip`` is the one that keys go along.
    """

    id: str
    title: str
    alt: str
    figure: Mapping[str, Any]
    csv_name: str
    csv_header: tuple[str, ...]
    clickable: bool = False
