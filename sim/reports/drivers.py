"""What the decision hangs on and where it turns, in words."""

from collections.abc import Sequence
from typing import Final

from sim.analyses.flips import FlipPoints, Flips
from sim.analyses.indices import Factor, Indices
from sim.analyses.joint_flip import COUNTED, JointFlip
from sim.analyses.tornado import Tornado
from sim.charts.differences import size_text
from sim.reports.certainty import chance
from sim.text import Words
from sim.text.assumption_words import parameter_words, values_text
from sim.text.numbers import points, share

# So many are named; more would be a table.
_NAMED: Final = 3


def drivers_sentence(found: Tornado, flips: FlipPoints, words: Words) -> str:
    """What moves the outcome most, and how many assumptions can turn the answer by themselves."""
    outcome = words(f"outcome.{found.outcome}")
    if found.flat:
        return words("drivers.flat", outcome=outcome)
    named = [
        words(
            "drivers.swing",
            label=parameter_words(each.name, words),
            swing=size_text(found.outcome, each.swing, words),
        )
        for each in found.bars[:_NAMED]
        if each.swing
    ]
    text = words("drivers.most", outcome=outcome, list=listed(named, words))
    turning = flips.turning
    if not turning:
        return text + words("drivers.turning.none")
    key = "drivers.turning.one" if len(turning) == 1 else "drivers.turning"
    badge = flip_badge(turning[0], better=flips.better, words=words)
    return text + words(key, count=len(turning), all=len(flips.parameters), badge=badge)


def flip_badge(found: Flips, *, better: bool, words: Words) -> str:
    """Such as "turns if diversion < 56.4% (28% likely)"; of several flips the nearest."""
    if found.nearest is None:
        return words("flips.never", label=parameter_words(found.name, words))
    # The other answer is above, where the one above is not that of the scenario.
    above = found.nearest.better_above != better
    text = words(
        "flips.badge.above" if above else "flips.badge.below",
        label=parameter_words(found.name, words),
        value=values_text(found.name, found.nearest.values, found.now, words),
        likely=chance(found.likely, words),
    )
    more = len(found.flips) - 1
    return text + words("flips.badge.more", count=more) if more else text


def joint_sentence(found: JointFlip, words: Words) -> str:
    """The nearest world in which the answer turns: how far, how likely, and what differs in it."""
    if found.counted is None:
        return _nearest(found, words)
    drawn = words("joint.counted", share=chance(found.counted, words), worlds=f"{COUNTED:,}")
    return _nearest(found, words) + drawn


def _nearest(found: JointFlip, words: Words) -> str:
    if found.distance is None or found.probability is None:
        return words(f"joint.{found.ended}", outcome=words(f"outcome.{found.outcome}"))
    named = [
        words(
            "joint.shift",
            label=parameter_words(each.name, words),
            there=values_text(each.name, each.there, each.now, words),
            now=values_text(each.name, each.now, each.there, words),
        )
        for each in found.shifts[:_NAMED]
    ]
    return words(
        "joint.converged",
        distance=f"{found.distance:.2f}",
        probability=chance(found.probability, words),
        list=listed(named, words),
    )


def indices_sentence(found: Indices, words: Words) -> str:
    """Which factors the uncertainty comes from, how much they do alone, and whether that is settled."""
    outcome = words(f"outcome.{found.outcome}")
    if found.flat:
        return words("drivers.flat", outcome=outcome)
    named = [
        words(
            "indices.factor",
            label=factor_words(each, words),
            low=share(each.total.low, words),
            high=share(each.total.high, words),
        )
        for each in found.factors[:_NAMED]
        if each.total.known
    ]
    text = words("indices.most", outcome=outcome, list=listed(named, words))
    low, high = (share(min(each, 1.0), words) for each in (found.alone.low, found.alone.high))
    text += words("indices.alone", low=low, high=high)
    off = points(found.widest / 2, words).lstrip("+")
    text += words(f"indices.{found.settled}", points=off)
    return text + (words("indices.refused", count=found.refused) if found.refused else "")


def factor_words(factor: Factor, words: Words) -> str:
    """The parameter, or all that move together."""
    return words("drivers.plus").join(parameter_words(each, words) for each in factor.names)


def listed(texts: Sequence[str], words: Words) -> str:
    """A list in a sentence."""
    if len(texts) < 2:
        return "".join(texts)
    return words("drivers.and", first=words("ui.comma").join(texts[:-1]), last=texts[-1])
