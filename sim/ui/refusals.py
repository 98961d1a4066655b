"""Why a value was refused, in the words and units of its control."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Protocol

from sim.errors import Fault
from sim.places import declaration_at
from sim.text import Words
from sim.ui.spans import Span

# Shares in the scenario, per cent on every control; whichever control was touched, these are said.
_IN_PERCENT: Final = frozenset(
    {"diversion_range", "conversion_sum", "native_habit_full", "external_habit_full"}
)
_OF_THE_RANGE: Final = frozenset({"out_of_range", "not_whole", "not_finite", "not_a_number"})
_SHARES: Final = frozenset({"low", "high", "legal", "got"})


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
    if fault.kind in _OF_THE_RANGE and declaration is not None:
        low, high = (_shown(span, limit) for limit in declaration.limits)
        mark = "%" if span.scale == "percent" else ""
        return words("ui.refused.range", name=named.label, low=low + mark, high=high + mark)
    if fault.kind == "sum_not_one":
        return words("ui.refused.sum", got=_percent(fault.facts["got"]))
    if fault.kind in _IN_PERCENT:
        shares = {name: _percent(fault.facts[name]) for name in _SHARES & fault.facts.keys()}
        return words.fault(replace(fault, facts={**fault.facts, **shares}))
    return words.fault(fault)


def _percent(share: object) -> str:
    """A share as it was said, in per cent: the point moves, and no digit that makes it legal goes."""
    return f"{Decimal(str(share)).scaleb(2).normalize():f}%"


def _shown(span: Span, limit: float) -> str:
    number = span.show(limit)
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.6g}"
