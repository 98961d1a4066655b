"""How what came in, and what would have been accepted, is shown: on one line, short, and never wrong.

A bound that is said must be accepted when it is typed in; a value that breaks a bound by a hair must
not be shown as the bound itself.
"""

import json
import math
import re
import reprlib
from decimal import ROUND_CEILING, Context, Decimal
from typing import Final

# Beyond this no number of a scenario lies, and an integer prints in time squared in its digits.
BIG: Final = 10**30

_LONGEST_SHOWN: Final = 80
_BARE: Final = re.compile(r"[A-Za-z0-9_-]{1,60}")
_FEWEST_DIGITS, _MOST_DIGITS = 4, 17
_BRIEF: Final = reprlib.Repr()


def shown(value: object) -> str:
    """A value the way a document would say it, on one line and short enough to read."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) >= BIG:
        return number_shown(value)
    if isinstance(value, dict):
        return "{ … }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[ … ]" if value else "[]"
    if isinstance(value, str):
        return one_line(json.dumps(value[: _LONGEST_SHOWN + 1], ensure_ascii=False))
    return one_line(str(value))


def typed(value: object) -> str:
    """A value the way Python would say it, with its type unless it is a number that Python knows."""
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return number_shown(value)
    if isinstance(value, float):
        # 52.0 where a whole number is wanted must not be shown as 52.
        return repr(float(value))
    kind = type(value)
    built_in = kind.__module__ == "builtins"
    name = kind.__name__ if built_in else f"{kind.__module__.partition('.')[0]}.{kind.__name__}"
    try:
        # A million entries are not worth writing out; numpy shortens its arrays by itself.
        text = _BRIEF.repr(value) if built_in else str(value)
    except Exception:
        # An integer of more digits than Python writes, or an object that fails to say what it is.
        text = "…"
    return f"{one_line(text)} ({name})"


def number_shown(number: float) -> str:
    """A number as short as it can be said without becoming another one."""
    if isinstance(number, int) and abs(number) >= BIG:
        sign = "-" if number < 0 else ""
        return f"{sign}10^{int(abs(number).bit_length() * math.log10(2))}"
    short = f"{number:.12g}"
    return short if float(short) == number else repr(number)


def at_least(bound: float, *, below: float = math.inf) -> str:
    """A lower bound in few digits, rounded up, so that what is said is itself on the accepted side.

    As many digits as it takes to stay under ``below``, the bound at the other end.
    """
    for digits in range(_FEWEST_DIGITS, _MOST_DIGITS):
        rounded = float(Context(prec=digits, rounding=ROUND_CEILING).plus(Decimal(bound)))
        if rounded < below:
            return number_shown(rounded)
    return number_shown(bound)


def one_line(text: str) -> str:
    """A text without what would move a terminal's cursor, cut to a readable length."""
    short = text[: _LONGEST_SHOWN + 1]
    return _cut(
        "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in short)
    )


def key_shown(key: str) -> str:
    """A key the way a document writes it: bare, or quoted and cut."""
    return key if _BARE.fullmatch(key) else shown(key)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
