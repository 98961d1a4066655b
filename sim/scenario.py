"""A scenario: a policy in a world over a horizon, with a name; the one truth that everything shows."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from sim.declare import Declaration
from sim.errors import Fault, Refused, unknown
from sim.policy import Move, Policy, move_declarations, policy_declarations
from sim.sets import PARTNERS, SURFACES
from sim.uncertainty import Sampling, Uncertainty, uncertainty_faults
from sim.world import World, world_declarations

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
        # To a cache 22 and 22.0 are one, to a scenario they are not.
        if all(type(each) is int for each in _whole_values(scenario)):
            _require_sound(scenario)
            return
    except (TypeError, AttributeError):
        # Lists where tuples are wanted: not to be hashed, and so not to be kept as a key either.
        pass
    raise Refused(faults_of(scenario) or (_LISTS,))


@lru_cache(maxsize=512)
def _require_sound(scenario: Scenario) -> None:
    faults = faults_of(scenario)
    if faults:
        raise Refused(faults)


def _whole_values(scenario: Scenario) -> Iterator[object]:
    world, policy = scenario.world, scenario.policy
    yield from (scenario.weeks, policy.programme_week, policy.coupon_weeks)
    yield from (world.demand.start_week, world.supply.notice_weeks, world.trust.crisis_week)
    for move in policy.moves:
        yield from (move.week, move.ramp_weeks)


_LISTS: Final = Fault(
    kind="wrong_type",
    place="policy.moves",
    facts={"legal": "tuples throughout, moves and their names included", "got": "a list"},
)


def _faults(scenario: Scenario) -> Iterator[Fault]:
    for place in TEXT_LIMITS:
        yield from text_faults(place, getattr(scenario, place))
    case: object = scenario.case
    if not isinstance(case, str | None):
        facts = {"legal": "the id of a case, or None", "got": _typed(case)}
        yield Fault(kind="wrong_type", place="case", facts=facts)
    low, high = WEEKS_LIMITS
    yield from _whole_faults("weeks", scenario.weeks, low, high)
    for name, declaration in world_declarations().items():
        yield from value_faults(f"world.{name}", scenario.world.value(name), declaration)
    for name, declaration in policy_declarations().items():
        value = getattr(scenario.policy, name)
        if value is not None or declaration.default is not None:
            yield from value_faults(f"policy.{name}", value, declaration)
    if len(scenario.policy.moves) > MOST_MOVES:
        facts = {"got": len(scenario.policy.moves), "legal": MOST_MOVES}
        yield Fault(kind="too_many", place="policy.moves", facts=facts)
    for index, move in enumerate(scenario.policy.moves):
        yield from move_faults(f"policy.moves[{index}]", move)
    yield from uncertainty_faults(scenario.uncertainty, scenario.sampling)


def text_faults(place: str, text: object) -> Iterator[Fault]:
    """What is wrong with the ``name`` or the ``note`` of a scenario."""
    legal = TEXT_LIMITS[place]
    if not isinstance(text, str):
        facts: dict[str, object] = {"legal": "a text", "got": _typed(text)}
        yield Fault(kind="wrong_type", place=place, facts=facts)
    elif len(text) > legal:
        yield Fault(kind="too_long", place=place, facts={"got": len(text), "legal": legal})
    elif any("\ud800" <= sign <= "\udfff" for sign in text):
        facts = {"legal": "a text that UTF-8 can write", "got": ascii(text[:40])}
        yield Fault(kind="wrong_type", place=place, facts=facts)


def move_faults(place: str, move: Move) -> Iterator[Fault]:
    """What is wrong with one move; ``place`` is put before each name."""
    for name, declaration in move_declarations().items():
        value = getattr(move, name)
        if value is not None or declaration.default is not None:
            yield from value_faults(f"{place}.{name}", value, declaration)
    yield from _member_faults(f"{place}.surfaces", move.surfaces, SURFACES)
    yield from _member_faults(f"{place}.partners", move.partners, PARTNERS)
    if move.openness is None and move.fee is None:
        yield Fault(kind="empty_move", place=place)


def _member_faults(place: str, names: Sequence[str], legal: Sequence[str]) -> Iterator[Fault]:
    if not names:
        yield Fault(kind="missing", place=place, facts={"legal": ", ".join(legal)})
    if len(names) > MOST_NAMES:
        many = {"got": len(names), "legal": MOST_NAMES}
        yield Fault(kind="too_many", place=place, facts=many)
    for name in names:
        if name not in legal:
            yield unknown(f"{place}.{name}", name, legal)


def value_faults(place: str, value: object, declaration: Declaration) -> Iterator[Fault]:
    """What is wrong with one value, be it a number or a vector; nothing where it is sound."""
    if not declaration.members:
        yield from _number_faults(place, value, declaration)
        return
    if not isinstance(value, tuple) or len(value) != declaration.size:
        got = len(value) if isinstance(value, tuple) else value
        yield Fault(kind="wrong_length", place=place, facts={"legal": declaration.size, "got": got})
        return
    found = [
        fault
        for member, number in zip(declaration.members, value, strict=True)
        for fault in _number_faults(f"{place}.{member}", number, declaration)
    ]
    yield from found
    if not found and declaration.sums_to_one and abs(math.fsum(value) - 1) > _SUM_TOLERANCE:
        yield Fault(kind="sum_not_one", place=place, facts={"got": f"{math.fsum(value):.12g}"})


def _number_faults(place: str, value: object, declaration: Declaration) -> Iterator[Fault]:
    low, high = declaration.limits
    facts = {"low": _say(low), "high": _say(high), "unit": declaration.unit, "got": value}
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield Fault(kind="not_a_number", place=place, facts=facts | {"got": _typed(value)})
    elif isinstance(value, float) and not math.isfinite(value):
        yield Fault(kind="not_finite", place=place, facts=facts)
    elif declaration.whole:
        yield from _whole_faults(place, value, int(low), int(high))
    elif not low <= value <= high:
        yield Fault(kind="out_of_range", place=place, facts=facts | {"got": _say(value)})


def _whole_faults(place: str, value: object, low: int, high: int) -> Iterator[Fault]:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not low <= value <= high:  # type: ignore[operator]
        yield Fault(
            kind="not_whole", place=place, facts={"low": low, "high": high, "got": _typed(value)}
        )


def _say(number: float) -> str:
    """A number as short as it can be said without becoming another one."""
    try:
        short = f"{number:.12g}"
        return short if float(short) == number else repr(float(number))
    except OverflowError:
        return "a whole number beyond any use"


def _typed(value: object) -> object:
    """What was got; what looks like a number and is none that is taken, with its type."""
    plain = isinstance(value, int | float | str) and type(value).__module__ == "builtins"
    return value if plain or value is None else f"{value} ({type(value).__name__})"
