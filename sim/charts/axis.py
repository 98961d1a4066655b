"""The time axis: weeks of the run, or the Mondays they begin on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final, Literal

import numpy as np

from sim.metrics import Floats
from sim.text import Words

_FEW_WEEKS: Final = 8

AxisKind = Literal["weeks", "dates"]


@dataclass(frozen=True, kw_only=True)
class Axis:
    """How time is written; ``start`` is the Monday of week 0.

    Without a start, dates fall back to weeks.
    """

    kind: AxisKind = "weeks"
    start: date | None = None

    @property
    def dated(self) -> bool:
        """Whether the axis shows dates."""
        return self.kind == "dates" and self.start is not None

    @property
    def column(self) -> str:
        """The name of the time column in a table."""
        return "week_beginning" if self.dated else "week"

    def at(self, week: float) -> float | str:
        """Where a week stands on the axis: its number, or its Monday as an ISO date."""
        if self.start is None or not self.dated:
            return week
        return (self.start + timedelta(days=round(7 * week))).isoformat()

    def positions(self, weeks: int) -> Floats | Sequence[str]:
        """Where weeks 0 to ``weeks - 1`` stand on the axis."""
        return _positions(self, weeks)


@lru_cache(maxsize=64)
def _positions(axis: Axis, weeks: int) -> Floats | Sequence[str]:
    """Kept, because every trace of every chart asks for the same."""
    if axis.dated:
        return tuple(str(axis.at(week)) for week in range(weeks))
    found = np.arange(weeks, dtype=np.float64)
    found.setflags(write=False)
    return found


def x_layout(axis: Axis, weeks: int, words: Words) -> dict[str, Any]:
    """The plotly x axis over the whole horizon, with half a week of air on both sides."""
    air = max(0.5, weeks * 0.006)
    layout: dict[str, Any] = {
        "range": [axis.at(-air), axis.at(weeks - 1 + air)],
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "ticks": "outside",
        "ticklen": 4,
        "nticks": 8,
        "automargin": False,
        "tickfont": {"size": 11},
        "unifiedhovertitle": {"text": words("chart.hover.week", week="%{x}")},
    }
    if axis.dated:
        return layout | {
            "type": "date",
            "nticks": 6,
            "tickformat": words("chart.date.tick"),
            "tickangle": 0,
            "unifiedhovertitle": {"text": f"%{{x|{words('chart.date.full')}}}"},
        }
    if weeks <= _FEW_WEEKS:
        # Plotly would put ticks between whole weeks.
        layout |= {"tick0": 0, "dtick": 1}
    # A title of its own would cost a row of the little height there is on a phone.
    return layout | {
        "tickprefix": words("chart.axis.before_week"),
        "showtickprefix": "first",
        "ticksuffix": words("chart.axis.after_week"),
        "showticksuffix": "first",
    }
