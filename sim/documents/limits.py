"""What a document or a link may hold at most, and how much is said of what is wrong with it."""

from collections.abc import Sequence
from typing import Final

from sim.errors import Fault

MOST_BYTES: Final = 256 * 1024
# A document of this format needs four levels: array of moves, move, list of surfaces, and itself.
DEEPEST: Final = 16
# 200 moves and every parameter member by member come to about 2,500.
MOST_ENTRIES: Final = 5_000
MOST_FAULTS: Final = 100


def told(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """As many faults as anyone reads, and the count of the rest."""
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    rest = {"got": len(faults) - MOST_FAULTS}
    return (*faults[:MOST_FAULTS], Fault(kind="more_faults", facts=rest))
