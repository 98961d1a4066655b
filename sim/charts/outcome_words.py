"""Outcomes, aims and numbers as a reader writes them: for charts and for sentences alike."""

from sim.analyses.objective import Aim
from sim.metrics import OUTCOMES
from sim.text import Words
from sim.text.numbers import count, money, points, share, week, weeks
from sim.text.place_words import variable_value


def outcome_text(id: str, value: float, words: Words) -> str:
    """An outcome in its own unit, with its sign where it is a difference."""
    unit = OUTCOMES[id].unit
    if unit == "cny":
        return money(value, words, signed=True)
    if unit == "persons":
        return count(value, words, signed=True)
    if unit == "share":
        return share(value, words)
    return week(value, words) if unit == "week" else weeks(value, words)


def difference_text(outcome: str, value: float, words: Words) -> str:
    """An outcome less that of the reference, in its own unit."""
    if OUTCOMES[outcome].unit == "share" and not OUTCOMES[outcome].difference:
        return points(value, words)
    return outcome_text(outcome, value, words)


def chance(probability: float, words: Words) -> str:
    """A share of worlds in whole per cent, without calling sure what is only nearly so."""
    rounded = round(probability, 2)
    if rounded in (0, 1) and rounded != probability:
        return words("certainty.below" if rounded == 0 else "certainty.above")
    return share(rounded, words)


def aim_words(aim: Aim, words: Words) -> str:
    """What is aimed at, such as "Mean change in NPV"."""
    outcome = words(f"outcome.{aim.outcome}")
    if aim.measure in {"mean", "probability"}:
        outcome = inside(outcome)
    if aim.measure == "probability" and aim.above is not None:
        level = outcome_text(aim.outcome, aim.above, words)
        return words("aim.above", outcome=outcome, level=level)
    if aim.measure.startswith("p") and aim.measure != "probability":
        return words("aim.quantile", outcome=outcome, percent=int(aim.measure[1:]))
    return words(f"aim.{aim.measure}", outcome=outcome)


def inside(label: str) -> str:
    """A label as it is written within a sentence: GMV stays GMV."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def aim_value(aim: Aim, value: float, words: Words) -> str:
    """A value of it, in its unit."""
    if aim.measure == "probability":
        return share(value, words)
    return outcome_text(aim.outcome, value, words)


def gain_value(aim: Aim, value: float, words: Words) -> str:
    """A difference of two values of it, in its unit."""
    if aim.unit == "share":
        return points(value, words)
    return outcome_text(aim.outcome, value, words)


def number_text(place: str, value: float, words: Words) -> str:
    """A number of the scenario, to what can be told apart."""
    return variable_value(place, float(f"{value:.4g}"), words)
