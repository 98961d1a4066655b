"""A series beside its reference as traces: told apart by dash and marker, not colour alone."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from sim.charts.axis import Axis
from sim.metrics import Floats
from sim.text import Words
from sim.text.numbers import count, exponent_of, money, score, share

Kind = Literal["money", "count", "share", "score"]
Pane = Literal["y", "y2"]

_DASHES: Final = ("solid", "dash", "longdashdot", "longdash", "dashdot", "solid")
_MARKERS: Final = ("circle", "square", "diamond", "triangle-up", "x", "star")
_MARKER_WEEKS: Final = 13
_WRITE: Final = {"money": money, "count": count, "share": share, "score": score}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A series of the run and of its reference, each a float64 array of shape (weeks,).

    ``series`` is its column in a table; ``style`` chooses colour, dash and marker, from 0 on.
    """

    series: str
    name: str
    values: Floats
    reference: Floats
    kind: Kind
    style: int
    pane: Pane = "y"


def traces(line: Line, axis: Axis, words: Words, *, first: bool) -> tuple[dict[str, Any], ...]:
    """The reference and, on top of it, the line itself.

    All references hang together: one legend entry, that of the ``first``, shows or hides them.
    """
    common = {
        "type": "scatter",
        "x": axis.positions(len(line.values)),
        "yaxis": line.pane,
    }
    colour = f"@series-{line.style + 1}"
    reference = common | {
        "mode": "lines",
        "y": line.reference,
        "name": words("chart.reference"),
        "line": {"color": colour, "width": 1.3, "dash": "dot"},
        "hoverinfo": "skip",
        "legendgroup": "reference",
        "showlegend": first,
        "legendrank": 2000,
        "meta": {"series": f"{line.series}_reference"},
    }
    own = common | {
        "mode": "lines+markers",
        "y": line.values,
        "name": line.name,
        "line": {"color": colour, "width": 2.2, "dash": _DASHES[line.style]},
        "marker": {
            "symbol": _MARKERS[line.style],
            "size": 6,
            "color": colour,
            "maxdisplayed": max(round(len(line.values) / _MARKER_WEEKS), 4),
        },
        "meta": {"series": line.series},
    }
    return reference, own | _hover(line, words)


def _hover(line: Line, words: Words) -> dict[str, Any]:
    """Value, unit and reference. Single precision is more than the four digits that are shown."""
    both = np.stack([line.values, line.reference], axis=1)
    exponent = 0
    if line.kind in {"money", "count"}:
        exponent = exponent_of(float(np.abs(both).max()), words)
    scale = 0.01 if line.kind == "share" else 10.0**exponent
    template = words(
        f"chart.hover.{line.kind}",
        value="%{customdata[0]:,.4~r}",
        reference="%{customdata[1]:,.4~r}",
        scale=words(f"number.scale.{exponent}"),
    )
    return {"customdata": (both / scale).astype(np.float32), "hovertemplate": template}


def sentence_part(line: Line, words: Words) -> str:
    """A line in words: where it starts, where it ends, and where its reference ends."""
    write = _WRITE[line.kind]
    return words(
        "chart.alt.line",
        name=line.name,
        start=write(float(line.values[0]), words),
        end=write(float(line.values[-1]), words),
        reference=write(float(line.reference[-1]), words),
    )
