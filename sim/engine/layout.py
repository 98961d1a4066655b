"""Where every number of a batch of worlds stands: named rows of a one-dimensional workspace.

A row holds one number for each of :data:`LANES` worlds, side by side, so that a loop over lanes reads
and writes consecutive numbers and the compiler can compute several worlds at once. Rows are grouped
into blocks, one for the world as a whole and one for each member of a set; a mechanism is given
blocks as views and finds the row it means by name::

    for i in range(n):
        segment[S.streamer_trust + i] = relax(...)

``W`` names the rows of the world's block, ``S`` those of a segment's, ``C`` of a surface's, ``P`` of
a partner's and ``X`` of a cell's (segment by surface); what is by surface and partner has a row for
each partner in the surface's block. The rows of parameters come from their declarations, so that a
new parameter has its row at once.
"""

from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from sim.declare import Declaration
from sim.policy import policy_declarations
from sim.series import SERIES
from sim.sets import DEMOTABLE, PARTNERS, SEGMENTS, SURFACES
from sim.world import world_declarations

# Wide enough to spread a row's bookkeeping over many worlds, small enough for the second-level cache.
LANES: Final = 32

# The season is one table for the whole batch, read by week and not by lane.
SHARED: Final = ("season", "start_week")


def _parameters(*members: Sequence[str]) -> tuple[str, ...]:
    wanted = {tuple(each) for each in members}
    return tuple(
        each.id
        for each in world_declarations().values()
        if each.members in wanted and each.id not in SHARED
    )


class Rows(ModuleType):
    """Names of rows, each the number of its first lane in a block.

    A module, because numba takes a module's attribute for a constant of its own. Of a named tuple it
    would carry all two hundred constants along with every use, and compile twice as long.
    """

    def __init__(self, kind: str, *groups: Sequence[str]) -> None:
        super().__init__(kind)
        names = [name for group in groups for name in group]
        for index, name in enumerate(names):
            setattr(self, name, index * LANES)
        self.size = len(names) * LANES

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> int: ...


_CALIBRATED_WORLD = (
    "external_habit_gain",
    "external_habit_loss",
    "arrivals",
    "brand_step",
    "programme_step",
    "data_step",
    "market_step",
    "audience_step",
    "native_gmv_per_merchant_0",
    "closed_share_0",
    "merchants_leaving",
    "direct_order_value",
)
_STATE_WORLD = (
    "merchants_now",
    "onboarding_now",
    "data_now",
    "brand_now",
    "guarantee_now",
    "service_providers_now",
    "commission_now",
    "market_factor",
    "audience_factor",
    "coupon_now",
    "care_now",
    "quality_now",
    "log_merchants_native",
    "clock",
    "migration_boost",
)
# Series that are a stock at its opening, read from the stock's own row before it moves.
_STOCKS_WORLD = {
    "merchants_native": "merchants_now",
    "merchants_onboarding": "onboarding_now",
    "data": "data_now",
    "brand": "brand_now",
    "guarantee": "guarantee_now",
    "service_providers": "service_providers_now",
    "commission": "commission_now",
}
_STOCKS_AUDIENCE = ("newcomers", "regulars", "fans")
# Series that nothing in the model reads: computed only where one of them is kept.
_OBSERVED = (
    "occasions",
    "unserved",
    "streamer_trust",
    "platform_trust",
    "external_habit",
    "native_habit",
    "merchants_partner",
    "merchants_exited",
    "merchants_migrated",
    "merchants_adapted",
)
_COMPUTED = tuple(
    name for name in SERIES if name not in (*_STOCKS_WORLD, *_STOCKS_AUDIENCE, *_OBSERVED)
)
_SERIES_WORLD = tuple(f"series_{name}" for name in (*_COMPUTED, *_OBSERVED))
_SEGMENT = (
    "viewers_0",
    "viewers_now",
    "streamer_trust_now",
    "platform_trust_now",
    "external_habit_now",
    "native_habit_now",
    "streamer_trust_gain",
    "streamer_trust_loss",
    "platform_trust_gain",
    "platform_trust_loss",
    "native_habit_gain",
    "native_habit_loss",
    "promotion",
    "occasions_per_viewer",
    "trust_change",
    "safety_change",
    "common",
    "outward",
    "direct_pull",
    "orders_native",
    "orders_direct",
    "orders_link_0",
    "orders_link_1",
    "orders_link_2",
    "unserved",
    "left",
    "rose",
    "fell",
)
_SURFACE = (
    "dissimilarity",
    "per_dissimilarity",
    "link_weight",
    "assorted",
    "openness_0",
    "openness_1",
    "openness_2",
    "reach_0",
    "reach_1",
    "reach_2",
    "weight_0",
    "weight_1",
    "weight_2",
    "exponent_0",
    "exponent_1",
    "exponent_2",
    "pull_0",
    "pull_1",
    "pull_2",
    "pull",
    "pull_open",
)
_PARTNER = (
    "merchants_now",
    "adaptable_left",
    "migrated",
    "adapted",
    "exited",
    "log_merchants",
    "fee_now",
    "pressure",
    "announced",
)
_CELL = (
    "occasions_per_viewer",
    "odds",
    "odds_direct",
    "utility",
    "slope",
    "lift",
    "inclusive",
    "nest",
    "nest_open",
    "served",
    "wished",
    "direct",
    "per_weight",
    "per_pull",
)

