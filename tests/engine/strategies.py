"""Worlds and policies drawn from the declarations, for hypothesis and, by seed, for batches."""

from collections.abc import Mapping
from typing import Any, Final, Literal

import numpy as np
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.declare import Declaration
from sim.policy import Move, Policy, policy_declarations
from sim.sets import PARTNERS, SURFACES, WEEKS_PER_YEAR
from sim.world import World, world_declarations

Kind = Literal["range", "limits"]
Floats = NDArray[np.float64]

# The same examples in every run: a suite that fails today and passes tomorrow proves nothing.
# Shrinking a world of two hundred numbers takes minutes, and what is left is as hard to read.
MODEST: Final = settings(
    deadline=None,
    max_examples=40,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MANY: Final = settings(MODEST, max_examples=100)

# More parameters at random in their limits and nearly every world is refused.
_MOST_EXTREMES: Final = 14
_WIDE: Final = 100.0


def _from_range(declaration: Declaration) -> st.SearchStrategy[Any]:
    """Between the plausible low and high of each member."""
    ends = [
        (max(low, declaration.limits[0]), min(high, declaration.limits[1]))
        for low, high in zip(declaration.low, declaration.high, strict=True)
    ]
    if declaration.whole:
        return st.integers(int(ends[0][0]), int(ends[0][1]))
    members = [st.floats(low, high) for low, high in ends]
    return st.tuples(*members) if declaration.members else members[0]


def _from_limits(declaration: Declaration) -> st.SearchStrategy[Any]:
    """Anywhere within the hard limits: the ends, evenly, and evenly in the logarithm."""
    low, high = declaration.limits
    if declaration.whole:
        return st.sampled_from((int(low), int(high))) | st.integers(int(low), int(high))
    ends = st.sampled_from((float(low), float(high)))
    even = st.floats(low, high)
    number = ends | even
    if high > 0 and (low <= 0 or high / low > _WIDE):
        least = low if low > 0 else high * 1e-9
        number |= st.floats(np.log(least), np.log(high)).map(
            lambda power: float(np.clip(np.exp(power), low, high))
        )
    if high == 1.0 and low >= 0:
        number |= st.floats(-9, 0).map(lambda power: float(max(1.0 - 10.0**power, low)))
    return st.tuples(*[number] * declaration.size) if declaration.members else number


@st.composite
def shares(draw: st.DrawFn, size: int) -> tuple[float, ...]:
    """Shares that sum to 1, any of them as small as 0."""
    drawn = draw(st.lists(st.floats(0, 1), min_size=size, max_size=size))
    total = sum(drawn)
    if total < 1e-3:
        return tuple(1.0 / size for _ in drawn)
    return tuple(each / total for each in drawn)


def _near(shares_now: tuple[float, ...]) -> st.SearchStrategy[tuple[float, ...]]:
    """Shares that differ from these by a few percent of each."""
    factors = st.tuples(*[st.floats(0.9, 1.1)] * len(shares_now))

    def scaled(factor: tuple[float, ...]) -> tuple[float, ...]:
        weights = [a * b for a, b in zip(shares_now, factor, strict=True)]
        return tuple(weight / sum(weights) for weight in weights)

    return factors.map(scaled)


@st.composite
def worlds(draw: st.DrawFn, kind: Kind, *, without: tuple[str, ...] = ()) -> World:
    """A world over the plausible ranges, or one with some parameters anywhere in their limits.

    Of the second kind many are refused: nothing need explain their first week.
    """
    declared = {name: each for name, each in world_declarations().items() if name not in without}
    values: dict[str, Any] = {}
    if kind == "range":
        for name, each in declared.items():
            if each.has_range:
                values[name] = draw(_from_range(each))
            elif each.sums_to_one:
                values[name] = draw(_near(tuple(each.default)))  # type: ignore[arg-type]
        if "season" in declared and draw(st.booleans()):
            values["season"] = draw(st.tuples(*[st.floats(0.5, 1.5)] * WEEKS_PER_YEAR))
            values["start_week"] = draw(st.integers(0, WEEKS_PER_YEAR - 1))
        if "crisis_week" in declared and draw(st.booleans()):
            values["crisis_week"] = draw(st.integers(-1, 60))
            values["crisis_size"] = draw(st.floats(0, 1))
        return World().with_values(values)
    names = st.lists(st.sampled_from(sorted(declared)), unique=True, max_size=_MOST_EXTREMES)
    for name in draw(names):
        each = declared[name]
        chosen = shares(each.size) if each.sums_to_one else _from_limits(each)
        values[name] = draw(chosen)
    return World().with_values(values)


def _some_of(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True).map(tuple)


@st.composite
def moves(draw: st.DrawFn, latest: int = 110) -> Move:
    """A cut, a reopening, a price or several at once, now or beyond the horizon."""
    share = st.sampled_from((0.0, 1.0)) | st.floats(0, 1)
    what = draw(st.sampled_from(("openness", "fee", "both")))
    return Move(
        week=draw(st.integers(0, 12) | st.integers(0, latest)),
        surfaces=draw(_some_of(SURFACES)),
        partners=draw(_some_of(PARTNERS)),
        openness=None if what == "fee" else draw(share),
        fee=None if what == "openness" else draw(st.floats(0, 0.3) | share),
        ramp_weeks=draw(st.sampled_from((0, 1)) | st.integers(0, 30)),
    )


@st.composite
def policies(draw: st.DrawFn, latest: int = 110) -> Policy:
    """Up to four moves and any of the levers."""
    values: dict[str, Any] = {}
    for name, each in policy_declarations().items():
        if draw(st.booleans()):
            if each.whole:
                values[name] = draw(st.integers(0, 60))
            elif name == "care":
                values[name] = draw(st.floats(0, 0.2) | st.floats(*each.limits))
            else:
                values[name] = draw(st.floats(0, 0.1) | st.floats(*each.limits))
    return Policy(moves=tuple(draw(st.lists(moves(latest), max_size=4))), **values)


def drawn(number: int, seed: int, *, without: tuple[str, ...] = ()) -> dict[str, Floats]:
    """Worlds of a batch by seed, over the plausible ranges; the season is never drawn."""
    generator = np.random.default_rng(seed)
    found: dict[str, Floats] = {}
    for name, each in world_declarations().items():
        if not each.has_range or name in without:
            continue
        low, high = np.array(each.low), np.array(each.high)
        values = np.clip(low + (high - low) * generator.random((number, len(low))), *each.limits)
        values = np.round(values) if each.whole else values
        found[name] = values if each.members else values[:, 0]
    return found


def world_of(draws: Mapping[str, Floats], index: int) -> World:
    """One world of a batch."""
    values: dict[str, Any] = {}
    for name, each in draws.items():
        if world_declarations()[name].members:
            values[name] = tuple(each[index].tolist())
        elif world_declarations()[name].whole:
            values[name] = int(each[index])
        else:
            values[name] = float(each[index])
    return World().with_values(values)
