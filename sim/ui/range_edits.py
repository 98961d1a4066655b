"""Ranges as a reader types them: several numbers in a cell, in the unit of the control.

No Streamlit here. What cannot be read is a fault with its place, as everywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast

from sim.declare import Declaration, Value
from sim.errors import Fault, Refused
from sim.scenario import Scenario
from sim.ui.spans import Span, span_of
from sim.uncertainty import Correlation, Range, Shape, Spread, range_of
from sim.world import world_declarations

BETWEEN: Final = " / "
_SEPARATORS: Final = re.compile(r"[/、，,;；\s]+")


def spans(name: str, scenario: Scenario, language: str) -> tuple[Span, ...]:
    """How each member of a parameter is shown."""
    declaration = world_declarations()[name]
    value = scenario.world.value(name)
    numbers = value if isinstance(value, tuple) else (float(value),)
    places = [f"world.{name}.{each}" for each in declaration.members] or [f"world.{name}"]
    return tuple(
        span_of(place, number, language) for place, number in zip(places, numbers, strict=True)
    )


def shown_range(name: str, scenario: Scenario, language: str) -> dict[str, str]:
    """The low, the value and the high of a parameter as the cells of a row have them."""
    found = range_of(scenario.world, name, scenario.uncertainty.spread(name))
    own = spans(name, scenario, language)
    return {side: _cell(getattr(found, side), own) for side in ("low", "mode", "high")}


def _cell(values: tuple[float, ...], own: tuple[Span, ...]) -> str:
    shown = [f"{span.show(value):.6g}" for value, span in zip(values, own, strict=True)]
    return shown[0] if len(set(shown)) == 1 else BETWEEN.join(shown)


def with_range(scenario: Scenario, name: str, edit: Mapping[str, Any], language: str) -> Scenario:
    """The scenario with one row of the table as it was edited.

    Raises
    ------
    Refused
        If a cell holds no numbers, or not as many as the parameter has members.
    """
    spread = scenario.uncertainty.spread(name)
    now = range_of(scenario.world, name, replace(spread, shape="pert"))
    given: dict[str, Any] = {}
    if edit.get("shape") is not None:
        given["shape"] = cast("Shape", edit["shape"])
    own = spans(name, scenario, language)
    for side in ("low", "high"):
        if edit.get(side) is not None:
            given[side] = _read(f"uncertainty.{name}.{side}", str(edit[side]), own)
    changed = replace(spread, **given)
    if changed.shape != "fixed":
        changed = _with_bounds(changed, now, world_declarations()[name])
    return replace(scenario, uncertainty=scenario.uncertainty.with_spread(name, changed))


def _with_bounds(spread: Spread, now: Range, declaration: Declaration) -> Spread:
    """A parameter without a plausible range is given one, around its value."""
    if declaration.has_range:
        return spread
    low, high = (spread.low, spread.high)
    return replace(
        spread,
        low=_value(now.mode, declaration) if low is None else low,
        high=_value(now.mode, declaration) if high is None else high,
    )


def _value(numbers: tuple[float, ...], declaration: Declaration) -> Value:
    return numbers if declaration.members else numbers[0]


def _read(place: str, text: str, own: tuple[Span, ...]) -> Value | None:
    """Numbers as they were typed; an empty cell is the plausible bound again."""
    parts = [part for part in _SEPARATORS.split(text.replace("%", " ").strip()) if part]
    if not parts:
        return None
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        facts = {"legal": BETWEEN.join("1.0" for _ in own), "got": text}
        raise Refused([Fault(kind="wrong_type", place=place, facts=facts)]) from None
    if len(numbers) == 1:
        numbers *= len(own)
    if len(numbers) != len(own):
        facts = {"legal": str(len(own)), "got": str(len(numbers))}
        raise Refused([Fault(kind="wrong_length", place=place, facts=facts)])
    # Not by the span's own reading: a bound of a whole number need not be whole.
    read = [
        float(f"{number / span.factor:.12g}") for number, span in zip(numbers, own, strict=True)
    ]
    return tuple(read) if len(read) > 1 else read[0]


def with_pairs(scenario: Scenario, edits: Mapping[str, Any]) -> Scenario | None:
    """The scenario with its table of pairs as it was edited; None while a row is not complete."""
    rows: list[dict[str, Any]] = [
        {"first": each.first, "second": each.second, "coefficient": each.coefficient}
        for each in scenario.uncertainty.correlations
    ]
    for index, cells in edits.get("edited_rows", {}).items():
        rows[int(index)] |= cells
    gone = set(edits.get("deleted_rows", ()))
    kept = [row for index, row in enumerate(rows) if index not in gone]
    kept += list(edits.get("added_rows", ()))
    needed = ("first", "second", "coefficient")
    if any(row.get(name) is None for row in kept for name in needed):
        return None
    pairs = tuple(Correlation(**{name: row[name] for name in needed}) for row in kept)
    return replace(scenario, uncertainty=replace(scenario.uncertainty, correlations=pairs))
