"""Why a scenario equals its reference: the reasons a lever can have no effect at all."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from sim.analyses.compare import Comparison
from sim.charts.moves import Cells, cells_of, open_links
from sim.metrics import Floats
from sim.policy import TARGETS, Move, Policy
from sim.reports.phrases import links_of
from sim.scenario import Scenario
from sim.sets import PARTNERS, SURFACES
from sim.text import Words
from sim.text.numbers import quantity, share, week, weeks

# Differences below this share of a series' size are rounding.
_ROUNDING: Final = 1e-10


def explain(comparison: Comparison, words: Words) -> str | None:
    """Why nothing changed, in one sentence; None where something did."""
    run, reference = comparison.run, comparison.reference
    if not all(_same(run.series[name], reference.series[name]) for name in run.series):
        return None
    reasons = list(dict.fromkeys(_reasons(run.scenario, reference.scenario, words)))
    joined = words("nothing.between").join(reasons or [words("nothing.no_effect")])
    return words("nothing", reasons=joined)


def _same(now: Floats, before: Floats) -> bool:
    size = float(np.max(np.abs(before), initial=0.0))
    return bool(np.all(np.abs(now - before) <= _ROUNDING * size))


def _reasons(scenario: Scenario, reference: Scenario, words: Words) -> Iterator[str]:
    if scenario.policy == Policy():
        yield words("nothing.no_levers")
        return
    if scenario.policy == reference.policy:
        yield words("nothing.same_policy")
        return
    yield from _move_reasons(scenario, words)
    yield from _programme_reasons(scenario, words)


def _move_reasons(scenario: Scenario, words: Words) -> Iterator[str]:
    now = open_links()
    fees = dict(zip(PARTNERS, scenario.world.money.partner_fee, strict=True))
    for move in sorted(scenario.policy.moves, key=lambda each: each.week):
        links = links_of(move, words)
        if move.week >= scenario.weeks:
            yield words(
                "nothing.move_late",
                links=links,
                week=week(move.week, words),
                horizon=weeks(scenario.weeks, words),
            )
        elif not _has_links(move, scenario):
            yield words("nothing.no_links", links=links)
        else:
            yield from _idle_parts(move, links, now, fees, words)
        if move.openness is not None:
            now |= dict.fromkeys(cells_of(move), move.openness)
        if move.fee is not None:
            fees |= dict.fromkeys(move.partners, move.fee)


def _idle_parts(
    move: Move, links: str, now: Cells, fees: dict[str, float], words: Words
) -> Iterator[str]:
    """What of a move is already as it would make it."""
    if move.openness is not None and all(now[cell] == move.openness for cell in cells_of(move)):
        yield words("nothing.already_open", links=links, share=share(move.openness, words))
    if move.fee is not None and all(fees[partner] == move.fee for partner in move.partners):
        yield words("nothing.already_fee", links=links, fee=quantity(move.fee, "share", words))


def _has_links(move: Move, scenario: Scenario) -> bool:
    """Whether any order at all goes by the links that a move names; a fee bears on all surfaces."""
    demand = scenario.world.demand
    surfaces = SURFACES if move.fee is not None else move.surfaces
    where = any(
        demand.surface_split[at] > 0 and demand.closed_share[at] < 1
        for at, surface in enumerate(SURFACES)
        if surface in surfaces
    )
    whose = any(demand.partner_split[PARTNERS.index(each)] > 0 for each in move.partners)
    return where and whose


def _programme_reasons(scenario: Scenario, words: Words) -> Iterator[str]:
    policy = scenario.policy
    if policy.coupon > 0 and policy.coupon_weeks == 0:
        yield words("nothing.coupon_weeks")
    if policy.coupon == 0 and policy.coupon_weeks > 0:
        yield words("nothing.coupon")
    aimed = [name for name in TARGETS if getattr(policy, name) is not None]
    idle = [name for name in aimed if getattr(policy, name) == scenario.world.value(TARGETS[name])]
    for name in idle:
        yield words(
            "nothing.target_is_now",
            name=words(f"policy.{name}"),
            value=quantity(getattr(policy, name), "share", words),
        )
    active = len(aimed) > len(idle) or policy.care > 0 or policy.coupon > 0
    if active and policy.programme_week >= scenario.weeks:
        yield words(
            "nothing.programmes_late",
            week=week(policy.programme_week, words),
            horizon=weeks(scenario.weeks, words),
        )
