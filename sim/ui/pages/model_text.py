"""What the parts of the model page share: numbers, and the look."""

import math
from typing import Final

_DIGITS: Final = 10

CSS: Final = """
<style>
.stMarkdown .katex-display { overflow-x: auto; overflow-y: hidden; padding: .15rem 0;
  margin: .2rem 0 .6rem;
  text-align: start; }
.stMarkdown .katex-display > .katex { text-align: start; }
.stMarkdown code { overflow-wrap: anywhere; white-space: pre-wrap; }
.st-key-worked p:has(> .katex), .st-key-worked p:has(.katex) { overflow-x: auto; line-height: 2; }
.st-key-worked li { margin-bottom: .7rem; }
.st-key-worked ul { padding-inline-start: 0; list-style: none; }
.st-key-equations table, .st-key-worked table, .st-key-laws table { display: block; overflow-x: auto; }
.st-key-laws td:first-child { min-width: 8.5rem; }
.st-key-structure { overflow-x: auto; }
</style>
"""


def power(value: float) -> str:
    """A small threshold as mathematics: 1e-9 is ten to the power of minus nine."""
    return rf"$10^{{{round(math.log10(value))}}}$"


def number(value: float) -> str:
    """A number with ten digits, as a calculator and a spreadsheet take it."""
    if not math.isfinite(value):
        return str(value)
    if value == 0.0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if size < -7 or size > 15:
        return f"{value:.{_DIGITS}g}"
    text = f"{value:.{max(_DIGITS - 1 - size, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
