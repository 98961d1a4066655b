"""Trust in streamers and in the platform, the guarantee behind it, and what an order does to both."""

from dataclasses import dataclass

from sim.declare import Vector, parameter
from sim.sets import PARTNERS, SEGMENTS


@dataclass(frozen=True, kw_only=True)
class Trust:
    """People trust people, and people trust the guarantee."""

    streamer_trust: Vector = parameter(
        (0.45, 0.60, 0.75),
        unit="trust",
        limits=(0.0, 1.0),
        members=SEGMENTS,
        status="assumption",
        symbol="T_s0",
    )
    streamer_trust_halflife: float = parameter(
        26.0,
        unit="weeks",
        between=(8.0, 52.0),
        limits=(0.05, 1e9),
        status="assumption",
        symbol="h_T",
    )
    platform_trust: Vector = parameter(
        (0.50, 0.60, 0.65),
        unit="trust",
        limits=(0.0, 1.0),
        members=SEGMENTS,
        status="assumption",
        symbol="G_s0",
    )
    platform_trust_halflife: float = parameter(
        26.0,
        unit="weeks",
        between=(8.0, 52.0),
        limits=(0.05, 1e9),
        status="assumption",
        symbol="h_G",
    )
    quality_native: float = parameter(
        0.965,
        unit="share",
        between=(0.94, 0.99),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="q",
        level="basic",
    )
    quality_partner: Vector = parameter(
        (0.95, 0.93, 0.94),
        unit="share",
        between=(0.90, 0.98),
        limits=(0.0, 1.0),
        members=PARTNERS,
        status="assumption",
        symbol="q_p",
    )
    blame: float = parameter(
        0.3,
        unit="share",
        between=(0.0, 1.0),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="β^x",
    )
    guarantee: float = parameter(
        0.70,
        unit="share",
        between=(0.5, 0.98),
        limits=(0.0, 1.0),
        status="found",
        source="article",
        symbol="g₀",
        level="basic",
    )
    remedy: float = parameter(
        0.70,
        unit="share",
        between=(0.4, 0.95),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="ρ",
    )
    backlash: float = parameter(
        0.02,
        unit="hazard",
        between=(0.0, 0.1),
        limits=(0.0, 10.0),
        status="assumption",
        symbol="β^u",
    )
    crisis_week: int = parameter(
        -1,
        unit="week",
        limits=(-1, 5200),
        status="assumption",
        whole=True,
        symbol="t_k",
    )
    crisis_size: float = parameter(
        0.0,
        unit="share",
        limits=(0.0, 1.0),
        status="assumption",
        symbol="k",
    )
