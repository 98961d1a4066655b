"""The weekly series a run gives, each with its unit and what kind of number it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["flow", "stock", "share"]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One weekly series: flows of the week, or stocks and shares at its opening."""

    id: str
    unit: str
    kind: Kind


def _table(entries: Mapping[str, tuple[str, Kind]]) -> Mapping[str, Series]:
    return MappingProxyType(
        {name: Series(id=name, unit=unit, kind=kind) for name, (unit, kind) in entries.items()}
    )


SERIES: Final = _table(
    {
        "gmv_native": ("cny_per_week", "flow"),
        "gmv_external": ("cny_per_week", "flow"),
        "gmv_direct": ("cny_per_week", "flow"),
        "orders_native": ("orders_per_week", "flow"),
        "orders_external": ("orders_per_week", "flow"),
        "orders_direct": ("orders_per_week", "flow"),
        "occasions": ("occasions_per_week", "flow"),
        "unserved": ("share", "share"),
        "revenue": ("cny_per_week", "flow"),
        "cost": ("cny_per_week", "flow"),
        "profit": ("cny_per_week", "flow"),
        "viewers": ("persons", "stock"),
        "newcomers": ("persons", "stock"),
        "regulars": ("persons", "stock"),
        "fans": ("persons", "stock"),
        "streamer_trust": ("trust", "share"),
        "platform_trust": ("trust", "share"),
        "external_habit": ("share", "share"),
        "native_habit": ("share", "share"),
        "merchants_native": ("merchants", "stock"),
        "merchants_onboarding": ("merchants", "stock"),
        "merchants_partner": ("merchants", "stock"),
        "merchants_exited": ("merchants", "stock"),
        "merchants_migrated": ("merchants", "stock"),
        "merchants_adapted": ("merchants", "stock"),
        "closed_share": ("share", "share"),
        "openness": ("share", "share"),
        "data": ("share", "share"),
        "brand": ("share", "share"),
        "guarantee": ("share", "share"),
        "service_providers": ("share", "share"),
        "commission": ("share", "share"),
        "acquired": ("persons_per_week", "flow"),
        "churned": ("persons_per_week", "flow"),
    }
)
