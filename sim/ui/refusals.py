"""Why a value was refused, in the words and units of its control."""

from collections.abc import Sequence
from typing import Protocol

from sim.errors import Fault
from sim.text import Words
from sim.ui.places import declaration_at
from sim.ui.spans import Span


class HasWords(Protocol):
    """A place with its label."""

    @property
    def place(self) -> str:
        """Where."""

    @property
    def label(self) -> str:
        """In the reader's words."""


def refusal_text(named: HasWords, span: Span, faults: Sequence[Fault], words: Words) -> str:
    """One sentence a fault; ranges in the units of the control."""
    return "\n\n".join(dict.fromkeys(_sentence(named, span, fault, words) for fault in faults))


def _sentence(named: HasWords, span: Span, fault: Fault, words: Words) -> str:
    declaration = declaration_at(named.place)
    if fault.kind in {"out_of_range", "not_whole", "not_finite"} and declaration is not None:
        low, high = (_shown(span, limit) for limit in declaration.limits)
        mark = "%" if span.scale == "percent" else ""
        return words("ui.refused.range", name=named.label, low=low + mark, high=high + mark)
    if fault.kind == "sum_not_one":
        total = f"{float(str(fault.facts['got'])) * 100:.6g}%"
        return words("ui.refused.sum", got=total)
    return words.fault(fault)


def _shown(span: Span, limit: float) -> str:
    number = span.show(limit)
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.6g}"
