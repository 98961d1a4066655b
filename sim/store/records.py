"""What the library hands out: entries, versions, shares, links and rounds, as they were when asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sim.documents.changes import Change
from sim.scenario import Scenario
from sim.store.people import Role
from sim.uncertainty import Spread


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is to be kept: the document's text, and what is said beside it.

    ``note`` is of this version (what was done), ``why`` by place (``world.diversion``), ``outcomes``
    by id, each in the unit of the metrics.
    """

    document: str
    note: str = ""
    why: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Model:
    """The model that a version was made with: its number, and a fingerprint of its equations."""

    version: str
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of a scenario; times are UTC.

    ``settings`` is every number of the scenario as it then was, the ones left at a case or a default
    included, by place; so that a later model can say what has changed under it.
    """

    scenario_id: str
    number: int
    author: str
    saved: datetime | None
    note: str
    document: str
    why: Mapping[str, str]
    outcomes: Mapping[str, float | None]
    model: Model
    settings: Mapping[str, object]
    restored_from: int | None = None


@dataclass(frozen=True, kw_only=True)
class VersionLine:
    """One line of a history: a version without its document."""

    number: int
    author: str
    saved: datetime
    note: str
    model: Model
    restored_from: int | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A scenario in a list: what whoever asked may do with it, and its newest version's number.

    What is in the trash is ``removable`` for good from that time on.
    ``origin`` is the id and the version that it was saved from under another name, if any;
    ``featured`` ones come with the program and are nobody's.
    """

    id: str
    name: str
    note: str
    owner: str
    role: Role
    head: int
    created: datetime | None
    changed: datetime | None
    tags: tuple[str, ...] = ()
    trashed: datetime | None = None
    removable: datetime | None = None
    origin: tuple[str, int] | None = None
    featured: bool = False


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Two versions as scenarios, what the second says otherwise, by id, and why, by place."""

    first: Scenario
    second: Scenario
    why: Mapping[str, str]
    world: Mapping[str, Change]
    policy: Mapping[str, Change]
    spreads: Mapping[str, Spread | None]


@dataclass(frozen=True, kw_only=True)
class Share:
    """One person that a scenario is shared with."""

    person: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link to a scenario. ``text`` is there once, when it is made: the store keeps no secret."""

    id: str
    role: Role
    made: datetime
    expires: datetime | None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class Round:
    """Blind, then revealed: several people enter their own assumptions on one scenario.

    ``document`` is the scenario as it was when the round was opened. ``link`` is there once, when the
    round is opened.
    """

    id: str
    scenario_id: str
    number: int
    question: str
    document: str
    opened: datetime
    revealed: datetime | None
    count: int
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class RoundEntry:
    """What one person entered, under the name they gave."""

    name: str
    document: str
    why: Mapping[str, str]
    entered: datetime
    is_own: bool
