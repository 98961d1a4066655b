"""How sure the answer is: how an outcome is spread over worlds, and how sure it is by week."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np

from sim.analyses.montecarlo import MonteCarlo
from sim.charts.axis import Axis, x_layout
from sim.charts.panel import Panel
from sim.charts.plain import money_axis, plain_layout, upright
from sim.charts.ticks import plain_y_layout
from sim.metrics import Floats
from sim.text import Words
from sim.text.numbers import money, share, week

_BINS: Final = 48
# Pixels of a line of labels.
_LANE: Final = 15
# What lies further out goes into the outermost bars: a few worlds must not squeeze all others.
_SHOWN: Final = (0.005, 0.995)
_BETTER: Final = "@series-1/0.75"
_WORSE: Final = "@series-2/0.75"


def distribution_panel(
    found: MonteCarlo, outcome: str, words: Words, csv_header: tuple[str, ...] = ()
) -> Panel:
    """How many worlds lie where, in CNY: losses hatched, the mean and the shortfall marked."""
    values = found.values[outcome]
    held = values[~np.isnan(values)]
    edges = _edges(held)
    counts = np.histogram(np.clip(held, edges[0], edges[-1]), edges)[0] / max(len(held), 1)
    middles = (edges[:-1] + edges[1:]) / 2
    gained = middles > 0
    each = found.distributions[outcome]
    title = words("certainty.chart.distribution", outcome=words(f"outcome.{outcome}"))
    bars = [
        _bars(middles, np.where(at, counts, 0.0), edges, words, better=better)
        for at, better in ((~gained, False), (gained, True))
    ]
    alt = words(
        "certainty.chart.distribution.alt",
        title=title,
        low=money(each.quantiles[0], words, signed=True),
        high=money(each.quantiles[-1], words, signed=True),
        share=share(each.better, words),
        mean=money(each.mean, words, signed=True),
    )
    marks = {"mean": each.mean, "shortfall": each.shortfall}
    y_bounds = (0.0, 1.05 * float(counts.max(initial=0.01)))
    return Panel(
        id=f"distribution.{outcome}",
        title=title,
        alt=alt,
        figure={
            "data": bars,
            "layout": plain_layout()
            | {
                "margin": {"l": 50, "r": 12, "t": 8 + _LANE * len(marks), "b": 46, "pad": 0},
                "barmode": "stack",
                "bargap": 0.04,
                "xaxis": money_axis((float(edges[0]), float(edges[-1])), words),
                "yaxis": plain_y_layout(
                    y_bounds, title=words("certainty.axis.worlds"), percent=True
                ),
                **_marked(marks, words),
            },
        },
        csv_name=f"{outcome}-worlds.csv",
        csv_header=csv_header,
    )


def weekly_panel(
    found: MonteCarlo, axis: Axis, words: Words, csv_header: tuple[str, ...] = ()
) -> Panel:
    """By week the share of worlds ahead in cumulative profit, in GMV, and paid back for good."""
    above = found.bands.above
    weeks = found.scenario.weeks
    lines = {
        "ahead": above["cumulative_profit"],
        "paid_back": found.paid_back,
        "gmv": above["gmv"],
    }
    title = words("certainty.chart.weekly")
    last = {name: share(float(values[-1]), words) for name, values in lines.items()}
    return Panel(
        id="weekly",
        title=title,
        alt=words("certainty.chart.weekly.alt", title=title, week=week(weeks - 1, words), **last),
        figure={
            "data": [
                _line(name, values, axis, style, words)
                for style, (name, values) in enumerate(lines.items())
            ],
            "layout": plain_layout()
            | {
                "uirevision": f"weekly.{'dates' if axis.dated else 'weeks'}",
                "meta": {"x": axis.column},
                "hovermode": "x unified",
                "xaxis": x_layout(axis, weeks, words),
                "yaxis": plain_y_layout(
                    (-0.02, 1.05), title=words("certainty.axis.worlds"), percent=True
                ),
                "legend": {"orientation": "h"},
            },
        },
        csv_name="certainty-by-week.csv",
        csv_header=csv_header,
    )


def _edges(held: Floats) -> Floats:
    low, high = np.quantile(held, _SHOWN) if len(held) else (0.0, 0.0)
    if low == high:
        low, high = low - 1.0, high + 1.0
    edges: Floats = np.linspace(low, high, _BINS + 1)
    if low < 0 < high:
        # An edge at zero, so that no bar is half gain and half loss.
        edges = edges - edges[np.argmin(np.abs(edges))]
    return edges


def _bars(
    middles: Floats, counts: Floats, edges: Floats, words: Words, *, better: bool
) -> dict[str, Any]:
    name = words("certainty.gain" if better else "certainty.loss")
    return {
        "type": "bar",
        "x": middles,
        "y": counts,
        "name": name,
        "marker": {
            "color": _BETTER if better else _WORSE,
            # Told apart without colour too.
            "pattern": {"shape": "" if better else "/", "size": 6, "solidity": 0.25},
        },
        "customdata": [
            [money(float(low), words, signed=True), money(float(high), words, signed=True)]
            for low, high in pairwise(edges)
        ],
        "hovertemplate": words(
            "certainty.hover.bar",
            low="%{customdata[0]}",
            high="%{customdata[1]}",
            share="%{y:.1%}",
        )
        + "<extra></extra>",
        "meta": {"series": "worlds_gain" if better else "worlds_loss"},
    }


_DASHES: Final = ("solid", "dash", "dot")
_MARKERS: Final = ("circle", "square", "diamond")


def _line(name: str, values: Floats, axis: Axis, style: int, words: Words) -> dict[str, Any]:
    colour = f"@series-{style + 1}"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": axis.positions(len(values)),
        "y": values,
        "name": words(f"certainty.line.{name}"),
        "line": {"color": colour, "width": 2.2, "dash": _DASHES[style]},
        "marker": {"symbol": _MARKERS[style], "size": 6, "color": colour, "maxdisplayed": 9},
        "hovertemplate": "%{y:.0%}",
        "meta": {"series": name},
    }


def _marked(marks: Mapping[str, float], words: Words) -> dict[str, Sequence[Mapping[str, Any]]]:
    """A line and a label for each number on the x axis, and a line at zero.

    Labels stand above the plot, in lanes of pixels: within it, where a plot is low they touch the bars.
    """
    known = {name: value for name, value in marks.items() if np.isfinite(value)}
    shapes = [upright(0.0, "solid", "@text")]
    shapes += [upright(value, "dash", "@muted") for value in known.values()]
    labels = [
        {
            "x": value,
            "y": 1,
            "yref": "paper",
            "yanchor": "bottom",
            "yshift": _LANE * lane,
            "xanchor": "left",
            "xshift": 3,
            "text": words(f"certainty.mark.{name}"),
            "showarrow": False,
            "font": {"size": 11},
        }
        for lane, (name, value) in enumerate(known.items())
    ]
    return {"shapes": shapes, "annotations": labels}
