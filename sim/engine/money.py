"""Money: what was sold by which route, what the platform earns by it, and what it pays."""

from sim.engine.compiled import mechanism
from sim.engine.layout import P, S, W


@mechanism
def sales(world, newcomer, regular, fan, n):
    """Orders and GMV by route, and the closed share of it, into their series."""
    for i in range(n):
        new, loyal, close = (
            newcomer[S.viewers_now + i], regular[S.viewers_now + i], fan[S.viewers_now + i],
        )
        native = (
            new * newcomer[S.orders_native + i] + loyal * regular[S.orders_native + i]
            + close * fan[S.orders_native + i]
        )
        direct = (
            new * newcomer[S.orders_direct + i] + loyal * regular[S.orders_direct + i]
            + close * fan[S.orders_direct + i]
        )
        dearer = world[W.brand_now + i] - world[W.brand_share + i]
        value = world[W.order_value_native + i] * (1.0 + world[W.brand_order_value + i] * dearer)
        world[W.series_orders_native + i] = native
        world[W.series_orders_direct + i] = direct
        world[W.series_gmv_native + i] = native * value
        world[W.series_gmv_direct + i] = direct * world[W.direct_order_value + i]
        world[W.series_orders_external + i] = 0.0
        world[W.series_gmv_external + i] = 0.0
        world[W.series_revenue + i] = (new + loyal + close) * world[W.viewer_revenue + i]


@mechanism
def partner_sales(world, partner, newcomer, regular, fan, link, n):
    """One partner's link orders, GMV and fees onto their series; ``link`` is its row in a segment."""
    for i in range(n):
        orders = (
            newcomer[S.viewers_now + i] * newcomer[link + i]
            + regular[S.viewers_now + i] * regular[link + i]
            + fan[S.viewers_now + i] * fan[link + i]
        )
        gmv = orders * partner[P.order_value_partner + i]
        rate = (1.0 - world[W.returns + i]) * partner[P.fee_now + i] + partner[P.partner_ads + i]
        world[W.series_orders_external + i] += orders
        world[W.series_gmv_external + i] += gmv
        world[W.series_revenue + i] += gmv * rate


@mechanism
def account(world, newcomer, regular, fan, n):
    """Revenue, cost and profit of the week."""
    for i in range(n):
        gmv = world[W.series_gmv_native + i]
        kept = 1.0 - world[W.returns + i]
        rate = kept * world[W.commission_now + i] + world[W.native_ads + i]
        revenue = world[W.series_revenue + i] + gmv * rate
        bad = 1.0 - world[W.quality_now + i]
        repaid = bad * world[W.guarantee_now + i] * world[W.remedy + i] * world[W.payout + i]
        helped = max(world[W.service_providers_now + i] - world[W.service_providers + i], 0.0)
        branded = max(world[W.brand_now + i] - world[W.brand_share + i], 0.0)
        per_gmv = (
            repaid + world[W.coupon_now + i] + world[W.service_provider_fee + i] * helped
            + world[W.brand_cost + i] * branded
        )
        reached = (
            0.1 * newcomer[S.viewers_now + i] + 0.5 * regular[S.viewers_now + i]
            + fan[S.viewers_now + i]
        )
        cost = gmv * per_gmv + world[W.fixed_cost + i]
        cost += world[W.care_now + i] * world[W.care_cost + i] * reached
        world[W.series_revenue + i] = revenue
        world[W.series_cost + i] = cost
        world[W.series_profit + i] = revenue - cost
        total = gmv + world[W.series_gmv_external + i]
        world[W.series_closed_share + i] = gmv / total
