"""Numbers and tables that a person reads in a terminal."""

import math
from collections.abc import Sequence
from typing import Final

_SCALES: Final = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))
_SHARES: Final = frozenset({"share"})
_COUNTS: Final = frozenset({"week", "weeks"})


def readable(value: float | None, unit: str) -> str:
    """A number to four figures with its scale; nothing to show is a dash."""
    if value is None or math.isnan(value):
        return "-"
    if unit in _SHARES:
        return f"{100 * value:.2f} %"
    if unit in _COUNTS:
        return f"{value:g}"
    for scale, word in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.3f} {word}"
    return f"{value:.4g}"


def aligned(rows: Sequence[Sequence[str]], *, left: int) -> str:
    """Rows as lines of columns, the first ``left`` of them flush left and the others right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join(
        "  ".join(
            cell.ljust(width) if at < left else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        + "\n"
        for row in rows
    )
