"""Text that somebody typed, or a link brought, where Streamlit would read Markdown."""

import re
from typing import Final

# Everything that Markdown, or Streamlit's own additions to it, would take for a sign.
_SIGNS: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])")
_LINES: Final = re.compile(r"\s*[\r\n]+\s*")


def plain(text: str) -> str:
    """A text as Markdown that shows it as it is, on one line."""
    return _SIGNS.sub(r"\\\1", _LINES.sub(" ", text))
