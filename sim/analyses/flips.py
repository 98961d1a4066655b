"""Flip points: the value of each assumption at which the decision turns, the others as they are.

The decision is whether the policy is better than none by the chosen outcome. Each uncertain parameter
goes through its whole range; wherever the answer changes between two neighbouring places, the change
is closed in to a millionth of the range, all parameters together in each step.

References
----------
Hyde, K. M., Maier, H. R. and Colby, C. B. (2005), A distance-based uncertainty analysis approach to
multi-criteria decision analysis, on the least change of an input that turns a decision. Press, W. H.
et al. (2007), Numerical Recipes, 3rd ed., 9.1, on bracketing.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.analyses.decision import decide, one_at_a_time, require_judged
from sim.analyses.paths import Path
from sim.analyses.progress import Tick, silent
from sim.metrics import Floats
from sim.scenario import Scenario
from sim.uncertainty import ranges

# Each round cuts a bracket of the grid into so many parts: a 24th of the range becomes 6e-7 of it.
_PARTS: Final = 4
_ROUNDS: Final = 8
_REFUSED: Final = 2

Where = Literal["flips", "never"]
Answers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Flip:
    """One value at which the decision turns.

    ``values`` are one a member: the nearest to the scenario's at which the answer is another, within
    a millionth of the range (of whole numbers the first). ``share`` of the parameter's probability
    lies below; ``better_above`` says whether the policy is better than none above it, or below.
    """

    values: tuple[float, ...]
    share: float
    better_above: bool


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """A stretch of the range, one value a member at each end, where the answer is another."""

    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Flips:
    """Where one parameter turns the decision.

    Attributes
    ----------
    members
        Of a vector, which is varied as one: all of them towards their lows, or towards their highs.
    flips
        From low to high; none where the decision does not turn in the range.
    nearest
        The one nearest to the scenario's own value.
    likely
        Probability, by the parameter's own distribution, that the answer is another; of the part of
        the range that can be run.
    refused
        Share of the probability at which no world can be run.
    """

    name: str
    members: tuple[str, ...]
    now: tuple[float, ...]
    flips: tuple[Flip, ...]
    nearest: Flip | None
    likely: float
    refused: float
    beyond: tuple[Beyond, ...]

    @property
    def where(self) -> Where:
        """Whether the decision turns anywhere in the range."""
        return "flips" if self.flips else "never"


@dataclass(frozen=True, kw_only=True)
class FlipPoints:
    """The flips of every uncertain parameter, the most likely to turn the decision first.

    ``better`` says whether the policy is better than none in the scenario itself.
    """

    scenario: Scenario
    outcome: str
    better: bool
    parameters: tuple[Flips, ...]

    @property
    def turning(self) -> tuple[Flips, ...]:
        """Those that can turn the decision by themselves."""
        return tuple(each for each in self.parameters if each.flips)


@dataclass(frozen=True, kw_only=True)
class _Change:
    """Between two neighbouring places of a path the answer goes from one to another."""

    row: int
    low: float
    high: float
    before: int
    after: int


def flip_points(
    scenario: Scenario,
    *,
    outcome: str = "npv_change",
    executor: Executor | None = None,
    tick: Tick = silent,
) -> FlipPoints:
    """Where each uncertain parameter turns the decision, the others staying as in the scenario.

    Raises
    ------
    Refused
        If the scenario cannot be run.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_judged(scenario)
    drawn = ranges(scenario.world, scenario.uncertainty)
    paths = [Path(name=name, between=each) for name, each in drawn.items()]
    search = _Search(scenario=scenario, outcome=outcome, paths=paths, executor=executor)
    tick(0, 1 + _ROUNDS)
    grids = [path.grid() for path in paths]
    answers, own = search.answers(list(enumerate(grids)))
    tick(1, 1 + _ROUNDS)
    changes = [
        _Change(row=row, low=low, high=high, before=before, after=after)
        for row, (grid, found) in enumerate(zip(grids, answers, strict=True))
        for (low, high), (before, after) in zip(
            pairwise(grid.tolist()), pairwise(found.tolist()), strict=True
        )
        if before != after
    ]
    for done in range(_ROUNDS):
        changes = search.closed_in(changes)
        tick(2 + done, 1 + _ROUNDS)
    rows = [
        _row(path, int(found[0]), [each for each in changes if each.row == row], own)
        for row, (path, found) in enumerate(zip(paths, answers, strict=True))
    ]
    rows.sort(key=lambda each: (not each.flips, -each.likely))
    return FlipPoints(scenario=scenario, outcome=outcome, better=bool(own), parameters=tuple(rows))


