"""What moves a buyer between the native shop, a link, going round the platform, and not buying."""

from dataclasses import dataclass

from sim.declare import Vector, parameter
from sim.sets import SURFACES


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Utility effects of the nested logit, in logit units unless the unit says otherwise."""

    streamer_trust_effect: Vector = parameter(
        (1.5, 0.8, 0.3),
        unit="logit",
        spread=0.5,
        limits=(0.0, 20.0),
        members=SURFACES,
        status="assumption",
        symbol="β^T_c",
    )
    platform_trust_effect: Vector = parameter(
        (0.5, 0.5, 0.8),
        unit="logit",
        spread=0.5,
        limits=(0.0, 20.0),
        members=SURFACES,
        status="assumption",
        symbol="β^G_c",
    )
    trust_carryover: float = parameter(
        0.8,
        unit="share",
        between=(0.4, 1.0),
        limits=(0.0, 1.0),
        status="assumption",
        symbol="τ",
    )
    native_habit_effect: float = parameter(
        0.4,
        unit="logit",
        between=(0.1, 0.8),
        limits=(0.0, 20.0),
        status="assumption",
        symbol="β^Hn",
    )
    external_habit_effect: float = parameter(
        0.2,
        unit="logit",
        between=(0.0, 0.5),
        limits=(0.0, 20.0),
        status="assumption",
        symbol="β^He",
    )
    direct_habit_effect: float = parameter(
        2.0,
        unit="logit",
        between=(0.5, 4.0),
        limits=(0.0, 50.0),
        status="assumption",
        symbol="δ^H",
    )
    direct_trust_effect: float = parameter(
        1.5,
        unit="logit",
        between=(0.0, 4.0),
        limits=(0.0, 50.0),
        status="assumption",
        source="gu-zhu-2021",
        symbol="δ^T",
    )
    direct_trust_threshold: float = parameter(
        0.65,
        unit="trust",
        between=(0.5, 0.8),
        limits=(0.0, 1.0),
        status="assumption",
        source="gu-zhu-2021",
        symbol="θ",
    )
    direct_guarantee_effect: float = parameter(
        0.5,
        unit="logit",
        between=(0.0, 1.5),
        limits=(0.0, 50.0),
        status="assumption",
        source="casner-2024",
        symbol="δ^G",
    )
    assortment_elasticity: Vector = parameter(
        (0.10, 0.15, 0.30),
        unit="logit_per_log",
        between=(-0.05, 0.4),
        limits=(-1.0, 2.0),
        members=SURFACES,
        status="assumption",
        source="assortment",
        symbol="β^M_c",
    )
    data_loop_effect: float = parameter(
        0.1,
        unit="logit",
        between=(0.0, 0.4),
        limits=(0.0, 20.0),
        status="assumption",
        symbol="β^D",
    )
    coupon_effect: float = parameter(
        4.0,
        unit="logit_per_full_discount",
        between=(2.0, 8.0),
        limits=(0.0, 50.0),
        status="assumption",
        symbol="β^q",
    )
    guarantee_effect: float = parameter(
        0.08,
        unit="logit_per_full_coverage",
        between=(0.03, 0.20),
        limits=(0.0, 20.0),
        status="found",
        source="hui-2016",
        symbol="β^g",
    )
    fee_effect: float = parameter(
        6.0,
        unit="logit_per_unit_fee",
        between=(2.0, 12.0),
        limits=(0.0, 100.0),
        status="assumption",
        source="hagiu-wright-2024",
        symbol="β^f",
    )
    commission_leakage: float = parameter(
        14.0,
        unit="logit_per_unit_commission",
        between=(5.0, 20.0),
        limits=(0.0, 100.0),
        status="found",
        source="xie-zhu",
        symbol="δ^c",
    )
    evasion: float = parameter(
        0.05,
        unit="share",
        between=(0.0, 0.15),
        limits=(0.0, 1.0),
        status="derived",
        source="article",
        symbol="ε",
        level="basic",
    )
