"""Numbers as a reader of each language writes them: short, with scale word and unit.

Every function gives "none" in the reader's language for ``None`` and for what is not finite, and
writes minus as U+2212. Rounding never turns the order of two numbers round and never leaves "-0".
"""

import math
from itertools import pairwise
from typing import Final

from sim.text import Words

MINUS: Final = "\u2212"

# Powers of ten that have a word of their own.
_EXPONENTS: Final = {"zh": (0, 4, 8, 12), "en": (0, 3, 6, 9, 12)}
# Beyond this many of the largest scale the reader is better served by a power of ten.
_MOST_OF_THE_LARGEST: Final = 1e6
# From how many per cent away from 0 and 100 so many decimals will do.
_PERCENT_DECIMALS: Final = ((1.0, 1), (0.1, 2), (0.0, 3))


def money(value: float | None, words: Words, *, signed: bool = False) -> str:
    """CNY, such as "CNY 1.2bn"; the sign stands in front of it all."""
    return _measured(value, words, signed=signed, template="number.cny")


def count(value: float | None, words: Words, *, signed: bool = False) -> str:
    """People, merchants or orders without the word for them, such as "430m"."""
    return _measured(value, words, signed=signed, template=None)


def share(value: float | None, words: Words, *, signed: bool = False) -> str:
    """A share in [0, 1] in per cent, with more decimals near 0 and near 100."""
    return _percent(value, words, signed=signed, template=None)


def points(value: float | None, words: Words) -> str:
    """The difference of two shares in percentage points, signed."""
    return _percent(value, words, signed=True, template="number.points")


def score(value: float | None, words: Words, *, signed: bool = False) -> str:
    """A trust or an index with three decimals."""
    if value is None or not math.isfinite(value):
        return words("number.none")
    return _with_sign(value, _trimmed(abs(value), 3), signed=signed)


def week(value: float | None, words: Words) -> str:
    """A point in time, such as "week 19"."""
    if value is None or not math.isfinite(value):
        return words("number.none")
    return words("number.week", number=_with_sign(value, f"{abs(value):.0f}", signed=False))


def weeks(value: float | None, words: Words) -> str:
    """A length of time, such as "9 weeks"."""
    if value is None or not math.isfinite(value):
        return words("number.none")
    text = _with_sign(value, f"{abs(value):,.0f}", signed=False)
    return words("number.weeks.one" if text == "1" else "number.weeks", number=text)


def quantity(value: float | None, unit: str, words: Words) -> str:
    """A value typed in by someone, in full and with its unit: nothing is rounded away but noise."""
    if value is None or not math.isfinite(value):
        return words("number.none")
    if unit in {"share", "percent", "per_year"}:
        text = _with_sign(value, f"{abs(value) * 100:.8g}", signed=False) + "%"
        return text + words("unit.per_year") if unit == "per_year" else text
    if unit == "week":
        return week(value, words)
    if unit == "weeks":
        return weeks(value, words)
    exponent = exponent_of(abs(value), words)
    scaled = _with_sign(value, f"{abs(value) / 10**exponent:,.8g}", signed=False)
    text = scaled + words(f"number.scale.{exponent}")
    if unit == "cny":
        return words("number.cny", number=text)
    name = words(f"unit.{unit}")
    # A rate such as "/week" follows its number closely in every language.
    return text + name if name[:1] in "/×" else words("number.with_unit", number=text, unit=name)


def exponent_of(magnitude: float, words: Words) -> int:
    """The power of ten by whose word numbers up to ``magnitude`` are best written."""
    return max(each for each in _EXPONENTS[words.language] if each == 0 or magnitude >= 10**each)


def _measured(value: float | None, words: Words, *, signed: bool, template: str | None) -> str:
    if value is None or not math.isfinite(value):
        return words("number.none")
    text = _scaled(abs(value), words)
    return _with_sign(value, text, signed=signed, template=template, words=words)


def _percent(value: float | None, words: Words, *, signed: bool, template: str | None) -> str:
    if value is None or not math.isfinite(value):
        return words("number.none")
    percent = abs(value) * 100
    if percent >= _MOST_OF_THE_LARGEST:
        text = _as_power(percent)
    else:
        away = min(percent, abs(100 - percent)) if percent <= 100 else percent
        decimals = next(each for least, each in _PERCENT_DECIMALS if away >= least)
        text = _trimmed(percent, decimals)
    if template is None:
        return _with_sign(value, text, signed=signed) + "%"
    return words(template, number=_with_sign(value, text, signed=signed))


def _scaled(magnitude: float, words: Words) -> str:
    """The digits and the scale word; rounded up to the next scale where rounding reaches it."""
    exponents = _EXPONENTS[words.language]
    for exponent, following in pairwise(exponents):
        text = _rounded(magnitude / 10**exponent)
        if float(text.replace(",", "")) < 10 ** (following - exponent):
            return text + words(f"number.scale.{exponent}")
    mantissa = magnitude / 10 ** exponents[-1]
    text = _rounded(mantissa) if mantissa < _MOST_OF_THE_LARGEST else _as_power(mantissa)
    return text + words(f"number.scale.{exponents[-1]}")


def _rounded(mantissa: float) -> str:
    """Three digits, or all digits before the point where there are more."""
    decimals = 0 if mantissa >= 100 else 1 if mantissa >= 10 else 2
    return _trimmed(mantissa, decimals)


def _as_power(magnitude: float) -> str:
    return f"{magnitude:.2e}".replace("e+0", "e").replace("e+", "e")


def _trimmed(magnitude: float, decimals: int) -> str:
    text = f"{magnitude:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_sign(
    value: float,
    text: str,
    *,
    signed: bool,
    template: str | None = None,
    words: Words | None = None,
) -> str:
    """The sign before a text of the magnitude; none where the text says zero."""
    is_zero = not any(digit in text for digit in "123456789")
    sign = "" if is_zero else MINUS if value < 0 else "+" if signed else ""
    whole = words(template, number=text) if words is not None and template is not None else text
    return sign + whole
