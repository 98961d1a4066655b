"""The policy: what we do. Moves on links, and the programmes of trust, brands and service providers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from sim.declare import Declaration, declarations_of, parameter

# Levers whose None means "as now", each with the parameter of the world that says how it is now.
TARGETS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "guarantee_target": "guarantee",
        "brand_target": "brand_share",
        "service_provider_target": "service_providers",
        "commission_target": "commission",
    }
)


@dataclass(frozen=True, kw_only=True)
class Move:
    """One move on links: from ``week`` on, the named cells go to ``openness`` and/or ``fee``.

    The way there takes ``ramp_weeks``. A fee belongs to the partner, whatever surfaces are named.
    """

    week: int = parameter(
        0,
        unit="week",
        limits=(0, 5200),
        between=(0, 104),
        status="assumption",
        role="lever",
        whole=True,
        level="basic",
    )
    surfaces: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    openness: float | None = parameter(
        None,
        unit="share",
        limits=(0.0, 1.0),
        between=(0.0, 1.0),
        status="assumption",
        role="lever",
        level="basic",
    )
    fee: float | None = parameter(
        None,
        unit="share",
        limits=(0.0, 1.0),
        between=(0.0, 0.5),
        status="assumption",
        role="lever",
        level="basic",
    )
    ramp_weeks: int = parameter(
        1,
        unit="weeks",
        limits=(0, 520),
        between=(0, 26),
        status="assumption",
        role="lever",
        whole=True,
        level="basic",
    )


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The levers of a scenario. A target of ``None`` means "as now"."""

    moves: tuple[Move, ...] = ()
    programme_week: int = parameter(
        26,
        unit="week",
        limits=(0, 5200),
        between=(0, 104),
        status="assumption",
        role="lever",
        whole=True,
        level="basic",
    )
    guarantee_target: float | None = parameter(
        None,
        unit="share",
        limits=(0.0, 1.0),
        between=(0.0, 1.0),
        status="assumption",
        role="lever",
        level="basic",
    )
    care: float = parameter(
        0.0,
        unit="hazard",
        limits=(0.0, 10.0),
        between=(0.0, 0.05),
        status="assumption",
        role="lever",
        level="basic",
    )
    brand_target: float | None = parameter(
        None,
        unit="share",
        limits=(0.0, 1.0),
        between=(0.0, 1.0),
        status="assumption",
        role="lever",
        level="basic",
    )
    service_provider_target: float | None = parameter(
        None,
        unit="share",
        limits=(0.0, 1.0),
        between=(0.0, 1.0),
        status="assumption",
        role="lever",
        level="basic",
    )
    commission_target: float | None = parameter(
        None,
        unit="share",
        limits=(0.0, 1.0),
        between=(0.0, 0.1),
        status="assumption",
        role="lever",
        level="basic",
    )
    coupon: float = parameter(
        0.0,
        unit="share",
        limits=(0.0, 1.0),
        between=(0.0, 0.3),
        status="assumption",
        role="lever",
        level="basic",
    )
    coupon_weeks: int = parameter(
        0,
        unit="weeks",
        limits=(0, 5200),
        between=(0, 52),
        status="assumption",
        role="lever",
        whole=True,
        level="basic",
    )


@cache
def policy_declarations() -> Mapping[str, Declaration]:
    """Every lever by id, moves apart."""
    return MappingProxyType({each.id: each for each in declarations_of(Policy, "policy")})


@cache
def move_declarations() -> Mapping[str, Declaration]:
    """The numbers of a move by id."""
    return MappingProxyType({each.id: each for each in declarations_of(Move, "move")})


def has_programmes(policy: Policy) -> bool:
    """Whether any lever beside the moves is set so that it can act at all."""
    targets = any(getattr(policy, name) is not None for name in TARGETS)
    return targets or policy.care > 0 or (policy.coupon > 0 and policy.coupon_weeks > 0)
