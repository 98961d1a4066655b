"""What scenarios are called where several are shown: every one by a name of its own."""

from collections.abc import Sequence

from sim.cases.catalogue import case
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


def names_of_all(scenarios: Sequence[Scenario], words: Words) -> tuple[str, ...]:
    """Names in the same order, those that come twice told apart by a number."""
    plain = [name_of(each, words) for each in scenarios]
    found: list[str] = []
    for name in plain:
        number = sum(name == other for other in plain[: len(found)]) + 1
        wanted = name if number == 1 else words("name.numbered", name=name, number=number)
        while wanted in found:
            number += 1
            wanted = words("name.numbered", name=name, number=number)
        found.append(wanted)
    return tuple(found)
