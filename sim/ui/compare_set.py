"""The scenarios beside the one on the page: added, named, taken out; and as a part of the address.

No Streamlit here. What is in the set is whole: a change of the scenario on the page changes none of
it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from sim.analyses.side_by_side import MOST
from sim.documents.token import decode, encode
from sim.errors import Fault, Refused
from sim.scenario import Scenario, require_sound, text_faults
from sim.shown import shown
from sim.ui.link import require_shown, token_of
from sim.ui.visit import Visit

# No letter of a token, and none that an address escapes.
_BETWEEN: Final = "~"
# With which the set begins where all are set against one of them: its number and this.
_AGAINST: Final = "!"
_DAMAGE: Final = frozenset({"damaged_link", "headless_link"})
_LONGEST: Final = 30_000
# What the page's own token and the set may come to: a front passes on lines of 16 kB.
_ROOM: Final = 15_000


@dataclass(frozen=True, kw_only=True)
class Added:
    """What became of scenarios for the set: how many are new in it, were in it, or had no room."""

    new: int
    known: int
    left: int


def add(visit: Visit, scenarios: Iterable[Scenario]) -> Added:
    """Put scenarios into the set that are not in it yet, as far as there is room."""
    new = known = left = 0
    for scenario in scenarios:
        if scenario in visit.compared:
            known += 1
        elif not is_full(visit):
            visit.compared = (*visit.compared, scenario)
            new += 1
        else:
            left += 1
    return Added(new=new, known=known, left=left)


def is_full(visit: Visit) -> bool:
    """Whether there is room for no more."""
    return len(visit.lineup) >= MOST


def take_out(visit: Visit, index: int) -> None:
    """Remove one of the set, 0 the first beside the scenario on the page; none that is gone already."""
    if index >= len(visit.compared):
        return
    visit.compared = tuple(
        each for position, each in enumerate(visit.compared) if position != index
    )
    if visit.against is not None:
        gone = index + 1
        moved = visit.against - 1 if visit.against > gone else visit.against
        visit.against = None if visit.against == gone else moved


def rename(visit: Visit, index: int, name: str) -> tuple[Fault, ...]:
    """Give one of the lineup another name, or say what is wrong with it."""
    faults = tuple(text_faults("name", name))
    if faults or index >= len(visit.lineup):
        return faults
    if index == 0:
        visit.change(replace(visit.scenario, name=name))
    else:
        renamed = replace(visit.compared[index - 1], name=name)
        visit.compared = (*visit.compared[: index - 1], renamed, *visit.compared[index:])
    return ()


def open_one(visit: Visit, index: int) -> None:
    """Bring one of the set, if it is still there, onto the page, whose scenario takes its place."""
    if index >= len(visit.compared):
        return
    chosen = visit.compared[index]
    visit.compared = (
        *visit.compared[:index],
        visit.scenario,
        *visit.compared[index + 1 :],
    )
    visit.forget_drafts()
    visit.change(chosen)
    visit.shelf.take_up(chosen)


def written(visit: Visit) -> str | None:
    """The set as a part of the address, None where there is none; as much of it as fits in a link."""
    if not visit.compared and visit.against is None:
        return None
    tokens = _BETWEEN.join(_carried(visit))
    return tokens if visit.against is None else f"{visit.against}{_AGAINST}{tokens}"


def left_behind(visit: Visit) -> int:
    """How many of the set do not fit in a link any more: they are on this page only."""
    return len(visit.compared) - sum(1 for _ in _carried(visit))


def _carried(visit: Visit) -> Iterator[str]:
    """The tokens of the set, in their order, until no more fit beside that of the scenario."""
    room = _ROOM - len(token_of(visit.scenario) or "")
    for scenario in visit.compared:
        # Several parts of a page ask: tokens are remembered, but for that of the clean address.
        token = token_of(scenario) or encode(scenario)
        room -= len(token) + 1
        if room < 0:
            return
        yield token


def take_written(visit: Visit, text: str | None, count: str | None = None) -> tuple[Fault, ...]:
    """Take over what an address says of the set; what cannot be taken is said, the rest is kept.

    ``count`` is how many there are, as the address has it where nothing was cut off; links of
    before have none.
    """
    faults = _take(visit, text)
    visit.compare_count = len(visit.compared)
    if count is not None and count != str(len(visit.compared)) and not faults:
        told = count if count.isdecimal() and len(count) < 3 else shown(count)
        return (Fault(kind="set_cut", facts={"got": len(visit.compared), "legal": told}),)
    return faults


def _take(visit: Visit, text: str | None) -> tuple[Fault, ...]:
    visit.compare_token, visit.compared, visit.against = text, (), None
    if not text:
        return ()
    if len(text) > _LONGEST:
        return (Fault(kind="long_link", facts={"got": len(text), "legal": _LONGEST}),)
    number, mark, tokens = text.partition(_AGAINST)
    faults: list[Fault] = []
    parts = [part for part in (tokens if mark else text).split(_BETWEEN) if part]
    for position, part in enumerate(parts, start=1):
        if len(visit.lineup) == MOST:
            faults.append(Fault(kind="set_full", facts={"legal": MOST}))
            break
        faults.extend(_taken(visit, part, position))
    if mark:
        if number.isascii() and number.isdigit() and int(number[:4]) < len(visit.lineup):
            visit.against = int(number[:4])
        else:
            faults.append(Fault(kind="no_reference", facts={"got": number[:20]}))
    return tuple(faults)


def _taken(visit: Visit, token: str, position: int) -> tuple[Fault, ...]:
    try:
        decoded = decode(token)
        require_sound(decoded.scenario)
        require_shown(decoded.scenario)
    except Refused as refused:
        is_damage = any(fault.kind in _DAMAGE for fault in refused.faults)
        damage = Fault(kind="set_damaged", facts={"got": position})
        return (damage,) if is_damage else refused.faults
    # Also one that is there already: what all are set against is told by its number.
    visit.compared = (*visit.compared, decoded.scenario)
    return decoded.notices
