"""What each lever contributes, in words."""

from sim.analyses.attribution import Attribution, Contribution, Interaction, Player
from sim.metrics import OUTCOMES
from sim.policy import Policy
from sim.reports.phrases import listed, move_text
from sim.text import Words
from sim.text.numbers import count, money, points, week, weeks


def attribution_text(found: Attribution, words: Words) -> str:
    """What the package comes to, which lever gives and takes most, and which two meet."""
    outcome = words(f"outcome.{found.outcome}")
    if found.status != "found":
        return words(f"attribution.{found.status}", outcome=outcome)
    total = found.total
    text = words(
        "attribution.sum",
        outcome=outcome,
        own=amount_text(found.outcome, total.own, words),
        mean=amount_text(found.outcome, total.mean, words),
        low=amount_text(found.outcome, total.low, words),
        high=amount_text(found.outcome, total.high, words),
    )
    ordered = sorted(found.contributions, key=lambda each: each.amount.own)
    if ordered[-1].amount.own > 0:
        text += _extreme("attribution.most", ordered[-1], found, words)
    if ordered[0].amount.own < 0:
        text += _extreme("attribution.least", ordered[0], found, words)
    meeting = max(found.interactions, key=lambda each: abs(each.amount.own), default=None)
    return text + (_meeting(meeting, found, words) if meeting is not None else "")


def _extreme(key: str, each: Contribution, found: Attribution, words: Words) -> str:
    return words(
        key,
        lever=player_label(each.player, found.scenario.policy, words),
        own=amount_text(found.outcome, each.amount.own, words),
        low=amount_text(found.outcome, each.amount.low, words),
        high=amount_text(found.outcome, each.amount.high, words),
    )


def _meeting(each: Interaction, found: Attribution, words: Words) -> str:
    if each.amount.own == 0:
        return ""
    policy = found.scenario.policy
    return words(
        "attribution.more" if each.amount.own > 0 else "attribution.less",
        first=player_label(each.first, policy, words),
        second=player_label(each.second, policy, words),
        amount=amount_text(found.outcome, each.amount.own, words),
    )


def player_label(player: Player, policy: Policy, words: Words) -> str:
    """A lever in a word or two: a programme by its name, a move by its number and week."""
    if player.lever is not None:
        return words(f"policy.{player.lever}")
    first, last = (policy.moves[at].week for at in (player.moves[0], player.moves[-1]))
    numbers = listed([str(at + 1) for at in sorted(player.moves)], words)
    if first == last:
        return words("attribution.move", number=numbers, week=week(first, words))
    return words(
        "attribution.moves", number=numbers, first=week(first, words), last=week(last, words)
    )


def player_text(player: Player, policy: Policy, words: Words) -> str:
    """What a lever is, in full."""
    if player.lever is not None:
        return words(f"policy.{player.lever}.help")
    return listed([move_text(policy.moves[at], words) for at in player.moves], words, clauses=True)


def amount_text(outcome: str, value: float, words: Words) -> str:
    """A part of an outcome's difference with its sign, in the unit of the outcome."""
    unit = OUTCOMES[outcome].unit
    if unit == "cny":
        return money(value, words, signed=True)
    if unit == "share":
        return points(value, words)
    return weeks(value, words) if unit == "weeks" else count(value, words, signed=True)
