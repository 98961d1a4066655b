"""What the policy has earned so far, against the reference, and when it pays back."""

from typing import Any, Final

import numpy as np

from sim.charts.figure import Sketch, View, panel_of
from sim.charts.lines import Line
from sim.charts.marks import Mark
from sim.charts.panel import Panel
from sim.charts.ticks import scaled_y_layout, y_range
from sim.metrics import Floats
from sim.text.numbers import money
from sim.text.numbers import week as week_text

# A million CNY: what is less is drawn as the flat line that it is beside any platform's profit.
_LEAST_SPAN: Final = 1e6


def cumulative_profit_change(view: View) -> Floats:
    """Profit of the run less that of its reference, summed up to each week, shape (weeks,), CNY."""
    comparison = view.comparison
    gain = comparison.run.series["profit"] - comparison.reference.series["profit"]
    found: Floats = np.cumsum(gain)
    return found


def profit_panel(view: View) -> Panel:
    """Cumulative profit change in CNY; the reference is its zero line."""
    words = view.words
    total = cumulative_profit_change(view)
    line = Line(
        series="cumulative_profit_change",
        name=words("chart.line.cumulative_profit_change"),
        values=total,
        reference=np.zeros_like(total),
        kind="money",
        style=0,
        fan=view.fan("cumulative_profit", "difference"),
    )
    payback = view.comparison.outcomes["payback_week"] if np.any(total) else None
    bounds = y_range(line.extent, least_span=_LEAST_SPAN)
    y_axis = scaled_y_layout(bounds, title=words("chart.axis.cny"), words=words)
    return panel_of(
        Sketch(
            id="profit",
            lines=[line],
            y_axes={"yaxis": y_axis},
            under=[_dip(total, view)],
            over=[] if payback is None else [_payback_point(payback, total, view)],
            marks=_payback_marks(payback, view),
            alt=_alt(total, payback, view),
        ),
        view,
    )


def _payback_marks(payback: float | None, view: View) -> list[Mark]:
    # From the first week on there is nothing to pay back, and the sentence says so.
    if payback is None or payback == 0:
        return []
    label = view.words("chart.mark.payback", week=week_text(payback, view.words))
    name = view.words("chart.mark.payback.name")
    return [Mark(week=int(payback), label=label, name=name)]


def _dip(total: Floats, view: View) -> dict[str, Any]:
    """The shade between the line and zero where the policy has cost more than it brought."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": view.axis.positions(len(total)),
        "y": np.minimum(total, 0.0),
        "fill": "tozeroy",
        "fillcolor": "@series-2/0.25",
        "line": {"width": 0, "color": "@series-2"},
        "hoverinfo": "skip",
        "showlegend": False,
        "name": view.words("chart.line.dip"),
        "meta": {"series": "dip", "csv": False},
    }


def _payback_point(payback: float, total: Floats, view: View) -> dict[str, Any]:
    at = int(payback)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [view.axis.at(at)],
        "y": total[at : at + 1],
        "marker": {
            "symbol": "diamond",
            "size": 11,
            "color": "@series-3",
            "line": {"color": "@background", "width": 1},
        },
        "hoverinfo": "skip",
        "showlegend": False,
        "name": view.words("outcome.payback_week"),
        "meta": {"series": "payback_week", "csv": False},
    }


def _alt(total: Floats, payback: float | None, view: View) -> str:
    words = view.words
    lowest = int(np.argmin(total))
    when = words("chart.alt.profit.never")
    if payback == 0:
        when = words("chart.alt.profit.always")
    elif payback is not None:
        when = words("chart.alt.profit.payback", week=week_text(payback, words))
    elif not np.any(total):
        when = words("chart.alt.profit.same")
    return words(
        "chart.alt.profit",
        title=words("chart.profit"),
        low=money(float(min(total[lowest], 0.0)), words, signed=True),
        low_week=week_text(lowest, words),
        end=money(float(total[-1]), words, signed=True),
        last=week_text(len(total) - 1, words),
        when=when,
    )
