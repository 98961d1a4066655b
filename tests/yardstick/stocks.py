"""The stocks at the opening of a week."""

from dataclasses import dataclass

import numpy as np

from tests.yardstick.calibration import FirstWeek
from tests.yardstick.parameters import Array, World


@dataclass(frozen=True, kw_only=True)
class Stocks:
    """Everything that a week hands to the next.

    Attributes
    ----------
    viewers : (s, n) persons.
    streamer_trust, platform_trust, external_habit, native_habit : (s, n) in [0, 1].
    merchants_native, merchants_onboarding : (n,) merchants.
    merchants_partner, adaptable_left : (p, n) merchants.
    exited, migrated, adapted : (p, n) merchants that have left each partner so far.
    data, brand, guarantee, service_providers, commission : (n,) shares.
    """

    viewers: Array
    streamer_trust: Array
    platform_trust: Array
    external_habit: Array
    native_habit: Array
    merchants_native: Array
    merchants_onboarding: Array
    merchants_partner: Array
    adaptable_left: Array
    exited: Array
    migrated: Array
    adapted: Array
    data: Array
    brand: Array
    guarantee: Array
    service_providers: Array
    commission: Array


def opening_stocks(world: World, first: FirstWeek) -> Stocks:
    """Return the stocks at the opening of week 0."""
    none_left = np.zeros_like(world["merchants_partner"])
    return Stocks(
        viewers=first.viewers,
        streamer_trust=world["streamer_trust"],
        platform_trust=world["platform_trust"],
        external_habit=world["external_habit"],
        native_habit=world["native_habit"],
        merchants_native=world["merchants_native"],
        merchants_onboarding=np.zeros_like(world["merchants_native"]),
        merchants_partner=world["merchants_partner"],
        adaptable_left=world["adaptable"] * world["merchants_partner"],
        exited=none_left,
        migrated=none_left,
        adapted=none_left,
        data=first.closed_share,
        brand=world["brand_share"],
        guarantee=world["guarantee"],
        service_providers=world["service_providers"],
        commission=world["commission"],
    )
