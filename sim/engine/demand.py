"""Demand: where a shopping occasion ends, as a nested logit in shares, against the first week.

Every shopping occasion of a viewer ends in the native shop, on a link to one of the partners, in an
order that goes round the platform, or in nothing. Native shop and links share a nest.

References
----------
D. McFadden (1978), Modelling the Choice of Residential Location.
S. Berry (1994), Estimating Discrete-Choice Models of Product Differentiation, RAND Journal 25(2).
"""

from typing import Final

from sim.engine.arithmetic import exp, log
from sim.engine.compiled import inlined, mechanism
from sim.engine.layout import LANES, C, P, S, W, X

# The least ratio of merchants to those of the first week, and the most a link may gain on the shop.
LEAST_RATIO: Final = 1e-12
MOST_DIFFERENCE: Final = 700.0
# exp(a) · exp(b) stands for exp(a + b) while neither can overflow or vanish beside the other.
_STEEP: Final = 345.0


@mechanism
def assortment(world, partner, n):
    """Logs of merchants against the first week, native and by partner."""
    _native_assortment(world, n)
    for p in range(3):
        _partner_assortment(partner[p], n)


@mechanism
def _native_assortment(world, n):
    for i in range(n):
        ratio = world[W.merchants_now + i] / world[W.merchants_native + i]
        world[W.log_merchants_native + i] = log(max(ratio, LEAST_RATIO))


@mechanism
def _partner_assortment(partner, n):
    for i in range(n):
        first = partner[P.merchants_partner + i]
        ratio = partner[P.merchants_now + i] / (first if first > 0.0 else 1.0)
        partner[P.log_merchants + i] = log(max(ratio, LEAST_RATIO) if first > 0.0 else 1.0)


@inlined
def _exponent(world, surface, partner, i):
    """What a partner's assortment and fee add to its links on a surface, over the dissimilarity."""
    dearer = partner[P.fee_now + i] - partner[P.partner_fee + i]
    utility = surface[C.assortment_elasticity + i] * partner[P.log_merchants + i]
    utility -= world[W.fee_effect + i] * dearer
    return utility * surface[C.per_dissimilarity + i]


@mechanism
def pull(world, surface, partner_0, partner_1, partner_2, n):
    """What draws buyers to the links of one surface, whoever they are, as it is and if all were open."""
    for i in range(n):
        exponent_0 = _exponent(world, surface, partner_0, i)
        exponent_1 = _exponent(world, surface, partner_1, i)
        exponent_2 = _exponent(world, surface, partner_2, i)
        drawn_0 = surface[C.weight_0 + i] * exp(exponent_0)
        drawn_1 = surface[C.weight_1 + i] * exp(exponent_1)
        drawn_2 = surface[C.weight_2 + i] * exp(exponent_2)
        pull_0 = surface[C.reach_0 + i] * drawn_0
        pull_1 = surface[C.reach_1 + i] * drawn_1
        pull_2 = surface[C.reach_2 + i] * drawn_2
        surface[C.exponent_0 + i] = exponent_0
        surface[C.exponent_1 + i] = exponent_1
        surface[C.exponent_2 + i] = exponent_2
        surface[C.pull_0 + i] = pull_0
        surface[C.pull_1 + i] = pull_1
        surface[C.pull_2 + i] = pull_2
        surface[C.pull + i] = pull_0 + pull_1 + pull_2
        surface[C.pull_open + i] = drawn_0 + drawn_1 + drawn_2
        surface[C.assorted + i] = (
            surface[C.assortment_elasticity + i] * world[W.log_merchants_native + i]
        )


