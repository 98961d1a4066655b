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
from sim.engine.compiled import formula, mechanism
from sim.engine.layout import C, P, S, W, X

# The least ratio of merchants to those of the first week.
LEAST_RATIO: Final = 1e-12


@mechanism
def assortment(world, partner, n):
    """Logs of merchants against the first week, native and by partner."""
    for i in range(n):
        ratio = world[W.merchants_now + i] / world[W.merchants_native + i]
        world[W.log_merchants_native + i] = log(max(ratio, LEAST_RATIO))
    for p in range(len(partner)):
        here = partner[p]
        for i in range(n):
            first = here[P.merchants_partner + i]
            ratio = here[P.merchants_now + i] / (first if first > 0.0 else 1.0)
            here[P.log_merchants + i] = log(max(ratio, LEAST_RATIO) if first > 0.0 else 1.0)


@formula
def _exponent(world, surface, partner, i):
    """What a partner's assortment and fee add to its links on a surface, over the dissimilarity."""
    dearer = partner[P.fee_now + i] - partner[P.partner_fee + i]
    utility = surface[C.assortment_elasticity + i] * partner[P.log_merchants + i]
    utility -= world[W.fee_effect + i] * dearer
    return utility * surface[C.per_dissimilarity + i]


@mechanism
def pull(world, surfaces, partner, n):
    """What draws buyers to the links of one surface, whoever they are, as it is and if all were open."""
    partner_0, partner_1, partner_2 = partner[0], partner[1], partner[2]
    for c in range(len(surfaces)):
        surface = surfaces[c]
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
def moods(world, segments, n):
    """What has changed for one segment since the first week, wherever it shops.

    ``common`` adds to the native shop's utility on every surface, ``outward`` to that of links;
    ``direct_pull`` says how much likelier going round the platform has become.
    """
    for s in range(len(segments)):
        segment = segments[s]
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


# A cell's choice is told in short loops: each begins with what the one before has left, so that the
# processor works on several worlds at once instead of waiting for one.


@mechanism
def utilities(world, segments, surfaces, cells, n):
    """The native shop's utility in a cell, how far that of links is above it over λ (``slope``).

    A link's exponent splits into what depends on segment and surface (here) and what depends on
    surface and partner (its ``pull``), so that one exponential a cell does the work of three.
    """
    for s in range(len(segments)):
        for c in range(len(surfaces)):
            segment, surface, cell = segments[s], surfaces[c], cells[s, c]
            for i in range(n):
                felt = surface[C.streamer_trust_effect + i] * segment[S.trust_change + i]
                safe = surface[C.platform_trust_effect + i] * segment[S.safety_change + i]
                utility = felt + safe + surface[C.assorted + i] + segment[S.common + i]
                linked = world[W.trust_carryover + i] * felt + segment[S.outward + i]
                slope = (linked - utility) * surface[C.per_dissimilarity + i]
                cell[X.utility + i] = utility
                cell[X.slope + i] = slope
                cell[X.lift + i] = exp(slope)


@formula
def in_nest(surface, cell, inclusive, i):
    """Utility of buying in the app, from shop and links as they weigh together."""
    return cell[X.utility + i] + surface[C.dissimilarity + i] * log(inclusive)


@mechanism
def weigh(surfaces, cells, n):
    """What shop and links weigh together in a cell, and the utility of that."""
    for s in range(len(cells)):
        for c in range(len(surfaces)):
            surface, cell = surfaces[c], cells[s, c]
            for i in range(n):
                inclusive = surface[C.closed_share + i] + cell[X.lift + i] * surface[C.pull + i]
                cell[X.inclusive + i] = inclusive
                cell[X.nest + i] = in_nest(surface, cell, inclusive, i)


@mechanism
def _is_open(openness, stage, c):
    """Whether all links of a surface are fully open, in every plan."""
    for p in range(openness.shape[2]):
        for plan in range(openness.shape[3]):
            if openness[stage, c, p, plan] != 1.0:
                return False
    return True


@mechanism
def weigh_open(surfaces, cells, openness, stage, n):
    """The utility of buying in the app in a cell if every link were open, stocks as they are."""
    for c in range(len(surfaces)):
        if _is_open(openness, stage, c):
            continue
        for s in range(len(cells)):
            surface, cell = surfaces[c], cells[s, c]
            for i in range(n):
                inclusive = (
                    surface[C.closed_share + i] + cell[X.lift + i] * surface[C.pull_open + i]
                )
                cell[X.nest_open + i] = in_nest(surface, cell, inclusive, i)


