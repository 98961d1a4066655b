"""Who contributes what in a cooperative game: Shapley values and pairwise interactions.

A game is the value of every set of players, with set ``s`` at row ``s``: player ``i`` is in it where
bit ``i`` of ``s`` is 1. Every further axis is another game, such as another world.

References
----------
Shapley, L. S. (1953), A value for n-person games. Grabisch, M. and Roubens, M. (1999), An axiomatic
approach to the concept of interaction among players in cooperative games, on the interaction index.
"""

import math
from collections.abc import Sequence

import numpy as np

from sim.metrics import Floats


def shapley(values: Floats) -> Floats:
    """What each player adds, averaged over all orders in which players can come, (players, ...).

    Sums to the value of all players less that of none, within rounding. A player who never changes
    anything gets exactly 0.

    Parameters
    ----------
    values : (2 ** players, ...)
    """
    players = _players(values)
    found = np.empty((players, *values.shape[1:]))
    for player in range(players):
        without = _sets_without(players, player)
        gained = values[without | 1 << player] - values[without]
        found[player] = np.tensordot(_weights(without, players, 1), gained, axes=1)
    return found


def interactions(values: Floats) -> Floats:
    """What each pair adds together beyond what both add one by one, (players, players, ...).

    Above 0 the two help each other, below 0 they take from each other; 0 on the diagonal. The
    interaction index of Grabisch and Roubens, averaged over the sets of the other players.

    Parameters
    ----------
    values : (2 ** players, ...)
    """
    players = _players(values)
    found = np.zeros((players, players, *values.shape[1:]))
    for first in range(players):
        for second in range(first + 1, players):
            one, other = 1 << first, 1 << second
            without = _sets_without(players, first, second)
            together = values[without | one | other] - values[without | one]
            beyond = together - (values[without | other] - values[without])
            weights = _weights(without, players, 2)
            found[first, second] = found[second, first] = np.tensordot(weights, beyond, axes=1)
    return found


def balanced(amounts: Sequence[float], total: float) -> tuple[tuple[float, ...], float]:
    """The amounts with what rounding left over put into them, and what none of them can take up.

    The largest takes what it can, being changed relatively least, then the next; an amount of 0 stays
    0. The exact sum of amounts and rest, rounded once (``math.fsum``), is ``total`` to the last digit,
    unless amounts are more than some 1e15 times the total. The rest is 0 but where amounts cancel to
    a total that is finer than the last digits of them all.
    """
    found, left = list(amounts), _left(amounts, total)
    for at in sorted(range(len(found)), key=lambda at: -abs(found[at])):
        if left == 0 or found[at] == 0:
            break
        found[at] += left
        left = _left(found, total)
    return tuple(found), left


def _left(amounts: Sequence[float], total: float) -> float:
    """What is to be added so that the sum, rounded once, is the total."""
    if math.fsum(amounts) == total:
        return 0.0
    return math.fsum([total, *(-each for each in amounts)])


def _players(values: Floats) -> int:
    players = len(values).bit_length() - 1
    if len(values) != 1 << players:
        raise ValueError(f"a game has 2 ** players values, got {len(values)}")
    return players


def _sets_without(players: int, *members: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    sets = np.arange(1 << players, dtype=np.int64)
    for member in members:
        sets = sets[sets >> member & 1 == 0]
    return sets


def _weights(
    sets: "np.ndarray[tuple[int], np.dtype[np.int64]]", players: int, joining: int
) -> Floats:
    """How likely so many come before, where ``joining`` players come together, in any order."""
    others = players - joining
    by_size = [
        math.factorial(size) * math.factorial(others - size) / math.factorial(others + 1)
        for size in range(others + 1)
    ]
    sizes = np.bitwise_count(sets)
    found: Floats = np.array(by_size)[sizes]
    return found
