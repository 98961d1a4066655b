"""World parameters at their defaults, and worlds laid out as arrays.

Every array of the yardstick ends in an axis of worlds, so that a sum over segments, surfaces or partners is
a sum over a leading axis and two worlds never meet. Letters in the docstrings: ``s`` segments, ``c``
surfaces, ``p`` partners, ``n`` worlds.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
World = Mapping[str, Array]

SURFACES = ("live", "video", "shelf")
PARTNERS = ("marketplace", "saas", "adapter")
WEEKS_PER_YEAR = 52

DEFAULTS: dict[str, float | list[float]] = {
    # audience
    "viewers": 430e6,
    "segment_share": [0.30, 0.45, 0.25],
    "shopping_intensity": [0.15, 0.45, 1.0],
    "conversion_index": [0.6, 1.0, 1.25],
    "churn": [0.060, 0.012, 0.004],
    "demotion": [0.006, 0.008],
    "audience_growth": 0.10,
    # demand observed in the first week
    "gmv": 13.0e9,
    "surface_split": [0.85, 0.08, 0.07],
    "closed_share": [0.90, 0.90, 0.90],
    "partner_split": [0.13, 0.25, 0.62],
    "conversion": [0.10, 0.04, 0.12],
    "direct_share": 0.004,
    "diversion": 0.65,
    "order_value_native": 60.0,
    "order_value_partner": [80.0, 55.0, 50.0],
    "market_growth": 0.25,
    "season": [1.0] * WEEKS_PER_YEAR,
    "start_week": 0.0,
    # choice
    "streamer_trust_effect": [1.5, 0.8, 0.3],
    "platform_trust_effect": [0.5, 0.5, 0.8],
    "trust_carryover": 0.8,
    "native_habit_effect": 0.4,
    "external_habit_effect": 0.2,
    "direct_habit_effect": 2.0,
    "direct_trust_effect": 1.5,
    "direct_trust_threshold": 0.65,
    "direct_guarantee_effect": 0.5,
    "assortment_elasticity": [0.10, 0.15, 0.30],
    "data_loop_effect": 0.1,
    "coupon_effect": 4.0,
    "guarantee_effect": 0.08,
    "fee_effect": 6.0,
    "commission_leakage": 14.0,
    "evasion": 0.05,
    # trust
    "streamer_trust": [0.45, 0.60, 0.75],
    "streamer_trust_halflife": 26.0,
    "platform_trust": [0.50, 0.60, 0.65],
    "platform_trust_halflife": 26.0,
    "quality_native": 0.965,
    "quality_partner": [0.95, 0.93, 0.94],
    "blame": 0.3,
    "guarantee": 0.70,
    "remedy": 0.70,
    "backlash": 0.02,
    "crisis_week": -1.0,
    "crisis_size": 0.0,
    # habit
    "external_habit": [0.10, 0.12, 0.10],
    "external_habit_longrun": 0.20,
    "external_habit_halflife": 13.0,
    "native_habit": [0.15, 0.30, 0.50],
    "native_habit_halflife": 13.0,
    # retention
    "churn_trust": 0.4,
    "churn_native_habit": 0.2,
    "churn_external_habit": 0.3,
    "churn_unserved": 0.3,
    # supply
    "merchants_native": 1.0e6,
    "merchants_partner": [50e3, 90e3, 160e3],
    "multihoming": 0.3,
    "merchant_entry": 0.004,
    "entry_elasticity": 0.5,
    "entry_commission": 8.0,
    "drift_migration": 0.004,
    "pressure_migration": 0.15,
    "pressure_exit": 0.02,
    "anticipation": 0.3,
    "notice_weeks": 4.0,
    "fee_pressure": 2.0,
    "adaptable": [0.0, 0.0, 0.95],
    "adaptation": 2.0,
    "onboarding_weeks": 4.0,
    "data_halflife": 26.0,
    "brand_share": 0.15,
    "brand_halflife": 26.0,
    "brand_order_value": 0.5,
    "brand_quality": 0.02,
    "service_providers": 0.30,
    "service_provider_migration": 1.0,
    "service_provider_speed": 1.0,
    "programme_halflife": 6.0,
    # money
    "viewer_revenue": 3.0,
    "commission": 0.0105,
    "native_ads": 0.025,
    "partner_fee": [0.015, 0.010, 0.010],
    "partner_ads": [0.02, 0.005, 0.005],
    "returns": 0.30,
    "payout": 0.5,
    "care_cost": 10.0,
    "service_provider_fee": 0.01,
    "brand_cost": 0.01,
    "fixed_cost": 0.0,
    "discount_rate": 0.10,
}


def read_world(world: Mapping[str, Any], others: Sequence[Any] = ()) -> dict[str, Array]:
    """Return every parameter with a trailing axis of worlds: scalars (n,), vectors (members, n).

    Parameters
    ----------
    world : parameter ids that differ from ``DEFAULTS``; a vector may also come as one list of members,
        which then holds in every world.
    others : further values over worlds (levers) that take part in finding n.

    Raises
    ------
    ValueError
        An unknown id, or lengths that do not agree.
    """
    unknown = sorted(set(world) - set(DEFAULTS))
    if unknown:
        raise ValueError(f"unknown world parameters: {', '.join(unknown)}")
    laid_out = {
        name: _with_world_axis(name, world.get(name, default), default)
        for name, default in DEFAULTS.items()
    }
    lengths = {value.shape[-1] for value in laid_out.values()}
    lengths |= {np.asarray(value).shape[-1] for value in others if np.ndim(value) > 0}
    number = max(lengths)
    if not lengths <= {1, number}:
        raise ValueError(f"numbers of worlds do not agree: {sorted(lengths)}")
    return {
        name: np.broadcast_to(value, (*value.shape[:-1], number))
        for name, value in laid_out.items()
    }


def _with_world_axis(name: str, value: Any, default: float | list[float]) -> Array:
    array = np.asarray(value, dtype=np.float64)
    if not isinstance(default, list):
        if array.ndim > 1:
            raise ValueError(f"`{name}` is one number per world; got shape {array.shape}")
        return np.atleast_1d(array)
    if array.ndim < 2:
        array = array[..., np.newaxis]
    members = len(default)
    if array.ndim == 2 and array.shape[0] != members:
        raise ValueError(f"`{name}` has {members} members; got shape {array.shape}")
    return np.broadcast_to(array, (members, array.shape[-1]))
