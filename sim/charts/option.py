"""A pilot with a rule: its plans side by side, and what is seen in time against what is better."""

from typing import Any, Final

import numpy as np

from sim.analyses.option import PLANS, OptionValue
from sim.charts.panel import Panel
from sim.charts.plain import plain_layout, upright
from sim.charts.sideways import columns, lying_layout, outcome_axis, span, whiskers
from sim.charts.ticks import scaled_ticks, scaled_y_layout
from sim.text import Words
from sim.text.numbers import money

_ERRORS: Final = 2.0
# The cloud is for the eye: what lies further out than this share of worlds is left to the file.
_SHOWN: Final = (0.005, 0.995)


def plans_panel(found: OptionValue, words: Words, csv_header: tuple[str, ...] = ()) -> Panel:
    """The mean of each plan against no policy, with twice its standard error."""
    labels = [words(f"option.plan.{name}") for name in PLANS]
    each = [found.plans[name] for name in PLANS]
    mean, error, low, high = (
        np.array([getattr(one, name) for one in each]) for name in ("mean", "error", "low", "high")
    )
    title = words("option.chart.plans", outcome=words(f"outcome.{found.outcome}"))
    parts = (f"{a} {money(b.mean, words, signed=True)}" for a, b in zip(labels, each, strict=True))
    points = {
        "type": "scatter",
        "orientation": "h",
        "mode": "markers",
        "name": words("option.mean"),
        "x": mean,
        "y": labels,
        "error_x": whiskers(_ERRORS * error, _ERRORS * error),
        "marker": {"symbol": "diamond", "size": 10, "color": "@series-1"},
        "line": {"color": "@series-1"},
        "customdata": [money(float(one), words, signed=True) for one in mean],
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
        "meta": {"csv": False},
    }
    table = {"mean": mean, "error": error, "p05": low, "p95": high}
    return Panel(
        id="option-plans",
        title=title,
        alt=words("option.chart.plans.alt", title=title, parts=words("phrase.comma").join(parts)),
        figure={
            "data": [points, *columns(labels, table)],
            "layout": lying_layout(
                labels,
                outcome_axis(found.outcome, span(mean - 2 * error, mean + 2 * error), words),
            ),
        },
        csv_name="pilot-plans.csv",
        csv_header=csv_header,
    )


def seen_panel(
    found: OptionValue, signal: str, words: Words, csv_header: tuple[str, ...] = ()
) -> Panel:
    """One point a world: what is seen when it is decided, and how much better it is to go on."""
    assert found.seen is not None
    assert found.better is not None
    assert found.rule is not None
    on = found.rule.goes_on(found.seen)
    right = (found.better > 0) == on
    title = words("option.chart.seen")
    bounds = [tuple(np.quantile(each, _SHOWN).tolist()) for each in (found.seen, found.better)]
    x_bounds, y_bounds = (
        span(each) if each[0] != each[1] else (each[0] - 1, each[1] + 1) for each in bounds
    )
    x_axis = {
        "range": list(x_bounds),
        "title": {"text": words("option.axis.seen", signal=signal), "font": {"size": 11}},
        "tickfont": {"size": 11},
        "showgrid": False,
        "zeroline": False,
        **scaled_ticks(x_bounds, words, most=4),
    }
    threshold = found.rule.threshold
    return Panel(
        id="option-seen",
        title=title,
        alt=words("option.chart.seen.alt", title=title, signal=signal),
        figure={
            "data": [
                _cloud(found, on & right, "on_right", words),
                _cloud(found, ~on & right, "back_right", words),
                _cloud(found, ~right, "wrong", words),
            ],
            "layout": plain_layout()
            | {
                "meta": {"x": found.signal},
                "xaxis": x_axis,
                "yaxis": scaled_y_layout(y_bounds, title=words("option.axis.better"), words=words)
                | {"zeroline": True, "zerolinecolor": "@text"},
                "shapes": [upright(threshold, "dash", "@text")] if np.isfinite(threshold) else [],
            },
        },
        csv_name="pilot-worlds.csv",
        csv_header=csv_header,
    )


_STYLES: Final = {
    "on_right": ("circle", "@series-1/0.75"),
    "back_right": ("square", "@series-3/0.75"),
    "wrong": ("x", "@series-2"),
}


def _cloud(found: OptionValue, where: Any, name: str, words: Words) -> dict[str, Any]:
    symbol, colour = _STYLES[name]
    assert found.seen is not None
    assert found.better is not None
    return {
        "type": "scatter",
        "mode": "markers",
        "name": words(f"option.point.{name}"),
        "x": found.seen[where],
        "y": found.better[where],
        "marker": {"symbol": symbol, "size": 5, "color": colour},
        "line": {"color": colour, "width": 0},
        "hoverinfo": "skip",
        "meta": {"series": name},
    }
