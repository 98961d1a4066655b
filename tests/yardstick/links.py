"""Openness, fees, and the pressure they put on partners' merchants: section 3 of the model page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.yardstick.parameters import PARTNERS, SURFACES, Array, World

SHELF = SURFACES.index("shelf")


@dataclass(frozen=True, kw_only=True)
class Links:
    """The course of the links.

    Attributes
    ----------
    openness : (weeks, c, p, 1 or n), share, as the moves set it.
    fee : (weeks, p, n), share of link GMV.
    pressure : (weeks + longest notice, p, n), share.
    announced : (weeks, p, n), share, pressure with what is known of the coming weeks.
    """

    openness: Array
    fee: Array
    pressure: Array
    announced: Array


def follow_moves(
    moves: Sequence[Mapping[str, Any]], world: World, link_weight: Array, weeks: int
) -> Links:
    """Return the course of the links in every week.

    Parameters
    ----------
    moves : see `simulate`.
    link_weight : (c, n), each surface's share of first-week link orders.
    """
    number = link_weight.shape[-1]
    notice = np.rint(world["notice_weeks"]).astype(int)
    known_weeks = weeks + int(notice.max())
    width = max([1, *(np.size(move.get("openness", 1.0)) for move in moves)])
    openness = np.ones((known_weeks, len(SURFACES), len(PARTNERS), width))
    fee = np.tile(world["partner_fee"], (known_weeks, 1, 1))

    for move in sorted(moves, key=lambda move: move["week"]):
        if move["week"] < 0:
            raise ValueError(f"the week of a move must be 0 or later; got {move['week']}")
        partners = _positions(move["partners"], PARTNERS)
        if move.get("openness") is not None:
            for surface in _positions(move["surfaces"], SURFACES):
                for partner in partners:
                    _lead(openness[:, surface, partner], np.ones(1), move, move["openness"])
        if move.get("fee") is not None:
            for partner in partners:
                _lead(fee[:, partner], world["partner_fee"][partner], move, move["fee"])

    pressure = np.stack(
        [_pressure(o, f, world, link_weight) for o, f in zip(openness, fee, strict=True)]
    )
    coming = np.stack([pressure[t + notice, :, np.arange(number)].T for t in range(weeks)])
    now = pressure[:weeks]
    announced = now + world["anticipation"] * np.maximum(coming - now, 0.0)
    return Links(openness=openness[:weeks], fee=fee[:weeks], pressure=pressure, announced=announced)


def reachable(openness: Array, evasion: Array) -> Array:
    """Share of links (c, p, n) that a buyer can still reach, some of them through an open shelf."""
    shelf = openness[SHELF]
    reach: Array = openness + evasion * (1.0 - openness) * shelf
    # Nobody evades a closed shelf through the shelf itself.
    reach[SHELF] = shelf
    return reach


def _positions(names: Iterable[str], members: Sequence[str]) -> list[int]:
    return [members.index(name) for name in names]


def _lead(path: Array, before_all: Array, move: Mapping[str, Any], target: Any) -> None:
    """Write into `path` (weeks, n) where one move leads it, from the move's week to the end."""
    week = int(move["week"])
    if week >= len(path):
        return
    start = path[week - 1] if week > 0 else before_all
    weeks_in = np.arange(1, len(path) - week + 1)[:, np.newaxis]
    way = np.minimum(1.0, weeks_in / max(move.get("ramp_weeks", 1), 1))
    # start + (target - start) misses the target by a rounding error; a closed link must be closed.
    path[week:] = np.where(way >= 1.0, target, start + way * (np.asarray(target) - start))


def _pressure(openness: Array, fee: Array, world: World, link_weight: Array) -> Array:
    """Pressure on each partner's merchants (p, n) in one week, in [0, 1]."""
    closed = 1.0 - reachable(openness, world["evasion"])
    from_links = (link_weight[:, np.newaxis] * closed).sum(axis=0)
    from_fee = world["fee_pressure"] * np.maximum(fee - world["partner_fee"], 0.0)
    pressure: Array = np.clip(from_links + from_fee, 0.0, 1.0)
    return pressure
