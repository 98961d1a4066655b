"""A scenario: a policy in a world over a horizon, with a name; the one truth that everything shows."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from sim.declare import Declaration
from sim.errors import Fault, Refused, unknown
from sim.policy import Move, Policy, move_declarations, policy_declarations
from sim.sets import PARTNERS, SURFACES
from sim.shown import key_shown, number_shown, shown, typed
from sim.uncertainty import Sampling, Uncertainty, uncertainty_faults
from sim.world import GROUPS, World, world_declarations

WEEKS_LIMITS: Final = (1, 1040)
MOST_MOVES: Final = 200
# Three surfaces, three partners: to name one twice does no harm, a million times does.
MOST_NAMES: Final = 16
# Most characters.
TEXT_LIMITS: Final = {"name": 200, "note": 10_000}
# Shares typed with a few decimals add up to 1 within rounding; anything more is a slip.
_SUM_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """What is believed (``world``), what is done (``policy``), over how many weeks.

    ``uncertainty`` says how sure the world is, ``sampling`` how worlds are drawn from it: neither
    changes a run of the world itself.

    ``case`` is the id of the case it started from, if any. Hashable: the key of caches.
    """

    name: str = ""
    note: str = ""
    case: str | None = None
    weeks: int = 104
    world: World = field(default_factory=World)
    policy: Policy = field(default_factory=Policy)
    uncertainty: Uncertainty = field(default_factory=Uncertainty)
    sampling: Sampling = field(default_factory=Sampling)

    def reference(self) -> "Scenario":
        """The paired scenario: the same world over the same weeks, without any policy."""
        return replace(self, policy=Policy())


def faults_of(scenario: Scenario) -> tuple[Fault, ...]:
    """Everything that is wrong with the numbers of a scenario, in the order of the document.

    What only the first week can tell (a diversion no choice model can reproduce, a segment that no
    promotion can hold) is found by the engine's calibration.
    """
    return tuple(_faults(scenario))


def require_sound(scenario: Scenario) -> None:
    """Refuse a scenario with faults.

    Raises
    ------
    Refused
        With all faults at once.
    """
    try:
        # To a cache 1, 1.0, True and the 1 of numpy are one, to a scenario they are not.
        _require_sound(scenario, _types(scenario))
    except (TypeError, AttributeError):
        # Not built of what a scenario is built of: lists, or nothing where a policy belongs.
        raise Refused(faults_of(scenario) or (_wrong("scenario", "hashable", scenario),)) from None


@lru_cache(maxsize=512)
def _require_sound(scenario: Scenario, types: tuple[type, ...]) -> None:  # noqa: ARG001, a key
    faults = faults_of(scenario)
    if faults:
        raise Refused(faults)


def _types(scenario: Scenario) -> tuple[type, ...]:
    """The type of every number and text of a scenario, those of vectors and moves one by one."""
    found = [*map(type, (scenario.name, scenario.note, scenario.case, scenario.weeks))]
    groups = [getattr(scenario.world, group) for group in GROUPS]
    spreads = (spread for _, spread in scenario.uncertainty.spreads)
    beliefs = (*spreads, *scenario.uncertainty.correlations, scenario.sampling)
    for owner in (*groups, scenario.policy, *scenario.policy.moves, *beliefs):
        for value in vars(owner).values():
            if isinstance(value, tuple):
                found.extend(map(type, value))
            else:
                found.append(type(value))
    return tuple(found)


def _faults(scenario: Scenario) -> Iterator[Fault]:
    given: object = scenario
    if not isinstance(given, Scenario):
        yield _wrong("scenario", "a Scenario", given)
        return
    for place in TEXT_LIMITS:
        yield from text_faults(place, getattr(scenario, place))
    case: object = scenario.case
    if not isinstance(case, str | None):
        yield _wrong("case", "the id of a case, or None", case)
    yield from _whole_faults("weeks", scenario.weeks, *WEEKS_LIMITS)
    yield from _world_faults(scenario.world)
    yield from _policy_faults(scenario.policy)
    yield from _belief_faults(scenario.uncertainty, scenario.sampling)


def _belief_faults(uncertainty: object, sampling: object) -> Iterator[Fault]:
    if not isinstance(uncertainty, Uncertainty):
        yield _wrong("uncertainty", "an Uncertainty", uncertainty)
    elif not isinstance(sampling, Sampling):
        yield _wrong("sampling", "a Sampling", sampling)
    else:
        yield from uncertainty_faults(uncertainty, sampling)


def _world_faults(world: object) -> Iterator[Fault]:
    if not isinstance(world, World):
        yield _wrong("world", "a World", world)
        return
    sound = set()
    for group, owner in GROUPS.items():
        if isinstance(getattr(world, group), owner):
            sound.add(group)
        else:
            yield _wrong(f"world.{group}", owner.__name__, getattr(world, group))
    for name, declaration in world_declarations().items():
        if declaration.group in sound:
            yield from value_faults(f"world.{name}", world.value(name), declaration)


def _policy_faults(policy: object) -> Iterator[Fault]:
    if not isinstance(policy, Policy):
        yield _wrong("policy", "a Policy", policy)
        return
    yield from _lever_faults("policy", policy, policy_declarations())
    moves: object = policy.moves
    if not isinstance(moves, tuple):
        yield _wrong("policy.moves", "a tuple of Move", moves)
        return
    if len(moves) > MOST_MOVES:
        yield Fault(kind="too_many", place="policy.moves", facts=_most(len(moves), MOST_MOVES))
    for index, move in enumerate(moves[:MOST_MOVES]):
        place = f"policy.moves[{index}]"
        if isinstance(move, Move):
            yield from move_faults(place, move)
        else:
            yield _wrong(place, "a Move", move)


def _lever_faults(
    place: str, owner: object, declarations: Mapping[str, Declaration]
) -> Iterator[Fault]:
    for name, declaration in declarations.items():
        value = getattr(owner, name)
        if value is not None or declaration.default is not None:
            yield from value_faults(f"{place}.{name}", value, declaration)


def text_faults(place: str, text: object) -> Iterator[Fault]:
    """What is wrong with the ``name`` or the ``note`` of a scenario."""
    legal = TEXT_LIMITS[place]
    if not isinstance(text, str):
        yield _wrong(place, "a text", text)
    elif len(text) > legal:
        yield Fault(kind="too_long", place=place, facts=_most(len(text), legal))
    elif any("\ud800" <= sign <= "\udfff" for sign in text):
        facts = {"legal": "a text that UTF-8 can write", "got": ascii(text[:40])}
        yield Fault(kind="wrong_type", place=place, facts=facts)


def move_faults(place: str, move: Move) -> Iterator[Fault]:
    """What is wrong with one move; ``place`` is put before each name."""
    yield from _lever_faults(place, move, move_declarations())
    yield from _member_faults(f"{place}.surfaces", move.surfaces, SURFACES)
    yield from _member_faults(f"{place}.partners", move.partners, PARTNERS)
    if move.openness is None and move.fee is None:
        yield Fault(kind="empty_move", place=place)


def _member_faults(place: str, names: object, legal: Sequence[str]) -> Iterator[Fault]:
    if not isinstance(names, tuple):
        yield _wrong(place, f"a tuple of names ({', '.join(legal)})", names)
        return
    if not names:
        yield Fault(kind="missing", place=place, facts={"legal": ", ".join(legal)})
    if len(names) > MOST_NAMES:
        yield Fault(kind="too_many", place=place, facts=_most(len(names), MOST_NAMES))
        return
    for name in names:
        if not isinstance(name, str):
            yield _wrong(place, " / ".join(map(shown, legal)), name)
        elif name not in legal:
            yield unknown(f"{place}.{key_shown(name)}", key_shown(name), legal)


def value_faults(place: str, value: object, declaration: Declaration) -> Iterator[Fault]:
    """What is wrong with one value, be it a number or a vector; nothing where it is sound."""
    if not declaration.members:
        yield from _number_faults(place, value, declaration)
        return
    if not isinstance(value, tuple):
        yield _wrong(place, f"a tuple of {declaration.size} numbers", value)
        return
    if len(value) != declaration.size:
        facts = {"legal": declaration.size, "got": len(value)}
        yield Fault(kind="wrong_length", place=place, facts=facts)
        return
    found = [
        fault
        for member, number in zip(declaration.members, value, strict=True)
        for fault in _number_faults(f"{place}.{member}", number, declaration)
    ]
    yield from found
    if not found and declaration.sums_to_one and abs(math.fsum(value) - 1) > _SUM_TOLERANCE:
        yield Fault(kind="sum_not_one", place=place, facts={"got": number_shown(math.fsum(value))})


def _number_faults(place: str, value: object, declaration: Declaration) -> Iterator[Fault]:
    low, high = declaration.limits
    kind = None
    if declaration.whole:
        yield from _whole_faults(place, value, int(low), int(high))
    elif isinstance(value, bool) or not isinstance(value, int | float):
        kind = "not_a_number"
    elif isinstance(value, float) and not math.isfinite(value):
        kind = "not_finite"
    elif not low <= value <= high:
        kind = "out_of_range"
    if kind is not None:
        # Written only where there is a fault: every change of a lever checks some two hundred numbers.
        facts = {"low": number_shown(low), "high": number_shown(high), "unit": declaration.unit}
        yield Fault(kind=kind, place=place, facts={**facts, "got": typed(value)})


def _whole_faults(place: str, value: object, low: int, high: int) -> Iterator[Fault]:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not low <= value <= high:  # type: ignore[operator]
        facts = {"low": low, "high": high, "got": typed(value)}
        yield Fault(kind="not_whole", place=place, facts=facts)


def _wrong(place: str, legal: str, value: object) -> Fault:
    return Fault(kind="wrong_type", place=place, facts={"legal": legal, "got": typed(value)})


def _most(got: int, legal: int) -> dict[str, object]:
    return {"got": got, "legal": legal}
