"""The audience: who watches, how often they shop, and how they come, stay, rise and leave."""

from dataclasses import dataclass

from sim.declare import Vector, parameter
from sim.sets import DEMOTABLE, SEGMENTS


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Viewers by segment and what moves them between segments."""

    viewers: float = parameter(
        430e6,
        unit="persons",
        between=(380e6, 500e6),
        limits=(1.0, 1e10),
        level="basic",
        status="derived",
        source="kuaishou-results",
        symbol="N",
    )
    segment_share: Vector = parameter(
        (0.30, 0.45, 0.25),
        unit="share",
        limits=(0.0, 1.0),
        members=SEGMENTS,
        status="assumption",
        symbol="N_s/N",
        sums_to_one=True,
    )
    shopping_intensity: Vector = parameter(
        (0.15, 0.45, 1.0),
        unit="index",
        limits=(0.0, 1000.0),
        members=SEGMENTS,
        status="assumption",
        symbol="i_s",
    )
    conversion_index: Vector = parameter(
        (0.6, 1.0, 1.25),
        unit="index",
        limits=(0.0, 100.0),
        members=SEGMENTS,
        status="assumption",
        symbol="ĉ_s",
    )
    churn: Vector = parameter(
        (0.060, 0.012, 0.004),
        unit="hazard",
        spread=0.5,
        limits=(0.0, 5.0),
        members=SEGMENTS,
        status="assumption",
        symbol="h^c_s",
    )
    demotion: Vector = parameter(
        (0.006, 0.008),
        unit="hazard",
        spread=0.5,
        limits=(0.0, 5.0),
        members=DEMOTABLE,
        status="assumption",
        symbol="h^d_s",
    )
    audience_growth: float = parameter(
        0.10,
        unit="per_year",
        between=(0.06, 0.18),
        limits=(-0.5, 5.0),
        level="basic",
        status="found",
        source="kuaishou-results",
        symbol="γ",
    )
