"""How a parameter is declared: once, as a dataclass field that carries everything that is known about it.

From the declaration come validation, widgets, sampling ranges, file and link keys, the ledger of
assumptions and the command-line listing. Words are not here: they stand in ``sim.text`` under
``<group>.<id>`` and ``<group>.<id>.help``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal

Vector = tuple[float, ...]
Value = float | int | Vector

Status = Literal["found", "derived", "recalled", "assumption"]
Role = Literal["uncertainty", "constant", "lever"]
Level = Literal["basic", "advanced"]

_KEY: Final = "declaration"


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """Everything known about one parameter but its words.

    Id and group are the names of the field and of its class's group. ``low`` and ``high`` are the
    plausible range (one pair per member for a vector), or of a lever that in which it is looked for;
    ``limits`` the hard limits of what may be typed. ``members`` names the members of a vector,
    empty for a scalar.
    """

    id: str
    group: str
    default: Value | None
    unit: str
    limits: tuple[float, float]
    low: Vector
    high: Vector
    role: Role
    level: Level
    status: Status
    source: str
    symbol: str
    members: tuple[str, ...]
    whole: bool
    sums_to_one: bool
    logarithmic: bool

    @property
    def key(self) -> str:
        """The key of its words in ``sim.text``."""
        return f"{self.group}.{self.id}"

    @property
    def size(self) -> int:
        """How many numbers it takes: 1 for a scalar."""
        return max(len(self.members), 1)

    @property
    def has_range(self) -> bool:
        """Whether a plausible range is stated."""
        return bool(self.low)


def _range(
    default: Value | None, between: tuple[float, float] | None, spread: float | None
) -> tuple[Vector, Vector]:
    """The plausible range as one (low, high) pair per member; two empty vectors for none."""
    size = len(default) if isinstance(default, tuple) else 1
    if between is not None:
        return (between[0],) * size, (between[1],) * size
    if spread is not None:
        centre = default if isinstance(default, tuple) else (default or 0.0,)
        # Rounded so that 0.06 * 0.5 is 0.03 and not 0.029999999999999999 in file and page.
        low = tuple(round(value * (1 - spread), 12) for value in centre)
        return low, tuple(round(value * (1 + spread), 12) for value in centre)
    return (), ()


def parameter(
    default: Value | None,
    *,
    unit: str,
    limits: tuple[float, float],
    status: Status,
    between: tuple[float, float] | None = None,
    spread: float | None = None,
    role: Role | None = None,
    level: Level = "advanced",
    source: str = "",
    symbol: str = "",
    members: Sequence[str] = (),
    whole: bool = False,
    sums_to_one: bool = False,
    logarithmic: bool = False,
) -> Any:
    """A dataclass field that declares a parameter.

    ``between`` states the plausible range, or ``spread`` does as a share of the default to either
    side; with neither, the parameter is a constant that no analysis varies by itself.
    """
    low, high = _range(default, between, spread)
    facts = Declaration(
        id="",
        group="",
        default=default,
        unit=unit,
        limits=limits,
        low=low,
        high=high,
        role=role or ("uncertainty" if low else "constant"),
        level=level,
        status=status,
        source=source or ("assumption" if status == "assumption" else ""),
        symbol=symbol,
        members=tuple(members),
        whole=whole,
        sums_to_one=sums_to_one,
        logarithmic=logarithmic,
    )
    return field(default=default, metadata={_KEY: facts})


def declarations_of(owner: type, group: str) -> Iterator[Declaration]:
    """The declarations of a dataclass in the order of its fields, each under ``group``."""
    for each in fields(owner):
        facts = each.metadata.get(_KEY)
        if facts is not None:
            yield replace(facts, id=each.name, group=group)
