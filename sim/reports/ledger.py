"""The ledger of assumptions: every parameter with everything that is declared about it, in words."""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, get_args

from sim.declare import Declaration, Status, Value
from sim.policy import move_declarations, policy_declarations
from sim.scenario import Scenario
from sim.text import LANGUAGES, Words, words_of
from sim.text.numbers import MINUS, exponent_of, week
from sim.world import GROUPS, world_declarations

STATUSES: Final[tuple[Status, ...]] = get_args(Status)
LEVER_GROUPS: Final = ("move", "policy")
_BOM: Final = "\ufeff"
# Longer vectors are told by their ends.
_MOST_MEMBERS: Final = 12
_LEAST_SCALED: Final = 1e4
_LONGEST_SOURCE: Final = 100


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the ledger, in the reader's language.

    ``current`` is empty where the scenario has the default. ``differs`` says whether it has not.
    """

    declaration: Declaration
    name: str
    group: str
    default: str
    current: str
    plausible: str
    limits: str
    unit: str
    role: str
    status: str
    source: str
    help: str

    @property
    def is_lever(self) -> bool:
        """Whether it is a choice and not a belief."""
        return self.declaration.role == "lever"

    @property
    def differs(self) -> bool:
        """Whether the scenario has another value than the default."""
        return bool(self.current)


def counts() -> Mapping[Status, int]:
    """How many parameters of the world are found, derived, recalled and assumed."""
    counted = Counter(each.status for each in world_declarations().values())
    return {status: counted[status] for status in STATUSES}


def lever_count() -> int:
    """How many levers there are, the numbers of a move included."""
    return len(policy_declarations()) + len(move_declarations())


@lru_cache(maxsize=64)
def ledger(scenario: Scenario, base: Scenario, words: Words) -> tuple[Entry, ...]:
    """Every parameter and every lever; ``base`` is the case that the scenario started from."""
    return tuple(_entries(scenario, base, words))


def _entries(scenario: Scenario, base: Scenario, words: Words) -> Iterator[Entry]:
    for id, declaration in world_declarations().items():
        now, by_case = scenario.world.value(id), base.world.value(id)
        current = ""
        if now != declaration.default:
            key = "assumptions.by_case" if now == by_case else "assumptions.by_you"
            current = words(key, value=value_text(now, declaration, words))
        yield _entry(declaration, current, words)
    for declaration in move_declarations().values():
        yield _entry(declaration, "", words)
    for id, declaration in policy_declarations().items():
        now, by_case = getattr(scenario.policy, id), getattr(base.policy, id)
        current = ""
        if now != declaration.default:
            key = "assumptions.by_case" if now == by_case else "assumptions.by_you"
            current = words(key, value=value_text(now, declaration, words))
        yield _entry(declaration, current, words)


def _entry(declaration: Declaration, current: str, words: Words) -> Entry:
    is_lever = declaration.role == "lever"
    status, source = f"status.{declaration.status}", f"source.{declaration.source}"
    return Entry(
        declaration=declaration,
        name=words(declaration.key),
        group=group_words(declaration.group, words),
        default=value_text(declaration.default, declaration, words),
        current=current,
        plausible=_range_text(declaration, words),
        limits=_between(*declaration.limits, declaration.unit, words),
        unit=words(f"unit.{declaration.unit}"),
        role=words(f"role.{declaration.role}"),
        status=words("assumptions.choice") if is_lever else words(status),
        source=words("assumptions.no_source") if is_lever else words(source),
        help=words(f"{declaration.key}.help"),
    )


def group_words(group: str, words: Words) -> str:
    """What a group of the world, or of levers, is called."""
    if group in GROUPS:
        return words(f"group.{group}")
    return words("assumptions.moves" if group == "move" else "assumptions.programmes")


def member_short(member: str, words: Words) -> str:
    """The short word for a segment, surface or partner."""
    return words(f"short.{member}")


def value_text(value: Value | None, declaration: Declaration, words: Words) -> str:
    """A value in full: members by name, the season by its ends, nothing where it is "as now"."""
    if value is None:
        return words("number.as_now")
    if not isinstance(value, tuple):
        return number_text(value, declaration.unit, words)
    if len(value) > _MOST_MEMBERS:
        low, high = (
            number_text(each, declaration.unit, words) for each in (min(value), max(value))
        )
        return words("assumptions.season", low=low, high=high)
    return " · ".join(
        f"{member_short(member, words)} {number_text(each, declaration.unit, words)}"
        for member, each in zip(declaration.members, value, strict=True)
    )


def number_text(value: float, unit: str, words: Words) -> str:
    """A number without its unit but for per cent: "10%", "430m"."""
    sign = MINUS if value < 0 else ""
    if unit in {"share", "percent", "per_year"}:
        return f"{sign}{abs(value) * 100:.8g}%"
    exponent = exponent_of(abs(value), words)
    # Thousands keep their digits: 5,200 weeks, not 5.2k.
    if abs(value) < _LEAST_SCALED:
        exponent = 0
    return f"{sign}{abs(value) / 10**exponent:,.8g}" + words(f"number.scale.{exponent}")


def with_unit(value: Value | None, declaration: Declaration, words: Words) -> str:
    """A value in full with its unit, but for shares, which are written in per cent."""
    text, unit = value_text(value, declaration, words), declaration.unit
    if value is None or unit in {"share", "percent"}:
        return text
    if unit == "week" and not isinstance(value, tuple):
        return week(value, words)
    return words("number.with_unit", number=text, unit=words(f"unit.{unit}"))


def short_source(citation: str) -> str:
    """What a citation names, without what it says: all up to its first colon or semicolon."""
    name = re.split("[:\uff1a\uff1b;]", citation, maxsplit=1)[0].rstrip(".\u3002")
    # A list of papers in brackets is for the sources below the table.
    return name if len(name) <= _LONGEST_SOURCE else re.split(" \\(|\uff08", name, maxsplit=1)[0]


def _between(low: float, high: float, unit: str, words: Words) -> str:
    ends = [number_text(each, unit, words) for each in (low, high)]
    return words("assumptions.to", low=ends[0], high=ends[1])


def _range_text(declaration: Declaration, words: Words) -> str:
    if not declaration.has_range:
        return words("assumptions.no_range")
    pairs = list(zip(declaration.low, declaration.high, strict=True))
    if len(set(pairs)) == 1:
        return _between(*pairs[0], declaration.unit, words)
    return " · ".join(
        f"{member_short(member, words)} {_between(low, high, declaration.unit, words)}"
        for member, (low, high) in zip(declaration.members, pairs, strict=True)
    )


def chosen(
    entries: tuple[Entry, ...],
    *,
    wanted: str = "",
    statuses: tuple[str, ...] = (),
    group: str | None = None,
    differing: bool = False,
) -> tuple[Entry, ...]:
    """The entries that a search and filters leave; no filter leaves all."""
    terms = wanted.casefold().split()
    return tuple(
        each
        for each in entries
        if (not statuses or (not each.is_lever and each.declaration.status in statuses))
        and (group is None or each.declaration.group == group)
        and (not differing or each.differs)
        and all(term in _searched(each.declaration) for term in terms)
    )


@lru_cache(maxsize=512)
def _searched(declaration: Declaration) -> str:
    texts = [declaration.id, declaration.symbol, declaration.source]
    for language in LANGUAGES:
        words = words_of(language)
        texts += [words(declaration.key), group_words(declaration.group, words)]
    return " ".join(texts).casefold()


def cited() -> Mapping[str, int]:
    """How many parameters of the world rest on each source, most first, assumptions apart."""
    counted = Counter(each.source for each in world_declarations().values())
    del counted["assumption"]
    return dict(counted.most_common())


_COLUMNS: Final = (
    "id",
    "member",
    "name",
    "group",
    "unit",
    "default",
    "scenario",
    "low",
    "high",
    "limit_low",
    "limit_high",
    "role",
    "level",
    "status",
    "source",
    "symbol",
    "citation",
)


def ledger_csv(scenario: Scenario, words: Words) -> str:
    """The ledger as CSV, a line a number, with full precision; ids stay ids, words are words."""
    text = io.StringIO()
    text.write(_BOM)
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for id, declaration in world_declarations().items():
        writer.writerows(_csv_rows(declaration, scenario.world.value(id), words))
    for id, declaration in policy_declarations().items():
        writer.writerows(_csv_rows(declaration, getattr(scenario.policy, id), words))
    for declaration in move_declarations().values():
        writer.writerows(_csv_rows(declaration, None, words))
    return text.getvalue()


def _csv_rows(declaration: Declaration, now: Value | None, words: Words) -> Iterator[list[str]]:
    is_lever = declaration.role == "lever"
    for index, member in enumerate(declaration.members or ("",)):
        low, high = (ends[index] if ends else None for ends in (declaration.low, declaration.high))
        yield [
            f"{declaration.group}.{declaration.id}",
            member,
            words(declaration.key),
            group_words(declaration.group, words),
            declaration.unit,
            _exact(_at(declaration.default, index)),
            _exact(_at(now, index)),
            _exact(low),
            _exact(high),
            *(_exact(limit) for limit in declaration.limits),
            declaration.role,
            declaration.level,
            "choice" if is_lever else declaration.status,
            "" if is_lever else declaration.source,
            declaration.symbol,
            "" if is_lever else words(f"source.{declaration.source}"),
        ]


def _at(value: Value | None, index: int) -> float | None:
    return value[index] if isinstance(value, tuple) else value


def _exact(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() and math.isfinite(value) else repr(value)
