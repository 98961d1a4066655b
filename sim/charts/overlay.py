"""Several scenarios on one chart, each a line of its own colour, dash and marker; or one a pane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from sim.analyses.compare import Comparison
from sim.charts.axis import Axis, x_layout
from sim.charts.lines import Kind, Shows
from sim.charts.panel import Panel
from sim.charts.ticks import plain_y_layout, room_for, scaled_y_layout, y_range
from sim.metrics import Floats, leakage_rate, total_gmv
from sim.series import SERIES
from sim.text import Words
from sim.text.numbers import count, exponent_of, money, score, share, week

# Eight of each, so that no two scenarios look alike where there is no colour.
_DASHES: Final = ("solid", "dash", "dot", "longdash", "dashdot", "longdashdot", "solid", "dash")
_MARKERS: Final = ("circle", "square", "diamond", "triangle-up", "x", "star", "cross", "pentagon")
_MARKED: Final = 9
_WRITE: Final = {"money": money, "count": count, "share": share, "score": score}
_BOTTOM: Final = 46
_HEADROOM: Final = 0.06


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a chart is about: how its line is made, and how its numbers are read."""

    kind: Kind
    axis: str
    from_zero: bool = False


# In the order of the page. Each is a series of the engine, or made of some by ``_values``.
SUBJECTS: Final[Mapping[str, Subject]] = MappingProxyType(
    {
        "gmv": Subject(kind="money", axis="cny_per_week", from_zero=True),
        "cumulative_profit": Subject(kind="money", axis="cny"),
        "closed_share": Subject(kind="share", axis="closed_share"),
        "leakage_rate": Subject(kind="share", axis="leakage_rate", from_zero=True),
        "gmv_native": Subject(kind="money", axis="cny_per_week", from_zero=True),
        "gmv_external": Subject(kind="money", axis="cny_per_week", from_zero=True),
        "gmv_direct": Subject(kind="money", axis="cny_per_week", from_zero=True),
        "streamer_trust": Subject(kind="score", axis="trust"),
        "platform_trust": Subject(kind="score", axis="trust"),
        "native_habit": Subject(kind="share", axis="share_of_viewers"),
        "external_habit": Subject(kind="share", axis="share_of_viewers"),
        "viewers": Subject(kind="count", axis="viewers"),
        "fans": Subject(kind="count", axis="viewers"),
        "merchants_native": Subject(kind="count", axis="merchants_native"),
        "unserved": Subject(kind="share", axis="unserved", from_zero=True),
    }
)


@dataclass(frozen=True, kw_only=True)
class Contender:
    """A scenario on a chart: its name, its runs, and its place in the order of looks."""

    name: str
    comparison: Comparison
    style: int


def overlay_panel(
    subject: str,
    contenders: Sequence[Contender],
    *,
    words: Words,
    axis: Axis,
    base: Comparison | None = None,
    shows: Shows = "values",
    csv_header: tuple[str, ...] = (),
) -> Panel:
    """One subject of all scenarios, by week.

    Parameters
    ----------
    base
        What each is set against, where changes are shown: a scenario, or, if it is None, each
        scenario's own world without policy.
    """
    look = _Look(subject=subject, words=words, axis=axis, shows=shows)
    lines = [_line(subject, each, base, shows) for each in contenders]
    traces = [look.trace(*pair) for pair in zip(contenders, lines, strict=True)]
    title = subject_words(subject, words)
    return Panel(
        id=f"overlay.{subject}",
        title=title,
        alt=_alt(title, contenders, lines, look),
        figure={"data": traces, "layout": look.layout(lines)},
        csv_name=f"compare-{subject}.csv",
        csv_header=csv_header,
    )


def pane_panels(
    subject: str,
    contenders: Sequence[Contender],
    *,
    words: Words,
    axis: Axis,
    csv_header: tuple[str, ...] = (),
) -> tuple[Panel, ...]:
    """A pane for each scenario beside its own world without policy; all on the same axes."""
    look = _Look(subject=subject, words=words, axis=axis, shows="values")
    runs = [_values(subject, each.comparison.run.series) for each in contenders]
    paired = [_values(subject, each.comparison.reference.series) for each in contenders]
    layout = look.layout([*runs, *paired])
    return tuple(
        Panel(
            id=f"pane.{subject}.{each.style}",
            title=each.name,
            alt=_alt(each.name, [each], [own], look),
            figure={
                "data": [look.reference(each, other), look.trace(each, own)],
                "layout": layout,
            },
            csv_name=f"compare-{subject}-{each.style + 1}.csv",
            csv_header=csv_header,
        )
        for each, own, other in zip(contenders, runs, paired, strict=True)
    )


def subject_words(subject: str, words: Words) -> str:
    """What a subject is called."""
    return words(f"series.{subject}" if subject in SERIES else f"overlay.{subject}")


