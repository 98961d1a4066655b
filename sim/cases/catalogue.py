"""The catalogue of cases: each with its document, its scenario, and what in it is fact.

The documents are files of this package in the format that every scenario is written in; a case may
start from another one.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from sim.documents.reader import scenario_of
from sim.errors import Fault, Refused, UnknownCase, unknown
from sim.scenario import Scenario
from sim.shown import key_shown


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A place of a case's document whose number is real: where from, when, and how sure."""

    what: str
    source: str
    date: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case: its document as it is written, and the scenario it comes to.

    ``scenario.case`` is its own id: what is made from it is stored as the differences to it.
    ``start`` is the Monday of week 0. What ``facts`` does not name, ``illustrative`` does.
    """

    id: str
    document: str
    scenario: Scenario
    start: date
    platform: str
    facts: tuple[Fact, ...]
    illustrative: tuple[str, ...]


def case_ids() -> tuple[str, ...]:
    """The ids of all cases in the order in which they are shown."""
    return tuple(_catalogue()["order"])


def case(name: str) -> Case:
    """The case of that id.

    Raises
    ------
    UnknownCase
        If there is none; it names the ids that are near.
    """
    # The check comes before the cache, which must not keep what anybody types.
    _require_known(name)
    return _case(name)


def case_faults(name: str) -> tuple[Fault, ...]:
    """What is wrong with the id of a case: that there is none, with those that are near."""
    if name in case_ids():
        return ()
    return (unknown(f"case.{key_shown(name)}", key_shown(name), case_ids()),)


def festivals() -> Mapping[str, int]:
    """The calendar week of each festival by its id; week 0 is the week with 1 January."""
    return MappingProxyType(dict(_catalogue()["festivals"]))


def chained_scenario(
    name: str, document_of: Callable[[str], str], trail: tuple[str, ...] = ()
) -> Scenario:
    """The scenario of a case that may start from another case, and so on; its case is itself.

    Raises
    ------
    Refused
        If the chain comes back to a case that is in it, or a document is refused.
    """
    if name in trail:
        loop = {"got": " → ".join((*trail, name))}
        raise Refused([Fault(kind="case_loop", place="case", facts=loop)])
    found = scenario_of(
        document_of(name),
        case_scenario=lambda other: chained_scenario(other, document_of, (*trail, name)),
    )
    return replace(found, case=name)


def _require_known(name: str) -> None:
    faults = case_faults(name)
    if faults:
        raise UnknownCase(faults)


@cache
def _catalogue() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("catalogue.toml").read_text(encoding="utf-8"))


def _document(name: str) -> str:
    _require_known(name)
    return files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")


@cache
def _case(name: str) -> Case:
    entry = _catalogue()["cases"][name]
    return Case(
        id=name,
        document=_document(name),
        scenario=chained_scenario(name, _document),
        start=date.fromisoformat(entry["start"]),
        platform=entry["platform"],
        facts=tuple(Fact(**fact) for fact in entry["facts"]),
        illustrative=tuple(entry["illustrative"]),
    )
