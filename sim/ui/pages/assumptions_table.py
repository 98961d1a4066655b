"""The ledger as a table that can be sorted, and as cards where the page is narrow."""

from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from sim.reports.ledger import Entry, short_source, with_unit
from sim.text import Words

_ROW_HEIGHT: Final = 70
_MOST_HEIGHT: Final = 640

# Each reader sees one of the two: a table on a desk, cards on a phone. What is hidden is hidden from
# screen readers as well.
CSS: Final = """
<style>
.st-key-ledger-cards { display: none; }
@media (max-width: 760px) {
  .st-key-ledger-table { display: none; }
  .st-key-ledger-cards { display: flex; }
}
.ledger { display: grid; gap: .5rem; margin: 0; padding: 0; }
.ledger details { border: 1px solid rgba(128,128,128,.45); border-radius: 8px;
  padding: .55rem .8rem; }
.ledger summary { cursor: pointer; overflow-wrap: anywhere; }
.ledger summary b { font-weight: 600; }
.ledger summary span { display: block; font-size: .88rem; opacity: .85; padding-left: 1rem; }
.ledger dl { display: grid; grid-template-columns: minmax(6.5rem, auto) 1fr; gap: .2rem .75rem;
  margin: .45rem 0 0; padding: 0 !important; font-size: .9rem; }
.ledger dt { opacity: .8; }
.ledger dd { margin: 0; overflow-wrap: anywhere; }
.facts { border-collapse: collapse; width: 100%; font-size: .9rem; }
.facts th, .facts td { text-align: start; vertical-align: top; padding: .4rem .6rem .4rem 0;
  border-bottom: 1px solid rgba(128,128,128,.35); overflow-wrap: anywhere; }
.facts td:nth-child(2), .facts td:nth-child(3) { white-space: nowrap; }
@media (max-width: 760px) {
  .facts thead { position: absolute; clip-path: inset(50%); }
  .facts tr { display: block; padding: .5rem 0; border-bottom: 1px solid rgba(128,128,128,.35); }
  .facts th, .facts td { display: block; border: 0; padding: .1rem 0; }
}
.sources { padding-inline-start: 1.2rem; line-height: 1.6; }
.sources li { margin-bottom: .3rem; overflow-wrap: anywhere; }
</style>
"""


def draw_table(entries: tuple[Entry, ...], words: Words) -> None:
    """The ledger in Streamlit's grid: sorted by a click, the names kept in view."""
    columns = {
        "name": [each.name for each in entries],
        "default": [each.default for each in entries],
        "unit": [each.unit for each in entries],
        "current": [each.current or words("assumptions.same") for each in entries],
        "range": [each.plausible for each in entries],
        "limits": [each.limits for each in entries],
        "role": [each.role for each in entries],
        "status": [each.status for each in entries],
        "source": [short_source(each.source) for each in entries],
        "symbol": [each.declaration.symbol for each in entries],
        "id": [f"{each.declaration.group}.{each.declaration.id}" for each in entries],
        "help": [each.help for each in entries],
    }
    widths = {
        "name": 190,
        "default": 210,
        "unit": 110,
        "current": 150,
        "range": 150,
        "limits": 130,
        "role": 90,
        "status": 90,
        "source": 300,
        "symbol": 70,
        "id": 190,
        "help": 400,
    }
    height = min(_ROW_HEIGHT * len(entries) + 40, _MOST_HEIGHT)
    st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        height=height,
        row_height=_ROW_HEIGHT,
        width="stretch",
        placeholder="",
        key=f"ledger.grid.{words.language}",
        column_config={
            name: st.column_config.TextColumn(
                words(f"assumptions.column.{name}"), width=width, pinned=name == "name"
            )
            for name, width in widths.items()
        },
    )


def cards_html(entries: tuple[Entry, ...], words: Words) -> str:
    """The ledger as one card a parameter, for narrow pages: a line each, which opens."""
    return '<div class="ledger">' + "".join(_card(each, words) for each in entries) + "</div>"


def _card(entry: Entry, words: Words) -> str:
    declaration = entry.declaration
    default = with_unit(declaration.default, declaration, words)
    facts = [
        ("id", f"{declaration.group}.{declaration.id}"),
        ("help", entry.help),
        ("default", default),
        ("current", entry.current),
        ("range", entry.plausible),
        ("limits", entry.limits),
        ("status", f"{entry.status} · {entry.role}"),
        ("source", entry.source),
    ]
    rows = "".join(
        f"<dt>{escape(words(f'assumptions.column.{name}'))}</dt><dd>{escape(text)}</dd>"
        for name, text in facts
        if text
    )
    return (
        f"<details><summary><b>{escape(entry.name)}</b>"
        f"<span>{escape(f'{entry.current or default} · {entry.status}')}</span></summary>"
        f"<dl>{rows}</dl></details>"
    )
