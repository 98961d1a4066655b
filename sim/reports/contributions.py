"""Where a change in profit comes from: an exact account of it, item by item."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.analyses.compare import Comparison, Run
from sim.metrics import Floats


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """One item of the account, in CNY over the horizon: positive where it raises profit."""

    item: str
    amount: float


def contributions(comparison: Comparison) -> tuple[Contribution, ...]:
    """The items that add up to the change in profit, largest gain first, CNY over the horizon.

    ``viewers``: gifts and advertising of viewers kept or lost. ``diverted``: commission and
    advertising of own-shop orders that links no longer take; ``returned``: of those that no longer
    go round the platform; ``demand``: of all other own-shop orders won or lost. ``commission``: the
    changed rate on all own-shop GMV. ``link_income``: fees and advertising of links. The rest are
    costs. Own-shop GMV is put down to links first, which is an order of booking and no proof.
    """
    run, reference = comparison.run, comparison.reference
    found = _income(run, reference) | _costs(run, reference)
    ordered = sorted(found.items(), key=lambda item: -item[1])
    return tuple(Contribution(item=item, amount=amount) for item, amount in ordered)


def _rate(run: Run) -> Floats:
    """What the platform earns per CNY of own-shop GMV, by week."""
    money = run.scenario.world.money
    return (1 - money.returns) * run.series["commission"] + money.native_ads


def _viewer_income(run: Run) -> Floats:
    return run.series["viewers"] * run.scenario.world.money.viewer_revenue


def _link_income(run: Run) -> Floats:
    own_shop = run.series["gmv_native"] * _rate(run)
    return run.series["revenue"] - own_shop - _viewer_income(run)


def _income(run: Run, reference: Run) -> dict[str, float]:
    now, before = run.series, reference.series
    native = now["gmv_native"] - before["gmv_native"]
    room = np.maximum(native, 0.0)
    diverted = np.minimum(np.maximum(before["gmv_external"] - now["gmv_external"], 0.0), room)
    returned = np.minimum(
        np.maximum(before["gmv_direct"] - now["gmv_direct"], 0.0), room - diverted
    )
    rate = _rate(reference)
    return {
        "viewers": float(np.sum(_viewer_income(run) - _viewer_income(reference))),
        "diverted": float(np.sum(diverted * rate)),
        "returned": float(np.sum(returned * rate)),
        "demand": float(np.sum((native - diverted - returned) * rate)),
        "commission": float(np.sum(now["gmv_native"] * (_rate(run) - rate))),
        "link_income": float(np.sum(_link_income(run) - _link_income(reference))),
    }


def _costs(run: Run, reference: Run) -> dict[str, float]:
    now, before = _cost_items(run), _cost_items(reference)
    return {item: float(np.sum(before[item] - now[item])) for item in now}


def _cost_items(run: Run) -> Mapping[str, Floats]:
    """Each kind of cost by week; what the programmes do not explain are remedies and fixed cost."""
    series, policy, world = run.series, run.scenario.policy, run.scenario.world
    gmv = series["gmv_native"]
    since = np.arange(len(gmv)) - policy.programme_week
    helped = np.maximum(series["service_providers"] - world.supply.service_providers, 0.0)
    branded = np.maximum(series["brand"] - world.supply.brand_share, 0.0)
    reached = 0.1 * series["newcomers"] + 0.5 * series["regulars"] + series["fans"]
    costs = {
        "service_providers": gmv * world.money.service_provider_fee * helped,
        "brand": gmv * world.money.brand_cost * branded,
        "coupon": gmv * policy.coupon * ((since >= 0) & (since < policy.coupon_weeks)),
        "care": policy.care * world.money.care_cost * reached * (since >= 0),
    }
    costs["remedies"] = series["cost"] - sum(costs.values())
    return costs
