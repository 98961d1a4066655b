"""What flows where, read from the engine's own source: who makes a number, who uses it.

A mechanism finds the rows it works on by name, as in ``segment[S.streamer_trust_now + i]``. So its
source says which rows it reads and which it writes, and nothing about the structure has to be written
down a second time: a mechanism that gains a stock gains it in the diagram.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from sim.policy import policy_declarations
from sim.world import world_declarations

# The blocks of the workspace that rows belong to (sim.engine.layout).
_BLOCKS: Final = frozenset("WSCPX")
# Files of the engine that compute no mechanism: one watches, one sets up the first week, one makes
# the choice of demand once more where it is too steep to be split.
_NO_MECHANISM: Final = frozenset({"observe", "calibrate", "steep"})
_NUMBERED: Final = re.compile(r"_\d$")


@dataclass(frozen=True, kw_only=True, order=True)
class Row:
    """A row of the workspace: its block and its name, without the number of a partner or surface."""

    block: str
    name: str

    @property
    def id(self) -> str:
        """Block and name, such as ``S.viewers_now``."""
        return f"{self.block}.{self.name}"


@dataclass(frozen=True, kw_only=True)
class Carried:
    """Something that passes between mechanisms: who makes it, who uses it, whether it is a stock."""

    row: Row
    makers: tuple[str, ...]
    users: tuple[str, ...]
    is_stock: bool


@dataclass(frozen=True, kw_only=True)
class Structure:
    """The mechanisms in the order of the week, what passes between them, and their parameters."""

    mechanisms: tuple[str, ...]
    carried: tuple[Carried, ...]
    parameters: Mapping[str, tuple[str, ...]]


@cache
def structure() -> Structure:
    """The structure of the engine as it stands."""
    sources = {
        entry.name.removesuffix(".py"): entry.read_text(encoding="utf-8")
        for entry in files("sim.engine").iterdir()
        if entry.name.endswith(".py")
    }
    return structure_of(sources)


def structure_of(sources: Mapping[str, str]) -> Structure:
    """The structure that these sources of an engine have, by file name without its end.

    ``week`` says which mechanisms there are, in which order, and (in ``open_stocks``) what is a stock.
    """
    week = ast.parse(sources["week"])
    mechanisms = tuple(_called(week, sources.keys() - _NO_MECHANISM))
    stocks = frozenset(
        row for each in _functions(week) if each.name == "open_stocks" for row in _rows(each)[1]
    )
    trees = {name: ast.parse(sources[name]) for name in mechanisms}
    reads = {name: _rows(tree)[0] for name, tree in trees.items()}
    writes = {name: _rows(tree)[1] for name, tree in trees.items()}
    known = world_declarations().keys() | policy_declarations().keys()
    return Structure(
        mechanisms=mechanisms,
        carried=tuple(_carried(mechanisms, reads, writes, stocks)),
        parameters={
            name: tuple(dict.fromkeys(row.name for row in reads[name] if row.name in known))
            for name in mechanisms
        },
    )


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def _called(week: ast.AST, names: Iterable[str]) -> Iterator[str]:
    """Modules of mechanisms in the order in which a week calls them."""
    legal, seen = set(names), set()
    order = {each.name: each for each in _functions(week)}

    def calls(node: ast.AST) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            yield from calls(child)
        if not isinstance(node, ast.Call):
            return
        if isinstance(node.func, ast.Name) and node.func.id in order:
            yield from calls(order[node.func.id])
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            yield node.func.value.id

    for name in calls(order["run"]):
        if name in legal and name not in seen:
            seen.add(name)
            yield name


def _rows(tree: ast.AST) -> tuple[dict[Row, None], dict[Row, None]]:
    """The rows that are read, and those that are written, in the order of the source."""
    reads: dict[Row, None] = {}
    writes: dict[Row, None] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Subscript):
            continue
        for row in _named(node.slice):
            written = isinstance(node.ctx, ast.Store)
            (writes if written else reads)[row] = None
    reads.update(dict.fromkeys(_read_besides(tree)))
    return reads, writes


def _read_besides(tree: ast.AST) -> Iterator[Row]:
    """Rows that are read though they do not stand on the right of an assignment."""
    for node in ast.walk(tree):
        # A row that is added to is read as well.
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Subscript):
            yield from _named(node.target.slice)
        # A row handed on by name to be read, as in steeper(world, block, S.slope_0, n).
        if isinstance(node, ast.Call):
            for argument in node.args:
                if isinstance(argument, ast.Attribute):
                    yield from _named(argument)


def _named(node: ast.AST) -> Iterator[Row]:
    for each in ast.walk(node):
        if (
            isinstance(each, ast.Attribute)
            and isinstance(each.value, ast.Name)
            and each.value.id in _BLOCKS
        ):
            yield Row(block=each.value.id, name=_NUMBERED.sub("", each.attr))


def _carried(
    mechanisms: tuple[str, ...],
    reads: Mapping[str, Mapping[Row, None]],
    writes: Mapping[str, Mapping[Row, None]],
    stocks: frozenset[Row],
) -> Iterator[Carried]:
    """What is a stock, or is made by one mechanism and used by another, by its first maker."""
    seen: set[Row] = set()
    for mechanism in mechanisms:
        for row in writes[mechanism]:
            if row in seen:
                continue
            seen.add(row)
            users = tuple(name for name in mechanisms if row in reads[name] and name != mechanism)
            if users or row in stocks:
                makers = tuple(name for name in mechanisms if row in writes[name])
                yield Carried(row=row, makers=makers, users=users, is_stock=row in stocks)
