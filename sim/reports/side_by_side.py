"""Scenarios beside each other in words: outcomes with their differences, and inputs that differ."""

from collections.abc import Iterator, Sequence

from sim.analyses.side_by_side import MOVES, Input
from sim.declare import Value
from sim.metrics import OUTCOMES
from sim.places import declaration_at
from sim.policy import Move
from sim.reports.certainty import chance, outcome_text
from sim.reports.phrases import listed, move_text
from sim.stacking import Conflict
from sim.text import Words
from sim.text.numbers import money, quantity, weeks
from sim.text.place_words import member_words, place_words

# A vector of more members, such as the season, is not written out.
_MOST_MEMBERS = 4
_BETWEEN = " / "


def outcome_cell(
    outcome: str, value: float | None, words: Words, *, probability: float | None = None
) -> str:
    """What a scenario comes to against the reference, and in what share of worlds it is better."""
    text = "–" if value is None else outcome_text(outcome, value, words)
    if probability is None:
        return text
    return words("compare.cell", value=text, share=chance(probability, words))


def outcome_title(outcome: str, words: Words) -> str:
    """The name of an outcome, with a word where it is no difference."""
    key = f"outcome.{outcome}"
    if OUTCOMES[outcome].difference:
        return words(key)
    return words("compare.level", name=words(key))


def setting_title(place: str, words: Words) -> str:
    """What stands at a place is called; of a few numbers side by side, also what each is of."""
    if place == MOVES:
        return words("policy.moves")
    declaration = declaration_at(place)
    label = place_words(place, words)
    if declaration is None or not 0 < len(declaration.members) <= _MOST_MEMBERS:
        return label
    members = (member_words(member, words) for member in declaration.members)
    return words("compare.members", label=label, members=_BETWEEN.join(members))


def input_cells(each: Input, words: Words) -> Iterator[str]:
    """The value in each scenario."""
    for value in each.values:
        yield value_text(each.place, value, words)


def value_text(place: str, value: Value | tuple[Move, ...] | None, words: Words) -> str:
    """A value of any place with its unit; moves in words."""
    if place == MOVES:
        moves = [move_text(move, words) for move in _moves(value)]
        return listed(moves, words, clauses=True) if moves else words("compare.no_moves")
    if value is None:
        return words("number.as_now")
    declaration = declaration_at(place)
    if declaration is None:
        return weeks(_number(value), words)
    if not isinstance(value, tuple):
        return quantity(value, declaration.unit, words)
    if len(value) > _MOST_MEMBERS:
        return words("change.several")
    return _BETWEEN.join(quantity(_number(member), declaration.unit, words) for member in value)


def effect_text(each: Input, names: Sequence[str], words: Words) -> str:
    """What the input does by itself to what the policy gains: the largest effect, and whose."""
    known = [(effect, name) for effect, name in zip(each.effects, names, strict=True) if effect]
    if not known:
        refused = any(effect is None for effect in each.effects)
        return words("compare.effect.refused" if refused else "compare.effect.none")
    effect, name = max(known, key=lambda pair: abs(pair[0]))
    return words("compare.effect", effect=money(effect, words, signed=True), name=name)


def conflict_text(conflict: Conflict, words: Words) -> tuple[str, str, str]:
    """What two policies differ over, and what either wants."""
    if conflict.place == "moves":
        return (
            words("policy.moves"),
            move_text(conflict.first, words),
            move_text(conflict.second, words),
        )
    place = f"policy.{conflict.place}"
    wanted = [value_text(place, value, words) for value in (conflict.first, conflict.second)]
    return place_words(place, words), wanted[0], wanted[1]


def _moves(value: object) -> tuple[Move, ...]:
    assert isinstance(value, tuple)
    return tuple(each for each in value if isinstance(each, Move))


def _number(value: object) -> float:
    assert isinstance(value, int | float)
    return float(value)
