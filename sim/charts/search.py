"""What a search found: the curve of a goal, what each number of a plan gives, and the front."""

from typing import Any, Final

import numpy as np

from sim.analyses.objective import Aim
from sim.analyses.optimise import Optimisation
from sim.analyses.pareto import Pareto
from sim.analyses.seek import Sought
from sim.charts.outcome_words import aim_value, aim_words, gain_value
from sim.charts.panel import Panel
from sim.charts.plain import plain_layout, upright
from sim.charts.variable_axis import outcome_axis, variable_axis
from sim.metrics import Floats
from sim.text import Words
from sim.text.place_words import variable_value, variable_words

# Twice the standard error on either side.
_ERRORS: Final = 2.0


def seek_panel(found: Sought, words: Words, csv_header: tuple[str, ...] = ()) -> Panel:
    """What is aimed at over the number that is sought, with the target and every solution."""
    which, scan = found.variable, found.found
    aim = aim_words(found.aim, words)
    title = words("search.chart.seek", aim=aim, label=variable_words(which.place, words))
    roots = scan.roots or ((scan.nearest,) if scan.nearest else ())
    points = [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": scan.tried,
            "y": scan.values,
            "name": aim,
            "line": {"color": "@series-1", "width": 2.2},
            "marker": {"size": 4, "color": "@series-1"},
            "text": [_at(found, float(at), float(value), words) for at, value in _pairs(found)],
            "hovertemplate": "%{text}<extra></extra>",
            "meta": {"series": "value"},
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [each.at for each in roots],
            "y": [each.value for each in roots],
            "name": words("search.solution" if scan.roots else "search.closest"),
            "marker": {
                "symbol": "diamond",
                "size": 11,
                "color": "@background",
                "line": {"color": "@text", "width": 2.5},
            },
            "hoverinfo": "skip",
            "meta": {"csv": False},
        },
    ]
    level = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": found.target,
        "y1": found.target,
        "line": {"color": "@text", "width": 1.2, "dash": "dash"},
    }
    known = scan.values[np.isfinite(scan.values)]
    bounds = _ends(np.append(known, found.target))
    return Panel(
        id="seek",
        title=title,
        alt=words(
            "search.chart.seek.alt", title=title, target=aim_value(found.aim, found.target, words)
        ),
        figure={
            "data": points,
            "layout": plain_layout()
            | {
                "uirevision": f"seek.{which.place}.{found.aim}",
                "hovermode": "closest",
                "meta": {"x": which.place},
                "xaxis": variable_axis(which, words),
                "yaxis": outcome_axis(_axis_of(found.aim), bounds, aim, words),
                "shapes": [level, upright(which.now, "dot", "@muted")],
                "annotations": _labels(found, words),
            },
        },
        csv_name="seek.csv",
        csv_header=csv_header,
        clickable=True,
    )


def _pairs(found: Sought) -> "zip[tuple[float, float]]":
    return zip(found.found.tried.tolist(), found.found.values.tolist(), strict=True)


def _at(found: Sought, at: float, value: float, words: Words) -> str:
    place = found.variable.place
    number = variable_value(place, float(f"{at:.4g}"), words)
    return (
        f"{variable_words(place, words)}: {number}<br><b>{aim_value(found.aim, value, words)}</b>"
    )


def _labels(found: Sought, words: Words) -> list[dict[str, Any]]:
    plain = {"showarrow": False, "font": {"size": 11}, "xanchor": "left"}
    return [
        plain
        | {
            "xref": "paper",
            "x": 0.01,
            "y": found.target,
            "yanchor": "bottom",
            "text": words("search.target"),
        },
        plain
        | {
            "x": found.variable.now,
            "yref": "paper",
            "y": 0.02,
            "yanchor": "bottom",
            "xshift": 3,
            "text": words("search.now"),
        },
    ]


def _axis_of(aim: Aim) -> str:
    return "probability" if aim.measure == "probability" else aim.outcome


def _ends(values: Floats) -> tuple[float, float]:
    return float(values.min(initial=np.inf)), float(values.max(initial=-np.inf))


