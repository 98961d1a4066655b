"""What a document may hold at most."""

from typing import Final

MOST_BYTES: Final = 256 * 1024
# A document of this format needs four levels: array of moves, move, list of surfaces, and itself.
DEEPEST: Final = 16
# 200 moves and every parameter member by member come to about 2,500.
MOST_ENTRIES: Final = 5_000
MOST_FAULTS: Final = 100