@formula
def chosen(world, segment, cell, nest, i):
    """(in-app orders, direct orders) a viewer-week in a cell."""
    inside = cell[X.odds + i] * exp(nest)
    direct = cell[X.odds_direct + i] * segment[S.direct_pull + i]
    per_odds = cell[X.occasions_per_viewer + i] * world[W.clock + i] / (1.0 + inside + direct)
    return per_odds * inside, per_odds * direct


@mechanism
def choose(world, segments, cells, n):
    """Orders per viewer-week of one segment on one surface: in the app, per weight, and direct."""
    for s in range(len(segments)):
        for c in range(cells.shape[1]):
            segment, cell = segments[s], cells[s, c]
            for i in range(n):
                served, direct = chosen(world, segment, cell, cell[X.nest + i], i)
                per_weight = served / cell[X.inclusive + i]
                cell[X.served + i] = served
                cell[X.direct + i] = direct
                cell[X.per_weight + i] = per_weight
                cell[X.per_pull + i] = per_weight * cell[X.lift + i]


@mechanism
def wish(world, segments, cells, openness, stage, n):
    """In-app orders per viewer-week of one segment on one surface if every link were open."""
    for c in range(cells.shape[1]):
        if _is_open(openness, stage, c):
            _wish_served(cells, c, n)
            continue
        for s in range(len(segments)):
            segment, cell = segments[s], cells[s, c]
            for i in range(n):
                wished, _ = chosen(world, segment, cell, cell[X.nest_open + i], i)
                cell[X.wished + i] = wished


@mechanism
def _wish_served(cells, c, n):
    for s in range(len(cells)):
        cell = cells[s, c]
        for i in range(n):
            cell[X.wished + i] = cell[X.served + i]


@mechanism
def order(segments, surface, cell, n):
    """Orders per viewer-week of one segment over all surfaces: native, by link, and direct."""
    live, video, shelf = surface[0], surface[1], surface[2]
    for s in range(len(segments)):
        segment = segments[s]
        on_live, on_video, on_shelf = cell[s, 0], cell[s, 1], cell[s, 2]
        for i in range(n):
            segment[S.unserved + i] = 0.0
            segment[S.orders_direct + i] = (
                on_live[X.direct + i] + on_video[X.direct + i] + on_shelf[X.direct + i]
            )
            segment[S.orders_native + i] = (
                on_live[X.per_weight + i] * live[C.closed_share + i]
                + on_video[X.per_weight + i] * video[C.closed_share + i]
                + on_shelf[X.per_weight + i] * shelf[C.closed_share + i]
            )
            per_0, per_1, per_2 = (
                on_live[X.per_pull + i],
                on_video[X.per_pull + i],
                on_shelf[X.per_pull + i],
            )
            segment[S.orders_link_0 + i] = (
                per_0 * live[C.pull_0 + i]
                + per_1 * video[C.pull_0 + i]
                + per_2 * shelf[C.pull_0 + i]
            )
            segment[S.orders_link_1 + i] = (
                per_0 * live[C.pull_1 + i]
                + per_1 * video[C.pull_1 + i]
                + per_2 * shelf[C.pull_1 + i]
            )
            segment[S.orders_link_2 + i] = (
                per_0 * live[C.pull_2 + i]
                + per_1 * video[C.pull_2 + i]
                + per_2 * shelf[C.pull_2 + i]
            )


@mechanism
def leave_unserved(segments, cell, n):
    """The share of wished-for in-app orders that closed links leave unserved in one segment."""
    for s in range(len(segments)):
        segment = segments[s]
        on_live, on_video, on_shelf = cell[s, 0], cell[s, 1], cell[s, 2]
        for i in range(n):
            served = on_live[X.served + i] + on_video[X.served + i] + on_shelf[X.served + i]
            wished = on_live[X.wished + i] + on_video[X.wished + i] + on_shelf[X.wished + i]
            missing = max(1.0 - served / wished, 0.0)
            segment[S.unserved + i] = missing if wished > 0.0 else 0.0
