"""What a search found, in words: with its band, its bounds, and what it was not able to do."""

from typing import Final

from sim.analyses.optimise import Optimisation
from sim.analyses.pareto import Pareto
from sim.analyses.seek import Sought
from sim.charts.outcome_words import (
    aim_value,
    aim_words,
    chance,
    inside,
    number_text,
    outcome_text,
)
from sim.metrics import OUTCOMES
from sim.text import Words
from sim.text.numbers import money, points
from sim.text.place_words import variable_words

# Twice the standard error on either side.
_ERRORS: Final = 2.0


def sentence(text: str) -> str:
    """A text with its first letter as a sentence has it."""
    return text[:1].upper() + text[1:]


def seek_sentence(found: Sought, words: Words) -> str:
    """Where the number must lie, or what comes closest; and what that is worth in other worlds."""
    place, aim = found.variable.place, found.aim
    facts = {
        "label": inside(variable_words(place, words)),
        "aim": inside(aim_words(aim, words)),
        "target": aim_value(aim, found.target, words),
        "now": number_text(place, found.variable.now, words),
        "value_now": aim_value(aim, found.now, words),
        "low": number_text(place, found.variable.low, words),
        "high": number_text(place, found.variable.high, words),
    }
    ended, best = found.found.ended, found.reached
    if best is None:
        return sentence(words("seek.unknown", **facts))
    facts |= {
        "at": number_text(place, best.at, words),
        "reached": aim_value(aim, best.value, words),
    }
    key = f"seek.{best.meets}" if ended == "found" else f"seek.{ended}"
    text = words(key, **facts)
    if ended == "none" and found.found.on_bound:
        text += words(f"seek.on_{found.found.on_bound}")
    others = [number_text(place, each.at, words) for each in found.found.roots[1:]]
    if others:
        text += words("seek.others", values=words("ui.comma").join(others))
    return sentence(text + (_there(found, words) if ended != "flat" else ""))


def _there(found: Sought, words: Words) -> str:
    there, outcome = found.there, found.aim.outcome
    if there is None:
        return ""
    text = words(
        "seek.there",
        outcome=inside(words(f"outcome.{outcome}")),
        low=outcome_text(outcome, there.low, words),
        high=outcome_text(outcome, there.high, words),
        worlds=f"{there.worlds:,}",
    )
    if there.better is None:
        return text
    return text + words("seek.better", share=chance(there.better, words))


def optimise_sentence(found: Optimisation, words: Words) -> str:
    """Whether a better plan was found, by how much, and how much of that is left in other worlds."""
    facts = {
        "aim": inside(aim_words(found.aim, words)),
        "score": aim_value(found.aim, found.score, words),
        "before": aim_value(found.aim, found.score_before, words),
        "tried": f"{found.tried:,}",
        "cost": money(found.cost, words, signed=True),
        "cost_before": money(found.cost_before, words, signed=True),
    }
    text = words(f"optimise.{found.ended}", **facts)
    if found.ended in {"better", "forced"}:
        text += _again(found, words) + _bounds(found, words)
    if found.space.budget is not None and found.ended != "none":
        budget = money(found.space.budget, words, signed=True)
        text += words("optimise.budget", budget=budget, **facts)
    if not found.converged and found.ended != "none":
        text += words("optimise.not_converged")
    return text


def _again(found: Optimisation, words: Words) -> str:
    outcome = found.aim.outcome
    return words(
        "optimise.again",
        worlds=f"{found.worlds:,}",
        ahead=chance(found.ahead, words),
        outcome=inside(words(f"outcome.{outcome}")),
        gain=_unsigned(outcome, found.gain, words),
        error=_unsigned(outcome, _ERRORS * found.gain_error, words).lstrip("+"),
    )


def _unsigned(outcome: str, value: float, words: Words) -> str:
    if OUTCOMES[outcome].unit == "share":
        return points(value, words)
    if OUTCOMES[outcome].unit == "week":
        return outcome_text("dip_weeks", value, words)
    return outcome_text(outcome, value, words)


def _bounds(found: Optimisation, words: Words) -> str:
    held = [variable_words(each.variable.place, words) for each in found.numbers if each.on_bound]
    return words("optimise.on_bound", names=words("ui.comma").join(held)) if held else ""


def front_sentence(found: Pareto, words: Words) -> str:
    """How many plans there are to choose from, and whether the scenario's own is one."""
    first, second = (inside(aim_words(each, words)) for each in found.aims)
    text = words(f"front.{found.ended}", first=first, second=second, count=len(found.points))
    if found.ended in {"front", "one"}:
        text += words("front.beaten" if found.beaten else "front.unbeaten")
    return text
