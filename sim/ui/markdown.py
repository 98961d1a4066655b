"""Text that somebody typed, or a link brought, where Streamlit would read Markdown."""

from typing import Final

MARKDOWN: Final = "\\`*_{}[]<>#|~$:"


def plain(text: str) -> str:
    """Text that Markdown leaves as it is."""
    return "".join(f"\\{letter}" if letter in MARKDOWN else letter for letter in text)
