"""From lines to a panel: traces, axes, marks, legend and the sentence for who cannot see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import numpy as np

from sim.analyses.compare import Comparison
from sim.charts.axis import Axis, x_layout
from sim.charts.drawn_marks import Festivals, drawn_marks
from sim.charts.labels import circled
from sim.charts.lines import Fan, Line, Shows, sentence_part, traces
from sim.charts.marks import Mark
from sim.charts.panel import Panel
from sim.charts.ticks import room_for
from sim.engine.bands import Bands
from sim.metrics import Floats
from sim.text import Words
from sim.text.numbers import week as week_text

_TOP: Final = 8
_BOTTOM: Final = 46


@dataclass(frozen=True, kw_only=True)
class Worlds:
    """What many worlds say; ``fresh`` is False while it is still of the scenario before."""

    bands: Bands
    fresh: bool


@dataclass(frozen=True, kw_only=True)
class View:
    """What every chart of a comparison needs to know beside its own series."""

    comparison: Comparison
    words: Words
    axis: Axis
    marks: tuple[Mark, ...]
    festivals: Festivals
    csv_header: tuple[str, ...]
    worlds: Worlds | None = None
    shows: Shows = "values"

    @property
    def weeks(self) -> int:
        """Weeks of the run."""
        return self.comparison.run.scenario.weeks

    def line(self, series: str, **looks: Any) -> Line:
        """A series of the run and its reference, named as series are, with what worlds say of it."""
        looks.setdefault("name", self.words(f"series.{series}"))
        run, reference = self.comparison.run.series, self.comparison.reference.series
        return self.line_of(series, run[series], reference[series], **looks)

    def line_of(self, series: str, values: Floats, reference: Floats, **looks: Any) -> Line:
        """As :meth:`line`, of values that are no series of the engine's own."""
        if self.shows == "changes":
            fan = self.fan(series, "difference")
            change = values - reference
            return Line(series=f"{series}_change", values=change, reference=None, fan=fan, **looks)
        fan = self.fan(series, "run")
        return Line(series=series, values=values, reference=reference, fan=fan, **looks)

    def fan(self, series: str, of: Literal["run", "difference"]) -> Fan | None:
        """What worlds say of a series, if they are there and as long as the run."""
        if self.worlds is None:
            return None
        found = getattr(self.worlds.bands, of)[series]
        if len(found) != self.weeks or np.isnan(found).any():
            return None
        return Fan(values=found, fresh=self.worlds.fresh)

    def axis_title(self, key: str) -> str:
        """The title of a y axis, which says so where it is that of changes."""
        title = self.words(f"chart.axis.{key}")
        return self.words("chart.axis.change", title=title) if self.shows == "changes" else title


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """One chart before it is drawn: its lines, its y axes by layout key, and what only it shows."""

    id: str
    lines: Sequence[Line]
    y_axes: Mapping[str, Mapping[str, Any]]
    under: Sequence[Mapping[str, Any]] = ()
    over: Sequence[Mapping[str, Any]] = ()
    marks: Sequence[Mark] = ()
    alt: str = field(default="")


def panel_of(sketch: Sketch, view: View) -> Panel:
    """The finished panel of a sketch."""
    words, scenario = view.words, view.comparison.run.scenario
    marks = tuple(sorted([*view.marks, *sketch.marks], key=lambda mark: mark.week))
    drawn: list[Mapping[str, Any]] = [*sketch.under]
    for index, line in enumerate(sketch.lines):
        drawn.extend(traces(line, view.axis, words, first=index == 0))
    drawn.extend(sketch.over)
    return Panel(
        id=sketch.id,
        title=words(f"chart.{sketch.id}"),
        alt=_alt(sketch, marks, view),
        figure={"data": drawn, "layout": _layout(sketch, marks, view)},
        csv_name=f"{scenario.case or 'scenario'}-{sketch.id}.csv",
        csv_header=view.csv_header,
    )


def _layout(sketch: Sketch, marks: tuple[Mark, ...], view: View) -> dict[str, Any]:
    drawn = drawn_marks(marks, view.festivals, view.axis, view.weeks, view.words)
    x_axis = x_layout(view.axis, view.weeks, view.words)
    if "yaxis2" in sketch.y_axes:
        # Under the lower pane, which is the second.
        x_axis["anchor"] = "y2"
    return {
        "uirevision": f"{sketch.id}.{'dates' if view.axis.dated else 'weeks'}",
        "meta": {"x": view.axis.column},
        "margin": {
            "l": room_for(sketch.y_axes.values()),
            "r": 12,
            "t": _TOP + drawn.height,
            "b": _BOTTOM,
            "pad": 0,
        },
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "hoverlabel": {"font": {"size": 11}, "namelength": -1},
        "dragmode": "zoom",
        "legend": {
            "orientation": "h",
            "yref": "container",
            "y": 0,
            "yanchor": "bottom",
            "x": 0,
            "xanchor": "left",
            "font": {"size": 11},
            "itemwidth": 30,
            "bgcolor": "rgba(0,0,0,0)",
            # Else plotly gives the references, which hang together, a row of their own.
            "traceorder": "normal",
        },
        "xaxis": x_axis,
        "shapes": list(drawn.shapes),
        "annotations": list(drawn.annotations),
        **{key: _y_axis(each, view) for key, each in sketch.y_axes.items()},
    }


def _y_axis(layout: Mapping[str, Any], view: View) -> dict[str, Any]:
    # Where changes are shown, zero is the reference, and the zoom is another one than of values.
    changes = {"zeroline": True, "uirevision": "changes"} if view.shows == "changes" else {}
    return {**layout, "automargin": False, **changes}


def _alt(sketch: Sketch, marks: Sequence[Mark], view: View) -> str:
    words = view.words
    parts = [sentence_part(line, words) for line in sketch.lines]
    text = sketch.alt or words(
        "chart.alt",
        title=words(f"chart.{sketch.id}"),
        last=week_text(view.weeks - 1, words),
        parts=words("chart.alt.between").join(parts),
    )
    if not marks:
        return text
    named = [
        words(
            "chart.alt.mark",
            number=circled(index),
            week=week_text(mark.week, words),
            name=mark.name,
        )
        for index, mark in enumerate(marks)
    ]
    return text + words("chart.alt.marks", marks=words("chart.alt.between").join(named))
