"""The laws of the model page as lights: a sign and a word each, and the numbers behind them."""

from typing import Final

import streamlit as st

from sim.analyses.laws.light import Light, Reading
from sim.reports.ledger import number_text
from sim.text import Words
from sim.ui.markdown import plain
from sim.ui.pages.model_text import number, power

# The sign is another shape for each, so that nobody has to tell red from green.
_SIGNS: Final = {
    True: (":green[:material/check_circle:]", "model.laws.ok"),
    False: (":red[:material/cancel:]", "model.laws.wrong"),
    None: (":gray[:material/do_not_disturb_on:]", "model.laws.none"),
}


def draw_verdict(found: tuple[Light, ...], words: Words) -> None:
    """One line for all of them, at the top of the page."""
    wrong = sum(light.ok is False for light in found)
    if wrong:
        text = words("model.laws.some", wrong=wrong, count=len(found))
        st.error(f"{text} [{words('model.laws')}](#laws)", icon=":material/cancel:")
        return
    text = words("model.laws.all", count=sum(light.ok is True for light in found))
    st.success(f"{text} [{words('model.laws')}](#laws)", icon=":material/check_circle:")


def draw_laws(found: tuple[Light, ...], words: Words) -> None:
    """Every light; a click shows what was computed."""
    st.markdown(words("model.laws.note"))
    with st.container(key="laws", gap="small"):
        for light in found:
            sign, word = _SIGNS[light.ok]
            title = plain(words(f"light.{light.id}"))
            with st.expander(f"{sign} **{words(word)}** · {title}", expanded=light.ok is False):
                _draw_light(light, words)


def _draw_light(light: Light, words: Words) -> None:
    st.markdown(plain(words(f"light.{light.id}.help")))
    if light.ok is None:
        return
    threshold = power(light.threshold) if light.threshold else words("model.laws.exactly")
    measured = f"{light.measured:.2g}" if light.measured else "0"
    st.markdown(words("model.laws.measured", measured=f"**{measured}**", threshold=threshold))
    if light.digest:
        st.markdown(words("model.laws.digest", digest=f"`{light.digest}`"))
    if light.readings:
        st.markdown(_table(light.readings, words))


def _table(readings: tuple[Reading, ...], words: Words) -> str:
    heads = [words(f"model.laws.{each}") for each in ("reading", "expected", "found")]
    lines = ["| " + " | ".join(heads) + " |", "|---|---:|---:|"]
    for each in readings:
        label = words(f"reading.{each.id}")
        if each.member:
            label = f"{label} · {words(f'short.{each.member}')}"
        cells = [
            plain(label),
            *(_said(value, each, words) for value in (each.expected, each.found)),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _said(value: float, reading: Reading, words: Words) -> str:
    if not reading.unit:
        return number(value)
    if reading.unit == "share":
        return number_text(round(value, 14), "share", words)
    unit = words(f"unit.{reading.unit}")
    return plain(words("number.with_unit", number=f"{value:,.2f}", unit=unit))
