"""What each lever of the package contributes."""

from collections.abc import Iterator

import streamlit as st

from sim.analyses.attribution import (
    ATTRIBUTED,
    Amount,
    Attribution,
    Contribution,
    Interaction,
    attribution,
    players_of,
)
from sim.charts.attribution import attribution_panel
from sim.reports.attribution import amount_text, attribution_text, player_label, player_text
from sim.text import Words
from sim.ui.chart_grid import chart_grid
from sim.ui.link import tag_of, token_of
from sim.ui.pages.decide.outcome import draw_outcome
from sim.ui.pages.decide.told import draw_sentence
from sim.ui.results import grid_words
from sim.ui.visit import Visit
from sim.ui.work import answered, plain


def draw(visit: Visit, words: Words) -> None:
    """Sentence, waterfall, and what each lever does alone, last, and with each other."""
    outcome = draw_outcome(visit, words)
    if outcome not in ATTRIBUTED:
        st.info(words("attribution.outcome.none"), icon=":material/info:")
        return
    asked = plain(visit.scenario)
    players = players_of(asked.policy)
    found = answered(
        ("attribution", asked, outcome),
        lambda tick: attribution(asked, outcome=outcome, tick=tick),
        label=words("attribution.run", count=len(players)),
        words=words,
        instant=not players,
    )
    if found is None:
        return
    draw_sentence(attribution_text(found, words))
    if found.status == "found":
        _chart(found, visit, words)
        _tables(found, words)


def _chart(found: Attribution, visit: Visit, words: Words) -> None:
    header = (words("ui.title"), f"s={token_of(visit.scenario) or ''}")
    labels = [
        player_label(each.player, found.scenario.policy, words) for each in found.contributions
    ]
    amounts = [amount_text(found.outcome, each.amount.own, words) for each in found.contributions]
    alt = words(
        "attribution.chart.alt",
        title=words("attribution.chart", outcome=words(f"outcome.{found.outcome}")),
        parts=words("phrase.comma").join(f"{a} {b}" for a, b in zip(labels, amounts, strict=True)),
        total=amount_text(found.outcome, found.total.own, words),
    )
    panel = attribution_panel(found, [*labels, words("attribution.total")], alt, words, header)
    chart_grid(
        [panel], key="attribution-chart", language=tag_of(words.language), words=grid_words(words)
    )
    notes = [
        words("attribution.caption", worlds=found.worlds, sets=f"{1 << len(labels):,}"),
        words("attribution.caption.grouped") if found.grouped else "",
        words("attribution.caption.refused", count=found.refused) if found.refused else "",
    ]
    st.caption(" ".join(filter(None, notes)))


def _tables(found: Attribution, words: Words) -> None:
    rows = [dict(_row(each, found, words)) for each in found.contributions]
    if any(found.rounding):
        own, mean = (amount_text(found.outcome, each, words) for each in found.rounding)
        names = ("lever", "own", "mean")
        cells = (words("attribution.rounding"), own, mean)
        rows.append(
            {words(f"attribution.column.{k}"): v for k, v in zip(names, cells, strict=True)}
        )
    rows.append(dict(_amount_cells(words("attribution.total"), found.total, found, words)))
    st.table(rows, border="horizontal")
    policy = found.scenario.policy
    for each in found.contributions:
        label, text = (name(each.player, policy, words) for name in (player_label, player_text))
        st.caption(words("attribution.lever", lever=label, text=text))
    if found.interactions:
        st.subheader(words("attribution.pairs"), anchor=False)
        st.caption(words("attribution.pairs.caption"))
        ordered = sorted(found.interactions, key=lambda each: -abs(each.amount.own))
        st.table([dict(_pair(each, found, words)) for each in ordered], border="horizontal")


def _row(each: Contribution, found: Attribution, words: Words) -> Iterator[tuple[str, str]]:
    policy = found.scenario.policy
    yield from _amount_cells(player_label(each.player, policy, words), each.amount, found, words)
    yield words("attribution.column.alone"), amount_text(found.outcome, each.alone, words)
    yield words("attribution.column.last"), amount_text(found.outcome, each.last, words)


def _amount_cells(
    label: str, amount: Amount, found: Attribution, words: Words
) -> Iterator[tuple[str, str]]:
    def text(value: float) -> str:
        return amount_text(found.outcome, value, words)

    yield words("attribution.column.lever"), label
    yield words("attribution.column.own"), text(amount.own)
    yield (
        words("attribution.column.mean"),
        words("attribution.mean", mean=text(amount.mean), error=text(amount.error).lstrip("+")),
    )
    yield (
        words("attribution.column.band"),
        words("attribution.band", low=text(amount.low), high=text(amount.high)),
    )


def _pair(each: Interaction, found: Attribution, words: Words) -> Iterator[tuple[str, str]]:
    policy = found.scenario.policy
    yield words("attribution.column.first"), player_label(each.first, policy, words)
    cells = list(_amount_cells(player_label(each.second, policy, words), each.amount, found, words))
    yield words("attribution.column.second"), cells[0][1]
    yield from cells[1:]
