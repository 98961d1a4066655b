"""One assumption at a time: how far each moves the outcome from where it is in the scenario."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np

from sim.analyses.tornado import Bar, Tornado
from sim.charts.differences import difference_axis, difference_text
from sim.charts.panel import Panel
from sim.charts.plain import plain_layout, upright
from sim.charts.rows import row_axis, row_names
from sim.text import Words
from sim.text.assumption_words import has_short_unit, parameter_words, values_text
from sim.world import world_declarations

# Bars that are drawn; the rest would be too small to see.
MOST_BARS: Final = 12
_COLOURS: Final = {"low": "@series-1/0.8", "high": "@series-2/0.8"}
# Told apart without colour too.
_PATTERNS: Final = {"low": "/", "high": ""}
_NAMED: Final = 3
# Of the width, on either side, for the words at the ends of bars.
_MARGIN: Final = 0.3


def tornado_panel(
    found: Tornado, turning: Collection[str], words: Words, csv_header: tuple[str, ...] = ()
) -> Panel:
    """Horizontal bars around the scenario's own outcome, the widest first.

    A diamond at zero marks the assumptions in ``turning``: within their range the answer turns.
    """
    bars = [each for each in found.bars if each.swing > 0][:MOST_BARS]
    names = [_name(each.name, words) for each in bars]
    bounds = _bounds(found, bars)
    outcome = words(f"outcome.{found.outcome}")
    title = words("drivers.chart.tornado", outcome=outcome)
    data = [_bars(side, found, bars, names, words) for side in ("low", "high")]
    data += [_ends(side, found, bars, names, words) for side in ("low", "high")]
    marked = [name for each, name in zip(bars, names, strict=True) if each.name in turning]
    if marked:
        data.append(_marks(marked, words))
    return Panel(
        id="tornado",
        title=title,
        alt=_alt(title, found, bars, words),
        figure={
            "data": data,
            "layout": plain_layout()
            | {
                "margin": {"l": 8, "r": 8, "t": 20, "b": 46, "pad": 0},
                "barmode": "overlay",
                "xaxis": difference_axis(found.outcome, bounds, words),
                "yaxis": row_axis(names),
                "shapes": _lines(found.now, bounds),
                "annotations": [*row_names(names), _now(found.now, words)],
            },
        },
        csv_name=f"{found.outcome}-tornado.csv",
        csv_header=csv_header,
    )


def _bounds(found: Tornado, bars: Sequence[Bar]) -> tuple[float, float]:
    """From end to end with room for words; zero is in it, where the answer turns there or near."""
    values = [
        found.now,
        *(at for bar in bars for at in (bar.at_low, bar.at_high) if at is not None),
    ]
    low, high = min(values), max(values)
    near = 2 * (high - low)
    if low - near <= 0 <= high + near:
        low, high = min(low, 0.0), max(high, 0.0)
    room = _MARGIN * ((high - low) or max(abs(high), 1.0))
    return low - room, high + room


def _value(bar: Bar, side: str) -> float | None:
    return bar.at_low if side == "low" else bar.at_high


def _bars(
    side: str, found: Tornado, bars: Sequence[Bar], names: Sequence[str], words: Words
) -> dict[str, Any]:
    values = [_value(each, side) for each in bars]
    return {
        "type": "bar",
        "orientation": "h",
        "x": np.array([0.0 if at is None else at - found.now for at in values]),
        "base": found.now,
        "y": list(names),
        "width": 0.36,
        "name": words(f"drivers.chart.{side}"),
        "marker": {
            "color": _COLOURS[side],
            "pattern": {"shape": _PATTERNS[side], "size": 6, "solidity": 0.25},
        },
        "customdata": [_hover(each, side, found, words) for each in bars],
        "hovertemplate": "%{customdata}<extra></extra>",
        # The ends, and not the lengths, are what the file is for.
        "meta": {"csv": False, "series": side},
        "legendgroup": side,
    }


def _hover(bar: Bar, side: str, found: Tornado, words: Words) -> str:
    horizon = found.scenario.weeks
    return words(
        "drivers.chart.hover",
        label=parameter_words(bar.name, words),
        value=_end(bar, side, words),
        result=difference_text(found.outcome, _value(bar, side), words, horizon=horizon),
    )


def _end(bar: Bar, side: str, words: Words) -> str:
    values, other = _side(bar, side)
    return values_text(bar.name, values, other, words)


def _side(bar: Bar, side: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The values at one end, and those at the other."""
    return (bar.low, bar.high) if side == "low" else (bar.high, bar.low)


