"""The sentence of a view, above everything it rests on."""

from typing import Final

import streamlit as st

_ACTIVE: Final = "*_$~`["


def draw_sentence(text: str) -> None:
    """A sentence in bold, whatever letters it has."""
    plain = "".join(f"\\{letter}" if letter in _ACTIVE else letter for letter in text.strip())
    st.markdown(f"**{plain}**")
