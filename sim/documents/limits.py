"""What a document may hold at most, and how a value out of one is shown in a fault."""

import json
import re
from typing import Final

MOST_BYTES: Final = 256 * 1024
# A document of this format needs four levels: array of moves, move, list of surfaces, and itself.
DEEPEST: Final = 16
# 200 moves and every parameter member by member come to about 2,500.
MOST_ENTRIES: Final = 5_000
MOST_FAULTS: Final = 100

_LONGEST_SHOWN: Final = 80
# Beyond this no number of a scenario lies, and an integer prints in time squared in its digits.
BIG: Final = 10**30
_BARE: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")


def shown(value: object) -> str:
    """A value the way a document would say it, on one line and short enough to read."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= BIG:
        sign = "-" if value < 0 else ""
        return f"{sign}10^{int(abs(value).bit_length() * 0.30103)}"
    if isinstance(value, dict):
        return "{ … }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[ … ]" if value else "[]"
    if isinstance(value, str):
        return _cut(json.dumps(value[: _LONGEST_SHOWN + 1], ensure_ascii=False))
    return one_line(str(value))


def one_line(text: str) -> str:
    """A text without what would move a terminal's cursor, cut to a readable length."""
    clean = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return _cut(clean)


def key_shown(key: str) -> str:
    """A key the way a document writes it: bare, or quoted and cut."""
    return key if _BARE.fullmatch(key) else one_line(shown(key))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
