"""GMV, revenue and cost: section 7 of the model page."""

from dataclasses import dataclass

import numpy as np

from tests.yardstick.audience import CARE_WEIGHT
from tests.yardstick.demand import Demand
from tests.yardstick.parameters import Array, World
from tests.yardstick.stocks import Stocks


@dataclass(frozen=True, kw_only=True)
class Money:
    """The week's money, CNY a week: `link` is (p, n), the rest (n,)."""

    native: Array
    link: Array
    direct: Array
    revenue: Array
    cost: Array


def account(
    world: World,
    stocks: Stocks,
    demand: Demand,
    *,
    quality: Array,
    fee: Array,
    coupon: Array,
    care: Array,
) -> Money:
    """Return the week's GMV, revenue and cost; see `choose` and `next_minds` for the arguments."""
    more_brand = stocks.brand - world["brand_share"]
    more_providers = stocks.service_providers - world["service_providers"]
    native_orders = (stocks.viewers * demand.native).sum(axis=0)
    native = (
        native_orders * world["order_value_native"] * (1 + world["brand_order_value"] * more_brand)
    )
    link = (stocks.viewers[:, np.newaxis] * demand.external).sum(axis=0) * world[
        "order_value_partner"
    ]
    direct_value = (world["partner_split"] * world["order_value_partner"]).sum(axis=0)
    direct = (stocks.viewers * demand.direct).sum(axis=0) * direct_value

    after_returns = 1 - world["returns"]
    revenue = (
        stocks.viewers.sum(axis=0) * world["viewer_revenue"]
        + native * (after_returns * stocks.commission + world["native_ads"])
        + (link * (after_returns * fee + world["partner_ads"])).sum(axis=0)
    )
    per_native_gmv = (
        (1 - quality) * stocks.guarantee * world["remedy"] * world["payout"]
        + coupon
        + world["service_provider_fee"] * np.maximum(more_providers, 0)
        + world["brand_cost"] * np.maximum(more_brand, 0)
    )
    cared_for = (CARE_WEIGHT * stocks.viewers).sum(axis=0)
    cost = native * per_native_gmv + care * world["care_cost"] * cared_for + world["fixed_cost"]
    return Money(native=native, link=link, direct=direct, revenue=revenue, cost=cost)
