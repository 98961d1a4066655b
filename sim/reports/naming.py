"""What scenarios are called where several are shown: every one by a name of its own."""

from collections.abc import Mapping, Sequence
from functools import cache

from sim.cases.catalogue import case, case_ids
from sim.scenario import Scenario
from sim.text import Words


def name_of(scenario: Scenario, words: Words) -> str:
    """The name a scenario was given; else that of its case, and whether it was changed."""
    if scenario.case is None:
        return scenario.name or words("ui.title")
    base = case(scenario.case).scenario
    if scenario.name != base.name and scenario.name:
        return scenario.name
    named = words(f"case.{scenario.case}")
    return named if scenario == base else words("name.changed", name=named)


def note_of(note: str, words: Words) -> str:
    """A note as it was written; that of a built-in case, whoever has it, in the reader's language."""
    name = _cases_by_note().get(note)
    return words(f"case.{name}.note") if name else note


@cache
def _cases_by_note() -> Mapping[str, str]:
    return {case(name).scenario.note: name for name in case_ids()}


def names_of_all(scenarios: Sequence[Scenario], words: Words) -> tuple[str, ...]:
    """Names in the same order, those that come twice told apart by a number."""
    return told_apart([name_of(each, words) for each in scenarios], words)


def told_apart(plain: Sequence[str], words: Words) -> tuple[str, ...]:
    """Names in the same order, none twice: from the second on they have a number."""
    found: list[str] = []
    for name in plain:
        number = sum(name == other for other in plain[: len(found)]) + 1
        wanted = name if number == 1 else words("name.numbered", name=name, number=number)
        while wanted in found:
            number += 1
            wanted = words("name.numbered", name=name, number=number)
        found.append(wanted)
    return tuple(found)
