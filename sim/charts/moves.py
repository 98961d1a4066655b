"""What a move does, by what stood open before it: the same move can be a cut or a reopening."""

from typing import Literal

from sim.policy import Move
from sim.sets import PARTNERS, SURFACES

Cells = dict[tuple[str, str], float]
Opening = Literal["cut", "limit", "reopen", "reopen_part"]


def open_links() -> Cells:
    """Every (surface, partner) open, as in week 0."""
    return {(surface, partner): 1.0 for surface in SURFACES for partner in PARTNERS}


def cells_of(move: Move) -> list[tuple[str, str]]:
    """The (surface, partner) pairs that a move rules."""
    return [(surface, partner) for surface in move.surfaces for partner in move.partners]


def opening_kind(move: Move, now: Cells) -> Opening:
    """What a move that sets an openness comes to; ``now`` is what stood open before it."""
    openness = 1.0 if move.openness is None else move.openness
    if any(openness > now[cell] for cell in cells_of(move)):
        return "reopen" if openness == 1 else "reopen_part"
    return "cut" if openness == 0 else "limit"
