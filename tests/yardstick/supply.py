"""Merchants: section 6 of the model page."""

import numpy as np

from tests.yardstick.calibration import FirstWeek
from tests.yardstick.hazards import chance, competing_flows
from tests.yardstick.parameters import Array, World
from tests.yardstick.stocks import Stocks


def next_merchants(
    world: World,
    first: FirstWeek,
    stocks: Stocks,
    *,
    pressure: Array,
    announced: Array,
    native_gmv: Array,
    market: Array,
) -> dict[str, Array]:
    """Return the merchant stocks at the opening of the next week, by name.

    Parameters
    ----------
    pressure, announced : (p, n) in [0, 1]. native_gmv : (n,) CNY. market : (n,) season and market growth.
    """
    more_providers = np.maximum(stocks.service_providers - world["service_providers"], 0)
    migrated, adapted, exited = _leave(world, stocks, pressure, announced, more_providers)
    new_here = 1 - world["multihoming"]

    end_of_onboarding = (1 + world["service_provider_speed"] * more_providers) / world[
        "onboarding_weeks"
    ]
    onboarded = stocks.merchants_onboarding * chance(end_of_onboarding)
    per_merchant = (native_gmv / stocks.merchants_native) / (
        first.native_gmv / world["merchants_native"]
    )
    entry = (
        world["merchant_entry"]
        * (per_merchant / market) ** world["entry_elasticity"]
        * np.exp(-world["entry_commission"] * (stocks.commission - world["commission"]))
    )
    turnover = stocks.merchants_native * (chance(entry) - chance(world["merchant_entry"]))
    return {
        "merchants_native": stocks.merchants_native
        + turnover
        + onboarded
        + new_here * adapted.sum(axis=0),
        "merchants_onboarding": stocks.merchants_onboarding
        - onboarded
        + new_here * migrated.sum(axis=0),
        "merchants_partner": np.maximum(
            stocks.merchants_partner - (migrated + adapted + exited), 0
        ),
        "adaptable_left": stocks.adaptable_left - adapted,
        "exited": stocks.exited + exited,
        "migrated": stocks.migrated + migrated,
        "adapted": stocks.adapted + adapted,
    }


def _leave(
    world: World, stocks: Stocks, pressure: Array, announced: Array, more_providers: Array
) -> tuple[Array, Array, Array]:
    """Merchants (p, n) who migrate, adapt and exit in the week."""
    there, left = stocks.merchants_partner, stocks.adaptable_left
    eased = 1 + world["service_provider_migration"] * more_providers
    migrate = (world["drift_migration"] + world["pressure_migration"] * announced) * eased
    # min(1, left / there), written so that a partner all but deserted does not overflow.
    larger = np.maximum(left, there)
    can_adapt = np.where(there > 0, left / np.where(larger > 0, larger, 1.0), 0.0)
    adapt = world["adaptation"] * pressure * can_adapt
    leave = world["pressure_exit"] * pressure
    migrated, adapted, exited = competing_flows(there, np.stack([migrate, adapt, leave]))
    # What the hazard would take beyond the adaptable stays with the partner.
    return migrated, np.minimum(adapted, left), exited