@mechanism
def moods(world, segment, n):
    """What has changed for one segment since the first week, wherever it shops.

    ``common`` adds to the native shop's utility on every surface, ``outward`` to that of links;
    ``direct_pull`` says how much likelier going round the platform has become.
    """
    for i in range(n):
        trust_now, trust = segment[S.streamer_trust_now + i], segment[S.streamer_trust + i]
        safety = segment[S.platform_trust_now + i] - segment[S.platform_trust + i]
        native_habit = segment[S.native_habit_now + i] - segment[S.native_habit + i]
        external_habit = segment[S.external_habit_now + i] - segment[S.external_habit + i]
        data = world[W.data_now + i] - world[W.closed_share_0 + i]
        assured = world[W.guarantee_now + i] - world[W.guarantee + i]
        threshold = world[W.direct_trust_threshold + i]
        above = max(trust_now - threshold, 0.0) - max(trust - threshold, 0.0)
        dearer = world[W.commission_now + i] - world[W.commission + i]
        segment[S.trust_change + i] = trust_now - trust
        segment[S.safety_change + i] = safety
        segment[S.common + i] = (
            world[W.native_habit_effect + i] * native_habit
            + world[W.data_loop_effect + i] * data
            + world[W.coupon_effect + i] * world[W.coupon_now + i]
            + world[W.guarantee_effect + i] * assured
        )
        segment[S.outward + i] = world[W.external_habit_effect + i] * external_habit
        segment[S.direct_pull + i] = exp(
            world[W.direct_habit_effect + i] * external_habit
            + world[W.direct_trust_effect + i] * above
            - world[W.direct_guarantee_effect + i] * safety
            + world[W.commission_leakage + i] * dearer
        )


@inlined
def _utilities(world, segment, surface, i):
    """The native shop's utility on a surface, and how far that of links is above it, over λ."""
    felt = surface[C.streamer_trust_effect + i] * segment[S.trust_change + i]
    safe = surface[C.platform_trust_effect + i] * segment[S.safety_change + i]
    utility = felt + safe + surface[C.assorted + i] + segment[S.common + i]
    linked = world[W.trust_carryover + i] * felt + segment[S.outward + i]
    return utility, (linked - utility) * surface[C.per_dissimilarity + i]


@inlined
def _choose(world, segment, surface, cell, utility, inclusive, i):
    """(in-app orders, direct orders, in-app orders per weight in the nest) a viewer-week in a cell."""
    inside = cell[X.odds + i] * exp(utility + surface[C.dissimilarity + i] * log(inclusive))
    direct = cell[X.odds_direct + i] * segment[S.direct_pull + i]
    occasions = cell[X.occasions_per_viewer + i] * world[W.clock + i]
    per_odds = occasions / (1.0 + inside + direct)
    served = per_odds * inside
    return served, per_odds * direct, served / inclusive


@inlined
def _inclusive(surface, lift, i):
    return surface[C.closed_share + i] + lift * surface[C.pull + i]


@mechanism
def shop(world, segment, live, video, shelf, on_live, on_video, on_shelf, n):
    """Orders per viewer-week of one segment over all surfaces: native, by link, and direct.

    A link's exponent splits into what depends on segment and surface (``slope``) and what depends on
    surface and partner (in its ``pull``), so that three exponentials a cell do the work of five.
    """
    for i in range(n):
        utility_0, slope_0 = _utilities(world, segment, live, i)
        utility_1, slope_1 = _utilities(world, segment, video, i)
        utility_2, slope_2 = _utilities(world, segment, shelf, i)
        lift_0, lift_1, lift_2 = exp(slope_0), exp(slope_1), exp(slope_2)
        served_0, direct_0, per_0 = _choose(
            world, segment, live, on_live, utility_0, _inclusive(live, lift_0, i), i
        )
        served_1, direct_1, per_1 = _choose(
            world, segment, video, on_video, utility_1, _inclusive(video, lift_1, i), i
        )
        served_2, direct_2, per_2 = _choose(
            world, segment, shelf, on_shelf, utility_2, _inclusive(shelf, lift_2, i), i
        )
        _remember(segment, utility_0, utility_1, utility_2, slope_0, slope_1, slope_2, i)
        segment[S.lift_0 + i] = lift_0
        segment[S.lift_1 + i] = lift_1
        segment[S.lift_2 + i] = lift_2
        segment[S.served + i] = served_0 + served_1 + served_2
        segment[S.unserved + i] = 0.0
        segment[S.orders_direct + i] = direct_0 + direct_1 + direct_2
        segment[S.orders_native + i] = (
            per_0 * live[C.closed_share + i]
            + per_1 * video[C.closed_share + i]
            + per_2 * shelf[C.closed_share + i]
        )
        per_0, per_1, per_2 = per_0 * lift_0, per_1 * lift_1, per_2 * lift_2
        segment[S.orders_link_0 + i] = (
            per_0 * live[C.pull_0 + i] + per_1 * video[C.pull_0 + i] + per_2 * shelf[C.pull_0 + i]
        )
        segment[S.orders_link_1 + i] = (
            per_0 * live[C.pull_1 + i] + per_1 * video[C.pull_1 + i] + per_2 * shelf[C.pull_1 + i]
        )
        segment[S.orders_link_2 + i] = (
            per_0 * live[C.pull_2 + i] + per_1 * video[C.pull_2 + i] + per_2 * shelf[C.pull_2 + i]
        )


