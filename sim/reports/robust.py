"""Which plan is safe, where one fails, and what warns of it: in words."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from sim.analyses.robust.discovery import Box, Measure, Restriction
from sim.analyses.robust.failing import Failing
from sim.analyses.robust.regret import Robust, Standing
from sim.analyses.robust.tripwires import Tripwire
from sim.metrics import OUTCOMES
from sim.policy import Policy
from sim.reports.certainty import chance, outcome_text
from sim.reports.changes import changes, place_title
from sim.reports.phrases import listed, move_text
from sim.scenario import Scenario
from sim.text import Words
from sim.text.differences import apart
from sim.text.numbers import MINUS, quantity, share, weeks
from sim.text.numbers import points as points_text
from sim.text.place_words import variable_value, variable_words

_ALL: Final = 8
# From here on what the other half of the worlds shows may be chance.
_CHANCE: Final = 0.05
_DIGITS: Final = 3


def plan_words(id: str, words: Words) -> str:
    """What a plan is called."""
    return words(f"plan.{id}")


def robust_text(found: Robust, words: Words) -> str:
    """Which plan is the safest, what it costs, and whether that is settled."""
    if found.safest is None or found.best is None or found.safest_high is None:
        return words("robust.none")
    worlds = f"{int(found.known.sum()):,}"
    safest = found.standings[found.safest]
    name = plan_words(safest.id, words)
    if found.state != "trade":
        return words(f"robust.{found.state}", plan=name, worlds=worlds) + _refused(found, words)
    text = words(
        "robust.trade",
        plan=name,
        worlds=worlds,
        most=regret_text(found.outcome, safest.regret_most, words),
        mean=regret_text(found.outcome, safest.regret, words),
        error=regret_text(found.outcome, safest.regret_error, words),
    )
    text += _price(found, safest, words)
    if found.safest_high != safest.id:
        text += words("robust.high", high=plan_words(found.safest_high, words))
    settled = "settled" if found.agreed == _ALL else "unsettled"
    return text + words(f"robust.{settled}", agreed=found.agreed) + _refused(found, words)


def _price(found: Robust, safest: Standing, words: Words) -> str:
    assert found.best is not None
    best = found.standings[found.best]
    if best.id == safest.id:
        return words("robust.best")
    return words(
        "robust.costs",
        best=plan_words(best.id, words),
        plan=plan_words(safest.id, words),
        better=outcome_text(found.outcome, best.mean, words),
        mean=outcome_text(found.outcome, safest.mean, words),
        price=regret_text(found.outcome, abs(best.mean - safest.mean), words),
    )


def _refused(found: Robust, words: Words) -> str:
    return words("robust.refused", count=found.refused) if found.refused else ""


def regret_text(outcome: str, value: float, words: Words) -> str:
    """A difference of an outcome without its sign, in its own unit; of shares in points."""
    return apart(value, OUTCOMES[outcome].unit, words)


def standing_row(each: Standing, outcome: str, words: Words) -> Iterator[tuple[str, str]]:
    """A plan's row of the table: column and cell."""
    low, high = (outcome_text(outcome, each.quantiles[at], words) for at in (0, -1))
    yield words("robust.column.plan"), plan_words(each.id, words)
    yield (
        words("robust.column.mean"),
        words(
            "robust.range",
            mean=outcome_text(outcome, each.mean, words),
            error=regret_text(outcome, each.error, words),
            low=low,
            high=high,
        ),
    )
    yield words("robust.column.shortfall"), outcome_text(outcome, each.shortfall, words)
    yield words("robust.column.better"), _chances(each.better, each.better_error, words)
    for name in ("regret", "regret_high"):
        value, error = getattr(each, name), getattr(each, f"{name}_error")
        column = words(f"robust.column.{name.rpartition('_')[2]}")
        yield (
            column,
            words(
                "robust.with_error",
                value=regret_text(outcome, value, words),
                error=regret_text(outcome, error, words),
            ),
        )
    yield words("robust.column.most"), regret_text(outcome, each.regret_most, words)
    yield words("robust.column.wins"), _chances(each.wins, each.wins_error, words)