def _line(subject: str, each: Contender, base: Comparison | None, shows: Shows) -> Floats:
    own = _values(subject, each.comparison.run.series)
    if shows == "values":
        return own
    other = each.comparison.reference if base is None else base.run
    against = _values(subject, other.series)
    weeks = min(len(own), len(against))
    return own[:weeks] - against[:weeks]


def _values(subject: str, series: Mapping[str, Floats]) -> Floats:
    if subject == "gmv":
        return total_gmv(series)
    if subject == "leakage_rate":
        return leakage_rate(series)
    if subject == "cumulative_profit":
        found: Floats = np.cumsum(series["profit"])
        return found
    return series[subject]


@dataclass(frozen=True, kw_only=True)
class _Look:
    """What all lines of a chart share."""

    subject: str
    words: Words
    axis: Axis
    shows: Shows

    @property
    def about(self) -> Subject:
        return SUBJECTS[self.subject]

    def trace(self, each: Contender, values: Floats) -> dict[str, Any]:
        """The line of a scenario."""
        colour = f"@series-{each.style + 1}"
        return {
            "type": "scatter",
            "mode": "lines+markers",
            "x": self.axis.positions(len(values)),
            "y": values,
            "name": each.name,
            "line": {"color": colour, "width": 2, "dash": _DASHES[each.style]},
            "marker": {
                "symbol": _MARKERS[each.style],
                "size": 7,
                "color": colour,
                "maxdisplayed": _MARKED,
            },
            "meta": {"series": each.name},
        } | self._hover(values)

    def reference(self, each: Contender, values: Floats) -> dict[str, Any]:
        """The line of a scenario's own world without policy."""
        return {
            "type": "scatter",
            "mode": "lines",
            "x": self.axis.positions(len(values)),
            "y": values,
            "name": self.words("chart.reference"),
            "line": {"color": f"@series-{each.style + 1}", "width": 1.3, "dash": "dot"},
            "meta": {"series": "reference"},
        } | self._hover(values)

    def _hover(self, values: Floats) -> dict[str, Any]:
        kind, is_change = self.about.kind, self.shows == "changes"
        exponent = 0
        if kind in {"money", "count"}:
            exponent = exponent_of(float(np.abs(values).max(initial=0.0)), self.words)
        scale = 0.01 if kind == "share" else 10.0**exponent
        number = "+,.4~r" if is_change else ",.4~r"
        return {
            "customdata": (values / scale).astype(np.float32)[:, np.newaxis],
            "hovertemplate": self.words(
                f"chart.hover.change.{kind}" if is_change else f"overlay.hover.{kind}",
                value=f"%{{customdata[0]:{number}}}",
                scale=self.words(f"number.scale.{exponent}"),
            ),
        }

    def layout(self, lines: Sequence[Floats]) -> dict[str, Any]:
        """Axes that hold all lines; the time axes of all such charts are linked."""
        weeks = max(len(values) for values in lines)
        y_axis = self._y_axis(lines)
        return {
            "uirevision": f"{self.subject}.{'dates' if self.axis.dated else 'weeks'}",
            "meta": {"x": self.axis.column, "linked": "time"},
            "margin": {"l": room_for((y_axis,)), "r": 12, "t": 12, "b": _BOTTOM, "pad": 0},
            "hovermode": "x unified",
            "hoverlabel": {"font": {"size": 11}, "namelength": -1},
            "dragmode": "zoom",
            "legend": {"orientation": "h"},
            "xaxis": x_layout(self.axis, weeks, self.words),
            "yaxis": y_axis | {"automargin": False},
        }

    def _y_axis(self, lines: Sequence[Floats]) -> dict[str, Any]:
        about, is_change = self.about, self.shows == "changes"
        title = self.words(f"chart.axis.{about.axis}")
        if is_change:
            title = self.words("chart.axis.change", title=title)
        bounds = y_range(lines, from_zero=about.from_zero and not is_change, headroom=_HEADROOM)
        zero = {"zeroline": True, "uirevision": "changes"} if is_change else {}
        if about.kind in {"money", "count"}:
            return scaled_y_layout(bounds, title=title, words=self.words) | zero
        return plain_y_layout(bounds, title=title, percent=about.kind == "share") | zero


def _alt(title: str, contenders: Sequence[Contender], lines: Sequence[Floats], look: _Look) -> str:
    write, words = _WRITE[look.about.kind], look.words
    signed = look.shows == "changes"
    parts = [
        words(
            "overlay.alt.line",
            name=each.name,
            start=write(float(values[0]), words, signed=signed),
            end=write(float(values[-1]), words, signed=signed),
        )
        for each, values in zip(contenders, lines, strict=True)
    ]
    last = week(max(len(values) for values in lines) - 1, words)
    return words("chart.alt", title=title, last=last, parts=words("chart.alt.between").join(parts))
