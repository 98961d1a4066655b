"""One visitor's state: the scenario, which is the truth, and what led to it.

Widgets are views of it. No Streamlit here: the rules of undo, of values that are refused, and of
drafts can be tested without a server.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from sim.documents.toml_document import base_of
from sim.errors import Fault, Refused
from sim.places import Content, value_at, value_or_now, with_value
from sim.scenario import Scenario
from sim.ui.shelf import Shelf

MOST_STEPS: Final = 100

AxisKind = Literal["weeks", "dates"]
AXES: Final[tuple[AxisKind, ...]] = ("weeks", "dates")
Shows = Literal["values", "changes"]
SHOWS: Final[tuple[Shows, ...]] = ("values", "changes")
Check = Callable[[Scenario], object]


@dataclass(frozen=True, kw_only=True)
class Look:
    """How results are looked at: the time axis, values or changes, and whether fans are drawn."""

    axis: AxisKind = "weeks"
    shows: Shows = "values"
    fan: bool = True


@dataclass
class Visit:
    """What is kept of a visit between two runs of the script.

    Attributes
    ----------
    scenario
        The scenario on the page.
    past, future
        What undo and redo lead to, the nearest last; bounded.
    drafts, refusals
        Values that were typed and cannot be, by place, and why. They are in no result and no link.
    token, addressed
        The token last seen in, or written to, the address, and the scenario it stands for.
    notices
        What was wrong with the link this visit came by.
    language, language_asked
        The language of the page, and the one that the address asks for, if any.
    heard
        Number of the last change that the rows of controls have sent.
    view
        The question that the page of decisions shows.
    outcome
        The outcome by which that page judges.
    compared, against, compare_token, compare_count
        The scenarios beside the one on the page, which of all the others are set against (None:
        each its own world without policy), what the address last said of both, and how many there
        were then.
    compare_view, compare_shows, compare_subject, compare_chances
        How the comparison is looked at.
    grid_columns, grid_faults
        The numbers that stand in the grid of scenarios, and what of its last edit could not be.
    drawn, fanned
        The scenario that was drawn last, and the one whose worlds were; they stay, faint, while others
        are computed.
    asks_worlds
        Whether the browser asks for worlds itself, beside the page; it tells where it cannot.
    file_faults, files_opened, files_added, files_known, files_left, uploads
        What became of the files that were handed in last, and how often that has been done.
    shelf
        This visitor's side of the library.
    asked
        What is chosen in the other boxes of that page, by the key of the box.
    range_faults, edition
        What of the last edited ranges could not be, and how often their tables have begun anew.
    heard_late
        Whether rows were heard on the way to another control's change: then all is drawn again.
    blocks
        The block of rows in which each place was drawn last.
    connection, is_late
        The websocket by which the browser was here last, and whether it has come back by another: then
        the address may be older than this run.
    touched
        Whether a widget's callback came before this run: then the address may be older than it.
    """

    scenario: Scenario
    past: list[Scenario] = field(default_factory=list)
    future: list[Scenario] = field(default_factory=list)
    drafts: dict[str, Content] = field(default_factory=dict)
    refusals: dict[str, tuple[Fault, ...]] = field(default_factory=dict)
    token: str | None = None
    addressed: Scenario | None = None
    notices: tuple[Fault, ...] = ()
    touched: bool = False
    connection: str | None = None
    is_late: bool = False
    first: bool = True
    adopted: bool = False
    language: str = "en"
    language_asked: str | None = None
    look: Look = field(default_factory=Look)
    view: str = "certainty"
    outcome: str = "npv_change"
    compared: tuple[Scenario, ...] = ()
    against: int | None = None
    compare_token: str | None = None
    compare_count: int = 0
    compare_view: str = "charts"
    compare_shows: Shows = "values"
    compare_subject: str = "gmv"
    compare_chances: bool = False
    grid_columns: tuple[str, ...] = ()
    grid_faults: tuple[tuple[str, Fault], ...] = ()
    file_faults: tuple[tuple[str, Fault], ...] = ()
    files_opened: bool = False
    files_added: int = 0
    files_known: int = 0
    files_left: int = 0
    uploads: int = 0
    shelf: Shelf = field(default_factory=Shelf)
    asked: dict[str, object] = field(default_factory=dict)
    range_faults: tuple[Fault, ...] = ()
    edition: int = 0
    open: dict[str, bool] = field(default_factory=dict)
    heard: int = 0
    drawn: Scenario | None = None
    fanned: Scenario | None = None
    asks_worlds: bool = True
    heard_late: bool = False
    blocks: dict[str, str] = field(default_factory=dict)

    @property
    def base(self) -> Scenario:
        """What changes are counted against: the scenario's case, or the defaults."""
        return base_of(self.scenario)

    def change(self, scenario: Scenario) -> None:
        """Go on to a scenario that is sound; one step of undo."""
        if scenario == self.scenario:
            return
        self.past = [*self.past, self.scenario][-MOST_STEPS:]
        self.future = []
        self.notices = ()
        self.scenario = scenario

    @property
    def lineup(self) -> tuple[Scenario, ...]:
        """Every scenario of the comparison, the one on the page first."""
        return (self.scenario, *self.compared)

    def follow(self, scenario: Scenario) -> None:
        """Go where the browser's address went: back and forward are undo and redo."""
        if self.past and self.past[-1] == scenario:
            self.undo()
        elif self.future and self.future[-1] == scenario:
            self.redo()
        else:
            self.change(scenario)
        self.forget_drafts()

    def undo(self) -> None:
        """One step back, if there is one."""
        if self.past:
            self.future = [*self.future, self.scenario][-MOST_STEPS:]
            self.scenario = self.past[-1]
            self.past = self.past[:-1]
        self.forget_drafts()

    def redo(self) -> None:
        """One step forward again, if there is one."""
        if self.future:
            self.past = [*self.past, self.scenario][-MOST_STEPS:]
            self.scenario = self.future[-1]
            self.future = self.future[:-1]
        self.forget_drafts()

    def forget_drafts(self) -> None:
        """Let go of what was typed and refused."""
        self.drafts, self.refusals = {}, {}

    def propose(self, place: str, value: Content, check: Check) -> None:
        """Put a value at a place if the scenario then can be run, else keep it as a draft.

        Drafts are tried again with every later value: shares that have to sum to 1 are typed one
        after the other. ``check`` raises :class:`~sim.errors.Refused`.
        """
        if value == value_at(self.scenario, place) and place not in self.drafts:
            return
        drafts = {**self.drafts, place: value}
        together = with_drafts(self.scenario, drafts)
        if not _refusal(together, check):
            self.forget_drafts()
            self.change(together)
            return
        alone = with_value(self.scenario, place, value)
        faults = _refusal(alone, check)
        if faults:
            self.drafts = drafts
            self.refusals = {**self.refusals, place: faults}
        else:
            self.withdraw(place)
            self.change(alone)

    def attempt(self, place: str, scenario: Scenario, check: Check) -> None:
        """Go on to a scenario in which more than one value is new at ``place``, if it can be run."""
        self.forget_drafts()
        faults = _refusal(scenario, check)
        if faults:
            self.refusals = {place: faults}
        else:
            self.change(scenario)

    def withdraw(self, place: str) -> None:
        """Let go of what was typed and refused at one place."""
        self.drafts.pop(place, None)
        self.refusals.pop(place, None)

    def shown(self, place: str) -> Content:
        """What the control of a place shows: the draft, else the scenario's value."""
        if place in self.drafts:
            return self.drafts[place]
        return value_or_now(self.scenario, place)

    def is_changed(self, place: str) -> bool:
        """Whether a place differs from the case, or holds a draft."""
        return place in self.drafts or value_at(self.scenario, place) != value_at(self.base, place)


def with_drafts(scenario: Scenario, drafts: Mapping[str, Content]) -> Scenario:
    """The scenario with all drafts in it, in the order in which they were typed."""
    for place, value in drafts.items():
        scenario = with_value(scenario, place, value)
    return scenario


def _refusal(scenario: Scenario, check: Check) -> tuple[Fault, ...]:
    try:
        check(scenario)
    except Refused as refused:
        return refused.faults
    return ()
