"""Merchants: native ones, those reached through a partner, and how pressure moves them."""

from dataclasses import dataclass

from sim.declare import Vector, parameter
from sim.sets import PARTNERS


@dataclass(frozen=True, kw_only=True)
class Supply:
    """Merchant stocks, migration, adaptation, exit, brands and service providers."""

    merchants_native: float = parameter(
        1.0e6,
        unit="merchants",
        limits=(1.0, 1e10),
        status="assumption",
        symbol="Mn₀",
    )
    merchants_partner: Vector = parameter(
        (50e3, 90e3, 160e3),
        unit="merchants",
        limits=(0.0, 1e10),
        members=PARTNERS,
        status="assumption",
        symbol="M_p0",
    )
    multihoming: float = parameter(
        0.3,
        unit="share",
        between=(0.1, 0.6),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="m",
    )
    merchant_entry: float = parameter(
        0.004,
        unit="hazard",
        between=(0.001, 0.01),
        limits=(0.0, 5.0),
        status="assumption",
        symbol="h^e",
        logarithmic=True,
    )
    entry_elasticity: float = parameter(
        0.5,
        unit="elasticity",
        between=(0.0, 1.0),
        limits=(0.0, 10.0),
        status="assumption",
        symbol="ε^e",
    )
    entry_commission: float = parameter(
        8.0,
        unit="log_per_unit_commission",
        between=(2.0, 15.0),
        limits=(0.0, 100.0),
        status="assumption",
        symbol="ε^c",
    )
    drift_migration: float = parameter(
        0.004,
        unit="hazard",
        between=(0.0, 0.01),
        limits=(0.0, 5.0),
        status="derived",
        source="kuaishou-results",
        symbol="h^m₀",
    )
    pressure_migration: float = parameter(
        0.15,
        unit="hazard",
        between=(0.05, 0.7),
        limits=(0.0, 50.0),
        status="assumption",
        symbol="h^m",
        logarithmic=True,
        level="basic",
    )
    pressure_exit: float = parameter(
        0.02,
        unit="hazard",
        between=(0.002, 0.1),
        limits=(0.0, 50.0),
        status="assumption",
        symbol="h^x",
        logarithmic=True,
    )
    anticipation: float = parameter(
        0.3,
        unit="share",
        between=(0.0, 1.0),
        limits=(0.0, 1.0),
        status="derived",
        source="timeline",
        symbol="α",
    )
    notice_weeks: int = parameter(
        4,
        unit="weeks",
        between=(0, 26),
        limits=(0, 104),
        status="found",
        source="timeline",
        whole=True,
        symbol="w_n",
        level="basic",
    )
    fee_pressure: float = parameter(
        2.0,
        unit="per_unit_fee",
        between=(0.0, 5.0),
        limits=(0.0, 100.0),
        status="assumption",
        symbol="φ",
    )
    adaptable: Vector = parameter(
        (0.0, 0.0, 0.95),
        unit="share",
        between=(0.0, 1.0),
        limits=(0.0, 1.0),
        members=PARTNERS,
        status="found",
        source="article",
        symbol="A_p",
        level="basic",
    )
    adaptation: float = parameter(
        2.0,
        unit="hazard",
        between=(0.3, 5.0),
        limits=(0.0, 100.0),
        status="found",
        source="article",
        symbol="h^a",
    )
    onboarding_weeks: float = parameter(
        4.0,
        unit="weeks",
        between=(1.0, 12.0),
        limits=(0.1, 1e6),
        status="assumption",
        symbol="w_o",
    )
    data_halflife: float = parameter(
        26.0,
        unit="weeks",
        between=(8.0, 52.0),
        limits=(0.05, 1e9),
        status="assumption",
        symbol="h_D",
    )
    brand_share: float = parameter(
        0.15,
        unit="share",
        between=(0.08, 0.30),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="B₀",
        level="basic",
    )
    brand_halflife: float = parameter(
        26.0,
        unit="weeks",
        between=(8.0, 52.0),
        limits=(0.05, 1e9),
        status="assumption",
        symbol="h_B",
    )
    brand_order_value: float = parameter(
        0.5,
        unit="per_unit_share",
        between=(0.0, 1.0),
        limits=(-1.0, 1.0),
        status="assumption",
        symbol="b_v",
    )
    brand_quality: float = parameter(
        0.02,
        unit="per_unit_share",
        between=(0.0, 0.05),
        limits=(-1.0, 1.0),
        status="assumption",
        symbol="b_q",
    )
    service_providers: float = parameter(
        0.30,
        unit="share",
        between=(0.2, 0.5),
        limits=(0.0, 1.0),
        status="found",
        source="article",
        symbol="P₀",
        level="basic",
    )
    service_provider_migration: float = parameter(
        1.0,
        unit="per_unit_share",
        between=(0.0, 2.0),
        limits=(0.0, 50.0),
        status="assumption",
        symbol="p_m",
    )
    service_provider_speed: float = parameter(
        1.0,
        unit="per_unit_share",
        between=(0.0, 2.0),
        limits=(0.0, 50.0),
        status="assumption",
        symbol="p_s",
    )
    programme_halflife: float = parameter(
        6.0,
        unit="weeks",
        between=(2.0, 13.0),
        limits=(0.05, 1e9),
        status="assumption",
        symbol="h_P",
    )
