"""From the observed first week to the rates of the model: every gain is inverted, none is typed in.

References
----------
S. Berry (1994), Estimating Discrete-Choice Models of Product Differentiation, RAND Journal 25(2).
R. Dekle, J. Eaton and S. Kortum (2008), Global Rebalancing with Gravity, IMF Staff Papers 55(3).
"""

import math
from typing import Final

from sim.engine.arithmetic import leaving
from sim.engine.compiled import compiled, mechanism
from sim.engine.layout import C, P, S, W, X

# What a world can be refused for: a bit each, shifted by the member where one is named.
NO_INTENSITY: Final = 1 << 0  # .. 1 << 2, by segment
NO_GOOD_ORDERS: Final = 1 << 3  # .. 1 << 5, by segment
SEGMENT_NOT_HELD: Final = 1 << 6  # .. 1 << 8, by segment
NATIVE_HABIT_FULL: Final = 1 << 9  # .. 1 << 11, by segment
DIVERSION_RANGE: Final = 1 << 12  # .. 1 << 14, by surface
CONVERSION_SUM: Final = 1 << 15  # .. 1 << 23, by segment and surface
EXTERNAL_HABIT_FULL: Final = 1 << 24
NO_CONVERSION_INDEX: Final = 1 << 25

_WEEKS: Final = 52.0
# Fewer orders than this a viewer-week are none: the gains they imply would not be finite.
_LEAST_ORDERS: Final = 1e-305
_LN2: Final = math.log(2.0)


@mechanism
def dissimilarity(conversion, closed_share, diversion):
    """λ of the nest {native, links} under which ``diversion`` is what happens at this conversion.

    λ = ln[κ'/(1-κ') · (1+R^d)/R] / ln χ with κ' = κ (χ + D (1-χ)); since (1+R^d)/R = (1-κ)/κ, the
    direct share drops out. Written with ``log1p`` of what is lost, so that D near 1 keeps its digits.
    """
    lost = (1.0 - diversion) * (1.0 - closed_share)
    if lost == 0.0:
        return 1.0 if closed_share == 1.0 else 0.0
    ratio = math.log1p(-lost) - math.log1p(conversion * lost / (1.0 - conversion))
    return ratio / math.log(closed_share)


@compiled
def first_week(world, segment, surface, partner, cell, status, n):
    """Rates, odds and stocks of the first week for ``n`` lanes; ``status`` gets the refusal bits."""
    for i in range(n):
        status[i] = 0
        _occasions(world, segment, surface, partner, cell, status, i)
        _choice(world, surface, cell, status, i)
        for s in range(3):
            _segment_rates(world, segment[s], surface, partner, cell[s], status, i, s)
        _external_habit_gain(world, segment, surface, cell, status, i)
        _promotions(world, segment, status, i)
        _steps(world, i)


@mechanism
def _occasions(world, segment, surface, partner, cell, status, i):
    """Viewers by segment, and shopping occasions per viewer-week by segment and surface."""
    shopping = 0.0
    index = 0.0
    for s in range(3):
        viewers = world[W.viewers + i] * segment[s][S.segment_share + i]
        segment[s][S.viewers_0 + i] = viewers
        intensity = segment[s][S.shopping_intensity + i]
        if intensity <= 0.0:
            status[i] |= NO_INTENSITY << s
        shopping += viewers * intensity
        index += viewers * intensity * segment[s][S.conversion_index + i]
    if not index > 0.0:
        status[i] |= NO_CONVERSION_INDEX
    scale = shopping / index if index > 0.0 else 1.0
    linked = 0.0
    for p in range(3):
        linked += partner[p][P.partner_split + i] * partner[p][P.order_value_partner + i]
    world[W.direct_order_value + i] = linked
    gmv_native = 0.0
    orders_linked = 0.0
    for c in range(3):
        closed = surface[c][C.closed_share + i]
        value = closed * world[W.order_value_native + i] + (1.0 - closed) * linked
        orders = world[W.gmv + i] * surface[c][C.surface_split + i] / value
        gmv_native += orders * closed * world[W.order_value_native + i]
        surface[c][C.link_weight + i] = orders * (1.0 - closed)
        orders_linked += orders * (1.0 - closed)
        occasions = orders / surface[c][C.conversion + i]
        for s in range(3):
            share = segment[s][S.shopping_intensity + i] / shopping if shopping > 0.0 else 0.0
            cell[s, c][X.occasions_per_viewer + i] = share * occasions
            before = segment[s][S.occasions_per_viewer + i] if c > 0 else 0.0
            segment[s][S.occasions_per_viewer + i] = before + share * occasions
            cell[s, c][X.odds + i] = (
                scale * segment[s][S.conversion_index + i] * surface[c][C.conversion + i]
            )
    for c in range(3):
        weight = surface[c][C.link_weight + i]
        surface[c][C.link_weight + i] = weight / orders_linked if orders_linked > 0.0 else 1.0 / 3.0
    world[W.closed_share_0 + i] = gmv_native / world[W.gmv + i]
    world[W.native_gmv_per_merchant_0 + i] = gmv_native / world[W.merchants_native + i]


