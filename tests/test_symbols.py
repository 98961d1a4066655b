"""Symbols on the page of the model: a letter stands for one thing."""

import re
import unicodedata
from collections import Counter
from importlib.resources import files

from sim.analyses.by_hand.sheet import parts_of
from sim.analyses.worked_week import worked_week
from sim.reports.equations import latex_symbol
from sim.reports.worked_symbols import worked_symbol
from sim.scenario import Scenario
from sim.world import world_declarations


def test_no_two_declared_symbols_are_equal() -> None:
    declared = Counter(each.symbol for each in world_declarations().values())
    typeset = Counter(latex_symbol(name) for name in world_declarations())
    for symbols in (declared, typeset):
        assert {symbol for symbol, times in symbols.items() if times > 1 or not symbol} == set()


# Of these the letter stands for the same thing elsewhere: in a week, in a segment, by the week.
ITSELF = {
    "N": "viewers",
    "q": "quality_native",
    "k": "crisis_size",
    "γ": "audience_growth",
}


def bare_letters() -> dict[str, str]:
    """Parameters that are declared with a letter and nothing else, by that letter."""
    symbols = {each.symbol: name for name, each in world_declarations().items()}
    return {symbol: name for symbol, name in symbols.items() if len(symbol) == 1}


def in_latex(letter: str) -> str:
    return letter if letter.isascii() else "\\" + unicodedata.name(letter).split()[-1].lower()


def test_a_letter_of_a_parameter_is_no_other_quantity_of_the_equations() -> None:
    templates = files("sim.reports").joinpath("equations.toml").read_text(encoding="utf-8")
    assert len(bare_letters()) > 10
    for letter, name in bare_letters().items():
        # The letter with an index, a prime or a time, not itself an index or a part of a word.
        other = re.search(rf"(?<![\w\\^]){re.escape(in_latex(letter))}[_'(]", templates)
        assert other is None or ITSELF.get(letter) == name, (name, letter)


def test_a_letter_of_a_parameter_is_no_other_number_of_the_worked_week() -> None:
    worked = worked_week(Scenario(), 1)
    names = {*worked.given, *(line.name for step in worked.steps for line in step.lines)}
    ids = {parts_of(name)[0] for name in names} - set(world_declarations())
    letters = {worked_symbol(id, str).partition("_")[0] for id in ids}
    assert {letter for letter in bare_letters() if letter in letters} <= set(ITSELF)
