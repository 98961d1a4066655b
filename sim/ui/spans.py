"""How a number is shown on a control: in which unit, between which ends, in which steps.

Shares are 0 to 1 in a scenario and per cent on the page; large numbers are counted in the reader's
own units (million; in Chinese ten thousand and hundred million). The ends of a slider are the
plausible range, not the limits: the box beside it takes whatever is legal.
"""

import math
from dataclasses import dataclass
from typing import Final

from sim.declare import Declaration
from sim.scenario import WEEKS_LIMITS
from sim.ui.places import declaration_at

# Ends of the sliders of levers, which have no plausible range of their own, in the scenario's unit.
_LEVER_SPANS: Final = {
    "policy.care": (0.0, 0.05),
    "policy.commission_target": (0.0, 0.10),
    "policy.coupon": (0.0, 0.30),
    "policy.coupon_weeks": (0, 52),
    "policy.programme_week": (0, 104),
    "week": (0, 104),
    "fee": (0.0, 0.50),
    "ramp_weeks": (0, 26),
    "weeks": (26, 260),
}
_PERCENT_UNITS: Final = frozenset({"share", "per_year"})
_STEPS: Final = 100


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
        return int(value) if self.whole else _rounded(value * self.factor)

    def read(self, shown: float) -> float:
        """The number of the scenario for a number on the control."""
        return int(shown) if self.whole else _rounded(shown / self.factor)

    def slide(self, value: float) -> float:
        """The slider's own position for a number of the scenario, kept between its ends."""
        low, high = self.low, self.high
        if self.logarithmic:
            return math.log10(min(max(value, low), high))
        return self.show(min(max(value, low), high))

    def slid(self, position: float) -> float:
        """The number of the scenario for a position of the slider."""
        if self.logarithmic:
            return float(f"{min(max(10**position, self.low), self.high):.3g}")
        return self.read(position)

    @property
    def ends(self) -> tuple[float, float, float]:
        """Lowest and highest position of the slider, and its step."""
        if self.logarithmic:
            low, high = math.log10(self.low), math.log10(self.high)
            return low, high, (high - low) / _STEPS
        return self.show(self.low), self.show(self.high), self.step


def _rounded(number: float) -> float:
    return float(f"{number:.12g}")


def span_of(place: str, value: float, language: str) -> Span:
    """How the number at a place is shown; the ends make room for the value it has."""
    declaration = declaration_at(place)
    low, high = _ends(place, declaration)
    low, high = min(low, _below(value, low)), max(high, _above(value, high))
    whole = place == "weeks" or (declaration is not None and declaration.whole)
    factor, scale = _factor(declaration, language)
    step = 1.0 if whole else nice_step((high - low) * factor / _STEPS)
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
    if place in _LEVER_SPANS or (place.startswith("policy.moves") and name in _LEVER_SPANS):
        return _LEVER_SPANS.get(place) or _LEVER_SPANS[name]
    if declaration is None:
        return float(WEEKS_LIMITS[0]), float(WEEKS_LIMITS[1])
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