@mechanism
def _choice(world, surface, cell, status, i):
    """Odds against not buying, turned from the conversions in ``X.odds``, and the dissimilarities."""
    direct = world[W.direct_share + i]
    for c in range(3):
        closed = surface[c][C.closed_share + i]
        nest = dissimilarity(surface[c][C.conversion + i], closed, world[W.diversion + i])
        # A conversion index of 1 to the last digit must not refuse a λ of 1 to the last digit.
        if not 0.0 < nest <= 1.0 + 1e-12:
            status[i] |= DIVERSION_RANGE << c
        surface[c][C.dissimilarity + i] = nest
        surface[c][C.per_dissimilarity + i] = 1.0 / nest
        for s in range(3):
            conversion = cell[s, c][X.odds + i]
            rest = 1.0 - conversion - direct
            if not rest > 0.0:
                status[i] |= CONVERSION_SUM << (3 * s + c)
                rest = 1.0
            cell[s, c][X.odds + i] = conversion / rest
            cell[s, c][X.odds_direct + i] = direct / rest


@mechanism
def _experience(surface, partner, cell, i):
    """(native, direct, good link, bad link) orders per viewer of the first week in one segment."""
    native = 0.0
    direct = 0.0
    linked = 0.0
    for c in range(3):
        occasions = cell[c][X.occasions_per_viewer + i]
        rest = 1.0 / (1.0 + cell[c][X.odds + i] + cell[c][X.odds_direct + i])
        orders = occasions * cell[c][X.odds + i] * rest
        native += orders * surface[c][C.closed_share + i]
        linked += orders * (1.0 - surface[c][C.closed_share + i])
        direct += occasions * cell[c][X.odds_direct + i] * rest
    good = 0.0
    bad = 0.0
    for p in range(3):
        orders = linked * partner[p][P.partner_split + i]
        good += orders * partner[p][P.quality_partner + i]
        bad += orders * (1.0 - partner[p][P.quality_partner + i])
    return native, direct, good, bad


@mechanism
def _segment_rates(world, segment, surface, partner, cell, status, i, s):
    """Gains of trust and native habit that keep this segment's today at rest."""
    native, _, link_good, link_bad = _experience(surface, partner, cell, i)
    quality = world[W.quality_native + i]
    mended = world[W.guarantee + i] * world[W.remedy + i]
    streamer_good = native * quality + link_good
    platform_good = native * quality + native * (1.0 - quality) * mended
    if not min(streamer_good, platform_good, native) > _LEAST_ORDERS:
        status[i] |= NO_GOOD_ORDERS << s
        return
    streamer_bad = native * (1.0 - quality) + link_bad
    platform_bad = native * (1.0 - quality) * (1.0 - mended) + world[W.blame + i] * link_bad
    rate = _LN2 / world[W.streamer_trust_halflife + i]
    trust = segment[S.streamer_trust + i]
    segment[S.streamer_trust_gain + i] = trust * rate / streamer_good
    segment[S.streamer_trust_loss + i] = (
        (1.0 - trust) * rate / streamer_bad if streamer_bad > 0.0 else 0.0
    )
    rate = _LN2 / world[W.platform_trust_halflife + i]
    trust = segment[S.platform_trust + i]
    segment[S.platform_trust_gain + i] = trust * rate / platform_good
    segment[S.platform_trust_loss + i] = (
        (1.0 - trust) * rate / platform_bad if platform_bad > 0.0 else 0.0
    )
    rate = _LN2 / world[W.native_habit_halflife + i]
    habit = segment[S.native_habit + i]
    if habit >= 1.0:
        status[i] |= NATIVE_HABIT_FULL << s
        return
    segment[S.native_habit_gain + i] = rate * habit / ((1.0 - habit) * native)
    segment[S.native_habit_loss + i] = rate


