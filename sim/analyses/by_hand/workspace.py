"""A look inside the compiled engine: any of its rows, by name, at the end of any week."""

from dataclasses import dataclass

import numpy as np

from sim.engine.inputs import Floats
from sim.engine.layout import (
    CELL_SIZE,
    FIRST_CELL,
    FIRST_PARTNER,
    FIRST_SEGMENT,
    FIRST_SURFACE,
    PARTNER_SIZE,
    SEGMENT_SIZE,
    SURFACE_SIZE,
    WORKSPACE_SIZE,
    C,
    P,
    S,
    W,
    X,
)
from sim.engine.single import run_in
from sim.policy import Policy
from sim.series import SERIES
from sim.sets import PARTNERS, SEGMENTS, SURFACES
from sim.world import World


@dataclass(frozen=True, kw_only=True, eq=False)
class Inside:
    """The rows of one world after some weeks: the flows of the last one, the stocks behind it."""

    work: Floats

    def world(self, row: str) -> float:
        """A row of the world's block."""
        return float(self.work[getattr(W, row)])

    def segment(self, segment: str, row: str) -> float:
        """A row of a segment's block."""
        start = FIRST_SEGMENT + SEGMENTS.index(segment) * SEGMENT_SIZE
        return float(self.work[start + getattr(S, row)])

    def surface(self, surface: str, row: str) -> float:
        """A row of a surface's block."""
        start = FIRST_SURFACE + SURFACES.index(surface) * SURFACE_SIZE
        return float(self.work[start + getattr(C, row)])

    def partner(self, partner: str, row: str) -> float:
        """A row of a partner's block."""
        start = FIRST_PARTNER + PARTNERS.index(partner) * PARTNER_SIZE
        return float(self.work[start + getattr(P, row)])

    def cell(self, segment: str, surface: str, row: str) -> float:
        """A row of a cell's block."""
        cell = SEGMENTS.index(segment) * len(SURFACES) + SURFACES.index(surface)
        return float(self.work[FIRST_CELL + cell * CELL_SIZE + getattr(X, row)])


def look_inside(world: World, policy: Policy, weeks: int) -> Inside:
    """Run a world for so many weeks and keep everything the engine then holds.

    With 0 weeks, the stocks stand at the opening of week 0 and no flow has been computed.

    Raises
    ------
    Refused
        If the first week's facts cannot be explained by any rates.
    """
    work = np.zeros(WORKSPACE_SIZE)
    run_in(work, world, (policy,), weeks, tuple(SERIES))
    work.flags.writeable = False
    return Inside(work=work)
