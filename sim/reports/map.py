"""What a map of two numbers says, in words."""

from itertools import pairwise

import numpy as np

from sim.analyses.map import Map
from sim.analyses.variables import Variable
from sim.charts.outcome_words import inside
from sim.metrics import OUTCOMES, Floats
from sim.text import Words
from sim.text.numbers import share
from sim.text.place_words import variable_value, variable_words

# Crossings that are told; a map with more has no simple frontier.
_MOST_TOLD = 3


def map_sentence(found: Map, words: Words) -> str:
    """Where the policy pays, where that turns when one number stays as it is, and what is missing."""
    known = int((~np.isnan(found.better)).sum())
    names = {
        "x": variable_words(found.x.place, words),
        "y": variable_words(found.y.place, words),
        "outcome": words(f"outcome.{found.outcome}"),
    }
    if known == 0:
        return words("map.none", **names)
    text = words("map.flat", **names) if found.is_flat else _pays(found, names, words)
    if not found.is_flat:
        text += "".join(_turn(found, along, words) for along in ("x", "y"))
    if found.refused:
        text += words("map.refused", count=found.refused, cells=found.values.size)
    if found.partly:
        text += words("map.partly", count=found.partly)
    return text


def _pays(found: Map, names: dict[str, str], words: Words) -> str:
    pays, costs = found.shares
    if OUTCOMES[found.outcome].better != "higher" and found.outcome != "payback_week" and pays == 0:
        return words("map.never", **names)
    if pays == 1 or costs == 1:
        return words("map.always" if pays == 1 else "map.never", **names)
    return words("map.pays", pays=share(pays, words), costs=share(costs, words), **names)


def _turn(found: Map, along: str, words: Words) -> str:
    """Where it turns along one number while the other stays as it is."""
    held, moved = (found.y, found.x) if along == "x" else (found.x, found.y)
    turns = turns_of(found, along)
    if not 0 < len(turns) <= _MOST_TOLD:
        return ""
    values = words("ui.comma").join(
        variable_value(moved.place, _short(each, moved), words) for each in turns
    )
    return words(
        "map.turns",
        held=variable_words(held.place, words),
        moved=inside(variable_words(moved.place, words)),
        values=values,
    )


def _short(value: float, which: Variable) -> float:
    return float(round(value)) if which.whole else float(f"{value:.3g}")


def turns_of(found: Map, along: str) -> list[float]:
    """Values of one number at which it breaks even, in the row of cells nearest to the other now."""
    across, values = (found.y, found.ys) if along == "x" else (found.x, found.xs)
    if not across.low <= across.now <= across.high:
        return []
    nearest = int(np.argmin(np.abs(values - across.now)))
    row = found.levels[nearest] if along == "x" else found.levels[:, nearest]
    return _crossings(found.xs if along == "x" else found.ys, row)


def _crossings(at: Floats, levels: Floats) -> list[float]:
    return [
        float(at[left] + (at[right] - at[left]) * levels[left] / (levels[left] - levels[right]))
        for left, right in pairwise(range(len(at)))
        if np.isfinite(levels[left] + levels[right]) and (levels[left] > 0) != (levels[right] > 0)
    ]
