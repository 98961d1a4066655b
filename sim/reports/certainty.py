"""How sure the answer is, in words: over the worlds that were drawn, with what is left open."""

from typing import Final

from sim.analyses.montecarlo import Distribution, MonteCarlo
from sim.charts.outcome_words import chance, outcome_text
from sim.text import Words
from sim.text.numbers import money
from sim.text.numbers import points as points_text

__all__ = ["certainty", "chance", "likelihood", "outcome_text", "range_note"]

# From which share on it is called by its word; what lies between the middle two is open.
_WORDS: Final = (
    (0.99, "almost_certain"),
    (0.9, "very_likely"),
    (2 / 3, "likely"),
    (1 / 3, "open"),
    (0.1, "unlikely"),
    (0.01, "very_unlikely"),
    (0.0, "almost_excluded"),
)
# Twice the standard error: how far the share of worlds may still move with more of them.
_ERRORS: Final = 2.0
# In percentage points: what nobody would decide differently for.
_SETTLED: Final = 0.03


def certainty(found: MonteCarlo, words: Words) -> str:
    """One or two sentences: how likely it pays, what is at stake, and whether that is settled."""
    npv = found.distributions["npv_change"]
    if npv.better is None or npv.worlds == 0:
        return words("certainty.none")
    if npv.quantiles[0] == npv.quantiles[-1] == 0:
        return words("certainty.same", worlds=npv.worlds)
    text = words(
        f"certainty.{likelihood(npv.better)}",
        share=chance(npv.better, words),
        worlds=f"{npv.worlds:,}",
    )
    text += words(
        "certainty.range",
        low=money(npv.quantiles[0], words, signed=True),
        high=money(npv.quantiles[-1], words, signed=True),
        shortfall=money(npv.shortfall, words, signed=True),
    )
    return text + _settled(npv, words) + _refused(found, words)


def likelihood(probability: float) -> str:
    """The word for a probability (after Mastrandrea et al. 2010, for the IPCC)."""
    return next(word for least, word in _WORDS if probability >= least)


def _settled(npv: Distribution, words: Words) -> str:
    off = _ERRORS * (npv.better_error or 0.0)
    key = "certainty.settled" if off <= _SETTLED else "certainty.unsettled"
    return words(key, points=points_text(off, words).lstrip("+"))


def _refused(found: MonteCarlo, words: Words) -> str:
    return words("certainty.refused", count=found.refused) if found.refused else ""


def range_note(id: str, found: MonteCarlo, words: Words) -> str:
    """Under an outcome: where nine worlds in ten lie, and in how many the policy is better."""
    each = found.distributions[id]
    if each.worlds == 0:
        return words("certainty.note.none")
    low, high = (outcome_text(id, each.quantiles[at], words) for at in (0, -1))
    span = words("certainty.note.range", low=low, high=high)
    if each.better is None:
        return span
    return words(f"certainty.note.{id}", share=chance(each.better, words), range=span)