def _ends(
    side: str, found: Tornado, bars: Sequence[Bar], names: Sequence[str], words: Words
) -> dict[str, Any]:
    """The value that an assumption has at each end, beside the bar; of a vector only which end."""
    values = [_value(each, side) for each in bars]
    known = [found.now if at is None else at for at in values]
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array(known),
        "y": list(names),
        "text": [_told(each, side, words) for each in bars],
        "textposition": [_beside(each, side, found.now) for each in bars],
        "textfont": {"size": 11},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
        "name": words(f"drivers.chart.{side}"),
        "meta": {"series": f"at_{side}"},
        "legendgroup": side,
    }


def _name(name: str, words: Words) -> str:
    """The assumption; a long unit stands here once, and not at both ends of the bar."""
    label, declaration = parameter_words(name, words), world_declarations()[name]
    if declaration.members or has_short_unit(name):
        return label
    return words("drivers.unit", label=label, unit=words(f"unit.{declaration.unit}"))


def _told(bar: Bar, side: str, words: Words) -> str:
    if _value(bar, side) is None:
        return words("drivers.refused")
    if len(bar.low) > 1:
        return words(f"drivers.gains.{side}")
    values, other = _side(bar, side)
    return values_text(bar.name, values, other, words, bare=not has_short_unit(bar.name))


def _beside(bar: Bar, side: str, now: float) -> str:
    """Outside its own bar; where both bars go one way, the shorter one speaks towards the middle."""
    at, other = _value(bar, side), _value(bar, "high" if side == "low" else "low")
    here = now if at is None else at
    there = now if other is None else other
    rightward = here > there or (here == there and side == "high")
    return "middle right" if rightward else "middle left"


def _marks(names: Sequence[str], words: Words) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.zeros(len(names)),
        "y": list(names),
        "name": words("drivers.chart.flip"),
        "marker": {
            "symbol": "diamond",
            "size": 10,
            "color": "@background",
            "line": {"color": "@text", "width": 1.6},
        },
        "hoverinfo": "skip",
        "meta": {"csv": False, "series": "flips"},
    }


def _lines(now: float, bounds: tuple[float, float]) -> list[dict[str, Any]]:
    """Dashed where the scenario is, solid at zero, if that is on the chart."""
    lines = [upright(now, "dash", "@muted")]
    if bounds[0] <= 0 <= bounds[1]:
        lines.append(upright(0.0, "solid", "@text"))
    return lines


def _now(now: float, words: Words) -> dict[str, Any]:
    """What the dashed line is, above it."""
    return {
        "x": now,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": words("drivers.chart.now"),
        "showarrow": False,
        "font": {"size": 11},
    }


def _alt(title: str, found: Tornado, bars: Sequence[Bar], words: Words) -> str:
    horizon = found.scenario.weeks
    items = []
    for bar in bars[:_NAMED]:
        low, high = (
            difference_text(found.outcome, _value(bar, side), words, horizon=horizon)
            for side in ("low", "high")
        )
        label = parameter_words(bar.name, words)
        items.append(words("drivers.chart.tornado.item", label=label, low=low, high=high))
    now = difference_text(found.outcome, found.now, words, horizon=horizon)
    return words(
        "drivers.chart.tornado.alt", title=title, now=now, list=words("ui.comma").join(items)
    )
