"""What a pilot with a rule comes to, in words."""

from sim.analyses.option import GMV, OptionValue
from sim.series import SERIES
from sim.text import Words
from sim.text.numbers import count, money, points, score, share, week, weeks


def option_text(found: OptionValue, words: Words) -> str:
    """The rule, what it gains or loses against acting now or never, and how often it errs."""
    facts = {
        "surface": words(f"phrase.surface.{found.surface}"),
        "weeks": weeks(found.weeks, words),
        "decided": week(found.decided, words),
        "signal": signal_label(found.signal, words),
    }
    if found.rule is None or found.gain is None:
        return words(f"option.{found.status}", **facts)
    text = words(f"option.{found.status}", **facts, rule=rule_text(found, words))
    text += words(
        f"option.{found.verdict}",
        gain=money(abs(found.gain.mean), words),
        error=money(found.gain.error, words),
        fixed=words(f"option.fixed.{found.fixed}"),
    )
    if found.waiting is not None and found.learning is not None:
        text += words(
            "option.parts",
            waiting=money(found.waiting.mean, words, signed=True),
            learning=money(found.learning.mean, words, signed=True),
        )
    return text + words(
        "option.errs",
        on=share(round(found.goes_on, 3), words),
        wrongly_on=share(round(found.wrongly_on, 3), words),
        wrongly_back=share(round(found.wrongly_back, 3), words),
    )


def rule_text(found: OptionValue, words: Words) -> str:
    """When to go on."""
    assert found.rule is not None
    return words(
        "option.rule.above" if found.rule.above else "option.rule.below",
        signal=signal_label(found.signal, words),
        threshold=seen_text(found.signal, found.rule.threshold, words),
    )


def signal_label(signal: str, words: Words) -> str:
    """What is watched."""
    return words("option.gmv") if signal == GMV else words(f"series.{signal}")


def seen_text(signal: str, value: float, words: Words) -> str:
    """A change of what is watched, with its sign and unit."""
    unit = SERIES[signal].unit if signal in SERIES else "cny_per_week"
    if unit == "cny_per_week":
        return words("option.a_week", money=money(value, words, signed=True))
    if unit == "share":
        return points(value, words)
    write = score if unit == "trust" else count
    return write(value, words, signed=True)
