"""Programmes: guarantee, brands, service providers, commission, and the data loop that follows."""

from sim.engine.compiled import mechanism
from sim.engine.layout import W


@mechanism
def in_force(world, season, t, n):
    """Coupon, care and quality of the week, and how many occasions it has against the first."""
    for i in range(n):
        world[W.clock + i] = season * world[W.market_factor + i]
        since = t - world[W.programme_week + i]
        running = since >= 0.0
        coupon_runs = running and since < world[W.coupon_weeks + i]
        world[W.care_now + i] = world[W.care + i] if running else 0.0
        world[W.coupon_now + i] = world[W.coupon + i] if coupon_runs else 0.0
        better = world[W.brand_quality + i] * (world[W.brand_now + i] - world[W.brand_share + i])
        world[W.quality_now + i] = min(max(world[W.quality_native + i] + better, 0.0), 1.0)


@mechanism
def next_programmes(world, t, n):
    """All programmes a step nearer to their targets, once they have begun; data and trends."""
    for i in range(n):
        begun = 1.0 if t >= world[W.programme_week + i] else 0.0
        step = begun * world[W.programme_step + i]
        brand_step = begun * world[W.brand_step + i]
        guarantee = world[W.guarantee_now + i]
        providers = world[W.service_providers_now + i]
        commission = world[W.commission_now + i]
        brand = world[W.brand_now + i]
        world[W.guarantee_now + i] += step * (world[W.guarantee_target + i] - guarantee)
        world[W.service_providers_now + i] += step * (
            world[W.service_provider_target + i] - providers
        )
        world[W.commission_now + i] += step * (world[W.commission_target + i] - commission)
        world[W.brand_now + i] += brand_step * (world[W.brand_target + i] - brand)
        seen = world[W.series_closed_share + i] - world[W.data_now + i]
        world[W.data_now + i] += world[W.data_step + i] * seen
        world[W.market_factor + i] *= world[W.market_step + i]
        world[W.audience_factor + i] *= world[W.audience_step + i]