def _chances(value: float, error: float, words: Words) -> str:
    return words("robust.with_error", value=chance(value, words), error=_off(error, words))


def plan_text(scenario: Scenario, policy: Policy, words: Words) -> str:
    """What a plan does, move by move and programme by programme."""
    moves = [move_text(move, words) for move in policy.moves]
    programmes = [
        words(
            "phrase.change",
            title=place_title(each.place, words),
            what=quantity(each.new, each.unit, words),
        )
        for each in changes(replace(scenario, policy=policy), scenario.reference())
        if isinstance(each.new, int | float)
    ]
    return listed([*moves, *programmes], words, clauses=True) or words("plan.nothing")


def fail_text(told: Failing, outcome: str, words: Words) -> str:
    """What a plan does where it fails."""
    level = "" if told.level is None else regret_text(outcome, told.level, words)
    return words(f"robust.fail_text.{told.fails}", outcome=words(f"outcome.{outcome}"), level=level)


def discovery_text(told: Failing, box: Box | None, outcome: str, words: Words) -> str:
    """In which worlds a plan fails, or why that cannot be told."""
    found = told.discovery
    common = {
        "plan": plan_words(told.plan, words),
        "fails": fail_text(told, outcome, words),
        "worlds": f"{found.worlds:,}",
    }
    if box is None:
        failing = chance(found.failing, words) if found.worlds else ""
        return words(f"robust.{found.state}", failing=failing, **common)
    tested = box.tested
    return words(
        "robust.found",
        where=where_text(box, words),
        density=chance(tested.density, words),
        error=_off(tested.density_error, words),
        mass=chance(tested.mass, words),
        elsewhere=chance(_elsewhere(tested), words),
        coverage=chance(tested.coverage, words),
        coverage_error=_off(tested.coverage_error, words),
        **common,
    )


def _elsewhere(tested: Measure) -> float:
    """The share of the worlds outside of a box that fail."""
    if not tested.coverage or tested.mass >= 1:
        return 0.0
    failing = tested.density * tested.mass / tested.coverage
    return failing * (1 - tested.coverage) / (1 - tested.mass)


def _off(error: float, words: Words) -> str:
    """A standard error in points, without a sign."""
    return points_text(round(error, _DIGITS), words).lstrip("+")


def where_text(box: Box, words: Words) -> str:
    """The restrictions of a box as a list, the one that tells most first."""
    parts = [_restriction(each, words) for each in box.restrictions]
    return listed(parts, words) or words("robust.whole")


def _restriction(each: Restriction, words: Words) -> str:
    label = variable_words(each.place, words)
    low, high = (
        "" if value is None else variable_value(each.place, value, words)
        for value in (each.low, each.high)
    )
    if low and high:
        text = words("robust.between", label=label, low=low, high=high)
    else:
        text = words(f"robust.{'above' if low else 'below'}", label=label, value=low or high)
    return words("robust.by_chance", restriction=text) if each.chance > _CHANCE else text


def tripwire_row(each: Tripwire, words: Words) -> Iterator[tuple[str, str]]:
    """An early sign's row of the table: column and cell."""
    side = "above" if each.above else "below"
    warns = words(
        f"robust.warns.{side}",
        sign=words(f"sign.{each.sign}"),
        threshold=threshold_text(each, words),
    )
    yield words("robust.column.week"), words("number.week", number=each.week)
    yield words("robust.column.sign"), warns
    for name in ("false_alarms", "misses"):
        value, error = getattr(each, name), getattr(each, f"{name}_error")
        yield words(f"robust.column.{name}"), _chances(value, error, words)
    yield words("robust.column.right"), share(each.right, words)
    yield words("robust.column.warning"), weeks(each.warning, words)


def threshold_text(each: Tripwire, words: Words) -> str:
    """A threshold with every digit it has, so that what is shown is what was tested."""
    digits = f"{abs(100 * each.threshold):.{_DIGITS}g}"
    sign = MINUS if each.threshold < 0 else "+" if each.threshold > 0 else ""
    return (
        f"{sign}{digits}%"
        if each.change == "growth"
        else sign + words("number.points", number=digits)
    )
