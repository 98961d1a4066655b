"""The plans that are set against each other, made from the moves and programmes of the cases.

Links and programmes are apart, so that the table says what each of them does: the plans of links have
no programme, and trust first has nothing else. Fees, surfaces, targets and the weeks between two steps
are those of the cases; only when a plan begins is the scenario's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from sim.cases.catalogue import case, case_ids
from sim.places import NOW, value_at
from sim.policy import TARGETS, Move, Policy
from sim.scenario import Scenario
from sim.sets import PARTNERS

KEEP: Final = "keep"
OWN: Final = "own"
# In the order in which they are shown: from the mildest to the hardest, then what is no single step.
PLANS: Final = (KEEP, "price", "saas_live", "all_live", "everything", "trust", "staged", OWN)


def plan_set(scenario: Scenario) -> Mapping[str, Policy]:
    """Every plan of a scenario by its id, in the order of :data:`PLANS`.

    They begin in the week of the scenario's own first move; without one, in that of the first case,
    or at once where the horizon ends before it. The scenario's own policy is left out where it is
    that of another plan.
    """
    week = _first_week(scenario)
    close = replace(_first(_CUT_LIVE), week=week)
    found = {
        KEEP: Policy(),
        "price": _linked([replace(_first("price-not-cut"), week=week)]),
        "saas_live": _linked([replace(close, partners=("saas",))]),
        "all_live": _linked([replace(close, partners=PARTNERS)]),
        "everything": _linked([replace(_first("cut-everything"), week=week)]),
        "trust": _trust_first(scenario, week),
        "staged": _linked(_staged(week)),
    }
    if scenario.policy not in found.values():
        found[OWN] = scenario.policy
    return MappingProxyType(found)


# The catalogue's first case is the cut as it happened: in live rooms.
_CUT_LIVE: Final = "kuaishou-2021"


def _linked(moves: Sequence[Move]) -> Policy:
    return Policy(moves=tuple(moves))


def _moves(name: str) -> tuple[Move, ...]:
    return tuple(sorted(case(name).scenario.policy.moves, key=lambda each: each.week))


def _first(name: str) -> Move:
    return _moves(name)[0]


def _first_week(scenario: Scenario) -> int:
    own = [each.week for each in scenario.policy.moves]
    usual = min(own) if own else _first(case_ids()[0]).week
    return usual if own or usual < scenario.weeks else 0


def _trust_first(scenario: Scenario, week: int) -> Policy:
    """The programmes of the case, none of them below what the platform has already."""
    policy = case("trust-first").scenario.policy
    targets: dict[str, Any] = {}
    for name in TARGETS:
        target, now = getattr(policy, name), value_at(scenario, NOW[f"policy.{name}"])
        assert isinstance(now, float | int)
        targets[name] = target if target is None or target > now else None
    return replace(policy, programme_week=min(policy.programme_week, week), **targets)


def _staged(week: int) -> list[Move]:
    """Priced first and cut in live rooms later, as on Douyin; reopened, as Kuaishou did, at that fee."""
    price, close = _moves("douyin-2020")[:2]
    cut, *_, reopen = _moves("kuaishou-reopening")
    later = week + close.week - price.week
    return [
        replace(price, week=week),
        replace(close, week=later),
        replace(reopen, week=later + reopen.week - cut.week, partners=PARTNERS),
    ]
