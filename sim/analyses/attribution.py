"""What each lever of a package contributes to what the package changes, fair to every order.

Levers help each other and get in each other's way, so what one of them "brings" hangs on which were
there before. The Shapley value is the average over all orders. It is exact: every set of levers is run,
in the scenario's own world and in its drawn worlds, all in the same ones.

References
----------
Shapley, L. S. (1953), A value for n-person games. Grabisch, M. and Roubens, M. (1999), An axiomatic
approach to the concept of interaction among players in cooperative games.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final, Literal

import numpy as np

from sim.analyses.draws import draw, standard_error
from sim.analyses.points import judge_plans
from sim.analyses.progress import Tick, silent
from sim.analyses.shapley import balanced, interactions, shapley
from sim.engine.single import run_series
from sim.errors import Refused, unknown
from sim.metrics import OUTCOMES, Floats
from sim.policy import TARGETS, Policy
from sim.scenario import Scenario, require_sound

# A week of paying back is not there at all without a policy, so there is nothing to divide.
ATTRIBUTED: Final = tuple(name for name in OUTCOMES if name != "payback_week")
# All sets of twelve players are 4,096 plans. Moves beyond that are taken together.
MOST_PLAYERS: Final = 12
# Runs in all: with many players there are fewer worlds.
_MOST_RUNS: Final = 1 << 21
_BAND: Final = (0.05, 0.95)

Status = Literal["found", "nothing", "no_effect"]


@dataclass(frozen=True, kw_only=True)
class Player:
    """What can be in a package or not: moves on links (by their index), or one programme."""

    moves: tuple[int, ...] = ()
    lever: str | None = None

    @property
    def id(self) -> str:
        """Its place in the scenario."""
        if self.lever is not None:
            return f"policy.{self.lever}"
        return f"policy.moves[{','.join(map(str, self.moves))}]"


@dataclass(frozen=True, kw_only=True)
class Amount:
    """A number in the unit of the outcome, in the scenario's own world and over the drawn worlds.

    ``error`` is the standard error of the mean; ``low`` and ``high`` hold nine worlds in ten;
    ``raised`` is the share of worlds in which the number is above 0.
    """

    own: float
    mean: float
    error: float
    low: float
    high: float
    raised: float


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What one player contributes.

    ``alone`` is what it changes with nothing beside it, ``last`` what is lost if it alone is left
    out, both in the scenario's own world.
    """

    player: Player
    amount: Amount
    alone: float
    last: float


@dataclass(frozen=True, kw_only=True)
class Interaction:
    """What two players do together beyond what they do one by one."""

    first: Player
    second: Player
    amount: Amount


@dataclass(frozen=True, kw_only=True)
class Attribution:
    """A package's difference against no policy, divided among its levers.

    The contributions' own numbers, with ``rounding[0]``, sum to ``total.own`` to the last digit, their
    means with ``rounding[1]`` to ``total.mean``; ``rounding`` is 0 but where large numbers cancel.
    ``status`` is ``"nothing"`` without any lever, ``"no_effect"`` where no lever changes anything.
    """

    scenario: Scenario
    outcome: str
    status: Status
    total: Amount
    contributions: tuple[Contribution, ...]
    interactions: tuple[Interaction, ...]
    rounding: tuple[float, float]
    worlds: int
    refused: int

    @property
    def grouped(self) -> bool:
        """Whether some moves are taken together, because there are too many for every set of them."""
        return any(len(each.player.moves) > 1 for each in self.contributions)


def players_of(policy: Policy, most: int = MOST_PLAYERS) -> tuple[Player, ...]:
    """The players of a policy: its moves by week, then each programme that is set.

    Beyond ``most`` players, moves are taken together where the weeks between them are fewest.
    Programme week and the weeks of the coupon belong to what they time.
    """
    levers = [name for name in (*TARGETS, "care", "coupon") if _is_set(policy, name)]
    moves = _moves_by_week(policy, most - len(levers))
    return (*(Player(moves=each) for each in moves), *(Player(lever=each) for each in levers))


def _is_set(policy: Policy, lever: str) -> bool:
    if lever == "coupon":
        return policy.coupon > 0 and policy.coupon_weeks > 0
    return bool(getattr(policy, lever) is not None if lever in TARGETS else policy.care > 0)


def _moves_by_week(policy: Policy, most: int) -> list[tuple[int, ...]]:
    order = sorted(range(len(policy.moves)), key=lambda at: policy.moves[at].week)
    if len(order) <= most:
        return [(at,) for at in order]
    gaps = [
        (policy.moves[after].week - policy.moves[before].week, -place)
        for place, (before, after) in enumerate(pairwise(order), start=1)
    ]
    widest = sorted(each for each in gaps if each[0] > 0)[-(most - 1) :]
    cuts = [0, *sorted(-place for _, place in widest), len(order)]
    return [tuple(order[first:last]) for first, last in pairwise(cuts)]


