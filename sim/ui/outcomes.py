"""The headline outcomes as one piece of HTML: title, sentence, and a card for each outcome.

One element instead of a dozen: the browser pays for every element at every change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from sim.analyses.compare import Comparison
from sim.analyses.montecarlo import MonteCarlo
from sim.metrics import OUTCOMES, leakage_rate, total_gmv
from sim.reports.certainty import certainty, range_note
from sim.text import Words, numbers

# The outcomes that have a card, in the order of the page.
CARDS: Final = (
    "gmv_change",
    "profit_change",
    "payback_week",
    "closed_share",
    "leakage_rate",
    "viewers_kept",
)


@dataclass(frozen=True, kw_only=True)
class Card:
    """One outcome: what it is called, what it came to, and whether that is good (None: neither)."""

    id: str
    label: str
    help: str
    value: str
    note: str
    good: bool | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What worlds say, in words; ``fresh`` is False while it is of the scenario before.

    ``notes`` has a line for each card by the id of its outcome.
    """

    sentence: str
    notes: Mapping[str, str]
    fresh: bool


def told(found: MonteCarlo | None, words: Words, *, fresh: bool) -> Told:
    """What worlds say of the cards, or that they are being drawn."""
    if found is None:
        pending = words("certainty.note.pending")
        return Told(sentence=pending, notes=dict.fromkeys(CARDS, pending), fresh=False)
    notes = {id: range_note(id, found, words) for id in CARDS}
    return Told(sentence=certainty(found, words), notes=notes, fresh=fresh)


def outcomes_html(
    comparison: Comparison, title: str, sentence: str, worlds: Told, words: Words
) -> str:
    """Heading, cards with what worlds say of each, and sentences; every text is escaped."""
    cards = "".join(_card(card, worlds, words) for card in cards_of(comparison, words))
    stale = "" if worlds.fresh else " sim-stale"
    return (
        f'<div class="sim-head"><h1>{escape(title)}</h1>'
        f'<h2 class="sim-unseen">{escape(words("ui.outcomes"))}</h2>'
        f'<div class="sim-cards">{cards}</div>'
        f'<p class="sim-sentence">{escape(sentence)}</p>'
        f'<p class="sim-sentence sim-worlds{stale}">{escape(worlds.sentence)}</p></div>'
    )


def _card(card: Card, worlds: Told, words: Words) -> str:
    kind = {True: "better", False: "worse", None: "same"}[card.good]
    stale = "" if worlds.fresh else " sim-stale"
    arrow = {True: "\u25b2", False: "\u25bc", None: "\u25cf"}[card.good]
    return (
        f'<section class="sim-card sim-{kind}" data-outcome="{card.id}" '
        f'title="{escape(card.help)}">'
        f"<h3>{escape(card.label)}</h3>"
        f'<p class="sim-value">{escape(card.value)}</p>'
        f'<p class="sim-note"><span class="sim-mark"><span aria-hidden="true">{arrow}</span> '
        f"{escape(words(f'ui.kpi.{kind}'))}</span> {escape(card.note)}</p>"
        f'<p class="sim-note sim-worlds{stale}">{escape(worlds.notes[card.id])}</p></section>'
    )


def cards_of(comparison: Comparison, words: Words) -> Iterator[Card]:
    """The cards in the order of the page."""
    yield _money(
        "gmv_change", float(total_gmv(comparison.reference.series).sum()), comparison, words
    )
    profit = float(comparison.reference.series["profit"].sum())
    yield _money("profit_change", profit, comparison, words)
    yield _payback(comparison, words)
    reference = comparison.reference.series
    yield _share("closed_share", float(reference["closed_share"][-1]), comparison, words)
    yield _share("leakage_rate", float(leakage_rate(reference)[-1]), comparison, words)
    yield _people(comparison, words)


def _named(id: str, words: Words) -> tuple[str, str]:
    return words(f"outcome.{id}"), words(f"outcome.{id}.help")


def _value(comparison: Comparison, id: str) -> float:
    found = comparison.outcomes[id]
    assert found is not None, id
    return found


def _is_good(id: str, difference: float) -> bool | None:
    if not difference:
        return None
    return (difference > 0) == (OUTCOMES[id].better == "higher")


def _money(id: str, reference: float, comparison: Comparison, words: Words) -> Card:
    value = _value(comparison, id)
    label, help = _named(id, words)
    share = numbers.share(value / abs(reference), words, signed=True) if reference else ""
    note = words("ui.kpi.of_total", share=share, weeks=comparison.run.scenario.weeks)
    shown = numbers.money(value, words, signed=True)
    return Card(id=id, label=label, help=help, value=shown, note=note, good=_is_good(id, value))


def _share(id: str, reference: float, comparison: Comparison, words: Words) -> Card:
    value = _value(comparison, id)
    label, help = _named(id, words)
    points = numbers.points(value - reference, words)
    note = words("ui.kpi.points_from", points=points, reference=numbers.share(reference, words))
    return Card(
        id=id,
        label=label,
        help=help,
        value=numbers.share(value, words),
        note=note,
        good=_is_good(id, value - reference),
    )


def _payback(comparison: Comparison, words: Words) -> Card:
    week = comparison.outcomes["payback_week"]
    label, help = _named("payback_week", words)
    weeks = comparison.run.scenario.weeks
    if not _value(comparison, "profit_change") and not _value(comparison, "gmv_change"):
        value, note, good = "\u2013", words("ui.kpi.no_difference"), None
    elif week is None:
        value, note, good = "\u2013", words("ui.kpi.never", weeks=weeks), False
    else:
        value, note, good = numbers.week(week, words), words("ui.kpi.pays_back"), True
    return Card(id="payback_week", label=label, help=help, value=value, note=note, good=good)


def _people(comparison: Comparison, words: Words) -> Card:
    viewers, fans = _value(comparison, "viewers_kept"), _value(comparison, "fans_kept")
    return Card(
        id="viewers_kept",
        label=words("ui.kpi.viewers_and_fans"),
        help=words("outcome.viewers_kept.help"),
        value=numbers.count(viewers, words, signed=True),
        note=words("ui.kpi.fans", value=numbers.count(fans, words, signed=True)),
        good=_is_good("viewers_kept", viewers),
    )
