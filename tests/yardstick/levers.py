"""The policy of a scenario, laid out over worlds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests.yardstick.parameters import Array, World

KNOWN = frozenset(
    {
        "moves",
        "programme_week",
        "guarantee_target",
        "care",
        "brand_target",
        "service_provider_target",
    }
    | {"commission_target", "coupon", "coupon_weeks"}
)
TARGETS = {
    "guarantee": "guarantee_target",
    "brand_share": "brand_target",
    "service_providers": "service_provider_target",
    "commission": "commission_target",
}


@dataclass(frozen=True, kw_only=True)
class Levers:
    """Levers over worlds, each (n,); `target` is keyed by the parameter that says where it is now."""

    programme_week: Array
    care: Array
    coupon: Array
    coupon_weeks: Array
    target: Mapping[str, Array]

    def care_in(self, week: int) -> Array:
        """Hazard of trust gained in the week (n,)."""
        return np.where(week >= self.programme_week, self.care, 0.0)

    def coupon_in(self, week: int) -> Array:
        """Share off native orders in the week (n,)."""
        runs = (week >= self.programme_week) & (week < self.programme_week + self.coupon_weeks)
        return np.where(runs, self.coupon, 0.0)


def values_over_worlds(policy: Mapping[str, Any]) -> Sequence[Any]:
    """Every value of the policy that may come as one number per world."""
    moved = [move.get(name) for move in policy.get("moves") or () for name in ("openness", "fee")]
    return [value for name, value in policy.items() if name != "moves"] + moved


def read_levers(policy: Mapping[str, Any], world: World) -> Levers:
    """Return the levers over the worlds; what is missing or None stays as now."""
    unknown = sorted(set(policy) - KNOWN)
    if unknown:
        raise ValueError(f"unknown levers: {', '.join(unknown)}")

    def lever(name: str, now: Any) -> Array:
        value = policy.get(name)
        given = np.asarray(now if value is None else value, dtype=np.float64)
        return np.broadcast_to(given, world["gmv"].shape)

    return Levers(
        programme_week=lever("programme_week", 26),
        care=lever("care", 0),
        coupon=lever("coupon", 0),
        coupon_weeks=lever("coupon_weeks", 0),
        target={now: lever(name, world[now]) for now, name in TARGETS.items()},
    )
