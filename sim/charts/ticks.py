"""Ranges and ticks of the y axis: round numbers with the scale words of the language."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from sim.charts.labels import text_width
from sim.text import Words
from sim.text.numbers import MINUS, exponent_of

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
# Room above the highest line for the names of festivals, as a share of the range: in a chart of one
# pane, and in the upper of two.
HEADROOM: Final = 0.13
UPPER_HEADROOM: Final = 0.45
_FOOTROOM: Final = 0.04
_SIZE: Final = 11
_STANDOFF: Final = 6
# Between the labels and the plot, and the height of a title, which stands upright beside the labels.
_BESIDE_LABELS: Final = 3
_TITLE: Final = 15
# What a zoom may make of labels that plotly writes.
_ZOOMED: Final = "0.005"


def y_range(
    arrays: Iterable[ArrayLike],
    *,
    least_span: float = 0.0,
    from_zero: bool = False,
    headroom: float = HEADROOM,
) -> tuple[float, float]:
    """The range that holds all arrays with headroom, never narrower than ``least_span``.

    A narrow range would blow up a difference that nobody could measure.
    """
    low, high = _extremes(arrays)
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    lacking = max(least_span - (high - low), 0.0)
    if from_zero and low >= 0:
        high += lacking
    else:
        low, high = low - lacking / 2, high + lacking / 2
    span = (high - low) or max(abs(high), 1.0)
    foot = 0.0 if from_zero and low == 0 else _FOOTROOM * span
    return low - foot, high + headroom * span


def _extremes(arrays: Iterable[ArrayLike]) -> tuple[float, float]:
    whole = np.concatenate([np.asarray(each, dtype=np.float64).ravel() for each in arrays])
    return float(whole.min()), float(whole.max())


def nice_ticks(low: float, high: float, *, most: int = 6) -> tuple[float, ...]:
    """Round numbers inside the range, at most ``most``, as far apart as 1, 2, 2.5 or 5 · 10^n."""
    if not high > low:
        return (low,)
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(each * power for each in _STEPS if each * power >= raw * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    # The decimal in between keeps 3 · 0.1 from becoming 0.30000000000000004.
    return tuple(float(f"{index * step:.15g}") for index in range(first, last + 1))


def scaled_y_layout(
    bounds: tuple[float, float], *, title: str, words: Words, most: int = 6
) -> dict[str, Any]:
    """The y axis of money or of counts: ticks in the scale words of the language.

    Plotly has no scale words for Chinese, so the ticks are fixed, and with them the range: zoom is
    along time.
    """
    return _y_layout(bounds, title) | {"fixedrange": True} | scaled_ticks(bounds, words, most=most)


def scaled_ticks(bounds: tuple[float, float], words: Words, *, most: int = 6) -> dict[str, Any]:
    """Ticks of money or of counts on any axis, in the scale words of the language."""
    values = nice_ticks(*bounds, most=most)
    exponent = exponent_of(max(abs(each) for each in values), words)
    return {
        "tickmode": "array",
        "tickvals": list(values),
        "ticktext": [_tick_text(each, exponent, words) for each in values],
    }


def plain_y_layout(
    bounds: tuple[float, float], *, title: str, percent: bool, most: int = 6
) -> dict[str, Any]:
    """The y axis of shares or scores, whose ticks plotly makes anew at every zoom."""
    return _y_layout(bounds, title) | {
        "tickformat": ".3~%" if percent else ".3~f",
        "nticks": most,
    }


def share_y_layout(bounds: tuple[float, float], *, title: str, most: int) -> dict[str, Any]:
    """The y axis of a share with headroom above 100 %, where no tick may stand."""
    values = [each for each in nice_ticks(*bounds, most=most) if 0 <= each <= 1]
    return _y_layout(bounds, title) | {
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": values,
        "ticktext": [f"{100 * each:.6g}%" for each in values],
    }


def room_for(axes: Iterable[Mapping[str, Any]]) -> int:
    """Pixels that titles and tick labels of y axes take at most at the left of the plot.

    Plotly can measure them itself (``automargin``), draws the chart, and where there is not room enough
    draws it once more: the time of a second repaint.
    """
    labels = [label for axis in axes for label in axis.get("ticktext", (_ZOOMED,))]
    widest = max(text_width(label, _SIZE) for label in labels)
    return math.ceil(widest) + _BESIDE_LABELS + _STANDOFF + _TITLE


def _tick_text(value: float, exponent: int, words: Words) -> str:
    if value == 0:
        return "0"
    text = f"{abs(value) / 10**exponent:,.6g}"
    return (MINUS if value < 0 else "") + text + words(f"number.scale.{exponent}")


def _y_layout(bounds: tuple[float, float], title: str) -> dict[str, Any]:
    return {
        "range": list(bounds),
        "title": {"text": title, "font": {"size": _SIZE}, "standoff": _STANDOFF},
        "tickfont": {"size": _SIZE},
        "zeroline": False,
        "automargin": True,
    }
