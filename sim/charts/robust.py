"""Regret by plan, and where a plan fails: the choice of a box, and the worlds in and out of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from sim.analyses.robust.discovery import Box, Discovery
from sim.analyses.robust.drawn import Input
from sim.analyses.robust.regret import Robust
from sim.charts.panel import Panel
from sim.charts.plain import money_axis, plain_layout
from sim.charts.ticks import plain_y_layout, scaled_ticks
from sim.metrics import OUTCOMES, Floats
from sim.text import Words
from sim.text.differences import apart

_ROOM: Final = 1.08
# Worlds drawn as points: more would only cover each other.
_POINTS: Final = 700
_CLEAR: Final = "rgba(0,0,0,0)"


def regret_panel(
    found: Robust,
    names: Mapping[str, str],
    alt: str,
    words: Words,
    csv_header: tuple[str, ...] = (),
) -> Panel:
    """By plan, the safest in bold: mean regret, what one world in twenty exceeds, and the worst.

    ``names`` says what each plan is called.
    """
    standings = found.standings.values()
    labels = [
        f"<b>{names[each.id]}</b>" if each.id == found.safest else names[each.id]
        for each in standings
    ]
    most = max(each.regret_most for each in standings)
    bounds = (0.0, _ROOM * (most or 1.0))
    parts = {
        "high": [each.regret_high for each in standings],
        "mean": [each.regret for each in standings],
        "most": [each.regret_most for each in standings],
    }
    plans = [names[each.id] for each in standings]
    ticks = {"tickmode": "array", "tickvals": plans, "ticktext": labels, "tickfont": {"size": 11}}
    return Panel(
        id="regret",
        title=words("robust.chart.regret"),
        alt=alt,
        figure={
            "data": [
                _regrets(name, values, plans, _hovers(found, values, plans, words), words)
                for name, values in parts.items()
            ],
            "layout": plain_layout()
            | {
                "meta": {"x": words("robust.column.plan")},
                "xaxis": _outcome_axis(found.outcome, bounds, words),
                "yaxis": ticks
                | {
                    "type": "category",
                    "range": [len(plans) - 0.4, -0.6],
                    "automargin": True,
                    "fixedrange": True,
                    "zeroline": False,
                    "showgrid": False,
                },
            },
        },
        csv_name=f"regret-{found.outcome}.csv",
        csv_header=csv_header,
    )


def _hovers(
    found: Robust, values: Sequence[float], plans: Sequence[str], words: Words
) -> list[str]:
    unit = OUTCOMES[found.outcome].unit
    return [
        f"{plan}: {apart(value, unit, words)}" for plan, value in zip(plans, values, strict=True)
    ]


def _regrets(
    name: str, values: Sequence[float], plans: Sequence[str], hovers: Sequence[str], words: Words
) -> dict[str, Any]:
    common = {
        "x": values,
        "y": plans,
        "orientation": "h",
        "customdata": hovers,
        "name": words(f"robust.regret.{name}"),
        "meta": {"series": f"regret_{name}"},
        "hovertemplate": "%{customdata}",
    }
    if name == "high":
        pattern = {"shape": "/", "size": 6, "solidity": 0.2}
        return {"type": "bar", "width": 0.5, **common} | {
            "marker": {"color": "@series-1/0.45", "pattern": pattern}
        }
    symbol, colour = ("diamond", "@text") if name == "mean" else ("x-thin", "@series-2")
    marker = {"symbol": symbol, "size": 9, "color": colour, "line": {"color": colour, "width": 2}}
    return {"type": "scatter", "mode": "markers", "marker": marker, **common}


def _outcome_axis(outcome: str, bounds: tuple[float, float], words: Words) -> dict[str, Any]:
    unit = OUTCOMES[outcome].unit
    title = words("robust.axis.regret", outcome=words(f"outcome.{outcome}"))
    axis = money_axis(bounds, words) | {"title": {"text": title, "font": {"size": 11}}}
    if unit == "cny":
        return axis
    ticks = scaled_ticks(bounds, words) if unit == "persons" else {}
    free = {name: value for name, value in axis.items() if name not in scaled_ticks(bounds, words)}
    return free | ticks | ({"tickformat": ".1~%"} if unit == "share" else {})


def trade_off_panel(
    found: Discovery, box: Box, alt: str, words: Words, csv_header: tuple[str, ...] = ()
) -> Panel:
    """What each box catches, and how much of it fails: where it was found, and where it was not."""
    tested = [each.tested for each in found.boxes]
    fitted = [each.fitted for each in found.boxes]
    dense = [*(each.density for each in tested), *(each.density for each in fitted)]
    return Panel(
        id="trade-off",
        title=words("robust.chart.trade_off"),
        alt=alt,
        figure={
            "data": [
                _curve("tested", tested, 1, "solid", "circle", words),
                _curve("fitted", fitted, 3, "dot", "diamond-open", words),
                _chosen(box, words),
            ],
            "layout": plain_layout()
            | {
                "meta": {"x": "coverage"},
                "xaxis": {
                    "range": [-0.02, 1.04],
                    "title": {"text": words("robust.axis.coverage"), "font": {"size": 11}},
                    "tickfont": {"size": 11},
                    "tickformat": ".0%",
                    "zeroline": False,
                },
                "yaxis": plain_y_layout(
                    (max(min(dense) - 0.05, -0.02), min(max(dense) + 0.08, 1.04)),
                    title=words("robust.axis.density"),
                    percent=True,
                ),
            },
        },
        csv_name="boxes.csv",
        csv_header=csv_header,
    )


def _curve(
    name: str, measures: Sequence[Any], colour: int, dash: str, symbol: str, words: Words
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [each.coverage for each in measures],
        "y": [each.density for each in measures],
        "name": words(f"robust.line.{name}"),
        "line": {"color": f"@series-{colour}", "width": 2, "dash": dash},
        "marker": {"symbol": symbol, "size": 6, "color": f"@series-{colour}"},
        "customdata": [f"{at + 1}" for at in range(len(measures))],
        "hovertemplate": words(
            "robust.hover.box", number="%{customdata}", coverage="%{x:.0%}", density="%{y:.0%}"
        )
        + "<extra></extra>",
        "meta": {"series": f"density_{name}"},
    }


def _chosen(box: Box, words: Words) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [box.tested.coverage],
        "y": [box.tested.density],
        "name": words("robust.line.chosen"),
        "marker": {
            "symbol": "circle-open",
            "size": 17,
            "color": "@text",
            "line": {"color": "@text", "width": 2.5},
        },
        "hoverinfo": "skip",
        "meta": {"series": "density_chosen"},
    }


def worlds_panel(
    found: Discovery,
    box: Box,
    labels: Mapping[str, str],
    alt: str,
    words: Words,
    csv_header: tuple[str, ...] = (),
) -> Panel:
    """Worlds by the two inputs of a box that tell most, failures crossed, the box outlined.

    ``labels`` says what each input is called, by its place.
    """
    shown = box_inputs(found, box)
    columns = [list(found.names).index(each) for each in shown]
    points = found.inputs[:_POINTS][:, columns]
    failed = found.failed[:_POINTS]
    across, upwards = (_input_axis(each, labels[each.place], words) for each in shown)
    return Panel(
        id="worlds",
        title=words("robust.chart.worlds"),
        alt=alt,
        figure={
            "data": [
                _dots("held", points[~failed], "circle-open", 1, words),
                _dots("failed", points[failed], "x-thin", 2, words),
            ],
            "layout": plain_layout()
            | {
                "meta": {"x": shown[0].place},
                "xaxis": across,
                "yaxis": upwards | {"automargin": True},
                "shapes": [_outline(shown, columns, box)],
            },
        },
        csv_name="failing-worlds.csv",
        csv_header=csv_header,
    )


def box_inputs(found: Discovery, box: Box) -> tuple[Input, Input]:
    """The two inputs that tell most; where a box has one, the next of what is drawn beside it."""
    by_place = {each.place: each for each in found.names}
    told = [by_place[each.place] for each in box.restrictions]
    rest = [each for each in found.names if each not in told]
    first, second, *_ = [*told, *rest]
    return first, second


def _dots(name: str, points: Floats, symbol: str, colour: int, words: Words) -> dict[str, Any]:
    token = f"@series-{colour}"
    width = 1.5 if symbol == "x-thin" else 1
    return {
        "type": "scatter",
        "mode": "markers",
        "x": points[:, 0],
        "y": points[:, 1],
        "name": words(f"robust.world.{name}"),
        "marker": {
            "symbol": symbol,
            "size": 6,
            "color": token,
            "opacity": 0.8,
            "line": {"color": token, "width": width},
        },
        "hovertemplate": "%{x:.3g}, %{y:.3g}",
        "meta": {"series": f"second_input_{name}"},
    }


def _input_axis(each: Input, label: str, words: Words) -> dict[str, Any]:
    is_position = each.unit == "position"
    title = words("robust.axis.position", label=label) if is_position else label
    margin = 0.03 * (each.high - each.low)
    axis: dict[str, Any] = {
        "range": [each.low - margin, each.high + margin],
        "title": {"text": title, "font": {"size": 11}, "standoff": 6},
        "tickfont": {"size": 11},
        "zeroline": False,
        "nticks": 6,
    }
    if each.unit in {"share", "per_year"}:
        return axis | {"tickformat": ".3~%"}
    bounds = (each.low, each.high)
    return axis | (scaled_ticks(bounds, words) if each.high >= 1e4 else {"tickformat": ".3~f"})


def _outline(shown: Sequence[Input], columns: Sequence[int], box: Box) -> dict[str, Any]:
    """The edges of the box in the two inputs that are shown; where it is free, those of the chart."""
    ends = [
        (
            float(np.maximum(box.limits.low[at], each.low)),
            float(np.minimum(box.limits.high[at], each.high)),
        )
        for each, at in zip(shown, columns, strict=True)
    ]
    return {
        "type": "rect",
        "x0": ends[0][0],
        "x1": ends[0][1],
        "y0": ends[1][0],
        "y1": ends[1][1],
        "line": {"color": "@text", "width": 2, "dash": "dash"},
        "fillcolor": _CLEAR,
    }
