"""What a row's control sends: a place, and the number it shows.

It comes from a browser, so nothing about it is taken for granted.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, cast

from sim.places import NOW, Content, value_at, value_or_now
from sim.scenario import Scenario
from sim.ui.spans import span_of

MOST_EDITS: Final = 64
_LONGEST_PLACE: Final = 80


@dataclass(frozen=True, kw_only=True)
class Edit:
    """A number put into a control.

    Attributes
    ----------
    place
        Which number of the scenario.
    shown
        In the unit of the control; not a number where something else was typed.
    """

    place: str
    shown: float

    def value(self, scenario: Scenario, language: str) -> Content:
        """The number of the scenario; a target put at the world's own value is "as now"."""
        value = span_of(self.place, number_at(scenario, self.place), language).read(self.shown)
        is_now = self.place in NOW and value == value_at(scenario, NOW[self.place])
        return None if is_now else value


def number_at(scenario: Scenario, place: str) -> float:
    """The number that a control of this place shows.

    Raises
    ------
    ValueError
        If there is no number at this place.
    """
    try:
        value = value_or_now(scenario, place)
    except (KeyError, IndexError, AttributeError, ValueError):
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"no number at {place!r}")
    return float(value)


def read_edits(sent: object) -> tuple[Edit, ...]:
    """Edits as the browser sends them: pairs of a place and a number, or null for no number.

    Raises
    ------
    ValueError
        If they are anything else.
    """
    if not isinstance(sent, list) or len(sent) > MOST_EDITS:
        raise ValueError(f"edits must be a list of at most {MOST_EDITS}")
    return tuple(_edit(each) for each in cast("Iterable[object]", sent))


def _edit(sent: object) -> Edit:
    match sent:
        case [str(place), int() | float() | None as shown] if len(place) <= _LONGEST_PLACE:
            if not isinstance(shown, bool):
                return Edit(place=place, shown=math.nan if shown is None else _float(shown))
    raise ValueError("an edit must be a place and a number")


def _float(number: float) -> float:
    # JSON has whole numbers of any length.
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf
