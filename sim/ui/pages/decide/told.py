"""The sentence of a view, above everything it rests on."""

import streamlit as st

from sim.ui.markdown import plain


def draw_sentence(text: str) -> None:
    """A sentence in bold, whatever letters it has."""
    st.markdown(f"**{plain(text.strip())}**")
