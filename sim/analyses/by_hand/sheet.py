"""A sheet of calculations: named numbers, and lines whose formula is shown as it is computed."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from sim.analyses.by_hand.formula import evaluate
from sim.sets import PARTNERS, SEGMENTS, SURFACES

# Agreement with the compiled engine: rounding along some fifty operations stays far below.
TOLERANCE: Final = 1e-9
_MARK: Final = "__"


def name_of(id: str, *members: str) -> str:
    """The name of a number of a member: ``name_of("n", "fan")`` is ``n__fan``."""
    return _MARK.join((id, *members))


def parts_of(name: str) -> tuple[str, tuple[str, ...]]:
    """The id of a name, and its members."""
    id, *members = name.split(_MARK)
    return id, tuple(members)


def total(term: str, members: Iterable[str]) -> str:
    """A sum with one term a member; ``@`` in the term stands for the member."""
    return " + ".join(term.replace("@", member) for member in members)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One result: its formula in names, what it comes to, and what the engine has for it."""

    name: str
    formula: str
    value: float
    engine: float | None = None

    @property
    def ok(self) -> bool | None:
        """Whether the engine agrees; None where it holds no such number."""
        if self.engine is None:
            return None
        difference = abs(self.value - self.engine)
        return difference <= TOLERANCE * max(abs(self.engine), _FLOOR)

    def concerns(self, segment: str, surface: str) -> bool:
        """Whether it belongs to the chosen segment and surface, or to all of them."""
        _, members = parts_of(self.name)
        others = (set(SEGMENTS) - {segment}) | (set(SURFACES) - {surface})
        return not others.intersection(members)


# Of a number that is itself a small difference no more than this can be asked: absolute below it.
_FLOOR: Final = 1e-4


@dataclass(frozen=True, kw_only=True)
class Step:
    """The lines of one step of the week."""

    id: str
    lines: tuple[Line, ...]

    @property
    def ok(self) -> bool:
        """Whether the engine agrees with every line it holds a number for."""
        return all(line.ok is not False for line in self.lines)


@dataclass
class Sheet:
    """A sheet while it is being filled: ``values`` by name, what was given, and steps with lines."""

    values: dict[str, float] = field(default_factory=dict)
    given: dict[str, float] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)

    def give(self, id: str, value: float | Iterable[float], members: Iterable[str] = ()) -> None:
        """Put a number, or a vector of them, on the sheet."""
        if isinstance(value, int | float):
            self.values[id] = self.given[id] = float(value)
            return
        for member, each in zip(members, value, strict=True):
            self.give(name_of(id, member), each)

    def line(self, name: str, formula: str, engine: float | None = None) -> None:
        """Compute a formula from what is on the sheet and put the result there."""
        try:
            value = evaluate(formula, self.values)
        except (ArithmeticError, ValueError):
            # The engine divides as IEEE does and has a number or a NaN of its own to hold against.
            value = math.nan
        self.values[name] = value
        self._lines.append(Line(name=name, formula=formula, value=value, engine=engine))

    def end(self, step: str) -> None:
        """Close a step."""
        self.steps.append(Step(id=step, lines=tuple(self._lines)))
        self._lines = []


CELLS: Final = tuple((segment, surface) for segment in SEGMENTS for surface in SURFACES)
LINKS: Final = tuple((surface, partner) for surface in SURFACES for partner in PARTNERS)
