"""What happened when: the moves, programmes and crises that every time axis marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.charts.moves import Cells, cells_of, open_links, opening_kind
from sim.policy import Move, Policy, has_programmes
from sim.scenario import Scenario
from sim.sets import SURFACES, WEEKS_PER_YEAR
from sim.text import Words
from sim.text.numbers import share


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something at the opening of a week, in a few words and in full."""

    week: int
    label: str
    name: str


def marks_of(scenario: Scenario, words: Words) -> tuple[Mark, ...]:
    """Every mark inside the horizon by week, those of the same week as one."""
    found = [*_move_marks(scenario.policy, words), *_other_marks(scenario, words)]
    by_week: dict[int, list[Mark]] = {}
    for mark in found:
        if 0 <= mark.week < scenario.weeks:
            by_week.setdefault(mark.week, []).append(mark)
    return tuple(_joined(by_week[week], words) for week in sorted(by_week))


def festival_weeks(scenario: Scenario, festivals: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """(week, festival id) inside the horizon, by week; none where the season is flat."""
    demand = scenario.world.demand
    if len(set(demand.season)) <= 1:
        return ()
    calendar = (demand.start_week + np.arange(scenario.weeks)) % WEEKS_PER_YEAR
    found = [
        (int(week), name)
        for name, at in festivals.items()
        for week in np.flatnonzero(calendar == at % WEEKS_PER_YEAR)
    ]
    return tuple(sorted(found))


def _joined(marks: Sequence[Mark], words: Words) -> Mark:
    labels = dict.fromkeys(mark.label for mark in marks)
    names = dict.fromkeys(mark.name for mark in marks)
    return Mark(
        week=marks[0].week,
        label=words("chart.mark.and").join(labels),
        name=words("chart.mark.and").join(names),
    )


def _other_marks(scenario: Scenario, words: Words) -> Iterator[Mark]:
    policy, trust = scenario.policy, scenario.world.trust
    if has_programmes(policy):
        text = words("chart.mark.programmes")
        yield Mark(week=policy.programme_week, label=text, name=text)
    if trust.crisis_size > 0:
        text = words("chart.mark.crisis")
        yield Mark(week=int(trust.crisis_week), label=text, name=text)


def _move_marks(policy: Policy, words: Words) -> Iterator[Mark]:
    now = open_links()
    for move in sorted(policy.moves, key=lambda each: each.week):
        done = [
            text
            for text in (_opening_label(move, now, words), _fee_label(move, words))
            if text is not None
        ]
        label = words("chart.mark.and").join(done)
        partners = words("chart.list").join(
            words(f"chart.partner.{each}") for each in move.partners
        )
        name = words("chart.mark.name", label=label, partners=partners)
        yield Mark(week=move.week, label=label, name=name)
        if move.openness is not None:
            now |= dict.fromkeys(cells_of(move), move.openness)


def _opening_label(move: Move, now: Cells, words: Words) -> str | None:
    """Cut, partial cut or reopening, by what stood open before; None where links stay as they are."""
    if move.openness is None:
        return None
    where = words("chart.surface.all")
    if set(move.surfaces) != set(SURFACES):
        where = words("chart.list").join(words(f"chart.surface.{each}") for each in move.surfaces)
    key = f"chart.mark.{opening_kind(move, now)}"
    return words(key, where=where, share=share(move.openness, words))


def _fee_label(move: Move, words: Words) -> str | None:
    return None if move.fee is None else words("chart.mark.fee", share=share(move.fee, words))