@inlined
def _remember(segment, utility_0, utility_1, utility_2, slope_0, slope_1, slope_2, i):
    segment[S.utility_0 + i] = utility_0
    segment[S.utility_1 + i] = utility_1
    segment[S.utility_2 + i] = utility_2
    segment[S.slope_0 + i] = slope_0
    segment[S.slope_1 + i] = slope_1
    segment[S.slope_2 + i] = slope_2


@inlined
def _wish(world, segment, surface, cell, utility, lift, i):
    """In-app orders a viewer-week in a cell if every link were open, stocks as they are."""
    inclusive = surface[C.closed_share + i] + lift * surface[C.pull_open + i]
    served, _, _ = _choose(world, segment, surface, cell, utility, inclusive, i)
    return served


@mechanism
def leave_unserved(world, segment, live, video, shelf, on_live, on_video, on_shelf, n):
    """The share of wished-for in-app orders that closed links leave unserved in one segment."""
    for i in range(n):
        wished = _wish(
            world, segment, live, on_live, segment[S.utility_0 + i], segment[S.lift_0 + i], i
        )
        wished += _wish(
            world, segment, video, on_video, segment[S.utility_1 + i], segment[S.lift_1 + i], i
        )
        wished += _wish(
            world, segment, shelf, on_shelf, segment[S.utility_2 + i], segment[S.lift_2 + i], i
        )
        missing = max(1.0 - segment[S.served + i] / wished, 0.0)
        segment[S.unserved + i] = missing if wished > 0.0 else 0.0


@mechanism
def steepness(world, segment, surface, n):
    """The steepest exponent of each world, links' and segments', into its row."""
    for i in range(n):
        world[W.steepest + i] = 0.0
    for k in range(3):
        _steeper(world, segment[k], S.slope_0, n)
        _steeper(world, surface[k], C.exponent_0, n)


@mechanism
def _steeper(world, block, first, n):
    for i in range(n):
        steep = max(abs(block[first + i]), abs(block[first + LANES + i]))
        steep = max(steep, abs(block[first + 2 * LANES + i]))
        world[W.steepest + i] = max(world[W.steepest + i], steep)


@mechanism
def mend_steep(world, segment, surface, cell, n):
    """Choose again, exponent by exponent, in worlds whose choice is too steep to be split."""
    steepest = 0.0
    for i in range(n):
        steepest = max(steepest, world[W.steepest + i])
    if steepest <= _STEEP:
        return
    for i in range(n):
        if world[W.steepest + i] > _STEEP:
            for s in range(3):
                _shop_exactly(world, segment[s], surface, cell[s], i)


@mechanism
def _shop_exactly(world, segment, surface, cell, i):
    native, direct, wished, total = 0.0, 0.0, 0.0, 0.0
    segment[S.orders_link_0 + i] = 0.0
    segment[S.orders_link_1 + i] = 0.0
    segment[S.orders_link_2 + i] = 0.0
    for c in range(3):
        here = surface[c]
        utility = segment[S.utility_0 + c * LANES + i]
        slope = segment[S.slope_0 + c * LANES + i]
        inclusive = here[C.closed_share + i]
        inclusive_open = inclusive
        for p in range(3):
            weight = _capped_weight(here, slope, p * LANES + i)
            inclusive += weight * here[C.reach_0 + p * LANES + i]
            inclusive_open += weight
        would, _, _ = _choose(world, segment, here, cell[c], utility, inclusive_open, i)
        served, around, per = _choose(world, segment, here, cell[c], utility, inclusive, i)
        wished += would
        total += served
        direct += around
        native += per * here[C.closed_share + i]
        for p in range(3):
            at = p * LANES + i
            reached = _capped_weight(here, slope, at) * here[C.reach_0 + at]
            segment[S.orders_link_0 + at] += per * reached
    segment[S.orders_native + i] = native
    segment[S.orders_direct + i] = direct
    segment[S.unserved + i] = max(1.0 - total / wished, 0.0) if wished > 0.0 else 0.0


@inlined
def _capped_weight(surface, slope, at):
    exponent = min(slope + surface[C.exponent_0 + at], MOST_DIFFERENCE)
    return surface[C.weight_0 + at] * exp(exponent)
