"""Why several people come to different answers: which two assumptions explain most of the gap.

Everybody's scenario is run as it is, then with a pair of assumptions set to what was common ground
before; the pair that leaves the answers closest together explains most. A measure of one-at-a-time and
pairwise replacement, not of causes: a third assumption may do its part through these two.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np

from sim.declare import Value
from sim.scenario import Scenario
from sim.world import world_declarations

# Pairs of more than so many assumptions would take longer than a page waits: the first ones, by what
# each explains alone, are paired.
_MOST_PAIRED: Final = 12


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """One assumption on which people differ: what each believes, and how much of the gap it explains."""

    name: str
    values: tuple[Value, ...]
    explains: float


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How far answers lie apart, and why.

    ``answers`` is what each comes to (None where it cannot be run); ``spread`` the standard deviation of
    those that are known; ``disagreements`` by what each explains alone, the most first; ``pair`` the
    two that together explain most, and ``explains`` how much of the spread would be gone without them,
    1 for all of it, below 0 where people would be further apart.
    """

    answers: tuple[float | None, ...]
    spread: float
    disagreements: tuple[Disagreement, ...]
    pair: tuple[str, ...]
    explains: float


def gap(
    scenarios: Sequence[Scenario],
    ground: Scenario,
    answer: Callable[[Scenario], float | None],
) -> Gap:
    """The gap between what people's scenarios come to, judged against a common ground.

    Parameters
    ----------
    ground : whose values replace what people differ on
    answer : what a scenario comes to; None where it cannot be run
    """
    answers = tuple(answer(each) for each in scenarios)
    spread = _spread(answers)
    names = _differing(scenarios)

    def explained(which: Sequence[str]) -> float:
        common = {name: ground.world.value(name) for name in which}
        rest = _spread([answer(_with(each, common)) for each in scenarios])
        return 1.0 - rest / spread if spread > 0 else 0.0

    alone = {name: explained([name]) for name in names}
    ordered = sorted(names, key=lambda name: -alone[name])
    paired: dict[tuple[str, ...], float] = {tuple(ordered[:1]): alone[each] for each in ordered[:1]}
    for pair in combinations(ordered[:_MOST_PAIRED], 2):
        paired[pair] = explained(pair)
    best = max(paired, key=lambda each: (len(each), paired[each]), default=())
    return Gap(
        answers=answers,
        spread=spread,
        disagreements=tuple(
            Disagreement(
                name=name,
                values=tuple(each.world.value(name) for each in scenarios),
                explains=alone[name],
            )
            for name in ordered
        ),
        pair=best,
        explains=paired.get(best, 0.0),
    )


def _differing(scenarios: Sequence[Scenario]) -> list[str]:
    return [
        name
        for name in world_declarations()
        if len({each.world.value(name) for each in scenarios}) > 1
    ]


def _with(scenario: Scenario, values: Mapping[str, Value]) -> Scenario:
    return replace(scenario, world=scenario.world.with_values(dict(values)))


def _spread(answers: Sequence[float | None]) -> float:
    known = [each for each in answers if each is not None]
    return float(np.std(known)) if len(known) > 1 else 0.0
