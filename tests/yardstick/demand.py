"""The nested logit in share form: section 4 of the model page."""

from dataclasses import dataclass

import numpy as np

from tests.yardstick.calibration import FirstWeek
from tests.yardstick.parameters import Array, World
from tests.yardstick.stocks import Stocks

LARGEST_EXPONENT = 700.0
SMALLEST_MERCHANT_RATIO = 1e-12


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What viewers do in a week, per viewer of the segment.

    Attributes
    ----------
    occasions, native, direct : (s, n) shopping occasions, native orders, direct orders.
    external : (s, p, n) orders by link.
    unserved : (s, n) share of the in-app orders wished for that find no way.
    """

    occasions: Array
    native: Array
    external: Array
    direct: Array
    unserved: Array


def choose(
    world: World,
    first: FirstWeek,
    stocks: Stocks,
    *,
    reach: Array,
    fee: Array,
    coupon: Array,
    market: Array,
) -> Demand:
    """Return the week's demand.

    Parameters
    ----------
    reach : (c, p, n) share of links that can be reached. fee : (p, n). coupon : (n,), share off.
    market : (n,) season and market growth, occasions against the first week.
    """
    native_utility, link_utility, direct_utility = _utilities(
        world, first, stocks, fee=fee, coupon=coupon
    )
    closed = world["closed_share"]
    # The native exponent is factored out of the nest, so that a tiny lambda overflows nothing.
    difference = (link_utility - native_utility[:, :, np.newaxis]) / first.dissimilarity[
        :, np.newaxis
    ]
    offered = ((1 - closed)[:, np.newaxis] * world["partner_split"]) * np.exp(
        np.minimum(difference, LARGEST_EXPONENT)
    )
    reached = offered * reach
    inclusive, inclusive_open = closed + reached.sum(axis=2), closed + offered.sum(axis=2)

    odds_direct = first.odds_direct * np.exp(direct_utility)[:, np.newaxis]
    native_odds = first.odds_in_app * np.exp(native_utility)
    odds = native_odds * inclusive**first.dissimilarity
    odds_open = native_odds * inclusive_open**first.dissimilarity
    all_odds = 1 + odds + odds_direct

    occasions = first.occasions * market
    bought = occasions * odds / all_odds
    wished = occasions * odds_open / (1 + odds_open + odds_direct)
    per_weight = bought / inclusive
    return Demand(
        occasions=occasions.sum(axis=1),
        native=(per_weight * closed).sum(axis=1),
        external=(per_weight[:, :, np.newaxis] * reached).sum(axis=1),
        direct=(occasions * odds_direct / all_odds).sum(axis=1),
        unserved=1 - bought.sum(axis=1) / wished.sum(axis=1),
    )


def _utilities(
    world: World, first: FirstWeek, stocks: Stocks, *, fee: Array, coupon: Array
) -> tuple[Array, Array, Array]:
    """Changes of utility since the first week: native (s, c, n), link (s, c, p, n), direct (s, n)."""
    streamer = (stocks.streamer_trust - world["streamer_trust"])[:, np.newaxis]
    platform = stocks.platform_trust - world["platform_trust"]
    native_habit = stocks.native_habit - world["native_habit"]
    external_habit = stocks.external_habit - world["external_habit"]
    trusted = world["streamer_trust_effect"] * streamer
    assortment = world["assortment_elasticity"]

    for_all = (
        world["data_loop_effect"] * (stocks.data - first.closed_share)
        + world["coupon_effect"] * coupon
        + world["guarantee_effect"] * (stocks.guarantee - world["guarantee"])
    )
    native = (
        trusted
        + world["platform_trust_effect"] * platform[:, np.newaxis]
        + (world["native_habit_effect"] * native_habit)[:, np.newaxis]
        + assortment * np.log(stocks.merchants_native / world["merchants_native"])
        + for_all
    )

    at_start = world["merchants_partner"]
    ratio = np.where(
        at_start > 0, stocks.merchants_partner / np.where(at_start > 0, at_start, 1.0), 1.0
    )
    offer = assortment[:, np.newaxis] * np.log(np.maximum(ratio, SMALLEST_MERCHANT_RATIO))
    offer = offer - world["fee_effect"] * (fee - world["partner_fee"])
    of_viewer = (
        world["trust_carryover"] * trusted
        + (world["external_habit_effect"] * external_habit)[:, np.newaxis]
    )
    link = of_viewer[:, :, np.newaxis] + offer

    threshold = world["direct_trust_threshold"]
    above = np.maximum(stocks.streamer_trust - threshold, 0) - np.maximum(
        world["streamer_trust"] - threshold, 0
    )
    direct = (
        world["direct_habit_effect"] * external_habit
        + world["direct_trust_effect"] * above
        - world["direct_guarantee_effect"] * platform
        + world["commission_leakage"] * (stocks.commission - world["commission"])
    )
    return native, link, direct
