"""What is seen of a week: means over viewers, sums over segments and partners, into the series."""

from sim.engine.compiled import mechanism
from sim.engine.layout import FIRST_OBSERVED, LAST_OBSERVED, P, S, W


@mechanism
def is_kept(kept):
    """Whether any series is kept that is computed here."""
    found = False
    for k in range(len(kept)):
        found |= FIRST_OBSERVED <= kept[k] <= LAST_OBSERVED
    return found


@mechanism
def observe(world, segment, n):
    """Shopping occasions, and means over viewers."""
    newcomer, regular, fan = segment[0], segment[1], segment[2]
    for i in range(n):
        new, loyal, close = (
            newcomer[S.viewers_now + i],
            regular[S.viewers_now + i],
            fan[S.viewers_now + i],
        )
        each = 1.0 / world[W.series_viewers + i]
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
def observe_supply(world, partner, n):
    """The partners' merchants: still there, and what has become of the others."""
    partner_0, partner_1, partner_2 = partner[0], partner[1], partner[2]
    for i in range(n):
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
