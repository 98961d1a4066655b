"""A sentence that says what was found, as it is: nothing in it is markup."""

import streamlit as st

_MARKUP = "\\`*_{}[]<>#|~$"


def say(text: str) -> None:
    """Draw a sentence in bold."""
    st.markdown(f"**{''.join(f'{chr(92)}{each}' if each in _MARKUP else each for each in text)}**")
