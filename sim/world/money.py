"""Money: what an order, a viewer and a programme bring in and cost."""

from dataclasses import dataclass

from sim.declare import Vector, parameter
from sim.sets import PARTNERS


@dataclass(frozen=True, kw_only=True)
class Money:
    """Prices of everything, and the discount rate."""

    viewer_revenue: float = parameter(
        3.0,
        unit="cny_per_viewer_week",
        between=(2.5, 3.5),
        limits=(0.0, 1e6),
        status="derived",
        source="kuaishou-results",
        symbol="v_N",
        level="basic",
    )
    commission: float = parameter(
        0.0105,
        unit="share",
        between=(0.0095, 0.013),
        limits=(0.0, 1.0),
        status="derived",
        source="kuaishou-results",
        symbol="c₀",
        level="basic",
    )
    native_ads: float = parameter(
        0.025,
        unit="share",
        between=(0.015, 0.04),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="a^n",
    )
    partner_fee: Vector = parameter(
        (0.015, 0.010, 0.010),
        unit="share",
        between=(0.0, 0.05),
        limits=(0.0, 1.0),
        members=PARTNERS,
        status="assumption",
        symbol="f_p0",
        level="basic",
    )
    partner_ads: Vector = parameter(
        (0.02, 0.005, 0.005),
        unit="share",
        between=(0.0, 0.04),
        limits=(0.0, 1.0),
        members=PARTNERS,
        status="assumption",
        symbol="a_p",
    )
    returns: float = parameter(
        0.30,
        unit="share",
        between=(0.15, 0.50),
        limits=(0.0, 1.0),
        status="found",
        source="timeline",
        symbol="ν",
    )
    payout: float = parameter(
        0.5,
        unit="share",
        between=(0.2, 1.0),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="ρ^v",
    )
    care_cost: float = parameter(
        10.0,
        unit="cny_per_weighted_viewer_week",
        between=(5.0, 20.0),
        limits=(0.0, 1e6),
        status="assumption",
        symbol="k_c",
    )
    service_provider_fee: float = parameter(
        0.01,
        unit="share",
        between=(0.0, 0.03),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="k_P",
    )
    brand_cost: float = parameter(
        0.01,
        unit="share",
        between=(0.0, 0.03),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="k_B",
    )
    fixed_cost: float = parameter(
        0.0,
        unit="cny_per_week",
        limits=(0.0, 1e13),
        status="assumption",
        symbol="K",
    )
    discount_rate: float = parameter(
        0.10,
        unit="per_year",
        between=(0.06, 0.15),
        limits=(0.0, 10.0),
        status="assumption",
        symbol="r",
    )
