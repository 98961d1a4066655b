"""What the browser needs to draw the row of one number."""

from dataclasses import dataclass
from math import isfinite
from typing import Any, cast

from sim.places import NOW, declaration_at, value_at
from sim.text import Words
from sim.ui.flip_marks import flip_mark
from sim.ui.refusals import refusal_text
from sim.ui.rows.edits import number_at
from sim.ui.spans import Span, span_of
from sim.ui.visit import Visit


@dataclass(frozen=True, kw_only=True)
class Named:
    """A place with the words of its control; ``heading`` stands above it, if it begins a list."""

    place: str
    label: str
    help: str
    heading: str | None = None


def row_data(named: Named, visit: Visit, words: Words) -> dict[str, Any]:
    """One row as ``frontend/row.js`` reads it; numbers are in the unit of the control."""
    place = named.place
    # The scenario's own value: a draft beyond the limits must not stretch the slider.
    span = span_of(place, number_at(visit.scenario, place), words.language)
    shown = span.show(float(cast("float", visit.shown(place))))
    label = f"{named.label} ({unit_words(place, span, words)})"
    if place in NOW and value_at(visit.scenario, place) is None and place not in visit.drafts:
        label = words("ui.as_now", label=label)
    faults = visit.refusals.get(place)
    return {
        "place": place,
        "heading": named.heading,
        "label": label,
        "help": named.help,
        "helpName": words("ui.help_on", name=named.label),
        "stops": span.stops,
        "step": span.step,
        "shown": shown if isfinite(shown) else None,
        "reset": words("ui.reset_one", name=named.label) if can_reset(visit, place) else None,
        "refusal": refusal_text(named, span, faults, words) if faults else None,
        "flip": flip_mark(place, visit, span, words),
    }


def unit_words(place: str, span: Span, words: Words) -> str:
    """The unit a control counts in, such as ``%`` or ``million people``."""
    declaration = declaration_at(place)
    if declaration is None:
        return words("unit.weeks")
    # Per cent a year keeps its "a year"; a share is per cent and nothing else.
    if span.scale == "percent":
        return "%" if declaration.unit == "share" else "%" + words(f"unit.{declaration.unit}")
    unit = words(f"unit.{declaration.unit}")
    return (
        words("ui.scaled_unit", scale=words(f"ui.scale.{span.scale}"), unit=unit)
        if span.scale
        else unit
    )


def can_reset(visit: Visit, place: str) -> bool:
    """Whether the case has another value to go back to, or something was refused."""
    if place in visit.drafts:
        return True
    if place.startswith("policy.moves") and value_at(visit.base, place) is None:
        return False
    return visit.is_changed(place)