def policy_of(policy: Policy, players: Sequence[Player]) -> Policy:
    """The policy with these players only; what times them stays."""
    kept = {at for each in players for at in each.moves}
    levers = {each.lever for each in players}
    left: dict[str, Any] = {name: None for name in TARGETS if name not in levers}
    left |= {name: 0.0 for name in ("care", "coupon") if name not in levers}
    moves = tuple(move for at, move in enumerate(policy.moves) if at in kept)
    return replace(policy, moves=moves, **left)


def attribution(
    scenario: Scenario,
    *,
    outcome: str = "npv_change",
    executor: Executor | None = None,
    tick: Tick = silent,
) -> Attribution:
    """What each lever contributes to an outcome against no policy, with pairwise interactions.

    Raises
    ------
    Refused
        If the scenario cannot be run, or the outcome is none that can be divided.
    ExecutorLost, Cancelled
        As :func:`sim.analyses.batches.each_of`.
    """
    require_sound(scenario)
    if outcome not in ATTRIBUTED:
        raise Refused([unknown("outcome", outcome, ATTRIBUTED)])
    # Its own world says why, where no rates explain it.
    run_series(scenario.world, scenario.policy, scenario.weeks)
    players = players_of(scenario.policy)
    sets = [
        policy_of(scenario.policy, [each for at, each in enumerate(players) if row >> at & 1])
        for row in range(1 << len(players))
    ]
    own = judge_plans(scenario, sets, outcomes=(outcome,))[outcome]
    worlds = draw(scenario, 0, min(scenario.sampling.worlds, _MOST_RUNS // len(sets)))
    drawn = judge_plans(scenario, sets, worlds, outcomes=(outcome,), executor=executor, tick=tick)[
        outcome
    ]
    return _divided(scenario, outcome, players, own, drawn)


def _divided(
    scenario: Scenario, outcome: str, players: tuple[Player, ...], own: Floats, drawn: Floats
) -> Attribution:
    """The values of all sets, each of shape (sets, worlds), as contributions."""
    total = _amount(own[-1] - own[0], drawn[-1] - drawn[0])
    parts = [_amount(each, over) for each, over in zip(shapley(own), shapley(drawn), strict=True)]
    owns, left = balanced([each.own for each in parts], total.own)
    means, left_mean = balanced([each.mean for each in parts], total.mean)
    amounts = [
        replace(each, own=one, mean=mean)
        for each, one, mean in zip(parts, owns, means, strict=True)
    ]
    base, whole = own[0, 0], len(own) - 1
    refused = int(np.isnan(drawn[0]).sum())
    return Attribution(
        scenario=scenario,
        outcome=outcome,
        status=_status(players, own, drawn),
        total=total,
        contributions=tuple(
            Contribution(
                player=player,
                amount=amounts[at],
                alone=float(own[1 << at, 0] - base),
                last=float(own[whole, 0] - own[whole ^ 1 << at, 0]),
            )
            for at, player in enumerate(players)
        ),
        interactions=_pairs(players, interactions(own), interactions(drawn)),
        rounding=(left, left_mean),
        worlds=drawn.shape[1] - refused,
        refused=refused,
    )


def _pairs(players: tuple[Player, ...], own: Floats, drawn: Floats) -> tuple[Interaction, ...]:
    return tuple(
        Interaction(
            first=players[first],
            second=players[second],
            amount=_amount(own[first, second], drawn[first, second]),
        )
        for first in range(len(players))
        for second in range(first + 1, len(players))
    )


def _status(players: tuple[Player, ...], own: Floats, drawn: Floats) -> Status:
    if not players:
        return "nothing"
    moved = [(each != each[0])[:, ~np.isnan(each[0])].any() for each in (own, drawn)]
    return "found" if any(moved) else "no_effect"


def _amount(own: Floats, drawn: Floats) -> Amount:
    held = drawn[~np.isnan(drawn)]
    if len(held) == 0:
        nothing = float("nan")
        return Amount(
            own=float(own[0]),
            mean=nothing,
            error=nothing,
            low=nothing,
            high=nothing,
            raised=nothing,
        )
    low, high = np.quantile(held, _BAND)
    return Amount(
        own=float(own[0]),
        mean=float(held.mean()),
        error=standard_error(drawn),
        low=float(low),
        high=float(high),
        raised=float((held > 0).mean()),
    )
