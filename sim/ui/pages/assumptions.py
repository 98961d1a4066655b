"""First version."""
import streamlit as st

from sim.text import Words


def draw(words: Words) -> None:
    st.title(words("ui.page.assumptions"))
