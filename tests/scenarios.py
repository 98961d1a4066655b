"""Sound scenarios drawn at random over the hard limits of every declaration, for hypothesis."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from sim.cases.catalogue import case, case_ids
from sim.declare import Declaration
from sim.policy import Move, Policy, move_declarations, policy_declarations
from sim.scenario import WEEKS_LIMITS, Scenario
from sim.sets import PARTNERS, SURFACES
from sim.uncertainty import (
    SEED_LIMITS,
    SHAPES,
    SHARED,
    WORLDS_LIMITS,
    Correlation,
    Sampling,
    Spread,
    Uncertainty,
)
from sim.world import world_declarations


def numbers(declaration: Declaration) -> st.SearchStrategy[Any]:
    low, high = declaration.limits
    if declaration.whole:
        return st.integers(int(low), int(high))
    # Numbers as a slider gives them, and numbers with every digit that a float64 has.
    short = st.integers(0, 1000).map(lambda step: round(low + (high - low) * step / 1000, 6))
    return st.floats(low, high) | short.filter(lambda value: low <= value <= high)


def shares(size: int) -> st.SearchStrategy[tuple[float, ...]]:
    weights = st.lists(st.integers(1, 1000), min_size=size, max_size=size)
    return weights.map(lambda drawn: tuple(weight / sum(drawn) for weight in drawn))


def values(declaration: Declaration) -> st.SearchStrategy[Any]:
    if declaration.sums_to_one:
        return shares(declaration.size)
    if declaration.members:
        return st.tuples(*[numbers(declaration)] * declaration.size)
    if declaration.default is None:
        return st.none() | numbers(declaration)
    return numbers(declaration)


def some(declarations: Mapping[str, Declaration]) -> st.SearchStrategy[dict[str, Any]]:
    def drawn(ids: Iterable[str]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({name: values(declarations[name]) for name in ids})

    return st.lists(st.sampled_from(list(declarations)), unique=True, max_size=12).flatmap(drawn)


def cells(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), min_size=1, max_size=4).map(tuple)


@st.composite
def moves(draw: st.DrawFn) -> Move:
    declared = move_declarations()
    fields = {name: draw(values(declared[name])) for name in declared}
    if fields["openness"] is None and fields["fee"] is None:
        fields["fee"] = draw(numbers(declared["fee"]))
    return Move(surfaces=draw(cells(SURFACES)), partners=draw(cells(PARTNERS)), **fields)


def samplings() -> st.SearchStrategy[Sampling]:
    drawn = st.builds(Sampling, seed=st.integers(*SEED_LIMITS), worlds=st.integers(*WORLDS_LIMITS))
    return st.just(Sampling()) | drawn


@st.composite
def spreads(draw: st.DrawFn, declaration: Declaration) -> Spread:
    number = numbers(replace(declaration, whole=False, members=())).map(float)
    size = declaration.size
    bounds = [
        draw(st.tuples(*[number] * size) if size > 1 and draw(st.booleans()) else number)
        for _ in range(2)
    ]
    each = [bound if isinstance(bound, tuple) else (bound,) * size for bound in bounds]
    if any(low > high for low, high in zip(*each, strict=True)):
        low, high = min(map(min, each)), max(map(max, each))
        bounds = [low, high]
    sides = draw(st.sampled_from(("both", "low", "high", "none")))
    if not declaration.has_range:
        sides = "both"
    return Spread(
        shape=draw(st.sampled_from(SHAPES)),
        low=bounds[0] if sides in ("both", "low") else None,
        high=bounds[1] if sides in ("both", "high") else None,
    )


@st.composite
def uncertainties(draw: st.DrawFn) -> Uncertainty:
    free = {
        name: each
        for name, each in world_declarations().items()
        if name not in SHARED and not each.sums_to_one
    }
    found = Uncertainty()
    for name in draw(st.lists(st.sampled_from(list(free)), unique=True, max_size=4)):
        found = found.with_spread(name, draw(spreads(free[name])))
    if draw(st.booleans()):
        return found
    names = draw(st.lists(st.sampled_from(list(free)), unique=True, min_size=2, max_size=4))
    # Not so strong that they could contradict each other.
    pairs = [
        Correlation(first=a, second=b, coefficient=draw(st.floats(-0.3, 0.3)))
        for a, b in pairwise(names)
    ]
    return replace(found, correlations=tuple(pairs))


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    start = draw(st.none() | st.sampled_from(case_ids()))
    base = Scenario() if start is None else case(start).scenario
    kept = draw(st.booleans())
    policy = Policy(
        moves=base.policy.moves if kept else tuple(draw(st.lists(moves(), max_size=5))),
        **{name: getattr(base.policy, name) for name in policy_declarations()}
        | draw(some(policy_declarations())),
    )
    return Scenario(
        name=draw(st.text(max_size=30) | st.just(base.name)),
        note=draw(st.text(max_size=200) | st.just(base.note)),
        case=start,
        weeks=draw(st.integers(*WEEKS_LIMITS) | st.just(base.weeks)),
        world=base.world.with_values(draw(some(world_declarations()))),
        policy=policy,
        uncertainty=draw(uncertainties()),
        sampling=draw(samplings()),
    )
