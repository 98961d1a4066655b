"""How sure the world is: between which values a parameter may lie, and what moves together.

Part of what is believed, like the world itself, and told apart from it: a scenario runs without any
uncertainty, and every analysis that draws worlds draws them from here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from sim.declare import Declaration, Value, Vector
from sim.errors import Fault, unknown
from sim.world import World, world_declarations

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Shape = Literal["pert", "uniform", "fixed"]
SHAPES: Final[tuple[Shape, ...]] = ("pert", "uniform", "fixed")
SEED_LIMITS: Final = (0, 2**32 - 1)
WORLDS_LIMITS: Final = (64, 1_000_000)
MOST_CORRELATIONS: Final = 40
COEFFICIENT_LIMITS: Final = (-0.99, 0.99)
# The season is one table for every world of a batch, and a week of the calendar is no belief.
SHARED: Final = ("season", "start_week")


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How one parameter is uncertain.

    A bound left at ``None`` is the plausible one of the declaration, moved to where the world's own
    value lies. A vector moves as one: all its members are low together and high together.
    """

    shape: Shape = "pert"
    low: Value | None = None
    high: Value | None = None


@dataclass(frozen=True, kw_only=True)
class Correlation:
    """Two parameters that tend to be high together (or, below 0, the one when the other is low).

    ``coefficient`` is that of the normal scores of both (a Gaussian copula).
    """

    first: str
    second: str
    coefficient: float


@dataclass(frozen=True, kw_only=True)
class Uncertainty:
    """What is stated about parameters, in the order of their declarations; the rest is as declared."""

    spreads: tuple[tuple[str, Spread], ...] = ()
    correlations: tuple[Correlation, ...] = ()

    def spread(self, name: str) -> Spread:
        """How a parameter is uncertain; without a plausible range it is fixed unless stated."""
        found = dict(self.spreads).get(name)
        if found is not None:
            return found
        return Spread() if world_declarations()[name].has_range else Spread(shape="fixed")

    def with_spread(self, name: str, spread: Spread | None) -> "Uncertainty":
        """The same with one parameter stated otherwise; None for as declared."""
        stated = dict(self.spreads) | ({name: spread} if spread is not None else {})
        if spread is None:
            stated.pop(name, None)
        ordered = tuple((each, stated[each]) for each in world_declarations() if each in stated)
        return Uncertainty(spreads=ordered, correlations=self.correlations)


@dataclass(frozen=True, kw_only=True)
class Sampling:
    """How worlds are drawn: the seed of every stream, and how many worlds."""

    seed: int = 1
    worlds: int = 2048


@dataclass(frozen=True, kw_only=True)
class Range:
    """Between which values a parameter lies in the worlds that are drawn, one a member."""

    shape: Shape
    low: Vector
    mode: Vector
    high: Vector
    members: tuple[str, ...] = field(default=())

    @property
    def is_open(self) -> bool:
        """Whether there is anything to draw."""
        return self.shape != "fixed" and self.low != self.high


@lru_cache(maxsize=128)
def ranges(world: World, uncertainty: Uncertainty) -> Mapping[str, Range]:
    """The range of every uncertain parameter by id, in the order of the declarations."""
    found = {
        name: range_of(world, name, uncertainty.spread(name))
        for name in world_declarations()
        if name not in SHARED
    }
    return MappingProxyType({name: each for name, each in found.items() if each.is_open})


def range_of(world: World, name: str, spread: Spread) -> Range:
    """The range of one parameter: what is stated, else what is plausible, around the world's value.

    The value of the world always lies in it; a range that leaves it out is stretched to it.
    """
    declaration, value = world_declarations()[name], world.value(name)
    mode = value if isinstance(value, tuple) else (float(value),)
    low, high = [*mode], [*mode]
    if spread.shape != "fixed":
        plausible = [_plausible(declaration, at, each) for at, each in enumerate(mode)]
        low = _bounds(spread.low, [each[0] for each in plausible])
        high = _bounds(spread.high, [each[1] for each in plausible])
    return Range(
        shape=spread.shape,
        low=tuple(min(each) for each in zip(low, mode, strict=True)),
        mode=mode,
        high=tuple(max(each) for each in zip(high, mode, strict=True)),
        members=declaration.members,
    )


def _bounds(stated: Value | None, plausible: list[float]) -> list[float]:
    if stated is None:
        return plausible
    return [*stated] if isinstance(stated, tuple) else [float(stated)] * len(plausible)


def _plausible(declaration: Declaration, at: int, value: float) -> tuple[float, float]:
    """The declared range of a member; for a world far from the default, moved in proportion."""
    if not declaration.has_range:
        return value, value
    low, high = declaration.low[at], declaration.high[at]
    default = declaration.default
    usual = default[at] if isinstance(default, tuple) else float(default or 0.0)
    if not low <= value <= high and usual and value / usual > 0:
        low, high = low * value / usual, high * value / usual
    least, most = declaration.limits
    return min(max(low, least), most), min(max(high, least), most)


def uncertainty_faults(uncertainty: Uncertainty, sampling: Sampling) -> Iterator[Fault]:
    """Everything that is wrong with what is stated, each with its place in a document."""
    yield from whole_faults("sampling.seed", sampling.seed, SEED_LIMITS)
    yield from whole_faults("sampling.worlds", sampling.worlds, WORLDS_LIMITS)
    for name, spread in uncertainty.spreads:
        yield from spread_faults(name, spread)
    yield from correlation_faults(uncertainty.correlations)


