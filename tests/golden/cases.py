"""The scenarios whose results are stored, and what is stored of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sim.analyses.compare import compare
from sim.policy import Move, Policy
from sim.scenario import Scenario
from sim.sets import PARTNERS, SURFACES
from sim.world import World

FOLDER: Final = Path(__file__).resolve().parent
EVERY: Final = 13
SERIES: Final = (
    "gmv_native",
    "gmv_external",
    "gmv_direct",
    "profit",
    "fans",
    "streamer_trust",
    "external_habit",
    "merchants_native",
)
_CUT: Final = Move(week=19, surfaces=("live",), partners=("saas", "adapter"), openness=0.0)
_PROGRAMME: Final[dict[str, Any]] = {
    "programme_week": 20,
    "guarantee_target": 0.95,
    "care": 0.01,
    "brand_target": 0.3,
    "service_provider_target": 0.5,
    "commission_target": 0.012,
    "coupon": 0.05,
    "coupon_weeks": 8,
}
_ELSEWHERE: Final[dict[str, Any]] = {
    "diversion": 0.9,
    "evasion": 0.12,
    "crisis_week": 40,
    "crisis_size": 0.2,
    "start_week": 30,
    "season": tuple(1.0 + 0.4 * (week % 13 == 6) for week in range(52)),
}


def scenarios() -> Mapping[str, Scenario]:
    """By the name of their file."""
    everything = Move(week=10, surfaces=SURFACES, partners=PARTNERS, openness=0.0, ramp_weeks=12)
    priced = Move(week=8, surfaces=SURFACES, partners=PARTNERS, fee=0.1, ramp_weeks=4)
    reopened = Move(week=60, surfaces=("live",), partners=("adapter",), openness=1.0)
    policies = {
        "nothing": Policy(),
        "cut": Policy(moves=(_CUT,)),
        "cut_with_programme": Policy(moves=(_CUT,), **_PROGRAMME),
        "everything_closed": Policy(moves=(everything,)),
        "priced": Policy(moves=(priced,)),
    }
    found = {name: Scenario(policy=policy, weeks=105) for name, policy in policies.items()}
    found["elsewhere"] = Scenario(
        world=World().with_values(_ELSEWHERE),
        weeks=105,
        policy=Policy(moves=(_CUT, reopened), **_PROGRAMME),
    )
    return found


def result(scenario: Scenario) -> dict[str, Any]:
    """What is stored: every outcome, and every thirteenth week of some series."""
    found = compare(scenario)
    series = {name: found.run.series[name][::EVERY].tolist() for name in SERIES}
    return {"outcomes": dict(found.outcomes), "series": series}
