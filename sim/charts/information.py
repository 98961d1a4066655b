"""What is worth learning: how much each assumption is worth, and where it turns the decision."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from sim.analyses.information import ERRORS, Information, Learned
from sim.charts.panel import Panel
from sim.charts.plain import plain_layout
from sim.charts.sideways import columns, lying_layout, outcome_axis, span, whiskers
from sim.charts.ticks import scaled_y_layout
from sim.text import Words
from sim.text.numbers import money
from sim.text.place_words import variable_value

_DASHES: Final = ("solid", "dash", "dot", "longdashdot")
_MARKERS: Final = ("circle", "square", "diamond", "triangle-up")
# So many curves can be told apart.
MOST_CURVES: Final = len(_DASHES)


def worth_panel(
    found: Information,
    shown: Sequence[Learned],
    labels: Sequence[str],
    words: Words,
    csv_header: tuple[str, ...] = (),
) -> Panel:
    """The worth of each assumption in CNY, hatched where it cannot be told from zero."""
    value, error = (
        np.array([getattr(each.worth, name) for each in shown]) for name in ("value", "error")
    )
    title = words("information.chart.worth")
    bars = []
    for distinct in (True, False):
        rows = [at for at, each in enumerate(shown) if each.worth.is_distinct is distinct]
        if rows:
            bars.append(
                {
                    "type": "bar",
                    "orientation": "h",
                    "name": words(
                        "information.bar.distinct" if distinct else "information.bar.zero"
                    ),
                    "x": value[rows],
                    "y": [labels[row] for row in rows],
                    "error_x": whiskers(
                        np.minimum(ERRORS * error[rows], value[rows]), ERRORS * error[rows]
                    ),
                    "marker": {
                        "color": "@series-1/0.8" if distinct else "@muted",
                        "pattern": {"shape": "" if distinct else "/", "size": 6, "solidity": 0.25},
                    },
                    "customdata": [money(float(each), words) for each in value[rows]],
                    "hovertemplate": "%{y}: %{customdata}<extra></extra>",
                    "meta": {"csv": False},
                }
            )
    alt = words(
        "information.chart.worth.alt",
        title=title,
        parts=words("phrase.comma").join(
            f"{label} {money(each.worth.value, words)}"
            for label, each in zip(labels, shown, strict=True)
        ),
    )
    return Panel(
        id="worth",
        title=title,
        alt=alt,
        figure={
            "data": [*bars, *columns(labels, {"worth": value, "error": error})],
            "layout": lying_layout(
                labels,
                outcome_axis(
                    found.outcome,
                    span(value + ERRORS * error),
                    words,
                    words("information.column.worth"),
                ),
            ),
        },
        csv_name="worth-of-learning.csv",
        csv_header=csv_header,
    )


def curves_panel(
    found: Information,
    shown: Sequence[Learned],
    labels: Sequence[str],
    words: Words,
    csv_header: tuple[str, ...] = (),
) -> Panel:
    """What the policy is expected to change, by where each assumption lies in its range."""
    gains = [each.expected[1] - each.expected[0] for each in shown]
    low, high = span(*gains)
    title = words("information.chart.curves", outcome=words(f"outcome.{found.outcome}"))
    ends = words("phrase.comma").join(
        words(
            "information.chart.curves.part",
            label=label,
            low=money(float(gain[0]), words, signed=True),
            high=money(float(gain[-1]), words, signed=True),
        )
        for label, gain in zip(labels, gains, strict=True)
    )
    return Panel(
        id="learning-curves",
        title=title,
        alt=words("information.chart.curves.alt", title=title, parts=ends),
        figure={
            "data": [
                _curve(at, each, gains[at], labels[at], words) for at, each in enumerate(shown)
            ],
            "layout": plain_layout()
            | {
                "meta": {"x": "share_below"},
                "xaxis": {
                    "range": [0, 1],
                    "tickformat": ".0%",
                    "title": {
                        "text": words("information.axis.share"),
                        "font": {"size": 11},
                        "standoff": 4,
                    },
                    "tickfont": {"size": 11},
                    "showgrid": False,
                },
                "yaxis": scaled_y_layout((low, high), title=words("unit.cny"), words=words)
                | {"zeroline": True, "zerolinecolor": "@text", "zerolinewidth": 1},
            },
        },
        csv_name="expected-by-assumption.csv",
        csv_header=csv_header,
    )


def _curve(at: int, each: Learned, gain: Any, label: str, words: Words) -> dict[str, Any]:
    colour = f"@series-{at + 1}"
    place = f"world.{each.name}"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": label,
        "x": each.shares,
        "y": gain,
        "line": {"color": colour, "width": 2.2, "dash": _DASHES[at]},
        "marker": {"symbol": _MARKERS[at], "size": 6, "color": colour, "maxdisplayed": 9},
        "customdata": [
            [
                variable_value(place, float(f"{value:.4g}"), words),
                money(float(y), words, signed=True),
            ]
            for value, y in zip(each.values, gain, strict=True)
        ],
        "hovertemplate": words(
            "information.hover",
            label=label,
            value="%{customdata[0]}",
            gain="%{customdata[1]}",
            share="%{x:.0%}",
        )
        + "<extra></extra>",
        "meta": {"series": each.name},
    }
