"""Palette names in figures, and their colours in the light and the dark theme.

A figure may say ``"@text"``, ``"@muted"``, ``"@grid"``, ``"@background"`` or ``"@series-1"`` to
``"@series-8"`` wherever it may say a colour, and ``"@series-2/0.2"`` for the same with an opacity.
``frontend/theme.js`` resolves them in the browser, :func:`resolved` does so for native charts;
both read the colours of ``sim/charts/palette.json``.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

_TOKEN = re.compile(r"@(text|muted|grid|background|series-([1-8]))(?:/(0|1|0?\.\d+))?")
# Keys whose strings are words or data, never colours; theme.js has the same list.
_NOT_COLOURS = frozenset(
    {"name", "text", "x", "y", "z", "customdata", "ids", "meta", "hovertemplate", "texttemplate"}
)


@dataclass(frozen=True, kw_only=True)
class Colours:
    """Colours of one theme, each ``#rrggbb``."""

    text: str
    muted: str
    grid: str
    background: str
    series: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Colours of both themes."""

    light: Colours
    dark: Colours

    def as_json(self) -> dict[str, Any]:
        """Plain form, as in ``palette.json``."""
        return {
            mode: {**vars(colours), "series": list(colours.series)}
            for mode, colours in (("light", self.light), ("dark", self.dark))
        }


@lru_cache(maxsize=1)
def load_palette() -> Palette:
    """The palette of ``sim/charts/palette.json``."""
    file = resources.files("sim.charts").joinpath("palette.json")
    raw = json.loads(file.read_text(encoding="utf-8"))
    return Palette(light=_colours(raw["light"]), dark=_colours(raw["dark"]))


def _colours(raw: Mapping[str, Any]) -> Colours:
    plain = {key: raw[key] for key in ("text", "muted", "grid", "background")}
    return Colours(**plain, series=tuple(raw["series"]))


def colour(token: str, colours: Colours) -> str | None:
    """The CSS colour of a palette name, None when the text is not one."""
    match = _TOKEN.fullmatch(token)
    if match is None:
        return None
    name, series, opacity = match.groups()
    found = colours.series[int(series) - 1] if series else str(getattr(colours, name))
    if opacity is None:
        return found
    red, green, blue = (int(found[start : start + 2], 16) for start in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def resolved(value: Any, colours: Colours) -> Any:
    """A figure, or a part of one, with real colours in place of palette names."""
    if isinstance(value, str):
        return colour(value, colours) or value
    if isinstance(value, Mapping):
        return {
            key: entry
            if key in _NOT_COLOURS and not _is_titled(entry)
            else resolved(entry, colours)
            for key, entry in value.items()
        }
    if isinstance(value, list | tuple):
        return [resolved(entry, colours) for entry in value]
    return value


def _is_titled(entry: object) -> bool:
    """Whether a word key holds an object after all, as ``error_x`` style keys may."""
    return isinstance(entry, Mapping) and "bdata" not in entry
