"""Charts of one row a thing: its name above its bars, so that bars have the whole width of a phone."""

from collections.abc import Sequence
from typing import Any, Final

_NAME_SHIFT: Final = 15


def row_axis(names: Sequence[str]) -> dict[str, Any]:
    """A y axis of rows from the top down, with room above the first for its name."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(names),
        "range": [len(names) - 0.5, -0.85],
        "fixedrange": True,
        "showticklabels": False,
        "ticks": "",
        "showline": False,
        "showgrid": False,
        "zeroline": False,
    }


def row_names(names: Sequence[str]) -> list[dict[str, Any]]:
    """The name of every row, flush left above its bars."""
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": name,
            "yshift": _NAME_SHIFT,
            "text": name,
            "showarrow": False,
            "font": {"size": 12},
        }
        for name in names
    ]
