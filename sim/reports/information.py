"""What is worth learning before deciding, in words."""

from sim.analyses.information import Information, Learned, Switch
from sim.reports.phrases import listed
from sim.text import Words
from sim.text.numbers import money, share
from sim.text.place_words import variable_value
from sim.world import world_declarations

# As many as are named in the sentence.
_NAMED = 3


def information_text(found: Information, words: Words) -> str:
    """What one would do now, what knowing everything is worth, and which assumption most."""
    outcome = words(f"outcome.{found.outcome}")
    best = words(f"information.best.{'act' if found.best == 1 else 'wait'}")
    if found.worlds == 0:
        return words("certainty.none")
    if found.status != "found":
        return words(f"information.{found.status}", outcome=outcome, best=best)
    text = words(
        "information.now",
        best=best,
        outcome=outcome,
        mean=money(found.means[1], words, signed=True),
        error=money(found.errors[1], words),
    )
    text += words(
        "information.perfect",
        worth=money(found.perfect.value, words),
        error=money(found.perfect.error, words),
    )
    distinct = [each for each in found.learned if each.worth.is_distinct][:_NAMED]
    if not distinct:
        return text + words("information.none_alone")
    parts = [
        words(
            "information.part",
            label=label_of(each, words),
            worth=money(each.worth.value, words),
            error=money(each.worth.error, words),
        )
        for each in distinct
    ]
    text += words("information.most", parts=listed(parts, words))
    turned = switches_text(distinct[0], words)
    return text + words("information.turn", label=label_of(distinct[0], words), where=turned)


def label_of(each: Learned, words: Words) -> str:
    """What an assumption is called."""
    return words(world_declarations()[each.name].key)


def switches_text(each: Learned, words: Words) -> str:
    """Where one would decide otherwise, how likely that is, and what one would do there."""
    parts = [_switch(switch, each, words) for switch in each.switches]
    return listed(parts, words) if parts else words("information.nowhere")


def _switch(switch: Switch, each: Learned, words: Words) -> str:
    kind = "between"
    if switch.low is None or switch.high is None:
        kind = "above" if switch.high is None else "below"
    low, high = (
        "" if value is None else variable_value(f"world.{each.name}", float(f"{value:.3g}"), words)
        for value in (switch.low, switch.high)
    )
    return words(
        f"information.switch.{kind}",
        low=low,
        high=high,
        likely=share(round(switch.share, 2), words),
        act=words(f"information.then.{'act' if switch.option == 1 else 'wait'}"),
    )