@mechanism
def _external_habit_gain(world, segment, surface, cell, status, i):
    """One gain for all segments, such that today's mean leakage leads to the long-run habit."""
    viewers = 0.0
    leaked = 0.0
    for s in range(3):
        here = segment[s][S.viewers_0 + i]
        viewers += here
        for c in range(3):
            odds = cell[s, c][X.odds + i]
            direct = cell[s, c][X.odds_direct + i]
            away = odds * (1.0 - surface[c][C.closed_share + i]) + direct
            occasions = cell[s, c][X.occasions_per_viewer + i]
            leaked += here * occasions * away / (1.0 + odds + direct)
    longrun = world[W.external_habit_longrun + i]
    rate = _LN2 / world[W.external_habit_halflife + i]
    world[W.external_habit_loss + i] = rate
    if longrun >= 1.0:
        status[i] |= EXTERNAL_HABIT_FULL
        return
    # Where nothing leaks today there is nothing from which a habit could grow.
    mean = leaked / viewers
    world[W.external_habit_gain + i] = (
        rate * longrun / ((1.0 - longrun) * mean) if mean > 0.0 else 0.0
    )


@mechanism
def _needed_promotion(inflow, stock, churn):
    """The hazard that lifts ``inflow`` persons out of those of ``stock`` who stayed; -1 for none."""
    staying = stock * math.exp(-churn)
    if inflow == 0.0:
        return 0.0
    if not 0.0 < inflow < staying:
        return -1.0
    return -math.log1p(-inflow / staying)


@mechanism
def _promotions(world, segment, status, i):
    """Promotion hazards and arrivals that hold every segment on the growth path at today's state."""
    newcomer, regular, fan = segment[0], segment[1], segment[2]
    growth = math.expm1(math.log1p(world[W.audience_growth + i]) / _WEEKS)
    fans = fan[S.viewers_0 + i]
    regulars = regular[S.viewers_0 + i]
    newcomers = newcomer[S.viewers_0 + i]
    fans_left = -fans * math.expm1(-fan[S.churn + i])
    fans_fell = -fans * math.exp(-fan[S.churn + i]) * math.expm1(-fan[S.demotion + i])
    to_fan = fans_left + fans_fell + growth * fans
    rise = _needed_promotion(to_fan, regulars, regular[S.churn + i])
    if rise < 0.0:
        status[i] |= SEGMENT_NOT_HELD << 2
        return
    regular[S.promotion + i] = rise
    stayed = regulars * math.exp(-regular[S.churn + i] - rise)
    regulars_fell = -stayed * math.expm1(-regular[S.demotion + i])
    regulars_left = -regulars * math.expm1(-regular[S.churn + i])
    to_regular = regulars_left + to_fan + regulars_fell - fans_fell + growth * regulars
    rise = _needed_promotion(to_regular, newcomers, newcomer[S.churn + i])
    if rise < 0.0:
        status[i] |= SEGMENT_NOT_HELD << 1
        return
    newcomer[S.promotion + i] = rise
    newcomers_left = -newcomers * math.expm1(-newcomer[S.churn + i])
    arrivals = newcomers_left + to_regular - regulars_fell + growth * newcomers
    if arrivals < 0.0:
        status[i] |= SEGMENT_NOT_HELD
    world[W.arrivals + i] = arrivals


@mechanism
def _steps(world, i):
    """The weekly steps that follow from half-lives and yearly rates once and for all."""
    world[W.brand_step + i] = -math.expm1(-_LN2 / world[W.brand_halflife + i])
    world[W.programme_step + i] = -math.expm1(-_LN2 / world[W.programme_halflife + i])
    world[W.merchants_leaving + i] = leaving(world[W.merchant_entry + i])
    world[W.data_step + i] = -math.expm1(-_LN2 / world[W.data_halflife + i])
    world[W.market_step + i] = math.exp(math.log1p(world[W.market_growth + i]) / _WEEKS)
    world[W.audience_step + i] = math.exp(math.log1p(world[W.audience_growth + i]) / _WEEKS)