def whole_faults(place: str, value: object, limits: tuple[int, int]) -> Iterator[Fault]:
    """What is wrong with a whole number."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not limits[0] <= value <= limits[1]:  # type: ignore[operator]
        facts = {"low": limits[0], "high": limits[1], "got": value}
        yield Fault(kind="not_whole", place=place, facts=facts)


def spread_faults(name: str, spread: Spread) -> Iterator[Fault]:
    """What is wrong with what is stated of one parameter."""
    place = f"uncertainty.{name}"
    declarations = world_declarations()
    if name not in declarations:
        yield unknown(place, name, tuple(declarations))
        return
    declaration = declarations[name]
    if spread.shape not in SHAPES:
        yield unknown(f"{place}.shape", str(spread.shape), SHAPES)
    if spread.shape == "fixed":
        return
    if name in SHARED or declaration.sums_to_one:
        yield Fault(kind="never_drawn", place=place)
        return
    sound = True
    for side in ("low", "high"):
        for fault in _bound_faults(f"{place}.{side}", getattr(spread, side), declaration):
            sound = False
            yield fault
    if sound:
        yield from _order_faults(place, spread, declaration)


def _bound_faults(place: str, bound: object, declaration: Declaration) -> Iterator[Fault]:
    if bound is None:
        if not declaration.has_range:
            yield Fault(kind="missing", place=place, facts={"legal": declaration.unit})
        return
    members = declaration.members if isinstance(bound, tuple) else ("",)
    numbers: Sequence[object] = bound if isinstance(bound, tuple) else (bound,)
    if isinstance(bound, tuple) and len(bound) != declaration.size:
        lengths = {"legal": declaration.size, "got": len(bound)}
        yield Fault(kind="wrong_length", place=place, facts=lengths)
        return
    low, high = declaration.limits
    for member, number in zip(members, numbers, strict=True):
        where = f"{place}.{member}" if member else place
        facts: dict[str, object] = {"low": low, "high": high, "unit": declaration.unit}
        facts["got"] = number
        if isinstance(number, bool) or not isinstance(number, int | float):
            yield Fault(kind="not_a_number", place=where, facts=facts)
        elif not low <= number <= high:
            yield Fault(kind="out_of_range", place=where, facts=facts)


def _order_faults(place: str, spread: Spread, declaration: Declaration) -> Iterator[Fault]:
    low = _bounds(spread.low, [*declaration.low] or [0.0] * declaration.size)
    high = _bounds(spread.high, [*declaration.high] or [0.0] * declaration.size)
    if spread.low is None or spread.high is None:
        # The other bound is the declaration's, and moves with the world: no order to hold it to.
        return
    for at, (least, most) in enumerate(zip(low, high, strict=True)):
        if least > most:
            where = f"{place}.{declaration.members[at]}" if declaration.members else place
            yield Fault(kind="low_above_high", place=where, facts={"low": least, "high": most})


def correlation_faults(correlations: Sequence[Correlation]) -> Iterator[Fault]:
    """What is wrong with the pairs, each and together."""
    place, sound = "correlations", True
    if len(correlations) > MOST_CORRELATIONS:
        facts = {"got": len(correlations), "legal": MOST_CORRELATIONS}
        yield Fault(kind="too_many", place=place, facts=facts)
        return
    for index, each in enumerate(correlations):
        for fault in _pair_faults(f"{place}[{index}]", each):
            sound = False
            yield fault
    pairs = [frozenset((each.first, each.second)) for each in correlations]
    for index, pair in enumerate(pairs):
        if pair in pairs[:index]:
            sound = False
            names = {"got": ", ".join(sorted(pair))}
            yield Fault(kind="pair_twice", place=f"{place}[{index}]", facts=names)
    if sound and correlations and not _is_possible(correlations):
        yield Fault(kind="pairs_contradict", place=place)


def _is_possible(correlations: Sequence[Correlation]) -> bool:
    import numpy as np

    return bool(np.linalg.eigvalsh(matrix(correlations)[1])[0] > 1e-6)


def _pair_faults(place: str, pair: Correlation) -> Iterator[Fault]:
    legal = tuple(name for name in world_declarations() if name not in SHARED)
    for name in (pair.first, pair.second):
        if name not in legal:
            yield unknown(f"{place}.between", str(name), legal)
    if pair.first == pair.second:
        yield Fault(kind="pair_twice", place=place, facts={"got": pair.first})
    low, high = COEFFICIENT_LIMITS
    number = pair.coefficient
    facts: dict[str, object] = {"low": low, "high": high, "unit": "correlation", "got": number}
    if isinstance(number, bool) or not isinstance(number, int | float):
        yield Fault(kind="not_a_number", place=f"{place}.coefficient", facts=facts)
    elif not low <= number <= high:
        yield Fault(kind="out_of_range", place=f"{place}.coefficient", facts=facts)


def matrix(correlations: Sequence[Correlation]) -> "tuple[tuple[str, ...], NDArray[np.float64]]":
    """The parameters that are correlated, in the order of the declarations, and their matrix."""
    # Imported when needed: reading a document is to stay light.
    import numpy as np

    named = {name for each in correlations for name in (each.first, each.second)}
    order = tuple(name for name in world_declarations() if name in named)
    found = np.eye(len(order))
    for each in correlations:
        at = order.index(each.first), order.index(each.second)
        found[at] = found[at[::-1]] = each.coefficient
    return order, found
