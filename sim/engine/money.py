"""Money: what was sold by which route, what the platform earns by it, and what it pays."""

from sim.engine.compiled import mechanism
from sim.engine.layout import P, S, W


@mechanism
def sales(world, segment, partner, n):
    """Orders and GMV by route into their series; revenue of the week but for the native shop's."""
    newcomer, regular, fan = segment[0], segment[1], segment[2]
    partner_0, partner_1, partner_2 = partner[0], partner[1], partner[2]
    for i in range(n):
        new, loyal, close = (
            newcomer[S.viewers_now + i],
            regular[S.viewers_now + i],
            fan[S.viewers_now + i],
        )
        native = (
            new * newcomer[S.orders_native + i]
            + loyal * regular[S.orders_native + i]
            + close * fan[S.orders_native + i]
        )
        direct = (
            new * newcomer[S.orders_direct + i]
            + loyal * regular[S.orders_direct + i]
            + close * fan[S.orders_direct + i]
        )
        orders_0 = (
            new * newcomer[S.orders_link_0 + i]
            + loyal * regular[S.orders_link_0 + i]
            + close * fan[S.orders_link_0 + i]
        )
        orders_1 = (
            new * newcomer[S.orders_link_1 + i]
            + loyal * regular[S.orders_link_1 + i]
            + close * fan[S.orders_link_1 + i]
        )
        orders_2 = (
            new * newcomer[S.orders_link_2 + i]
            + loyal * regular[S.orders_link_2 + i]
            + close * fan[S.orders_link_2 + i]
        )
        gmv_0 = orders_0 * partner_0[P.order_value_partner + i]
        gmv_1 = orders_1 * partner_1[P.order_value_partner + i]
        gmv_2 = orders_2 * partner_2[P.order_value_partner + i]
        kept = 1.0 - world[W.returns + i]
        fees = gmv_0 * (kept * partner_0[P.fee_now + i] + partner_0[P.partner_ads + i])
        fees += gmv_1 * (kept * partner_1[P.fee_now + i] + partner_1[P.partner_ads + i])
        fees += gmv_2 * (kept * partner_2[P.fee_now + i] + partner_2[P.partner_ads + i])
        dearer = world[W.brand_now + i] - world[W.brand_share + i]
        value = world[W.order_value_native + i] * (1.0 + world[W.brand_order_value + i] * dearer)
        world[W.series_orders_native + i] = native
        world[W.series_orders_external + i] = orders_0 + orders_1 + orders_2
        world[W.series_orders_direct + i] = direct
        world[W.series_gmv_native + i] = native * value
        world[W.series_gmv_external + i] = gmv_0 + gmv_1 + gmv_2
        world[W.series_gmv_direct + i] = direct * world[W.direct_order_value + i]
        watched = (new + loyal + close) * world[W.viewer_revenue + i]
        world[W.series_revenue + i] = watched + fees


@mechanism
def account(world, segment, n):
    """Revenue, cost and profit of the week."""
    newcomer, regular, fan = segment[0], segment[1], segment[2]
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
            repaid
            + world[W.coupon_now + i]
            + world[W.service_provider_fee + i] * helped
            + world[W.brand_cost + i] * branded
        )
        reached = (
            0.1 * newcomer[S.viewers_now + i]
            + 0.5 * regular[S.viewers_now + i]
            + fan[S.viewers_now + i]
        )
        cost = gmv * per_gmv + world[W.fixed_cost + i]
        cost += world[W.care_now + i] * world[W.care_cost + i] * reached
        world[W.series_revenue + i] = revenue
        world[W.series_cost + i] = cost
        world[W.series_profit + i] = revenue - cost
        total = gmv + world[W.series_gmv_external + i]
        # Where nothing is sold in the app any more, the last share that was seen stands.
        some = total > 0.0
        world[W.series_closed_share + i] = gmv / total if some else world[W.data_now + i]
