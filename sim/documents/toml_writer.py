"""A scenario as the text of a document: only what differs, in the order of the declarations."""

from collections.abc import Mapping
from typing import Any, Final

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import Table

from sim.declare import Declaration, Value
from sim.documents.beliefs import AS_DECLARED
from sim.documents.changes import Change, policy_changes, spread_changes, world_changes
from sim.documents.migrations import FORMAT
from sim.documents.values import AS_NOW
from sim.policy import Move, policy_declarations
from sim.scenario import Scenario
from sim.uncertainty import Correlation, Spread
from sim.world import world_declarations

# The season, whose members are weeks and not words, is written as a list.
_LONGEST_BY_MEMBER: Final = 10


def document_text(scenario: Scenario, base: Scenario) -> str:
    """The document of a sound scenario as its differences to ``base``."""
    document = tomlkit.document()
    document["format"] = FORMAT
    texts = {"name": scenario.name, "note": scenario.note, "case": scenario.case or ""}
    for key, text in texts.items():
        if text:
            document[key] = text
    if scenario.weeks != base.weeks:
        document["weeks"] = scenario.weeks
    world = _table(world_changes(scenario, base), world_declarations())
    if world:
        document["world"] = world
    policy = _table(policy_changes(scenario, base), policy_declarations())
    if scenario.policy.moves != base.policy.moves:
        policy["moves"] = _moves(scenario.policy.moves)
    if policy:
        document["policy"] = policy
    _add_beliefs(document, scenario, base)
    return tomlkit.dumps(document)


def _add_beliefs(document: TOMLDocument, scenario: Scenario, base: Scenario) -> None:
    """How sure the world is, and how worlds are drawn, where it differs."""
    sampling = tomlkit.table()
    for name, value in vars(scenario.sampling).items():
        if value != getattr(base.sampling, name):
            sampling[name] = value
    if sampling:
        document["sampling"] = sampling
    stated = tomlkit.table()
    for name, spread in spread_changes(scenario, base).items():
        stated[name] = (
            AS_DECLARED if spread is None else _spread(spread, world_declarations()[name])
        )
    if stated:
        document["uncertainty"] = stated
    pairs = scenario.uncertainty.correlations
    if pairs != base.uncertainty.correlations:
        document["correlations"] = _pairs(pairs) if pairs else []


def _spread(spread: Spread, declaration: Declaration) -> Any:
    if spread.low is None and spread.high is None:
        return spread.shape
    inline = tomlkit.inline_table()
    inline["shape"] = spread.shape
    for side, bound in (("low", spread.low), ("high", spread.high)):
        if isinstance(bound, tuple):
            inline[side] = dict(zip(declaration.members, map(float, bound), strict=True))
        elif bound is not None:
            inline[side] = float(bound) + 0.0
    return inline


def _pairs(pairs: tuple[Correlation, ...]) -> Any:
    tables = tomlkit.aot()
    for pair in pairs:
        table = tomlkit.table()
        table["between"] = [pair.first, pair.second]
        table["coefficient"] = float(pair.coefficient) + 0.0
        tables.append(table)
    return tables


def _table(changes: Mapping[str, Change], declarations: Mapping[str, Declaration]) -> Table:
    table = tomlkit.table()
    for name, change in changes.items():
        table[name] = _written(change.new, change.old, declarations[name])
    return table


def _written(new: Value | None, old: Value | None, declaration: Declaration) -> Any:
    """A value as it stands in a document: a vector by the members that differ, a long one whole."""
    if new is None:
        return AS_NOW
    if not isinstance(new, tuple):
        return _number(new, declaration)
    if len(new) > _LONGEST_BY_MEMBER:
        return [_number(each, declaration) for each in new]
    inline = tomlkit.inline_table()
    before = old if isinstance(old, tuple) else new
    for member, each, other in zip(declaration.members, new, before, strict=True):
        if each != other:
            inline[member] = _number(each, declaration)
    return inline


def _number(value: float, declaration: Declaration) -> float | int:
    return int(value) if declaration.whole else float(value) + 0.0


def _moves(moves: tuple[Move, ...]) -> Any:
    if not moves:
        return []
    tables = tomlkit.aot()
    for move in moves:
        table = tomlkit.table()
        table["week"] = move.week
        table["surfaces"] = list(move.surfaces)
        table["partners"] = list(move.partners)
        for name, value in (("openness", move.openness), ("fee", move.fee)):
            if value is not None:
                table[name] = float(value) + 0.0
        table["ramp_weeks"] = move.ramp_weeks
        tables.append(table)
    return tables
