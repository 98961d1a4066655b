"""A series beside its reference as traces: told apart by dash and marker, not colour alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from sim.charts.axis import Axis
from sim.metrics import Floats
from sim.text import Words
from sim.text.numbers import count, exponent_of, money, score, share

Kind = Literal["money", "count", "share", "score"]
# What lines show: the run beside its reference, or how far it lies from it.
Shows = Literal["values", "changes"]
Pane = Literal["y", "y2"]

_DASHES: Final = ("solid", "dash", "longdashdot", "longdash", "dashdot", "solid")
_MARKERS: Final = ("circle", "square", "diamond", "triangle-up", "x", "star")
_MARKER_WEEKS: Final = 13
# The band's edges as they are called in a table, and how much of the colour fills it: outside and
# inside, when it is of this very run and when it still is of the one before.
_EDGES: Final = ("p05", "p25", "p50", "p75", "p95")
_FILLS: Final = {True: ("0.13", "0.2"), False: ("0.06", "0.1")}
_WRITE: Final = {"money": money, "count": count, "share": share, "score": score}


@dataclass(frozen=True, kw_only=True)
class Fan:
    """Quantiles by week at 5, 25, 50, 75 and 95 %, shape (weeks, 5).

    ``fresh`` is False where they are of the scenario before, until its own have been computed.
    """

    values: Floats
    fresh: bool


@dataclass(frozen=True, kw_only=True)
class Line:
    """A series of the run and of its reference, each a float64 array of shape (weeks,).

    ``series`` is its column in a table; ``style`` chooses colour, dash and marker, from 0 on. There
    is no reference where the line itself is the distance from it; ``fan`` is what many worlds say.
    """

    series: str
    name: str
    values: Floats
    reference: Floats | None
    kind: Kind
    style: int
    pane: Pane = "y"
    fan: Fan | None = None

    @property
    def extent(self) -> list[Floats]:
        """All that the axis is to hold."""
        held = [self.values, self.reference, self.fan.values if self.fan else None]
        return [each for each in held if each is not None]


def traces(line: Line, axis: Axis, words: Words, *, first: bool) -> tuple[dict[str, Any], ...]:
    """The fan, the reference on it and, on top of both, the line itself.

    All references hang together: one legend entry, that of the ``first``, shows or hides them.
    """
    common = {
        "type": "scatter",
        "x": axis.positions(len(line.values)),
        "yaxis": line.pane,
    }
    colour = f"@series-{line.style + 1}"
    under = [*_fan_traces(line, common, colour)]
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
    if line.reference is not None:
        under.append(reference)
    return *under, own | _hover(line, words)


def _fan_traces(line: Line, common: Mapping[str, Any], colour: str) -> Iterator[dict[str, Any]]:
    """Two bands, each from one edge to the other; hidden with their line, and in its table."""
    if line.fan is None:
        return
    outer, inner = _FILLS[line.fan.fresh]
    for edge, fill in ((0, None), (4, outer), (1, None), (3, inner)):
        look = {"fill": "tonexty", "fillcolor": f"{colour}/{fill}"} if fill else {}
        meta = {"series": f"{line.series}_{_EDGES[edge]}", "csv": line.fan.fresh}
        yield {
            **common,
            **look,
            "mode": "lines",
            "y": np.ascontiguousarray(line.fan.values[:, edge]),
            "name": f"{line.name} {_EDGES[edge]}",
            "line": {"width": 0, "color": colour},
            "hoverinfo": "skip",
            "legendgroup": line.series,
            "showlegend": False,
            "meta": meta,
        }


def _hover(line: Line, words: Words) -> dict[str, Any]:
    """Value, unit and reference. Single precision is more than the four digits that are shown."""
    is_change = line.reference is None
    columns = [line.values, line.values if line.reference is None else line.reference]
    fan = line.fan if line.fan and line.fan.fresh else None
    if fan is not None:
        columns += [fan.values[:, 0], fan.values[:, 4]]
    both = np.stack(columns, axis=1)
    exponent = 0
    if line.kind in {"money", "count"}:
        exponent = exponent_of(float(np.abs(both).max()), words)
    scale = 0.01 if line.kind == "share" else 10.0**exponent
    number = "+,.4~r" if is_change else ",.4~r"
    template = words(
        f"chart.hover.{'change.' if is_change else ''}{line.kind}",
        value=f"%{{customdata[0]:{number}}}",
        reference="%{customdata[1]:,.4~r}",
        scale=words(f"number.scale.{exponent}"),
    )
    if fan is not None:
        low, high = (f"%{{customdata[{at}]:{number}}}" for at in (2, 3))
        template += words("chart.hover.fan", low=low, high=high)
    return {"customdata": (both / scale).astype(np.float32), "hovertemplate": template}


def sentence_part(line: Line, words: Words) -> str:
    """A line in words: where it starts, where it ends, and where its reference ends."""
    write = _WRITE[line.kind]
    if line.reference is None:
        return words(
            "chart.alt.change",
            name=line.name,
            start=write(float(line.values[0]), words, signed=True),
            end=write(float(line.values[-1]), words, signed=True),
        )
    return words(
        "chart.alt.line",
        name=line.name,
        start=write(float(line.values[0]), words),
        end=write(float(line.values[-1]), words),
        reference=write(float(line.reference[-1]), words),
    )
