"""Trust, habit and the audience: section 5 of the model page."""

import numpy as np

from tests.yardstick.calibration import LN2, FirstWeek, experiences
from tests.yardstick.demand import Demand
from tests.yardstick.hazards import chance, relax
from tests.yardstick.parameters import WEEKS_PER_YEAR, Array, World
from tests.yardstick.stocks import Stocks

CARE_WEIGHT = np.array([0.1, 0.5, 1.0])[:, np.newaxis]


def next_minds(
    world: World,
    first: FirstWeek,
    stocks: Stocks,
    demand: Demand,
    *,
    quality: Array,
    care: Array,
    week: int,
) -> dict[str, Array]:
    """Return trust and habit (s, n) at the opening of the next week, by name.

    Parameters
    ----------
    quality : (n,) share of native orders that go well. care : (n,) hazard of trust gained.
    """
    (good_t, bad_t), (good_g, bad_g) = experiences(
        world,
        native=demand.native,
        by_link=demand.external,
        quality=quality,
        guarantee=stocks.guarantee,
    )
    streamer = relax(
        stocks.streamer_trust,
        first.streamer_gain * good_t + care * CARE_WEIGHT,
        first.streamer_loss * bad_t,
    )
    platform = relax(
        stocks.platform_trust,
        first.platform_gain * good_g,
        first.platform_loss * bad_g + world["backlash"] * demand.unserved,
    )
    trust_left = np.where(np.rint(world["crisis_week"]) == week, 1 - world["crisis_size"], 1.0)
    leaked = demand.external.sum(axis=1) + demand.direct
    return {
        "streamer_trust": streamer * trust_left,
        "platform_trust": platform * trust_left,
        "external_habit": relax(
            stocks.external_habit,
            first.external_habit_gain * leaked,
            LN2 / world["external_habit_halflife"],
        ),
        "native_habit": relax(
            stocks.native_habit,
            first.native_habit_gain * demand.native,
            LN2 / world["native_habit_halflife"],
        ),
    }


def next_viewers(
    world: World, first: FirstWeek, stocks: Stocks, unserved: Array, week: int
) -> tuple[Array, Array, Array]:
    """Return viewers (s, n) at the opening of the next week, and those acquired and churned (n,)."""
    trust = (stocks.streamer_trust - world["streamer_trust"]) + (
        stocks.platform_trust - world["platform_trust"]
    )
    attached = np.exp(world["churn_trust"] * trust)
    churn = world["churn"] * np.exp(
        -world["churn_trust"] * trust
        - world["churn_native_habit"] * (stocks.native_habit - world["native_habit"])
        + world["churn_external_habit"] * (stocks.external_habit - world["external_habit"])
        + world["churn_unserved"] * unserved
    )
    churned = stocks.viewers * chance(churn)
    staying = stocks.viewers * np.exp(-churn)
    promotion = first.promotion * attached[:2]
    promoted = staying[:2] * chance(promotion)
    # Fans cannot be promoted, so their demotion follows churn at once.
    regular_left = staying[1] * np.exp(-promotion[1])
    demoted = np.stack([regular_left, staying[2]]) * chance(world["demotion"] / attached[1:])
    acquired = first.acquisition * (1 + world["audience_growth"]) ** (week / WEEKS_PER_YEAR)

    viewers = stocks.viewers - churned
    viewers[:2] += demoted - promoted
    viewers[1:] += promoted - demoted
    viewers[0] += acquired
    return viewers, acquired, churned.sum(axis=0)
