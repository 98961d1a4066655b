"""What the observed first week says about demand, gains and the audience's flows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.yardstick.hazards import chance
from tests.yardstick.parameters import WEEKS_PER_YEAR, Array, World

LN2 = np.log(2.0)
# Orders per viewer-week below this are none: the gain that one of them would need is no finite number.
FEWEST_ORDERS = 1e-305
SEGMENTS = ("newcomer", "regular", "fan")


@dataclass(frozen=True, kw_only=True)
class FirstWeek:
    """The first week as observed, and the constants that make it so.

    Attributes
    ----------
    viewers : (s, n) persons.
    occasions : (s, c, n) shopping occasions per viewer-week.
    odds_in_app, odds_direct : (s, c, n) odds of an in-app order, of a direct one, against not buying.
    dissimilarity : (c, n) lambda of the nest {native, links}.
    link_weight : (c, n) each surface's share of link orders.
    native_gmv : (n,) CNY a week. closed_share : (n,) of GMV in money.
    streamer_gain, streamer_loss, platform_gain, platform_loss : (s, n) trust hazard per order.
    external_habit_gain : (n,), native_habit_gain : (s, n), habit hazard per order.
    promotion : (2, n) hazards newcomer to regular, regular to fan. acquisition : (n,) persons a week.
    """

    viewers: Array
    occasions: Array
    odds_in_app: Array
    odds_direct: Array
    dissimilarity: Array
    link_weight: Array
    native_gmv: Array
    closed_share: Array
    streamer_gain: Array
    streamer_loss: Array
    platform_gain: Array
    platform_loss: Array
    external_habit_gain: Array
    native_habit_gain: Array
    promotion: Array
    acquisition: Array


def refuse_where(refused: NDArray[np.bool_], reason: str) -> None:
    """Raise ValueError with the reason if any world is refused."""
    if np.any(refused):
        raise ValueError(f"{reason} (world {int(np.nonzero(np.atleast_1d(refused))[-1][0])})")


def calibrate(world: World) -> FirstWeek:
    """Return the constants of every world that follow from its observed first week."""
    refuse_where(world["conversion"] <= 0, "`conversion` must be above 0 on every surface")
    refuse_where(world["merchants_native"] <= 0, "`merchants_native` must be above 0")
    for segment, intensity in zip(SEGMENTS, world["shopping_intensity"], strict=True):
        refuse_where(intensity <= 0, f"no shopping intensity in the segment `{segment}`")

    viewers = world["viewers"] * world["segment_share"]
    closed, native_value = world["closed_share"], world["order_value_native"]
    link_value = (world["partner_split"] * world["order_value_partner"]).sum(axis=0)
    orders = (
        world["gmv"] * world["surface_split"] / (closed * native_value + (1 - closed) * link_value)
    )
    weight = viewers * world["shopping_intensity"]
    per_viewer = world["shopping_intensity"] / weight.sum(axis=0)
    occasions = per_viewer[:, np.newaxis] * (orders / world["conversion"])

    mean_index = (weight * world["conversion_index"]).sum(axis=0) / weight.sum(axis=0)
    refuse_where(mean_index <= 0, "`conversion_index` must be above 0 in some segment")
    conversion = (world["conversion_index"] / mean_index)[:, np.newaxis] * world["conversion"]
    direct = world["direct_share"]
    refuse_where(
        conversion + direct >= 1,
        "conversion by segment and surface plus `direct_share` must be below 1",
    )
    not_buying = 1 - conversion - direct

    link_orders = orders * (1 - closed)
    all_links = link_orders.sum(axis=0)
    third = np.full_like(link_orders, 1 / 3)
    link_weight = np.where(
        all_links > 0, link_orders / np.where(all_links > 0, all_links, 1.0), third
    )

    native_gmv = (orders * closed).sum(axis=0) * native_value
    return FirstWeek(
        viewers=viewers,
        occasions=occasions,
        odds_in_app=conversion / not_buying,
        odds_direct=direct / not_buying,
        dissimilarity=_dissimilarity(world),
        link_weight=link_weight,
        native_gmv=native_gmv,
        closed_share=native_gmv / world["gmv"],
        **_gains(world, viewers, occasions, conversion),
        **_audience_flows(world, viewers),
    )


def _dissimilarity(world: World) -> Array:
    """Lambda (c, n) with which closing every link diverts `diversion` of its orders at mean conversion."""
    conversion, closed, diversion = world["conversion"], world["closed_share"], world["diversion"]
    direct = world["direct_share"]
    refuse_where(conversion + direct >= 1, "`conversion` plus `direct_share` must be below 1")
    odds, odds_direct = conversion / (1 - conversion - direct), direct / (1 - conversion - direct)
    refuse_where(
        closed <= 0,
        "`closed_share` of 0 on a surface leaves no native order for links to divert to",
    )
    all_closed = closed >= 1
    share = np.where(all_closed, 0.5, closed)
    kept = conversion * (share + diversion * (1 - share))
    with np.errstate(divide="ignore", invalid="ignore"):
        dissimilarity = np.log(kept / (1 - kept) * (1 + odds_direct) / odds) / np.log(share)
    plain = odds * share / (1 + odds * share + odds_direct)
    lowest = np.where(all_closed, 0.0, (plain / conversion - share) / (1 - share)).max()
    # At the very edges of the range lambda is 1 or 0 up to rounding: the lower edge is in, the upper one out.
    admissible = (dissimilarity > 0) & (dissimilarity <= 1 + 1e-12) & (diversion < 1)
    refuse_where(
        ~all_closed & ~admissible,
        f"`diversion` must lie between {lowest:.6g} and 1 (1 excluded) in this world",
    )
    return np.where(all_closed, 1.0, dissimilarity)


def _gains(world: World, viewers: Array, occasions: Array, conversion: Array) -> dict[str, Array]:
    """Gains that leave today's trust and native habit at rest under today's orders."""
    bought = occasions * conversion
    native = (bought * world["closed_share"]).sum(axis=1)
    by_link = (bought * (1 - world["closed_share"])).sum(axis=1)[:, np.newaxis] * world[
        "partner_split"
    ]
    direct = occasions.sum(axis=1) * world["direct_share"]

    (good_t, bad_t), (good_g, bad_g) = experiences(
        world,
        native=native,
        by_link=by_link,
        quality=world["quality_native"],
        guarantee=world["guarantee"],
    )
    refuse_where(
        good_t <= FEWEST_ORDERS, "no order goes well in the first week: streamer trust has no gain"
    )
    refuse_where(
        good_g <= FEWEST_ORDERS,
        "no native order goes well in the first week: platform trust has no gain",
    )
    refuse_where(world["native_habit"] >= 1, "`native_habit` of 1 cannot be at rest")
    refuse_where(
        world["external_habit_longrun"] >= 1, "`external_habit_longrun` of 1 is never reached"
    )
    refuse_where(
        native <= FEWEST_ORDERS, "no native orders in the first week: native habit has no gain"
    )

    rate_t, rate_g = LN2 / world["streamer_trust_halflife"], LN2 / world["platform_trust_halflife"]
    leaked = (viewers * (by_link.sum(axis=1) + direct)).sum(axis=0) / viewers.sum(axis=0)
    longrun, habit = world["external_habit_longrun"], world["native_habit"]
    return {
        "streamer_gain": world["streamer_trust"] * rate_t / good_t,
        "streamer_loss": _per_bad_order((1 - world["streamer_trust"]) * rate_t, bad_t),
        "platform_gain": world["platform_trust"] * rate_g / good_g,
        "platform_loss": _per_bad_order((1 - world["platform_trust"]) * rate_g, bad_g),
        # Without any leakage there is nothing to gain from, now or later, since a zero share stays zero.
        "external_habit_gain": _per_bad_order(
            longrun / (1 - longrun) * LN2 / world["external_habit_halflife"], leaked
        ),
        "native_habit_gain": habit / (1 - habit) * LN2 / world["native_habit_halflife"] / native,
    }


def _per_bad_order(rate: Array, orders: Array) -> Array:
    return np.where(orders > 0, rate / np.where(orders > 0, orders, 1.0), 0.0)


def experiences(
    world: World, *, native: Array, by_link: Array, quality: Array, guarantee: Array
) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Return (good, bad) orders per viewer-week (s, n), as streamers' and as the platform's doing.

    Parameters
    ----------
    native : (s, n) and by_link : (s, p, n), orders per viewer-week.
    quality : (n,), share of native orders that go well. guarantee : (n,), share of them guaranteed.
    """
    link_good = (by_link * world["quality_partner"]).sum(axis=1)
    link_bad = (by_link * (1 - world["quality_partner"])).sum(axis=1)
    good, bad = native * quality, native * (1 - quality)
    made_good = guarantee * world["remedy"]
    streamer = (good + link_good, bad + link_bad)
    platform = (good + bad * made_good, bad * (1 - made_good) + world["blame"] * link_bad)
    return streamer, platform