@dataclass(frozen=True, kw_only=True)
class _Search:
    """Answers of a scenario along the paths of its parameters."""

    scenario: Scenario
    outcome: str
    paths: Sequence[Path]
    executor: Executor | None

    def answers(self, asked: Sequence[tuple[int, Floats]]) -> tuple[list[Answers], int]:
        """1 better, 0 not, 2 refused, at places of some paths; and that of the scenario itself."""
        parts = [(self.paths[row].name, self.paths[row].values(along)) for row, along in asked]
        draws, _ = one_at_a_time(self.scenario, parts)
        better = decide(self.scenario, draws, self.outcome, executor=self.executor).better
        found = np.where(np.isnan(better), _REFUSED, better).astype(np.int64)
        cuts = np.cumsum([len(along) for _, along in asked])
        return np.split(found[:-1], cuts[:-1]) if asked else [], int(found[-1])

    def closed_in(self, changes: Sequence[_Change]) -> list[_Change]:
        """Every change within a part of the bracket it was known in."""
        inner = [np.linspace(each.low, each.high, _PARTS + 1)[1:-1] for each in changes]
        asked = [(each.row, along) for each, along in zip(changes, inner, strict=True)]
        found, _ = self.answers(asked)
        return [
            _closer(change, along, answers)
            for change, along, answers in zip(changes, inner, found, strict=True)
        ]


def _closer(change: _Change, along: Floats, answers: Answers) -> _Change:
    """The first part of a bracket over which the answer changes."""
    places = [change.low, *along.tolist(), change.high]
    known = [change.before, *answers.tolist(), change.after]
    at = next(index for index, each in enumerate(known) if each != change.before)
    return _Change(
        row=change.row,
        low=places[at - 1],
        high=places[at],
        before=change.before,
        after=change.after,
    )


def _row(path: Path, first: int, changes: Sequence[_Change], own: int) -> Flips:
    ends = [0.0, *((each.low + each.high) / 2 for each in changes), 1.0]
    answers = [first, *(each.after for each in changes)]
    masses = np.diff(path.shares(np.array(ends)))
    other = float(sum(masses[at] for at, each in enumerate(answers) if each == 1 - own))
    refused = float(sum(masses[at] for at, each in enumerate(answers) if each == _REFUSED))
    places = _turns(changes, first, own)
    flips = [_flip(path, *each) for each in places]
    by_distance = sorted(range(len(places)), key=lambda at: abs(places[at][0] - path.now))
    return Flips(
        name=path.name,
        members=path.between.members,
        now=path.between.mode,
        flips=tuple(flips),
        nearest=flips[by_distance[0]] if flips else None,
        likely=other / (1 - refused) if refused < 1 else 0.0,
        refused=refused,
        beyond=tuple(
            Beyond(low=_members(path, low), high=_members(path, high))
            for (low, high), each in zip(pairwise(ends), answers, strict=True)
            if each == 1 - own
        ),
    )


def _turns(changes: Sequence[_Change], first: int, own: int) -> list[tuple[float, bool]]:
    """Where the answer turns, on the side on which it is another, and whether it is yes above.

    Over a stretch that has to be refused it turns at the end where it becomes another.
    """
    found: list[tuple[float, bool]] = []
    answer, left = first, 0.0
    for each in changes:
        if each.after == _REFUSED:
            left = each.low
        elif answer == _REFUSED or each.after == answer:
            answer = each.after
        else:
            other_above = each.after != own
            below = left if each.before == _REFUSED else each.low
            found.append((each.high if other_above else below, each.after == 1))
            answer = each.after
    return found


def _flip(path: Path, place: float, better_above: bool) -> Flip:  # noqa: FBT001, unpacked
    return Flip(
        values=_members(path, place),
        share=float(path.shares(np.array([place]))[0]),
        better_above=better_above,
    )


def _members(path: Path, place: float) -> tuple[float, ...]:
    return tuple(np.atleast_1d(path.values(np.array([place]))[0]).tolist())
