"""Whatever people do in whatever order, each sees what a library of a few dictionaries would show them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.documents.toml_document import parse
from sim.errors import Conflict, NotAllowed, NotFound, Refused
from sim.store.listing import Search
from sim.store.people import Person, Role
from sim.store.store import Store, open_store
from tests.store.conftest import DATABASES
from tests.store.drafts import draft

PEOPLE: Final = 3
KINDS: Final = (
    "create", "save", "stale save", "restore", "tag", "trash", "recover", "share", "unshare", "link",
)  # fmt: skip
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, PEOPLE - 1),
        st.integers(0, 3),
        st.integers(0, PEOPLE - 1),
        st.sampled_from((Role.VIEWER, Role.EDITOR)),
    ),
    min_size=4,
    max_size=30,
)
_EXAMPLES: Final = count()


@dataclass
class Kept:
    """A scenario as a few plain values."""

    owner: int
    names: list[str]
    tags: tuple[str, ...] = ()
    trashed: bool = False
    shares: dict[int, Role] = field(default_factory=dict)
    linked: dict[int, Role] = field(default_factory=dict)

    def role(self, who: int) -> Role | None:
        if who == self.owner:
            return Role.OWNER
        if self.trashed:
            return None
        given = [each[who] for each in (self.shares, self.linked) if who in each]
        return max(given, default=None)


@dataclass
class Play:
    """The library and the plain one, changed together."""

    store: Store
    people: list[Person]
    ids: list[str] = field(default_factory=list)
    plain: list[Kept] = field(default_factory=list)

    def step(self, kind: str, who: int, which: int, other: int, role: Role) -> None:
        if kind == "create":
            name = f"new {len(self.ids)}"
            made = self.store.scenarios.create(self.people[who], draft(name))
            self.ids.append(made.scenario_id)
            self.plain.append(Kept(owner=who, names=[name]))
        elif self.ids:
            index = which % len(self.ids)
            expected = self.expected(kind, who, self.plain[index], other)
            act = self.act(kind, who, index, other, role)
            if expected is None:
                act()
            else:
                with pytest.raises(expected) as caught:
                    act()
                assert caught.type is expected

    def expected(self, kind: str, who: int, kept: Kept, other: int) -> type[Exception] | None:
        """What is refused, and how."""
        role = kept.role(who)
        changes = ("save", "stale save", "restore", "tag")
        need = Role.EDITOR if kind in changes else Role.VIEWER if kind == "unshare" else Role.OWNER
        if role is None:
            return NotFound
        if role < need:
            return NotAllowed
        if kept.trashed and kind not in ("trash", "recover"):
            return Refused
        if kind == "unshare":
            if role < Role.OWNER and other != who:
                return NotAllowed
            return None if other in kept.shares else NotFound
        return Conflict if kind == "stale save" else None

    def act(self, kind: str, who: int, index: int, other: int, role: Role) -> Callable[[], object]:
        """What is done in the library; and, once it is done, in the plain one."""
        person, id, kept = self.people[who], self.ids[index], self.plain[index]
        head, scenarios, sharing = len(kept.names), self.store.scenarios, self.store.sharing
        name = f"version {head + 1} by {who}"

        def link() -> None:
            text = str(sharing.make_link(person, id, role).text)
            before = self.people[other]
            self.people[other] = Person(id=before.id, links=(*before.links, text))
            kept.linked[other] = max(role, kept.linked.get(other, role))

        return {
            "save": lambda: (
                scenarios.save(person, id, draft(name), based_on=head),
                kept.names.append(name),
            ),
            "stale save": lambda: scenarios.save(person, id, draft(name), based_on=head - 1),
            "restore": lambda: (
                scenarios.restore(person, id, 1, based_on=head),
                kept.names.append(kept.names[0]),
            ),
            "tag": lambda: setattr(kept, "tags", scenarios.tag(person, id, (name, f"{other}"))),
            "trash": lambda: (scenarios.trash(person, id), setattr(kept, "trashed", True)),
            "recover": lambda: (scenarios.recover(person, id), setattr(kept, "trashed", False)),
            "share": lambda: (
                sharing.share(person, id, self.people[other].id, role),
                kept.shares.update({other: role}),
            ),
            "unshare": lambda: (
                sharing.unshare(person, id, self.people[other].id),
                kept.shares.pop(other),
            ),
            "link": link,
        }[kind]

    def require_same(self) -> None:
        """Each person sees the same in both."""
        for who, person in enumerate(self.people):
            for trashed in (False, True):
                found = self.store.scenarios.search(person, Search(trashed=trashed))
                seen = {(each.id, each.name, each.head, each.tags, each.role) for each in found}
                assert seen == set(self.shown(who, trashed))
            for id, kept in zip(self.ids, self.plain, strict=True):
                if kept.role(who) is None:
                    with pytest.raises(NotFound):
                        self.store.scenarios.version(person, id)
                    continue
                numbers = range(1, len(kept.names) + 1)
                versions = [self.store.scenarios.version(person, id, each) for each in numbers]
                assert [parse(each.document).name for each in versions] == kept.names

    def shown(self, who: int, trashed: bool) -> Iterator[tuple[object, ...]]:
        for id, kept in zip(self.ids, self.plain, strict=True):
            if kept.trashed == trashed and kept.role(who) is not None:
                yield id, kept.names[-1], len(kept.names), kept.tags, kept.role(who)


@pytest.fixture(scope="module", params=DATABASES)
def lasting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A library for all examples: each has people of its own, who see nothing of the others."""
    folder: Path = tmp_path_factory.mktemp("lasting")
    on_sqlite = request.param == "sqlite"
    url = f"sqlite:///{folder}/library.sqlite" if on_sqlite else request.getfixturevalue("used_url")
    store = open_store(url)
    yield store
    store.close()


@given(steps=STEPS)
@settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_everybody_sees_what_a_plain_library_would_show(
    lasting: Store, steps: list[tuple[str, int, int, int, Role]]
) -> None:
    example = next(_EXAMPLES)
    people = [Person(id=f"{example}-{each}@shop.example") for each in range(PEOPLE)]
    play = Play(store=lasting, people=people)
    for step in steps:
        play.step(*step)
    play.require_same()
