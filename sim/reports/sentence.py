"""The headline of a comparison: what happens and why, written from its numbers."""

from typing import Final, Literal

import numpy as np

from sim.analyses.compare import Comparison
from sim.metrics import OUTCOMES
from sim.policy import has_programmes
from sim.reports.contributions import contributions
from sim.reports.nothing_changed import explain
from sim.reports.phrases import listed, move_phrases
from sim.text import Words
from sim.text.numbers import money, share, week, weeks

Verdict = Literal["better", "worse", "same"]

# A dip that is shallower than this share of GMV is told as hardly a dip.
_SHALLOW: Final = 0.0005
# Where the balance is less than this share of what was gained and lost, it is told as narrow.
_NARROW: Final = 0.1
_MOST_MOVES: Final = 2


def headline(comparison: Comparison, words: Words, *, case_name: str) -> str:
    """One or two sentences: the policy, the dip, the profit and payback; then the reasons.

    ``case_name`` is in the reader's language; empty where there is none to name.
    """
    unchanged = explain(comparison, words)
    if unchanged is not None:
        return _named(unchanged, case_name, words)
    result = words(
        "sentence.result",
        subject=_subject(comparison, words),
        dip=_dip(comparison, words),
        profit=_profit(comparison, words),
        payback=_payback(comparison, words),
    )
    return _named(result, case_name, words) + _reasons(comparison, words)


def verdict(outcome_id: str, value: float | None, words: Words) -> str:
    """The word for a good, a bad or an indifferent outcome."""
    return words(f"verdict.{judged(outcome_id, value)}")


def judged(outcome_id: str, value: float | None) -> Verdict:
    """Whether an outcome is better, worse or no different from the reference.

    For outcomes that are differences. Depth and length of a dip can only be bad; a payback week is
    good wherever there is one, and the lack of one is bad.

    Raises
    ------
    KeyError
        If there is no such outcome.
    """
    better = OUTCOMES[outcome_id].better
    if outcome_id == "payback_week":
        return "worse" if value is None else "better"
    if value is None or value == 0 or better == "neither" or not OUTCOMES[outcome_id].difference:
        return "same"
    return "better" if (value > 0) == (better == "higher") else "worse"


def _named(text: str, case_name: str, words: Words) -> str:
    if not case_name:
        return text[:1].upper() + text[1:]
    return words("sentence.named", case=case_name, text=text)


def _subject(comparison: Comparison, words: Words) -> str:
    """What is done, in the order of weeks; only the first moves where there are many."""
    scenario = comparison.run.scenario
    policy = scenario.policy
    phrases = list(
        move_phrases([each for each in policy.moves if each.week < scenario.weeks], words)
    )
    more = len(phrases) - _MOST_MOVES
    if more > 0:
        key = "phrase.more_moves.one" if more == 1 else "phrase.more_moves"
        phrases = [*phrases[:_MOST_MOVES], words(key, count=more)]
    if has_programmes(policy) and policy.programme_week < scenario.weeks:
        phrases.append(words("phrase.programmes", week=week(policy.programme_week, words)))
    return listed(phrases, words, clauses=True) if phrases else words("phrase.other_changes")


def _dip(comparison: Comparison, words: Words) -> str:
    depth = comparison.outcomes["dip_depth"] or 0.0
    length = comparison.outcomes["dip_weeks"] or 0.0
    horizon = comparison.run.scenario.weeks
    key = "never" if length == 0 else "hardly" if depth < _SHALLOW else "falls"
    return words(
        f"sentence.dip.{key}",
        depth=share(depth, words),
        length=f"{length:.0f}",
        horizon=weeks(horizon, words),
    )


def _profit(comparison: Comparison, words: Words) -> str:
    change = comparison.outcomes["profit_change"] or 0.0
    key = "more" if change > 0 else "less" if change < 0 else "same"
    return words(
        f"sentence.profit.{key}",
        amount=money(abs(change), words),
        horizon=weeks(comparison.run.scenario.weeks, words),
    )


def _payback(comparison: Comparison, words: Words) -> str:
    payback = comparison.outcomes["payback_week"]
    if payback is None:
        change = comparison.outcomes["profit_change"] or 0.0
        return words("sentence.payback.never") if change < 0 else ""
    gain = comparison.run.series["profit"] - comparison.reference.series["profit"]
    behind = bool(np.any(np.cumsum(gain) < 0))
    key = "later" if behind else "start" if payback == 0 else "ahead"
    return words(f"sentence.payback.{key}", week=week(payback, words))


def _reasons(comparison: Comparison, words: Words) -> str:
    """The largest item on each side of the account, the side of the result first."""
    account = contributions(comparison)
    gained = sum(each.amount for each in account if each.amount > 0)
    lost = -sum(each.amount for each in account if each.amount < 0)
    top, bottom = account[0], account[-1]
    won = gained >= lost
    first, second = (top, bottom) if won else (bottom, top)
    side, other_side = ("gained", "lost") if won else ("lost", "gained")
    if first.amount == 0:
        return ""
    against = ""
    if first.amount * second.amount < 0:
        against = words(
            f"sentence.against.{other_side}",
            item=words(f"account.{second.item}.{other_side}"),
            amount=money(abs(second.amount), words),
        )
    narrow = abs(gained - lost) < _NARROW * max(gained, lost)
    return words(
        f"sentence.largest.{side}",
        item=words(f"account.{first.item}.{side}"),
        amount=money(abs(first.amount), words),
        against=against,
        end=_end(comparison, words),
        narrow=words("sentence.narrow") if narrow else "",
    )


def _end(comparison: Comparison, words: Words) -> str:
    """Closed share of the last week beside the reference's."""
    before = comparison.reference.series["closed_share"]
    return words(
        "sentence.end",
        closed=share(comparison.outcomes["closed_share"], words),
        closed_before=share(float(before[-1]), words),
    )
