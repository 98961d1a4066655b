"""The cases, and the parameters with what is known about each."""

import json
from collections.abc import Iterator
from typing import Any, Final

from sim.cases.catalogue import case, case_ids
from sim.cli.tables import aligned
from sim.declare import Declaration, Value
from sim.policy import move_declarations, policy_declarations
from sim.world import world_declarations

# A longer vector of one number repeated, as the season is, is said in short.
_LONGEST: Final = 4


def case_list() -> str:
    """Every case with its first week, platform and name, one a line."""
    rows = [["id", "start", "platform", "name"]]
    for name in case_ids():
        found = case(name)
        rows.append([name, found.start.isoformat(), found.platform, found.scenario.name])
    return aligned(rows, left=4)


def parameters_table() -> str:
    """Every parameter with unit, default, range, status and source, one a line."""
    rows = [["id", "unit", "default", "low", "high", "status", "source"]]
    for each in _declarations():
        values = [_cell(value) for value in (each.default, each.low, each.high)]
        rows.append([each.id, each.unit, *values, each.status, each.source])
    return aligned(rows, left=7)


def parameters_json() -> str:
    """Every parameter as an object, in a list; a range that is not stated is null."""
    return json.dumps([_object(each) for each in _declarations()], indent=1) + "\n"


def _declarations() -> Iterator[Declaration]:
    for declarations in (world_declarations(), policy_declarations(), move_declarations()):
        yield from declarations.values()


def _object(declaration: Declaration) -> dict[str, Any]:
    scalar = not declaration.members
    low, high = declaration.low or None, declaration.high or None
    return {
        "id": declaration.id,
        "group": declaration.group,
        "unit": declaration.unit,
        "default": declaration.default,
        "low": low[0] if low and scalar else low,
        "high": high[0] if high and scalar else high,
        "limits": declaration.limits,
        "role": declaration.role,
        "level": declaration.level,
        "status": declaration.status,
        "source": declaration.source,
        "members": declaration.members,
    }


def _cell(value: Value | None) -> str:
    if value is None or value == ():
        return "-"
    if not isinstance(value, tuple):
        return f"{value:.12g}"
    if len(set(value)) == 1 and len(value) > _LONGEST:
        return f"{value[0]:.12g} x {len(value)}"
    return " ".join(f"{each:.12g}" for each in value)
