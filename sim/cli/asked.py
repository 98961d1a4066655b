"""What the options of an analysis name, or its refusal with what there is."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.errors import Fault, Refused, unknown
from sim.metrics import OUTCOMES
from sim.places import declaration_at
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.analyses.variables import Variable


def asked_outcome(options: argparse.Namespace) -> str:
    """The outcome that ``--outcome`` names.

    Raises
    ------
    Refused
        If there is none of that name.
    """
    return asked_name("--outcome", options.outcome, OUTCOMES)


def asked_name(option: str, name: str, legal: Iterable[str]) -> str:
    """A name that an option gives, where there is such a one.

    Raises
    ------
    Refused
        If there is none.
    """
    names = tuple(legal)
    if name not in names:
        raise Refused([unknown(option, name, names)])
    return name


def asked_variable(scenario: Scenario, option: str, text: str) -> "Variable":
    """The variable that ``PLACE[=LOW:HIGH]`` names.

    Raises
    ------
    Refused
        If there is no such number in the scenario, or its ends are no numbers or not legal.
    """
    found, numbers = _named(scenario, option, text, most=2)
    if len(numbers) == 1:
        raise _unread(option, text)
    return found


def asked_axis(scenario: Scenario, option: str, text: str, count: int) -> "tuple[Variable, int]":
    """The variable and the number of values that ``PLACE[=LOW:HIGH[:COUNT]]`` names.

    Raises
    ------
    Refused
        As :func:`asked_variable`.
    """
    found, numbers = _named(scenario, option, text, most=3)
    if len(numbers) == 1:
        raise _unread(option, text)
    if len(numbers) < 3:
        return found, count
    if not numbers[2].is_integer():
        raise _unread(option, text)
    return found, int(numbers[2])


def _named(
    scenario: Scenario, option: str, text: str, *, most: int
) -> "tuple[Variable, list[float]]":
    from sim.analyses.variables import variable

    place, _, ends = text.partition("=")
    try:
        numbers = [float(each) for each in ends.split(":")] if ends else []
    except ValueError:
        raise _unread(option, text) from None
    if len(numbers) > most or (not ends and "=" in text):
        raise _unread(option, text)
    return variable(scenario, place, *numbers[:2]), numbers


def _unread(option: str, text: str) -> Refused:
    legal = "PLACE, PLACE=LOW:HIGH" + (" or PLACE=LOW:HIGH:COUNT" if option in "--x --y" else "")
    return Refused([Fault(kind="wrong_type", place=option, facts={"legal": legal, "got": text})])


def unit_of(which: "Variable") -> str:
    """The unit in which a variable is written."""
    declaration = declaration_at(which.place)
    return "position" if which.kind == "vector" or declaration is None else declaration.unit