def contribution_panel(
    found: Optimisation, words: Words, csv_header: tuple[str, ...] = ()
) -> Panel:
    """What each number of the plan gives: what is lost when it alone goes back."""
    title = words("search.chart.contribution", aim=aim_words(found.aim, words))
    ordered = sorted(found.numbers, key=lambda each: each.contribution)
    values = np.array([each.contribution for each in ordered])
    labels = [variable_words(each.variable.place, words) for each in ordered]
    told = [gain_value(found.aim, each.contribution, words) for each in ordered]
    bounds = _ends(np.append(values, 0.0))
    span = (bounds[1] - bounds[0]) or 1.0
    return Panel(
        id="contribution",
        title=title,
        alt=words(
            "search.chart.contribution.alt",
            title=title,
            numbers=words("ui.comma").join(map(": ".join, zip(labels, told, strict=True))),
        ),
        figure={
            "data": [
                {
                    "type": "bar",
                    "orientation": "h",
                    "x": values,
                    "y": labels,
                    "name": title,
                    "text": told,
                    "textposition": "outside",
                    "cliponaxis": False,
                    "marker": {
                        "color": ["@series-1" if each >= 0 else "@series-2" for each in values],
                        "pattern": {"shape": ["" if each >= 0 else "/" for each in values]},
                    },
                    "hovertemplate": "%{y}: %{text}<extra></extra>",
                    "showlegend": False,
                    "meta": {"series": "contribution"},
                }
            ],
            "layout": plain_layout()
            | {
                "uirevision": "contribution",
                "meta": {"x": "number"},
                "xaxis": outcome_axis(
                    _axis_of(found.aim),
                    (bounds[0] - 0.25 * span, bounds[1] + 0.55 * span),
                    words("search.axis.contribution"),
                    words,
                ),
                "yaxis": {"tickfont": {"size": 11}, "automargin": True},
                "shapes": [upright(0.0, "solid", "@text")],
            },
        },
        csv_name="contributions.csv",
        csv_header=csv_header,
    )


def front_panel(found: Pareto, words: Words, csv_header: tuple[str, ...] = ()) -> Panel:
    """Plans that none beats in both outcomes, with twice their errors, and the scenario's own."""
    first, second = found.aims
    names = [aim_words(each, words) for each in found.aims]
    title = words("search.chart.front", first=names[0], second=names[1])
    spread = _ERRORS * np.nan_to_num(found.errors)
    every = np.concatenate([found.values, found.before[None, :]])
    bar = {"type": "data", "color": "@muted", "thickness": 1, "width": 3}
    return Panel(
        id="front",
        title=title,
        alt=words("search.chart.front.alt", title=title, count=len(found.points)),
        figure={
            "data": [
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "x": found.values[:, 0],
                    "y": found.values[:, 1],
                    "error_x": bar | {"array": spread[:, 0]},
                    "error_y": bar | {"array": spread[:, 1]},
                    "name": words("search.front"),
                    "line": {"color": "@series-1", "width": 1.5, "dash": "dot"},
                    "marker": {"size": 9, "color": "@series-1"},
                    "text": [_plan_text(found, row, words) for row in range(len(found.points))],
                    "hovertemplate": "%{text}<extra></extra>",
                    "meta": {"series": second.outcome},
                },
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": [float(found.before[0])],
                    "y": [float(found.before[1])],
                    "name": words("search.own"),
                    "marker": {
                        "symbol": "diamond",
                        "size": 12,
                        "color": "@background",
                        "line": {"color": "@text", "width": 2.5},
                    },
                    "hoverinfo": "skip",
                    "meta": {"csv": False},
                },
            ],
            "layout": plain_layout()
            | {
                "uirevision": f"front.{first}.{second}",
                "hovermode": "closest",
                "meta": {"x": first.outcome},
                "xaxis": outcome_axis(_axis_of(first), _ends(every[:, 0]), names[0], words),
                "yaxis": outcome_axis(_axis_of(second), _ends(every[:, 1]), names[1], words),
            },
        },
        csv_name="front.csv",
        csv_header=csv_header,
        clickable=True,
    )


def _plan_text(found: Pareto, row: int, words: Words) -> str:
    numbers = [
        f"{variable_words(each.place, words)}: "
        + variable_value(each.place, float(f"{value:.4g}"), words)
        for each, value in zip(found.space.variables, found.points[row].tolist(), strict=True)
    ]
    aims = [
        f"<b>{aim_words(aim, words)}: {aim_value(aim, float(value), words)}</b>"
        for aim, value in zip(found.aims, found.values[row], strict=True)
    ]
    return "<br>".join([*aims, *numbers])