W: Final = Rows(
    "W",
    _parameters(()),
    tuple(policy_declarations()),
    _CALIBRATED_WORLD,
    _STATE_WORLD,
    _SERIES_WORLD,
)
S: Final = Rows("S", _parameters(SEGMENTS, DEMOTABLE), _SEGMENT)
C: Final = Rows("C", _parameters(SURFACES), _SURFACE)
P: Final = Rows("P", _parameters(PARTNERS), _PARTNER)
X: Final = Rows("X", _CELL)

# The rows of series that are computed only on demand, the last ones of the world's block.
FIRST_OBSERVED: Final = getattr(W, f"series_{_OBSERVED[0]}")
LAST_OBSERVED: Final = getattr(W, f"series_{_OBSERVED[-1]}")

# The sizes of one block of each kind, and where the first of each kind begins.
WORLD_SIZE: Final = W.size
SEGMENT_SIZE: Final = S.size
SURFACE_SIZE: Final = C.size
PARTNER_SIZE: Final = P.size
CELL_SIZE: Final = X.size

FIRST_SEGMENT: Final = WORLD_SIZE
FIRST_SURFACE: Final = FIRST_SEGMENT + 3 * SEGMENT_SIZE
FIRST_PARTNER: Final = FIRST_SURFACE + 3 * SURFACE_SIZE
FIRST_CELL: Final = FIRST_PARTNER + 3 * PARTNER_SIZE
WORKSPACE_SIZE: Final = FIRST_CELL + 9 * CELL_SIZE


def _addresses(declaration: Declaration) -> list[int]:
    """Where the rows of one parameter begin in the workspace, one a member."""
    name, members = declaration.id, declaration.members
    if not members:
        return [getattr(W, name)]
    if members == DEMOTABLE:
        return [FIRST_SEGMENT + s * SEGMENT_SIZE + getattr(S, name) for s in (1, 2)]
    homes: dict[tuple[str, ...], tuple[int, int, Rows]] = {
        SEGMENTS: (FIRST_SEGMENT, SEGMENT_SIZE, S),
        SURFACES: (FIRST_SURFACE, SURFACE_SIZE, C),
        PARTNERS: (FIRST_PARTNER, PARTNER_SIZE, P),
    }
    first, size, rows = homes[members]
    return [first + member * size + getattr(rows, name) for member in range(len(members))]


def parameter_addresses() -> dict[str, list[int]]:
    """Where each parameter of the world that has rows is read from, by id."""
    return {
        name: _addresses(each) for name, each in world_declarations().items() if name not in SHARED
    }


@cache
def lever_addresses() -> NDArray[np.int64]:
    """Where the levers stand, in the order of their declarations."""
    return np.array([getattr(W, name) for name in policy_declarations()], dtype=np.int64)


def _series_address(name: str) -> int:
    if name in _STOCKS_AUDIENCE:
        segment = _STOCKS_AUDIENCE.index(name)
        return FIRST_SEGMENT + segment * SEGMENT_SIZE + S.viewers_now
    return getattr(W, _STOCKS_WORLD.get(name, f"series_{name}"))


@cache
def series_addresses(series: tuple[str, ...]) -> NDArray[np.int64]:
    """Where the week's values of these series stand before the stocks move."""
    return np.array([_series_address(name) for name in series], dtype=np.int64)
