"""An axis of a number of the scenario, or of an outcome, in the reader's own scale and unit."""

from typing import Any, Final

from sim.analyses.variables import Variable
from sim.charts.ticks import scaled_ticks
from sim.metrics import OUTCOMES
from sim.places import declaration_at
from sim.text import Words
from sim.text.place_words import variable_words

_PERCENT: Final = frozenset({"share", "per_year", "position"})
_SCALED: Final = frozenset({"cny", "persons"})
# From here on a number is written with a scale word.
_LARGE: Final = 10_000.0
# Room beyond both ends, of the range.
_MARGIN: Final = 0.03


def variable_axis(which: Variable, words: Words) -> dict[str, Any]:
    """The axis of a variable from end to end; positions are values in the unit of the scenario."""
    unit = unit_of(which)
    bounds = _bounds(which.low, which.high)
    title = variable_words(which.place, words)
    if unit == "position":
        title = words("variable_axis.position", label=title)
    elif unit not in _PERCENT:
        title = words("variable_axis.unit", label=title, unit=words(f"unit.{unit}"))
    return _axis(bounds, title, unit, words)


def outcome_axis(
    outcome: str, bounds: tuple[float, float], title: str, words: Words
) -> dict[str, Any]:
    """The axis of an outcome; ``probability`` in place of its id for a share of worlds."""
    unit = "share" if outcome == "probability" else OUTCOMES[outcome].unit
    shown = title if unit in _PERCENT else words(
        "variable_axis.unit", label=title, unit=words(f"unit.{unit}")
    )  # fmt: skip
    return _axis(_bounds(*bounds), shown, unit, words)


def colour_ticks(outcome: str, bounds: tuple[float, float], words: Words) -> dict[str, Any]:
    """Ticks of a colour scale of an outcome, or of a share of worlds."""
    unit = "share" if outcome == "probability" else OUTCOMES[outcome].unit
    return _ticks(bounds, unit, words)


def unit_of(which: Variable) -> str:
    """The unit of a variable; a vector as one is varied by its position."""
    declaration = declaration_at(which.place)
    return "position" if which.kind == "vector" or declaration is None else declaration.unit


def _bounds(low: float, high: float) -> tuple[float, float]:
    span = (high - low) or max(abs(high), 1.0)
    return low - _MARGIN * span, high + _MARGIN * span


def _axis(bounds: tuple[float, float], title: str, unit: str, words: Words) -> dict[str, Any]:
    return {
        "range": list(bounds),
        "title": {"text": title, "font": {"size": 11}, "standoff": 6},
        "tickfont": {"size": 11},
        "zeroline": False,
        "showgrid": False,
        **_ticks(bounds, unit, words),
    }


def _ticks(bounds: tuple[float, float], unit: str, words: Words) -> dict[str, Any]:
    if unit in _PERCENT:
        return {"tickformat": ".3~%", "nticks": 6}
    if unit in _SCALED or max(map(abs, bounds)) >= _LARGE:
        return scaled_ticks(bounds, words)
    return {"tickformat": ",.4~g", "nticks": 6}
