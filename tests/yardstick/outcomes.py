"""What a scenario changes against its paired run: the end of section 8 of the model page."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.yardstick.parameters import WEEKS_PER_YEAR, Array, read_world

RELATIVE_NOISE = 1e-12


def outcomes(
    scenario: Mapping[str, Array], reference: Mapping[str, Array], world: Mapping[str, Any]
) -> dict[str, Array]:
    """Return the outcomes, each (n,).

    Returns
    -------
    gmv_change, profit_change, npv_change : CNY, scenario minus reference, summed over the weeks.
    payback_week : week, see `_payback_week`. dip_depth : share of the reference's GMV in the worst week.
    dip_weeks : weeks below the reference. closed_share, leakage_rate : share of GMV in the last week.
    viewers_kept, fans_kept : persons in the last week, scenario minus reference.
    """
    discount_rate = read_world(world)["discount_rate"]
    gmv, gmv_reference = (run["gmv_native"] + run["gmv_external"] for run in (scenario, reference))
    profit, profit_reference = scenario["profit"], reference["profit"]
    years = np.arange(len(profit))[:, np.newaxis] / WEEKS_PER_YEAR
    discount = (1 + discount_rate) ** -years

    shortfall = (gmv_reference - gmv) / gmv_reference
    leaked = scenario["gmv_external"][-1] + scenario["gmv_direct"][-1]
    return {
        "gmv_change": gmv.sum(axis=0) - gmv_reference.sum(axis=0),
        "profit_change": profit.sum(axis=0) - profit_reference.sum(axis=0),
        "npv_change": (profit * discount).sum(axis=0) - (profit_reference * discount).sum(axis=0),
        "payback_week": _payback_week(profit, profit_reference),
        "dip_depth": np.maximum(shortfall.max(axis=0), 0),
        "dip_weeks": (shortfall > RELATIVE_NOISE).sum(axis=0).astype(np.float64),
        "closed_share": scenario["closed_share"][-1],
        "leakage_rate": leaked / (scenario["gmv_native"][-1] + leaked),
        "viewers_kept": scenario["viewers"][-1] - reference["viewers"][-1],
        "fans_kept": scenario["fans"][-1] - reference["fans"][-1],
    }


def _payback_week(profit: Array, profit_reference: Array) -> Array:
    """First week (n,) from which cumulative profit stays at or above the paired run's.

    0 where it is never below, nan where it ends below.
    """
    weeks = len(profit)
    below = np.cumsum(profit, axis=0) < np.cumsum(profit_reference, axis=0)
    # The last week below is the first one met from the end.
    after_last_below = weeks - np.argmax(below[::-1], axis=0)
    payback = np.where(below.any(axis=0), after_last_below, 0).astype(np.float64)
    return np.where(below[-1], np.nan, payback)
