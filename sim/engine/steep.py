"""Choices too steep to be told in split exponents: made again, exponent by exponent.

Part of :mod:`sim.engine.demand`, for the rare world whose exponents would overflow there.
"""

from typing import Final

from sim.engine.arithmetic import exp
from sim.engine.compiled import formula, mechanism
from sim.engine.demand import chosen, in_nest
from sim.engine.layout import LANES, C, S, X

# The most a link may gain on the shop.
MOST_DIFFERENCE: Final = 700.0
# exp(a) · exp(b) stands for exp(a + b) while neither can overflow or vanish beside the other.
_STEEP: Final = 345.0


@mechanism
def mend_steep(world, segment, surface, cell, n):
    """Choose again, exponent by exponent, in worlds whose choice is too steep to be split."""
    steep = False
    for i in range(n):
        steep |= _steepest(surface, cell, i) > _STEEP
    if not steep:
        return
    for i in range(n):
        if _steepest(surface, cell, i) > _STEEP:
            for s in range(3):
                _shop_exactly(world, segment[s], surface, cell[s], i)


@formula
def _steepest(surface, cell, i):
    """The greatest exponent of the week in a world, whatever its sign."""
    # Looked up here: kept up to date in the loops above it would cost each of them a masked store.
    found = 0.0
    for c in range(3):
        here = surface[c]
        for p in range(3):
            found = max(found, abs(here[C.exponent_0 + p * LANES + i]))
        for s in range(3):
            found = max(found, abs(cell[s, c, X.slope + i]))
    return found


@mechanism
def _shop_exactly(world, segment, surface, cell, i):
    native, around, wished, total = 0.0, 0.0, 0.0, 0.0
    segment[S.orders_link_0 + i] = 0.0
    segment[S.orders_link_1 + i] = 0.0
    segment[S.orders_link_2 + i] = 0.0
    for c in range(3):
        here = surface[c]
        slope = cell[c, X.slope + i]
        inclusive = here[C.closed_share + i]
        inclusive_open = inclusive
        for p in range(3):
            weight = _capped_weight(here, slope, p * LANES + i)
            inclusive += weight * here[C.reach_0 + p * LANES + i]
            inclusive_open += weight
        nest_open = in_nest(here, cell[c], inclusive_open, i)
        would, _ = chosen(world, segment, cell[c], nest_open, i)
        nest = in_nest(here, cell[c], inclusive, i)
        served, direct = chosen(world, segment, cell[c], nest, i)
        per_weight = served / inclusive
        wished += would
        total += served
        around += direct
        native += per_weight * here[C.closed_share + i]
        for p in range(3):
            at = p * LANES + i
            reached = _capped_weight(here, slope, at) * here[C.reach_0 + at]
            segment[S.orders_link_0 + at] += per_weight * reached
    segment[S.orders_native + i] = native
    segment[S.orders_direct + i] = around
    segment[S.unserved + i] = max(1.0 - total / wished, 0.0) if wished > 0.0 else 0.0


@formula
def _capped_weight(surface, slope, at):
    exponent = min(slope + surface[C.exponent_0 + at], MOST_DIFFERENCE)
    return surface[C.weight_0 + at] * exp(exponent)
