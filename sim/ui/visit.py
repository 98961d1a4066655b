"""One visitor's state: the scenario, which is the truth, and what led to it.

Widgets are views of it. No Streamlit here: the rules of undo, of values that are refused, and of
drafts can be tested without a server.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from sim.documents.toml_document import base_of
from sim.errors import Fault, Refused
from sim.scenario import Scenario
from sim.ui.places import Content, declaration_at, value_at, value_or_now, with_value

MOST_STEPS: Final = 100
# Several moves may be on their way; a round trip takes far less than this.
_ECHOES: Final = 8
_ECHO_SECONDS: Final = 1.0
_TOGETHER: Final = 0.2

AxisKind = Literal["weeks", "dates"]
Check = Callable[[Scenario], object]


@dataclass
class Echoes:
    """What the page drew in coupled widgets, and what that took the place of."""

    drawn: dict[str, float] = field(default_factory=dict)
    accepted: dict[str, float] = field(default_factory=dict)
    before: dict[str, deque[tuple[float, float]]] = field(default_factory=dict)

    def draw(self, key: str, wanted: float, *, now: float) -> None:
        """The page shows ``wanted`` in a widget, in place of what it showed before."""
        old = self.drawn.get(key)
        if old is not None and old != wanted:
            self.before.setdefault(key, deque(maxlen=_ECHOES)).append((old, now))
        self.drawn[key] = wanted

    def accept(self, key: str, value: float, *, now: float) -> None:
        """A widget was moved to ``value``: nothing that the page did."""
        self.drawn[key] = value
        self.accepted[key] = now

    def has(
        self, key: str, value: object, *, partner: str, partner_moved: bool, now: float
    ) -> bool:
        """Whether a value is an old one that comes with a move of the partner, or just after."""
        together = partner_moved or now - self.accepted.get(partner, -_TOGETHER) < _TOGETHER
        window = _ECHO_SECONDS * (3 if together else 1)
        return any(old == value and now - at < window for old, at in self.before.get(key, ()))


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
    first: bool = True
    adopted: bool = False
    language: str = "en"
    language_asked: str | None = None
    axis: AxisKind = "weeks"
    open: dict[str, bool] = field(default_factory=dict)
    echoes: Echoes = field(default_factory=Echoes)

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


def is_whole(place: str) -> bool:
    """Whether a place takes whole numbers only."""
    declaration = declaration_at(place)
    return place == "weeks" or (declaration is not None and declaration.whole)
