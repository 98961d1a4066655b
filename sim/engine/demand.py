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
from sim.engine.layout import C, L, P, S, W, X

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


@mechanism
def assort(world, surface, n):
    """What the native assortment is worth on one surface."""
    for i in range(n):
        surface[C.assorted + i] = (
            surface[C.assortment_elasticity + i] * world[W.log_merchants_native + i]
        )


@mechanism
def pull(world, surface, partner, link, n):
    """What draws buyers to one link, whoever they are: assortment and fee, as it is and if open."""
    for i in range(n):
        fee = partner[P.fee_now + i] - partner[P.partner_fee + i]
        utility = surface[C.assortment_elasticity + i] * partner[P.log_merchants + i]
        exponent = utility - world[W.fee_effect + i] * fee
        exponent *= surface[C.per_dissimilarity + i]
        drawn = link[L.weight + i] * exp(exponent)
        link[L.exponent + i] = exponent
        link[L.pull_open + i] = drawn
        link[L.pull + i] = link[L.reach + i] * drawn


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
def _shop(segment, surface, i):
    """What streamer trust gives an offer on a surface, and the native shop's utility there."""
    felt = surface[C.streamer_trust_effect + i] * segment[S.trust_change + i]
    safe = surface[C.platform_trust_effect + i] * segment[S.safety_change + i]
    return felt, felt + safe + surface[C.assorted + i] + segment[S.common + i]


@mechanism
def choose(world, segment, surface, link_0, link_1, link_2, cell, n):
    """Orders per viewer-week of one segment on one surface: native, by link, and direct.

    A link's exponent splits into what depends on segment and surface (``slope``) and what depends on
    surface and partner, so that three exponentials a cell do the work of nine.
    """
    for i in range(n):
        felt, utility = _shop(segment, surface, i)
        linked = world[W.trust_carryover + i] * felt + segment[S.outward + i]
        slope = (linked - utility) * surface[C.per_dissimilarity + i]
        lift = exp(slope)
        closed = surface[C.closed_share + i]
        inclusive = closed + lift * (link_0[L.pull + i] + link_1[L.pull + i] + link_2[L.pull + i])
        inside = cell[X.odds + i] * exp(utility + surface[C.dissimilarity + i] * log(inclusive))
        direct = cell[X.odds_direct + i] * segment[S.direct_pull + i]
        occasions = cell[X.occasions_per_viewer + i] * world[W.clock + i]
        per_odds = occasions / (1.0 + inside + direct)
        served = per_odds * inside
        per_weight = served / inclusive
        cell[X.utility + i] = utility
        cell[X.slope + i] = slope
        cell[X.lift + i] = lift
        cell[X.served + i] = served
        cell[X.wished + i] = served
        cell[X.native + i] = per_weight * closed
        cell[X.direct + i] = per_odds * direct
        cell[X.link_0 + i] = per_weight * (lift * link_0[L.pull + i])
        cell[X.link_1 + i] = per_weight * (lift * link_1[L.pull + i])
        cell[X.link_2 + i] = per_weight * (lift * link_2[L.pull + i])


@mechanism
def wish(world, segment, surface, link_0, link_1, link_2, cell, n):
    """Orders in the app if every link were open. Where all are, ``choose`` has already said it."""
    for i in range(n):
        pull_open = link_0[L.pull_open + i] + link_1[L.pull_open + i] + link_2[L.pull_open + i]
        inclusive = surface[C.closed_share + i] + cell[X.lift + i] * pull_open
        nest = surface[C.dissimilarity + i]
        inside = cell[X.odds + i] * exp(cell[X.utility + i] + nest * log(inclusive))
        direct = cell[X.odds_direct + i] * segment[S.direct_pull + i]
        occasions = cell[X.occasions_per_viewer + i] * world[W.clock + i]
        cell[X.wished + i] = occasions / (1.0 + inside + direct) * inside


@mechanism
def mend_steep(world, segment, surface, link, cell, n):
    """Choose again, exponent by exponent, in worlds whose choice is too steep to be split."""
    for i in range(n):
        steepest = 0.0
        for c in range(3):
            for k in range(3):
                steepest = max(steepest, abs(cell[k, c][X.slope + i]))
                steepest = max(steepest, abs(link[c, k][L.exponent + i]))
        if steepest > _STEEP:
            for s in range(3):
                for c in range(3):
                    _choose_exactly(world, segment[s], surface[c], link[c], cell[s, c], i)


@mechanism
def _choose_exactly(world, segment, surface, link, cell, i):
    closed = surface[C.closed_share + i]
    slope = cell[X.slope + i]
    inclusive = closed
    inclusive_open = closed
    for p in range(3):
        weight = _capped_weight(link[p], slope, i)
        inclusive += weight * link[p, L.reach + i]
        inclusive_open += weight
    nest = surface[C.dissimilarity + i]
    utility = cell[X.utility + i]
    inside = cell[X.odds + i] * exp(utility + nest * log(inclusive))
    inside_open = cell[X.odds + i] * exp(utility + nest * log(inclusive_open))
    direct = cell[X.odds_direct + i] * segment[S.direct_pull + i]
    occasions = cell[X.occasions_per_viewer + i] * world[W.clock + i]
    served = occasions / (1.0 + inside + direct) * inside
    cell[X.served + i] = served
    cell[X.wished + i] = occasions / (1.0 + inside_open + direct) * inside_open
    cell[X.native + i] = served * closed / inclusive
    cell[X.direct + i] = occasions * direct / (1.0 + inside + direct)
    share = served / inclusive
    cell[X.link_0 + i] = share * _capped_weight(link[0], slope, i) * link[0, L.reach + i]
    cell[X.link_1 + i] = share * _capped_weight(link[1], slope, i) * link[1, L.reach + i]
    cell[X.link_2 + i] = share * _capped_weight(link[2], slope, i) * link[2, L.reach + i]


@mechanism
def _capped_weight(link, slope, i):
    return link[L.weight + i] * exp(min(slope + link[L.exponent + i], MOST_DIFFERENCE))


@mechanism
def gather(segment, live, video, shelf, n):
    """Orders per viewer-week of one segment over all surfaces, and the share left unserved."""
    for i in range(n):
        served = live[X.served + i] + video[X.served + i] + shelf[X.served + i]
        wished = live[X.wished + i] + video[X.wished + i] + shelf[X.wished + i]
        segment[S.unserved + i] = max(1.0 - served / wished, 0.0)
        segment[S.orders_native + i] = live[X.native + i] + video[X.native + i] + shelf[X.native + i]
        segment[S.orders_direct + i] = live[X.direct + i] + video[X.direct + i] + shelf[X.direct + i]
        segment[S.orders_link_0 + i] = live[X.link_0 + i] + video[X.link_0 + i] + shelf[X.link_0 + i]
        segment[S.orders_link_1 + i] = live[X.link_1 + i] + video[X.link_1 + i] + shelf[X.link_1 + i]
        segment[S.orders_link_2 + i] = live[X.link_2 + i] + video[X.link_2 + i] + shelf[X.link_2 + i]
