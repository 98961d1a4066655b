"""How a number is shown on a control: in which unit, between which ends, in which steps.

Shares are 0 to 1 in a scenario and per cent on the page; large numbers are counted in the reader's
own units (million; in Chinese ten thousand and hundred million). The ends of a slider are the
plausible range, not the limits: the box beside it takes whatever is legal.
"""

import math
from dataclasses import dataclass
from typing import Final

from sim.declare import Declaration
from sim.places import declaration_at

# Ends of the slider of the horizon, which is declared nowhere.
_HORIZON: Final = (26.0, 260.0)
_PERCENT_UNITS: Final = frozenset({"share", "per_year"})
_STEPS: Final = 100
_MOST_WHOLE_STOPS: Final = 400


@dataclass(frozen=True, kw_only=True)
class Span:
    """How one number is shown: ``shown = value × factor``, the slider from ``low`` to ``high``."""

    low: float
    high: float
    step: float
    factor: float
    scale: str
    whole: bool
    logarithmic: bool = False

    def show(self, value: float) -> float:
        """The number on the control for a number of the scenario."""
        return value if self.whole else _rounded(value * self.factor)

    def read(self, shown: float) -> float:
        """The number of the scenario for a number on the control."""
        if self.whole:
            return int(shown) if float(shown).is_integer() else shown
        return _rounded(shown / self.factor)

    @property
    def stops(self) -> tuple[float, ...]:
        """Every number at which the slider can stand: both ends, and round ones between them."""
        low, high = self.show(self.low), self.show(self.high)
        if self.logarithmic:
            ratio = (self.high / self.low) ** (1 / _STEPS)
            inner = [float(f"{low * ratio**power:.3g}") for power in range(1, _STEPS)]
        else:
            first, last = math.floor(low / self.step), math.ceil(high / self.step)
            inner = [_rounded(self.step * times) for times in range(first, last + 1)]
        between = dict.fromkeys(number for number in inner if low < number < high)
        return (low, *between, high)


def _rounded(number: float) -> float:
    return float(f"{number:.12g}")


def span_of(place: str, value: float, language: str) -> Span:
    """How the number at a place is shown; the ends make room for the value it has."""
    declaration = declaration_at(place)
    low, high = _ends(place, declaration)
    low, high = min(low, _below(value, low)), max(high, _above(value, high))
    whole = place == "weeks" or (declaration is not None and declaration.whole)
    factor, scale = _factor(declaration, language)
    step = nice_step((high - low) * factor / _STEPS)
    if whole:
        step = 1.0 if high - low <= _MOST_WHOLE_STOPS else max(round(step), 1)
    logarithmic = bool(declaration and declaration.logarithmic and low > 0 and value > 0)
    return Span(
        low=low,
        high=high,
        step=step,
        factor=factor,
        scale=scale,
        whole=whole,
        logarithmic=logarithmic,
    )


def _below(value: float, low: float) -> float:
    return low if value >= low else value


def _above(value: float, high: float) -> float:
    return high if value <= high else value


def _ends(place: str, declaration: Declaration | None) -> tuple[float, float]:
    name = place.rpartition(".")[2]
    if declaration is None:
        return _HORIZON
    if declaration.role == "lever":
        return declaration.low[0], declaration.high[0]
    index = declaration.members.index(name) if name in declaration.members else 0
    if declaration.has_range:
        return _wider(declaration.low[index], declaration.high[index], declaration)
    if declaration.limits == (0.0, 1.0):
        return declaration.limits
    return _around(declaration, index)


def _wider(low: float, high: float, declaration: Declaration) -> tuple[float, float]:
    """Half a range more on either side, within the limits: what is not plausible can be tried."""
    if declaration.logarithmic and low > 0:
        return low / 2, min(high * 2, declaration.limits[1])
    more = (high - low) / 2
    floor, ceiling = declaration.limits
    least = 0.0 if low >= 0 else floor
    wider = max(low - more, floor, least), min(high + more, ceiling)
    return (math.floor(wider[0]), math.ceil(wider[1])) if declaration.whole else wider


def _around(declaration: Declaration, index: int) -> tuple[float, float]:
    default = declaration.default
    centre = default[index] if isinstance(default, tuple) else float(default or 0.0)
    floor, ceiling = declaration.limits
    if declaration.whole:
        return floor, min(ceiling, 104)
    return max(floor, 0.0), min(ceiling, 2 * centre or 1.0)


def nice_step(width: float) -> float:
    """The step of 1, 2 or 5 times a power of ten that is nearest below a width."""
    power = 10.0 ** math.floor(math.log10(width)) if width > 0 else 1.0
    for times in (5, 2):
        if width >= times * power * 0.999:
            return _rounded(times * power)
    return _rounded(power)


def _factor(declaration: Declaration | None, language: str) -> tuple[float, str]:
    """What a number is multiplied with, and the id of the words for that."""
    if declaration is None:
        return 1.0, ""
    if declaration.unit in _PERCENT_UNITS:
        return 100.0, "percent"
    default = declaration.default
    largest = max(default) if isinstance(default, tuple) else float(default or 0.0)
    if language == "zh":
        return _first(largest, ((1e8, "yi"), (1e4, "wan")))
    return _first(largest, ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")))


def _first(largest: float, scales: tuple[tuple[float, str], ...]) -> tuple[float, str]:
    for size, name in scales:
        # Fifty-five thousand people read well in units of ten thousand; 80 CNY an order do not.
        if largest >= size:
            return 1 / size, name
    return 1.0, ""
