"""What each lever contributes, one bar after the other to the total, with what worlds say of each."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.analyses.attribution import Amount, Attribution
from sim.charts.panel import Panel
from sim.charts.sideways import columns, lying_layout, outcome_axis, span, whiskers
from sim.metrics import Floats
from sim.text import Words

_COLOURS = {"up": "@series-1/0.8", "down": "@series-2/0.8", "total": "@muted"}
_PATTERNS = {"up": "", "down": "/", "total": "x"}


def attribution_panel(
    found: Attribution,
    labels: Sequence[str],
    alt: str,
    words: Words,
    csv_header: tuple[str, ...] = (),
) -> Panel:
    """A waterfall on its side: each bar begins where the one above it ended.

    ``labels`` names each contribution, and the total last.
    """
    amounts = [*(each.amount for each in found.contributions), found.total]
    own = np.array([each.own for each in amounts])
    base = np.concatenate([[0.0], np.cumsum(own[:-1])])
    base[-1] = 0.0
    low, high = (
        base + np.array([getattr(each, side) for each in amounts]) for side in ("low", "high")
    )
    kinds = [*np.where(own[:-1] >= 0, "up", "down").tolist(), "total"]
    bars = [
        _bars(kind, [at for at, each in enumerate(kinds) if each == kind], own, base, labels, words)
        for kind in _COLOURS
        if kind in kinds
    ]
    return Panel(
        id="attribution",
        title=words("attribution.chart", outcome=words(f"outcome.{found.outcome}")),
        alt=alt,
        figure={
            "data": [*bars, _worlds(amounts, base, labels, words), *_csv(amounts, labels)],
            "layout": lying_layout(
                labels, outcome_axis(found.outcome, span(base, base + own, low, high), words)
            ),
        },
        csv_name="attribution.csv",
        csv_header=csv_header,
    )


def _bars(
    kind: str, rows: list[int], own: Floats, base: Floats, labels: Sequence[str], words: Words
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": words(f"attribution.bar.{kind}"),
        "x": own[rows],
        "y": [labels[row] for row in rows],
        "base": base[rows],
        "marker": {
            "color": _COLOURS[kind],
            # Told apart without colour too.
            "pattern": {"shape": _PATTERNS[kind], "size": 6, "solidity": 0.25},
        },
        "hoverinfo": "y+name",
        "meta": {"csv": False},
    }


def _worlds(
    amounts: Sequence[Amount], base: Floats, labels: Sequence[str], words: Words
) -> dict[str, Any]:
    mean, low, high = (
        np.array([getattr(each, name) for each in amounts]) for name in ("mean", "low", "high")
    )
    return {
        "type": "scatter",
        "orientation": "h",
        "mode": "markers",
        "name": words("attribution.bar.worlds"),
        "x": base + mean,
        "y": list(labels),
        "error_x": whiskers(mean - low, high - mean),
        "marker": {"symbol": "diamond", "size": 8, "color": "@text"},
        "line": {"color": "@text", "width": 1.4},
        "hoverinfo": "y+name",
        "meta": {"csv": False},
    }


def _csv(amounts: Sequence[Amount], labels: Sequence[str]) -> list[dict[str, Any]]:
    names = {"own": "own", "mean": "mean", "error": "error", "p05": "low", "p95": "high"}
    return columns(
        labels,
        {name: [getattr(each, field) for each in amounts] for name, field in names.items()},
    )
