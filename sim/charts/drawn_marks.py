"""Marks and festivals as plotly shapes and annotations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from sim.charts.axis import Axis
from sim.charts.labels import NARROWEST, Label, at_pixels, placed, text_width
from sim.charts.marks import Mark
from sim.text import Words

_LABEL_SIZE: Final = 11
_LANE_HEIGHT: Final = 15
_FESTIVAL_SIZE: Final = 10
# Festivals at most so many weeks apart, such as 116 and Double 11, share a label.
_SAME_SEASON: Final = 2
_AIR: Final = 3.0

Festivals = tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class DrawnMarks:
    """Lines through all panes, labels above the plot, and the pixels that these take there."""

    shapes: tuple[dict[str, Any], ...]
    annotations: tuple[dict[str, Any], ...]
    height: int


@lru_cache(maxsize=64)
def drawn_marks(
    marks: tuple[Mark, ...], festivals: Festivals, axis: Axis, weeks: int, words: Words
) -> DrawnMarks:
    """The marks of a chart as plotly draws them; kept, because most charts share theirs.

    Festivals are fainter, and named inside the plot where there is room for their names.
    """
    labels = placed(marks, weeks, size=_LABEL_SIZE)
    shapes = [_festival_line(axis.at(week)) for week in sorted({week for week, _ in festivals})]
    shapes += [_line(axis.at(mark.week)) for mark in marks]
    shapes += [_mast(axis.at(each.week), each.lane * _LANE_HEIGHT) for each in labels if each.lane]
    annotations = [_flag(each, axis) for each in labels]
    annotations += _festival_labels(festivals, marks, axis, weeks, words)
    lanes = max((label.lane + 1 for label in labels), default=0)
    return DrawnMarks(
        shapes=tuple(shapes), annotations=tuple(annotations), height=lanes * _LANE_HEIGHT
    )


def _line(at: float | str) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": at,
        "x1": at,
        "y0": 0,
        "y1": 1,
        "line": {"color": "@text/0.7", "width": 1},
    }


def _festival_line(at: float | str) -> dict[str, Any]:
    line = {"color": "@muted/0.4", "width": 1, "dash": "dot"}
    return _line(at) | {"line": line, "layer": "below"}


def _mast(at: float | str, height: int) -> dict[str, Any]:
    """From the top of the plot to a label in an upper lane."""
    pixels = {"ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": height}
    return _line(at) | pixels


def _flag(label: Label, axis: Axis) -> dict[str, Any]:
    return {
        "xref": "x",
        "yref": "paper",
        "x": axis.at(label.week),
        "y": 1,
        "yanchor": "bottom",
        "xanchor": label.anchor,
        "yshift": label.lane * _LANE_HEIGHT,
        "text": label.text,
        "hovertext": label.hover,
        "showarrow": False,
        "borderpad": 1,
        "align": label.anchor,
        "font": {"size": _LABEL_SIZE, "color": "@text"},
        "bgcolor": "@background/0.8",
    }


def _festival_labels(
    festivals: Festivals, marks: Sequence[Mark], axis: Axis, weeks: int, words: Words
) -> Iterator[dict[str, Any]]:
    """Names left of their lines, or else right of them; where neither is free, the line is bare."""
    pixel = at_pixels(weeks)
    barred = [pixel(mark.week) for mark in marks] + [pixel(week) for week, _ in festivals]
    taken = 0.0
    for season in _seasons(festivals):
        names = dict.fromkeys(_short(name, words) for _, name in season)
        text = words("chart.mark.festivals").join(names)
        width = text_width(text, _FESTIVAL_SIZE) + 2 * _AIR
        first, last = season[0][0], season[-1][0]
        left = (pixel(first) - width, pixel(first))
        right = (pixel(last), pixel(last) + width)
        for (begin, end), week, anchor in ((left, first, "right"), (right, last, "left")):
            free = taken <= begin and end <= NARROWEST
            if free and not any(begin + 0.1 < at < end - 0.1 for at in barred):
                taken = end
                yield _festival_label(axis.at(week), text, anchor)
                break


def _short(name: str, words: Words) -> str:
    key = f"chart.festival.{name}"
    return words(key if key in words else f"festival.{name}")


def _seasons(festivals: Festivals) -> list[list[tuple[int, str]]]:
    groups: list[list[tuple[int, str]]] = []
    for week, name in festivals:
        if groups and week - groups[-1][-1][0] <= _SAME_SEASON:
            groups[-1].append((week, name))
        else:
            groups.append([(week, name)])
    return groups


def _festival_label(at: float | str, text: str, anchor: str) -> dict[str, Any]:
    return {
        "xref": "x",
        "yref": "paper",
        "x": at,
        "y": 1,
        "yanchor": "top",
        "xanchor": anchor,
        "text": text,
        "showarrow": False,
        "borderpad": 1,
        "font": {"size": _FESTIVAL_SIZE, "color": "@muted"},
    }
