"""Two policies as one: what both do, and where they cannot both have their way."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sim.policy import Move, Policy, policy_declarations


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """One place at which two policies want different things.

    ``place`` is a lever's id, such as ``care``, or ``moves`` for links that both move in the same
    week; then ``first`` and ``second`` are the moves.
    """

    place: str
    first: Any
    second: Any


@dataclass(frozen=True, kw_only=True)
class Stack:
    """Both policies as one, the second on top: where they conflict it has its way."""

    policy: Policy
    conflicts: tuple[Conflict, ...]


def stacked(first: Policy, second: Policy) -> Stack:
    """Two policies put on top of each other.

    A lever that only one of them sets is set; one that both set otherwise is a conflict. Moves are
    those of both by week. Two that put the same links in the same week to another openness or fee
    are a conflict, and the first of them gives way on those links alone. When the programmes begin
    is a conflict only where both have some.

    Returns
    -------
    The policy, with the second's word wherever there is a conflict, and all conflicts in the order
    of the declarations, moves last.
    """
    conflicts = [*_lever_conflicts(first, second)]
    kept: list[Move] = []
    # What both do is no news: where a policy's own moves meet, it has settled that itself.
    news = [move for move in second.moves if move not in first.moves]
    for move in first.moves:
        rivals = [other for other in news if _collide(move, other)]
        conflicts.extend(Conflict(place="moves", first=move, second=other) for other in rivals)
        kept.extend(_without(move, rivals))
    moves = sorted([*kept, *_new(second.moves, kept)], key=lambda move: move.week)
    levers = {name: _of_both(name, first, second) for name in policy_declarations()}
    return Stack(policy=Policy(moves=tuple(moves), **levers), conflicts=tuple(conflicts))


def _new(moves: tuple[Move, ...], kept: list[Move]) -> Iterator[Move]:
    """What is not already there to the last number: twice the same move is one."""
    yield from (move for move in moves if move not in kept)


_AS_NOW = Policy()


def _is_set(name: str, policy: Policy) -> bool:
    if name == "programme_week":
        return any(_is_set(each, policy) for each in policy_declarations() if each != name)
    if name == "coupon_weeks":
        return policy.coupon > 0
    return bool(getattr(policy, name) != getattr(_AS_NOW, name))


def _of_both(name: str, first: Policy, second: Policy) -> Any:
    return getattr(second if _is_set(name, second) else first, name)


def _lever_conflicts(first: Policy, second: Policy) -> Iterator[Conflict]:
    for name in policy_declarations():
        pair = getattr(first, name), getattr(second, name)
        if _is_set(name, first) and _is_set(name, second) and pair[0] != pair[1]:
            yield Conflict(place=name, first=pair[0], second=pair[1])


def _collide(move: Move, other: Move) -> bool:
    """Whether two moves want different things of the same links in the same week."""
    if move.week != other.week or move == other:
        return False
    partners = set(move.partners) & set(other.partners)
    opened = None not in (move.openness, other.openness) and set(move.surfaces) & set(
        other.surfaces
    )
    priced = None not in (move.fee, other.fee)
    differ = (opened and move.openness != other.openness) or (priced and move.fee != other.fee)
    slower = bool(opened or priced) and move.ramp_weeks != other.ramp_weeks
    return bool(partners) and bool(differ or slower)


def _without(move: Move, rivals: list[Move]) -> Iterator[Move]:
    """What is left of a move beside those that rule some of its links: by partner and surface."""
    if not rivals:
        yield move
        return
    for partner in dict.fromkeys(move.partners):
        here = [other for other in rivals if partner in other.partners]
        ruled = {
            surface
            for other in here
            for surface in other.surfaces
            if move.openness is not None and other.openness is not None
        }
        surfaces = tuple(each for each in move.surfaces if each not in ruled)
        priced = any(other.fee is not None for other in here)
        fee = None if priced else move.fee
        openness = move.openness if surfaces else None
        if openness is not None or fee is not None:
            left = surfaces or move.surfaces
            yield replace(move, partners=(partner,), surfaces=left, openness=openness, fee=fee)
