"""A run, week by week."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.yardstick.audience import next_minds, next_viewers
from tests.yardstick.calibration import calibrate, refuse_where
from tests.yardstick.demand import Demand, choose
from tests.yardstick.hazards import step_to
from tests.yardstick.levers import Levers, read_levers, values_over_worlds
from tests.yardstick.links import follow_moves, reachable
from tests.yardstick.money import Money, account
from tests.yardstick.parameters import WEEKS_PER_YEAR, Array, World, read_world
from tests.yardstick.stocks import Stocks, opening_stocks
from tests.yardstick.supply import next_merchants


def simulate(world: Mapping[str, Any], policy: Mapping[str, Any], weeks: int) -> dict[str, Array]:
    """Return every series of section 8 of the model page, each (weeks, n).

    A week goes: 1 links as the moves set them; 2 demand from the opening stocks; 3 money; 4 trust and habit;
    5 audience; 6 merchants; 7 data loop and programme. Nothing in 2-7 sees a stock of the next week.

    Parameters
    ----------
    world : parameter ids that differ from the defaults; scalars (n,), vectors (members, n).
    policy : lever ids; `moves` is a list of {week, surfaces, partners, openness, fee, ramp_weeks}.
    weeks : length of the run.

    Raises
    ------
    ValueError
        The page refuses one of the worlds, or a move lies before week 0.
    """
    values = read_world(world, values_over_worlds(policy))
    levers = read_levers(policy, values)
    first = calibrate(values)
    links = follow_moves(policy.get("moves") or (), values, first.link_weight, weeks)
    stocks = opening_stocks(values, first)
    season = _season(values, weeks)
    rows: list[dict[str, Array]] = []
    for week in range(weeks):
        growth = (1 + values["market_growth"]) ** (week / WEEKS_PER_YEAR)
        market = season[week] * growth
        coupon, care, fee = levers.coupon_in(week), levers.care_in(week), links.fee[week]
        quality = np.clip(
            values["quality_native"]
            + values["brand_quality"] * (stocks.brand - values["brand_share"]),
            0,
            1,
        )
        reach = reachable(links.openness[week], values["evasion"])
        demand = choose(values, first, stocks, reach=reach, fee=fee, coupon=coupon, market=market)
        money = account(values, stocks, demand, quality=quality, fee=fee, coupon=coupon, care=care)
        minds = next_minds(values, first, stocks, demand, quality=quality, care=care, week=week)
        viewers, acquired, churned = next_viewers(values, first, stocks, demand.unserved, week)
        merchants = next_merchants(
            values,
            first,
            stocks,
            pressure=links.pressure[week],
            announced=links.announced[week],
            native_gmv=money.native,
            market=market,
        )
        openness = (values["partner_split"] * links.openness[week]).sum(axis=1)
        rows.append(
            _flows(stocks, demand, money)
            | _levels(stocks)
            | {
                "openness": (first.link_weight * openness).sum(axis=0),
                "acquired": acquired,
                "churned": churned,
            }
        )
        programme = _next_programme(values, stocks, levers, money, week)
        stocks = Stocks(viewers=viewers, **minds, **merchants, **programme)
    return {name: np.stack([row[name] for row in rows]) for name in rows[0]}


def _season(world: World, weeks: int) -> Array:
    """Season index against that of week 0, (weeks, n)."""
    number = world["gmv"].shape[-1]
    table_week = np.rint(world["start_week"]).astype(int) + np.arange(weeks)[:, np.newaxis]
    index: Array = world["season"][table_week % WEEKS_PER_YEAR, np.arange(number)]
    refuse_where(index[0] <= 0, "`season` must be above 0 in the first week")
    against_first: Array = index / index[0]
    return against_first


def _next_programme(
    world: World, stocks: Stocks, levers: Levers, money: Money, week: int
) -> dict[str, Array]:
    """Data loop and programme stocks (n,) at the opening of the next week, by name."""
    started = week >= levers.programme_week

    def towards(level: Array, now: str, halflife: str) -> Array:
        return np.where(started, step_to(level, levers.target[now], world[halflife]), level)

    closed_share = money.native / (money.native + money.link.sum(axis=0))
    return {
        "data": step_to(stocks.data, closed_share, world["data_halflife"]),
        "brand": towards(stocks.brand, "brand_share", "brand_halflife"),
        "guarantee": towards(stocks.guarantee, "guarantee", "programme_halflife"),
        "service_providers": towards(
            stocks.service_providers, "service_providers", "programme_halflife"
        ),
        "commission": towards(stocks.commission, "commission", "programme_halflife"),
    }


def _flows(stocks: Stocks, demand: Demand, money: Money) -> dict[str, Array]:
    """The week's flows (n,) by series id."""
    viewers, link_gmv = stocks.viewers, money.link.sum(axis=0)
    return {
        "gmv_native": money.native,
        "gmv_external": link_gmv,
        "gmv_direct": money.direct,
        "orders_native": (viewers * demand.native).sum(axis=0),
        "orders_external": (viewers * demand.external.sum(axis=1)).sum(axis=0),
        "orders_direct": (viewers * demand.direct).sum(axis=0),
        "occasions": (viewers * demand.occasions).sum(axis=0),
        "unserved": _mean_over_viewers(demand.unserved, viewers),
        "revenue": money.revenue,
        "cost": money.cost,
        "profit": money.revenue - money.cost,
        "closed_share": money.native / (money.native + link_gmv),
    }


def _levels(stocks: Stocks) -> dict[str, Array]:
    """The stocks at the week's opening (n,) by series id."""
    viewers = stocks.viewers
    return {
        "viewers": viewers.sum(axis=0),
        "newcomers": viewers[0],
        "regulars": viewers[1],
        "fans": viewers[2],
        "streamer_trust": _mean_over_viewers(stocks.streamer_trust, viewers),
        "platform_trust": _mean_over_viewers(stocks.platform_trust, viewers),
        "external_habit": _mean_over_viewers(stocks.external_habit, viewers),
        "native_habit": _mean_over_viewers(stocks.native_habit, viewers),
        "merchants_native": stocks.merchants_native,
        "merchants_onboarding": stocks.merchants_onboarding,
        "merchants_partner": stocks.merchants_partner.sum(axis=0),
        "merchants_exited": stocks.exited.sum(axis=0),
        "merchants_migrated": stocks.migrated.sum(axis=0),
        "merchants_adapted": stocks.adapted.sum(axis=0),
        "data": stocks.data,
        "brand": stocks.brand,
        "guarantee": stocks.guarantee,
        "service_providers": stocks.service_providers,
        "commission": stocks.commission,
    }


def _mean_over_viewers(level: Array, viewers: Array) -> Array:
    mean: Array = (level * viewers).sum(axis=0) / viewers.sum(axis=0)
    return mean
