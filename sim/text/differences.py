"""By how much two outcomes lie apart, as a reader of each language writes it."""

from sim.text import Words
from sim.text.numbers import count, money, points, weeks


def apart(value: float, unit: str, words: Words) -> str:
    """A difference that is never below 0, in the unit of its outcome; of shares in points."""
    if unit == "cny":
        return money(value, words)
    if unit == "persons":
        return count(value, words)
    if unit == "share":
        return points(value, words).lstrip("+")
    return weeks(value, words)