def _audience_flows(world: World, viewers: Array) -> dict[str, Array]:
    """Promotion hazards and acquisition that hold every segment on the growth path today.

    Written in net form: the page's inflow of regulars, F12 - demoted_fan put together, is churned_fan +
    growth of fans, and so on down to acquisition, so that no small difference of large flows is left.
    """
    growth = (1 + world["audience_growth"]) ** (1 / WEEKS_PER_YEAR) - 1
    lost = viewers * chance(world["churn"]) + growth * viewers
    staying = viewers * np.exp(-world["churn"])
    to_fan = lost[2] + staying[2] * chance(world["demotion"][1])
    promote_regular = _promotion(to_fan, staying[1], "regular")
    demoted_regular = staying[1] * np.exp(-promote_regular) * chance(world["demotion"][0])
    to_regular = lost[1] + lost[2] + demoted_regular
    promote_newcomer = _promotion(to_regular, staying[0], "newcomer")
    acquisition = lost.sum(axis=0)
    refuse_where(
        acquisition < 0,
        "the audience shrinks faster than it churns: segment `newcomer` cannot be held",
    )
    return {"promotion": np.stack([promote_newcomer, promote_regular]), "acquisition": acquisition}


def _promotion(inflow: Array, staying: Array, segment: str) -> Array:
    """Hazard that promotes `inflow` out of those of the segment who stay."""
    refuse_where(
        (inflow < 0) | ((inflow > 0) & (inflow >= staying)),
        f"no promotion out of the segment `{segment}` can hold the segment shares: it would have to promote"
        " fewer than none or all of its viewers",
    )
    return -np.log1p(-np.where(inflow > 0, inflow / np.where(staying > 0, staying, 1.0), 0.0))
