"""Places for the labels of marks, so that none overlaps another or leaves the chart.

A chart is as wide as the reader's window, which is not known here. Labels are placed for a phone:
where they keep clear of each other there, they do so everywhere.
"""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from sim.charts.marks import Mark

# Width of the plotted area of a 360 px wide chart.
NARROWEST: Final = 264.0
MOST_LANES: Final = 3

_GAP: Final = 5.0
_WIDE: Final = 1.0
_NARROW: Final = 0.6
_CIRCLED_ONE: Final = 0x2460
_MOST_CIRCLED: Final = 20

Anchor = Literal["left", "right", "center"]


@dataclass(frozen=True, kw_only=True)
class Label:
    """A text beside the line of its week; ``lane`` counts upwards from the top of the plot."""

    week: float
    text: str
    hover: str
    lane: int
    anchor: Anchor


def text_width(text: str, size: float) -> float:
    """Pixels that a text takes at most, by the width of its characters."""
    wide = sum(unicodedata.east_asian_width(each) in "WFA" for each in text)
    return size * (_WIDE * wide + _NARROW * (len(text) - wide))


def circled(index: int) -> str:
    """The sign for the mark with this index, beginning with 1 in a circle."""
    return chr(_CIRCLED_ONE + index) if index < _MOST_CIRCLED else f"({index + 1})"


def placed(marks: Sequence[Mark], weeks: int, *, size: float) -> tuple[Label, ...]:
    """A label for every mark: its words where they fit into the lanes, else its number."""
    whole = flags(marks, weeks, size=size)
    if whole is not None:
        return whole
    return numbered(marks, weeks, size=size)


def at_pixels(weeks: int) -> Callable[[float], float]:
    """From week to pixel on the narrowest chart."""
    return lambda week: NARROWEST * (week + 0.5) / max(weeks, 1)


def flags(marks: Sequence[Mark], weeks: int, *, size: float) -> tuple[Label, ...] | None:
    """Labels right of their lines, from the last to the first, so that no line crosses a label.

    A label that would run out of the chart stands left of its line instead. None where there are
    not lanes enough.
    """
    pixel = at_pixels(weeks)
    free = [NARROWEST] * MOST_LANES
    found: list[Label] = []
    for mark in reversed(marks):
        width, at = text_width(mark.label, size) + _GAP, pixel(mark.week)
        leftward = at + width > NARROWEST
        begin, end = (at - width, at) if leftward else (at, at + width)
        lane = next((each for each in range(MOST_LANES) if end <= free[each]), None)
        if lane is None or begin < 0:
            return None
        free[: lane + 1] = [min(each, begin) for each in free[: lane + 1]]
        found.append(
            Label(
                week=mark.week,
                text=mark.label,
                hover=mark.name,
                lane=lane,
                anchor="right" if leftward else "left",
            )
        )
    return tuple(reversed(found))


def numbered(marks: Sequence[Mark], weeks: int, *, size: float) -> tuple[Label, ...]:
    """Numbers over their lines in one lane; neighbours that would overlap share a label."""
    place = partial(_extent, marks=marks, pixel=at_pixels(weeks), size=size)
    groups: list[list[int]] = []
    for index in range(len(marks)):
        groups.append([index])
        while len(groups) > 1 and place(groups[-1])[0] < place(groups[-2])[1] + _GAP:
            last = groups.pop()
            groups[-1].extend(last)
    return tuple(_group_label(group, marks, place(group)[2]) for group in groups)


def _group_text(group: Sequence[int]) -> str:
    first, last = circled(group[0]), circled(group[-1])
    return first if len(group) == 1 else f"{first}\N{EN DASH}{last}"


def _middle(group: Sequence[int], marks: Sequence[Mark]) -> float:
    return (marks[group[0]].week + marks[group[-1]].week) / 2


def _extent(
    group: Sequence[int], marks: Sequence[Mark], pixel: Callable[[float], float], size: float
) -> tuple[float, float, Anchor]:
    """Where the label of a group begins and ends in pixels, and how it stands at its line."""
    middle, width = pixel(_middle(group, marks)), text_width(_group_text(group), size)
    # In the middle of its line it would be cut off at the right edge of the chart.
    if middle + width / 2 > NARROWEST:
        return middle - width, middle, "right"
    return middle - width / 2, middle + width / 2, "center"


def _group_label(group: Sequence[int], marks: Sequence[Mark], anchor: Anchor) -> Label:
    hover = "<br>".join(f"{circled(index)} {marks[index].name}" for index in group)
    return Label(
        week=_middle(group, marks), text=_group_text(group), hover=hover, lane=0, anchor=anchor
    )
