"""What is seen of a week: means over viewers, sums over segments and partners, into the series."""

from sim.engine.compiled import mechanism
from sim.engine.layout import P, S, W


@mechanism
def observe(world, newcomer, regular, fan, n):
    """Opening stocks of the audience and the programmes, and means over viewers."""
    for i in range(n):
        new, loyal, close = (
            newcomer[S.viewers_now + i],
            regular[S.viewers_now + i],
            fan[S.viewers_now + i],
        )
        viewers = new + loyal + close
        each = 1.0 / viewers
        world[W.series_viewers + i] = viewers
        world[W.series_newcomers + i] = new
        world[W.series_regulars + i] = loyal
        world[W.series_fans + i] = close
        world[W.series_occasions + i] = world[W.clock + i] * (
            new * newcomer[S.occasions_per_viewer + i]
            + loyal * regular[S.occasions_per_viewer + i]
            + close * fan[S.occasions_per_viewer + i]
        )
        world[W.series_unserved + i] = each * (
            new * newcomer[S.unserved + i]
            + loyal * regular[S.unserved + i]
            + close * fan[S.unserved + i]
        )
        world[W.series_streamer_trust + i] = each * (
            new * newcomer[S.streamer_trust_now + i]
            + loyal * regular[S.streamer_trust_now + i]
            + close * fan[S.streamer_trust_now + i]
        )
        world[W.series_platform_trust + i] = each * (
            new * newcomer[S.platform_trust_now + i]
            + loyal * regular[S.platform_trust_now + i]
            + close * fan[S.platform_trust_now + i]
        )
        world[W.series_external_habit + i] = each * (
            new * newcomer[S.external_habit_now + i]
            + loyal * regular[S.external_habit_now + i]
            + close * fan[S.external_habit_now + i]
        )
        world[W.series_native_habit + i] = each * (
            new * newcomer[S.native_habit_now + i]
            + loyal * regular[S.native_habit_now + i]
            + close * fan[S.native_habit_now + i]
        )


@mechanism
def observe_supply(world, partner_0, partner_1, partner_2, n):
    """Opening stocks of merchants and of the programmes."""
    for i in range(n):
        world[W.series_merchants_native + i] = world[W.merchants_now + i]
        world[W.series_merchants_onboarding + i] = world[W.onboarding_now + i]
        world[W.series_merchants_partner + i] = (
            partner_0[P.merchants_now + i]
            + partner_1[P.merchants_now + i]
            + partner_2[P.merchants_now + i]
        )
        world[W.series_merchants_exited + i] = (
            partner_0[P.exited + i] + partner_1[P.exited + i] + partner_2[P.exited + i]
        )
        world[W.series_merchants_migrated + i] = (
            partner_0[P.migrated + i] + partner_1[P.migrated + i] + partner_2[P.migrated + i]
        )
        world[W.series_merchants_adapted + i] = (
            partner_0[P.adapted + i] + partner_1[P.adapted + i] + partner_2[P.adapted + i]
        )
        world[W.series_data + i] = world[W.data_now + i]
        world[W.series_brand + i] = world[W.brand_now + i]
        world[W.series_guarantee + i] = world[W.guarantee_now + i]
        world[W.series_service_providers + i] = world[W.service_providers_now + i]
        world[W.series_commission + i] = world[W.commission_now + i]
