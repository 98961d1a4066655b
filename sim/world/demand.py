"""Demand as it was observed in the first week, from which every utility level is inverted."""

from dataclasses import dataclass

from sim.declare import Vector, parameter
from sim.sets import PARTNERS, SURFACES, WEEKS_PER_YEAR


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What is bought, where, and what would be bought natively if the links were gone."""

    gmv: float = parameter(
        13.0e9,
        unit="cny_per_week",
        between=(12e9, 14e9),
        limits=(1.0, 1e13),
        level="basic",
        status="found",
        source="kuaishou-results",
        symbol="GMV₀",
    )
    surface_split: Vector = parameter(
        (0.85, 0.08, 0.07),
        unit="share",
        limits=(0.0, 1.0),
        members=SURFACES,
        status="assumption",
        symbol="σ_c",
        sums_to_one=True,
        level="basic",
    )
    closed_share: Vector = parameter(
        (0.90, 0.90, 0.90),
        unit="share",
        between=(0.88, 0.92),
        limits=(1e-6, 1.0),
        members=SURFACES,
        status="recalled",
        source="kuaishou-results",
        symbol="χ_c",
        level="basic",
    )
    partner_split: Vector = parameter(
        (0.13, 0.25, 0.62),
        unit="share",
        limits=(0.0, 1.0),
        members=PARTNERS,
        status="derived",
        source="youzan",
        symbol="ς_p",
        sums_to_one=True,
        level="basic",
    )
    conversion: Vector = parameter(
        (0.10, 0.04, 0.12),
        unit="share",
        spread=0.5,
        limits=(1e-6, 0.999),
        members=SURFACES,
        status="assumption",
        symbol="κ_c",
    )
    direct_share: float = parameter(
        0.004,
        unit="share",
        between=(0.001, 0.02),
        limits=(0.0, 0.999),
        status="assumption",
        symbol="d",
        level="basic",
        logarithmic=True,
    )
    diversion: float = parameter(
        0.65,
        unit="share",
        between=(0.30, 0.95),
        limits=(0.0, 1.0),
        status="derived",
        source="gmv-effect",
        symbol="ψ",
        level="basic",
    )
    order_value_native: float = parameter(
        60.0,
        unit="cny_per_order",
        between=(50.0, 136.0),
        limits=(0.01, 1e6),
        status="found",
        source="kuaishou-results",
        symbol="v^n",
    )
    order_value_partner: Vector = parameter(
        (80.0, 55.0, 50.0),
        unit="cny_per_order",
        spread=0.3,
        limits=(0.01, 1e6),
        members=PARTNERS,
        status="assumption",
        symbol="v_p",
    )
    market_growth: float = parameter(
        0.25,
        unit="per_year",
        between=(0.10, 0.40),
        limits=(-0.5, 5.0),
        status="derived",
        source="kuaishou-results",
        symbol="γ^m",
        level="basic",
    )
    season: Vector = parameter(
        (1.0,) * WEEKS_PER_YEAR,
        unit="index",
        limits=(0.01, 100.0),
        members=tuple(f"w{week:02d}" for week in range(WEEKS_PER_YEAR)),
        status="derived",
        source="kuaishou-results",
        symbol="s(t)",
    )
    start_week: int = parameter(
        0,
        unit="week",
        limits=(0, WEEKS_PER_YEAR - 1),
        status="assumption",
        whole=True,
        symbol="t₀",
    )
