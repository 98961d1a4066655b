"""Where in a document a name belongs, for one that was written in another place."""

from collections.abc import Iterator

from sim.documents.limits import MOST_FAULTS
from sim.errors import Fault, near_names, unknown
from sim.policy import move_declarations, policy_declarations
from sim.shown import key_shown
from sim.world import world_declarations

MOVES = "policy.moves"
CELLS = ("surfaces", "partners")
_VERY_NEAR = 0.7
TOP = (
    "format",
    "name",
    "note",
    "case",
    "weeks",
    "world",
    "policy",
    "uncertainty",
    "correlations",
    "sampling",
)


def note_unknown(faults: list[Fault], place: str, name: str, legal: tuple[str, ...]) -> None:
    """Add the fault for a name that is not known; near names only as long as faults are shown."""
    if len(faults) < MOST_FAULTS:
        faults.append(unknown(place, key_shown(name), legal))
    else:
        faults.append(Fault(kind="unknown_id", place=place, facts={"near": "", "legal": ""}))


def note_strange(faults: list[Fault], place: str, name: str, legal: tuple[str, ...]) -> None:
    """Add the fault for a key that has no business in its table: where it belongs, or near names."""
    tables = " / ".join(_tables_of(name))
    if tables:
        # A lever is often named like the number of the world that it moves.
        facts = {"got": name, "legal": tables} | near_names(name, legal, cutoff=_VERY_NEAR)
        faults.append(Fault(kind="misplaced", place=place, facts=facts))
    elif name in TOP:
        # TOML gives every key after the head of a table to that table.
        faults.append(Fault(kind="misplaced_top", place=place, facts={"got": name}))
    else:
        note_unknown(faults, place, name, legal)


def _tables_of(name: str) -> Iterator[str]:
    if name in world_declarations():
        yield "[world]"
    if name in policy_declarations() or name == "moves":
        yield "[policy]"
    if name in move_declarations() or name in CELLS:
        yield f"[[{MOVES}]]"
