"""What a visit knows of the library: what is open from it, the links in hand, what was said last.

No Streamlit here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from sim.errors import Fault
from sim.metrics import OUTCOMES
from sim.scenario import Scenario
from sim.store.people import Person, guest, opened_by
from sim.store.records import Draft

_MOST_LINKS: Final = 20
# As far as undo leads back, and forward again.
_MOST_DESKS: Final = 200


@dataclass(frozen=True, kw_only=True)
class Kept:
    """The scenario of the library that is open: which version of it, and whether it may be changed."""

    id: str
    number: int
    may_change: bool
    scenario: Scenario


@dataclass(frozen=True, kw_only=True)
class Drift:
    """How an old version comes out today: outcomes and settings, each as then and now."""

    model: str
    outcomes: Mapping[str, tuple[float | None, float | None]]
    settings: Mapping[str, tuple[object, object]]


@dataclass
class Desk:
    """What belongs to the scenario that is worked on.

    Attributes
    ----------
    kept
        What on the page came from the library, or went into it.
    claim
        Id and number of a version that was open before the page was loaded anew, and that the library
        has not handed out again yet.
    why, note
        Why each changed place is as it is, by place, and what was done, as they will be saved.
    rival, theirs
        The number of the version that somebody saved in between, until that is settled, and what it
        says once it has been looked at.
    save_id
        Of the save that is being made: the same until it is known to have worked.
    drift
        What has changed under a version since it was saved, where something has.
    """

    kept: Kept | None = None
    claim: tuple[str, int] | None = None
    why: dict[str, str] = field(default_factory=dict)
    note: str = ""
    rival: int | None = None
    theirs: Scenario | None = None
    save_id: str | None = None
    drift: Drift | None = None

    @property
    def is_bare(self) -> bool:
        """Whether nothing is open and no reason is given; a note may be written."""
        return not (self.kept or self.claim or self.why)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is open and nothing waits to be saved."""
        return self.is_bare and not self.note


@dataclass
class Shelf:
    """One visitor's side of the library.

    Attributes
    ----------
    desk
        That of the scenario on the page.
    chosen
        The id of the entry that is looked at.
    whose
        The id of whoever was logged in last; what is not saved is nobody else's.
    begun
        Whether anything has been opened or typed, or the browser has told what had been before.
    links
        Texts of links that this visitor came by, the last first.
    faults, notice
        What went wrong in the last call, or the key of what it did.
    told_link, told_round
        The text of a link just made, which is told this once.
    round_id
        The round that is looked at: the one whose link the visitor came by, or one of one's own.
    guest
        Who asks where nobody is logged in: keeps an entry to a round one's own.
    log_in
        How the way to the provider ended, where nobody was logged in: ``failed`` or ``declined``.
    edition, listing
        How often the table of reasons, and that of the entries, has begun anew.
    """

    desk: Desk = field(default_factory=Desk)
    chosen: str | None = None
    whose: str | None = None
    begun: bool = False
    links: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    notice: str | None = None
    told_link: str | None = None
    told_round: str | None = None
    round_id: str | None = None
    guest: Person = field(default_factory=guest)
    log_in: str | None = None
    edition: int = 0
    listing: int = 0
    _desks: dict[Scenario, Desk] = field(default_factory=dict)
    _of_case: dict[str | None, Desk] = field(default_factory=dict)

    def turn_to(self, scenario: Scenario) -> None:
        """Go on at the desk of a scenario: that at which it was, or the one of its case.

        Whoever begins from another case, or opens another scenario, does not save that over what was
        open before, and finds it again on undo.
        """
        desk = self._desks.get(scenario)
        if desk is None:
            desk = self._of_case.get(scenario.case) or (Desk() if self._of_case else self.desk)
        self._put(scenario, desk)

    def lay_out(self, scenario: Scenario) -> Desk:
        """A new desk for a scenario that comes from somewhere else."""
        self._put(scenario, Desk())
        return self.desk

    def take_up(self, scenario: Scenario) -> None:
        """Go on with a scenario that was set aside: at the desk where it was, else at a new one."""
        self._put(scenario, self._desks.get(scenario) or Desk())

    def _put(self, scenario: Scenario, desk: Desk) -> None:
        self._desks.pop(scenario, None)
        self._desks[scenario] = self._of_case[scenario.case] = desk
        if len(self._desks) > _MOST_DESKS:
            del self._desks[next(iter(self._desks))]
        if desk is not self.desk:
            self.desk = desk
            self.edition += 1

    def let_go(self) -> None:
        """Forget what is open and what is not saved."""
        self.desk, self._desks, self._of_case = Desk(), {}, {}
        self.edition += 1

    def take_link(self, text: str | None, *, to_round: bool) -> None:
        """Keep a link that the address carries, and look at what it opens."""
        if not text or text in self.links:
            return
        self.links = (text, *self.links)[:_MOST_LINKS]
        if to_round:
            self.round_id = opened_by(text)
        else:
            self.notice = "linked"
            self.choose(opened_by(text))

    def choose(self, id: str | None, *, by_hand: bool = False) -> None:
        """Look at an entry, or at none; a link that was made of another one is told no longer.

        Where it was not ticked by hand, the table of the entries begins anew with its tick.
        """
        if id != self.chosen:
            self.told_link = self.told_round = None
        self.chosen = id
        self.listing += not by_hand


def drift_of(
    then: Mapping[str, float | None],
    now: Mapping[str, float | None],
    settings: Mapping[str, tuple[object, object]],
    *,
    model: str,
) -> Drift | None:
    """What differs between outcomes as they were saved and as they come out; None for nothing."""
    changed = {
        name: (then[name], value)
        for name, value in now.items()
        if name in then and not _is_same(then[name], value)
    }
    if not changed and not settings:
        return None
    return Drift(model=model, outcomes=changed, settings=settings)


def _is_same(then: float | None, now: float | None) -> bool:
    if then is None or now is None:
        return then is now
    # Another processor rounds the last digits otherwise.
    return abs(then - now) <= 1e-9 * max(abs(then), abs(now), 1.0)


def draft_of(
    document: str, desk: Desk, outcomes: Mapping[str, float | None], places: set[str]
) -> Draft:
    """What is saved: the document, the note of this version, why, and the headline numbers."""
    headline = {name: outcomes[name] for name in OUTCOMES}
    why = reasons_for(desk, places)
    return Draft(document=document, note=desk.note, why=why, outcomes=headline)


def reasons_for(desk: Desk, places: Collection[str]) -> dict[str, str]:
    """The reasons that were given, of places that still differ."""
    return {place: text for place, text in desk.why.items() if place in places and text.strip()}
