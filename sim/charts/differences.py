"""An outcome against no policy: its axis, and its numbers in words."""

from typing import Any

from sim.charts.plain import money_axis
from sim.charts.ticks import scaled_ticks
from sim.metrics import OUTCOMES
from sim.text import Words
from sim.text.numbers import count, money, points, week, weeks


def difference_axis(outcome: str, bounds: tuple[float, float], words: Words) -> dict[str, Any]:
    """An x axis of the outcome's difference, in its unit."""
    axis = money_axis(bounds, words)
    unit = OUTCOMES[outcome].unit
    title = words("drivers.chart.axis", outcome=words(f"outcome.{outcome}"))
    if unit not in {"cny", "persons"}:
        axis = {name: each for name, each in axis.items() if not name.startswith("tick")}
        axis |= {"tickformat": ".3~%" if unit == "share" else ".3~f", "nticks": 6}
        return axis | {"tickfont": {"size": 11}, "title": axis["title"] | {"text": title}}
    ticks = scaled_ticks(bounds, words, most=4)
    return axis | ticks | {"title": axis["title"] | {"text": title}}


def difference_text(outcome: str, value: float | None, words: Words, *, horizon: int) -> str:
    """An outcome against no policy, signed, in its unit; of a payback week whether there is one."""
    if value is None:
        return words("drivers.refused")
    if outcome == "payback_week":
        return words("drivers.unpaid") if value >= horizon else week(value, words)
    unit = OUTCOMES[outcome].unit
    if unit == "cny":
        return money(value, words, signed=True)
    if unit == "persons":
        return count(value, words, signed=True)
    return points(value, words) if unit == "share" else weeks(value, words)


def size_text(outcome: str, value: float, words: Words) -> str:
    """How far an outcome is moved, without a sign."""
    unit = OUTCOMES[outcome].unit
    if unit == "cny":
        return money(value, words)
    if unit == "persons":
        return count(value, words)
    return points(value, words).lstrip("+") if unit == "share" else weeks(value, words)
