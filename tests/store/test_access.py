"""Nobody reads or changes what was not shared with them: every call tried, id by id, role by role."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

import pytest

from sim.errors import ClosedLoopError, NotAllowed, NotFound, Refused
from sim.store.limits import Limits
from sim.store.listing import Search
from sim.store.people import Person, Role, guest, opened_by
from sim.store.reading import time_of
from sim.store.round_calls import RoundCalls
from sim.store.scenario_calls import ScenarioCalls
from sim.store.sharing_calls import SharingCalls
from sim.store.store import Store
from tests.store.conftest import Clock, Opener
from tests.store.drafts import ANNA, BEN, CLEO, draft

Call = Callable[[Store, Person, str], object]


# Who may, beside the owner: "none", "viewer" or "editor".
SCENARIO_CALLS: Final[Mapping[str, tuple[str, Call]]] = {
    "scenarios.version": ("viewer", lambda s, p, id: s.scenarios.version(p, id)),
    "scenarios.versions": ("viewer", lambda s, p, id: s.scenarios.versions(p, id)),
    "scenarios.difference": (
        "viewer",
        lambda s, p, id: s.scenarios.difference(p, ("case:kuaishou-2021", 1), (id, 1)),
    ),
    "scenarios.entry": ("viewer", lambda s, p, id: s.scenarios.entry(p, id)),
    "scenarios.save": ("editor", lambda s, p, id: s.scenarios.save(p, id, draft("x"), based_on=1)),
    "scenarios.restore": ("editor", lambda s, p, id: s.scenarios.restore(p, id, 1, based_on=1)),
    "scenarios.tag": ("editor", lambda s, p, id: s.scenarios.tag(p, id, ("x",))),
    "scenarios.trash": ("none", lambda s, p, id: s.scenarios.trash(p, id)),
    "scenarios.recover": ("none", lambda s, p, id: s.scenarios.recover(p, id)),
    "scenarios.purge": ("none", lambda s, p, id: s.scenarios.purge(p, id)),
    "sharing.share": ("none", lambda s, p, id: s.sharing.share(p, id, p.id, Role.EDITOR)),
    "sharing.unshare": ("none", lambda s, p, id: s.sharing.unshare(p, id, CLEO.id)),
    "sharing.hand_over": (
        "none",
        lambda s, p, id: s.sharing.hand_over(p, id, "editor@shop.example"),
    ),
    "sharing.shares": ("none", lambda s, p, id: s.sharing.shares(p, id)),
    "sharing.make_link": ("none", lambda s, p, id: s.sharing.make_link(p, id, Role.EDITOR)),
    "sharing.revoke_link": ("none", lambda s, p, id: s.sharing.revoke_link(p, id, "a" * 22)),
    "sharing.links": ("none", lambda s, p, id: s.sharing.links(p, id)),
    "rounds.open": ("none", lambda s, p, id: s.rounds.open(p, id)),
    "rounds.of_scenario": ("none", lambda s, p, id: s.rounds.of_scenario(p, id)),
}
# A guest may read through a link, and has nothing of their own to keep a copy in.
COPYING: Final[Mapping[str, Call]] = {
    "scenarios.save_as": lambda s, p, id: s.scenarios.save_as(p, id, draft("x"), based_on=1),
}
# Whether those who hold the link may, or the owner only.
ROUND_CALLS: Final[Mapping[str, tuple[bool, Call]]] = {
    "rounds.round": (True, lambda s, p, id: s.rounds.round(p, id)),
    "rounds.put_entry": (True, lambda s, p, id: s.rounds.put_entry(p, id, "x", draft())),
    "rounds.withdraw_entry": (True, lambda s, p, id: s.rounds.withdraw_entry(p, id)),
    "rounds.entries": (True, lambda s, p, id: s.rounds.entries(p, id)),
    "rounds.reveal": (False, lambda s, p, id: s.rounds.reveal(p, id)),
    "rounds.remove": (False, lambda s, p, id: s.rounds.remove(p, id)),
}
# These name no scenario: what they give is only the asker's own, which the tests below try.
OF_ONESELF: Final = {"scenarios.create", "scenarios.search", "scenarios.featured"}


def test_every_call_of_the_library_stands_in_a_table() -> None:
    parts = {"scenarios": ScenarioCalls, "sharing": SharingCalls, "rounds": RoundCalls}
    assert set(parts) | {"database", "close"} == {
        name for name in {*vars(Store), *Store.__dataclass_fields__} if not name.startswith("_")
    }
    calls = {
        f"{part}.{name}"
        for part, kind in parts.items()
        for name, value in vars(kind).items()
        if callable(value) and not name.startswith("_")
    }
    assert calls == {*SCENARIO_CALLS, *COPYING, *ROUND_CALLS, *OF_ONESELF}


def shared(store: Store) -> tuple[str, Mapping[str, Person]]:
    """A scenario of Anna's, and people who may read or change it, by share and by link."""
    id = store.scenarios.create(ANNA, draft(), tags=("t",)).scenario_id
    viewer, editor = Person(id="viewer@shop.example"), Person(id="editor@shop.example")
    store.sharing.share(ANNA, id, viewer.id, Role.VIEWER)
    store.sharing.share(ANNA, id, editor.id, Role.EDITOR)
    reading = str(store.sharing.make_link(ANNA, id, Role.VIEWER).text)
    changing = str(store.sharing.make_link(ANNA, id, Role.EDITOR).text)
    assert opened_by(reading) == id
    return id, {
        "viewer": viewer,
        "viewer by link": Person(id=BEN.id, links=(reading,)),
        "viewing guest": guest(reading),
        "editor": editor,
        "editor by link": Person(id=BEN.id, links=("junk", reading, changing)),
        "editing guest": guest(changing),
    }


def strangers(store: Store) -> list[Person]:
    """People with nothing, with links to something else, and with links made up."""
    other = store.scenarios.create(CLEO, draft()).scenario_id
    elsewhere = store.sharing.make_link(CLEO, other, Role.EDITOR).text
    assert elsewhere is not None
    secret = elsewhere.partition(".")[2]
    return [
        BEN,
        guest(),
        guest(elsewhere),
        Person(id=CLEO.id, links=(elsewhere, f"{'a' * 22}.{secret}")),
    ]


def state(store: Store, id: str) -> tuple[object, ...]:
    return (
        store.scenarios.entry(ANNA, id),
        store.scenarios.versions(ANNA, id),
        store.sharing.shares(ANNA, id),
        store.sharing.links(ANNA, id),
        store.rounds.of_scenario(ANNA, id),
    )


def test_to_a_stranger_there_is_no_such_scenario(store: Store) -> None:
    id, _ = shared(store)
    others, before = strangers(store), state(store, id)
    for call in [*COPYING.values(), *(call for _, call in SCENARIO_CALLS.values())]:
        for stranger in others:
            with pytest.raises(NotFound) as caught:
                call(store, stranger, id)
            with pytest.raises(NotFound) as nothing:
                call(store, stranger, "b" * 22)
            assert str(caught.value) == str(nothing.value)
    assert state(store, id) == before


@pytest.mark.parametrize("who", ["viewer", "viewer by link", "viewing guest"])
def test_who_may_read_may_only_read(store: Store, who: str) -> None:
    id, people = shared(store)
    before = state(store, id)
    for allowed, call in SCENARIO_CALLS.values():
        if allowed == "viewer":
            call(store, people[who], id)
            continue
        with pytest.raises(NotAllowed):
            call(store, people[who], id)
    assert state(store, id) == before


@pytest.mark.parametrize("who", ["editor", "editor by link", "editing guest"])
def test_who_may_change_may_not_do_what_is_the_owners(store: Store, who: str) -> None:
    id, people = shared(store)
    before = state(store, id)
    for allowed, call in SCENARIO_CALLS.values():
        if allowed == "none":
            with pytest.raises(NotAllowed):
                call(store, people[who], id)
    assert state(store, id) == before
    for allowed, call in SCENARIO_CALLS.values():
        if allowed != "none":
            id, people = shared(store)
            call(store, people[who], id)


def test_its_owner_may_do_everything(store: Store) -> None:
    # Not in the trash; not shared with that person; no such link: these are no questions of rights.
    moot = ("scenarios.purge", "sharing.unshare", "sharing.revoke_link")
    for name, (_, call) in SCENARIO_CALLS.items():
        id, _ = shared(store)
        if name not in moot:
            call(store, ANNA, id)
            continue
        with pytest.raises(Refused) as caught:
            call(store, ANNA, id)
        assert not isinstance(caught.value, NotAllowed)


def test_what_is_in_the_trash_is_there_for_nobody_else(store: Store) -> None:
    id, people = shared(store)
    store.scenarios.trash(ANNA, id)
    for _, call in SCENARIO_CALLS.values():
        for person in people.values():
            with pytest.raises(NotFound):
                call(store, person, id)


def test_a_copy_is_made_by_whoever_may_read_and_has_a_name(store: Store) -> None:
    id, people = shared(store)
    for who, person in people.items():
        if person.is_guest:
            with pytest.raises(NotAllowed) as caught:
                COPYING["scenarios.save_as"](store, person, id)
            assert caught.value.faults[0].kind == "guest"
            with pytest.raises(NotAllowed):
                store.scenarios.create(person, draft())
        else:
            copy = store.scenarios.save_as(person, id, draft(who), based_on=1)
            assert store.scenarios.entry(person, copy.scenario_id).owner == person.id
            with pytest.raises(NotFound):
                store.scenarios.entry(ANNA, copy.scenario_id)


def test_a_listing_shows_what_one_may_read_and_nothing_else(store: Store) -> None:
    id, people = shared(store)
    others = strangers(store)
    for trashed in (False, True):
        for stranger in others:
            found = store.scenarios.search(stranger, Search(trashed=trashed))
            assert id not in [entry.id for entry in found]
    for who, person in people.items():
        (entry,) = store.scenarios.search(person)
        assert entry.id == id
        assert entry.role == (Role.VIEWER if "view" in who else Role.EDITOR)
        assert store.scenarios.search(person, Search(trashed=True)) == ()


def test_a_link_that_is_revoked_or_over_opens_nothing(store: Store, clock: Clock) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    revoked = store.sharing.make_link(ANNA, id, Role.EDITOR)
    dated = store.sharing.make_link(
        ANNA, id, Role.EDITOR, expires=time_of(clock.now) + timedelta(days=2)
    )
    both = Person(id=BEN.id, links=(str(revoked.text), str(dated.text)))
    assert store.scenarios.entry(both, id).role == Role.EDITOR
    store.sharing.revoke_link(ANNA, id, revoked.id)
    assert store.scenarios.entry(both, id).role == Role.EDITOR
    clock.pass_days(3)
    with pytest.raises(NotFound):
        store.scenarios.entry(both, id)
    assert store.scenarios.search(both) == ()
    assert [link.id for link in store.sharing.links(ANNA, id)] == [dated.id]
    with pytest.raises(NotFound):
        store.sharing.revoke_link(ANNA, id, revoked.id)
    other = store.scenarios.create(ANNA, draft()).scenario_id
    with pytest.raises(NotFound):
        store.sharing.revoke_link(ANNA, other, dated.id)


def test_the_database_holds_no_secret(store: Store, url: str) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    link, round = store.sharing.make_link(ANNA, id, Role.EDITOR), store.rounds.open(ANNA, id)
    visitor = guest(str(link.text), str(round.link))
    store.scenarios.save(visitor, id, draft("x"), based_on=1)
    store.rounds.put_entry(visitor, round.id, "x", draft())
    assert store.sharing.links(ANNA, id)[0].text is None
    assert store.rounds.round(ANNA, round.id).link is None

    def everything(connection: object) -> str:
        from sim.store.schema import METADATA

        return repr([connection.execute(t.select()).all() for t in METADATA.sorted_tables])  # type: ignore[attr-defined]

    kept = store.database.read(everything)
    for held in (str(link.text), str(round.link)):
        assert held.partition(".")[0] in kept
        assert held.partition(".")[2] not in kept
    secret = visitor.id.removeprefix("guest:")
    assert secret not in kept
    assert secret.lower() not in kept
    assert store.scenarios.version(ANNA, id).author == "guest"


def test_a_share_is_raised_lowered_ended_and_left(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    store.sharing.share(ANNA, id, BEN.id, Role.EDITOR)
    store.sharing.share(ANNA, id, BEN.id, Role.VIEWER)
    store.sharing.share(ANNA, id, CLEO.id, Role.EDITOR)
    assert [(each.person, each.role) for each in store.sharing.shares(ANNA, id)] == [
        (BEN.id, Role.VIEWER),
        (CLEO.id, Role.EDITOR),
    ]
    with pytest.raises(NotAllowed):
        store.scenarios.save(BEN, id, draft("x"), based_on=1)
    store.sharing.unshare(BEN, id, BEN.id)
    store.sharing.unshare(ANNA, id, CLEO.id)
    for person in (BEN, CLEO):
        with pytest.raises(NotFound):
            store.scenarios.entry(person, id)
    with pytest.raises(NotFound):
        store.sharing.unshare(ANNA, id, CLEO.id)


@pytest.mark.parametrize("role", [Role.OWNER, 0, 7, "editor", None])
def test_a_role_that_cannot_be_given_is_refused(store: Store, role: Role) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    for act in (
        lambda: store.sharing.share(ANNA, id, BEN.id, role),
        lambda: store.sharing.make_link(ANNA, id, role),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.faults[0].place == "role"
    assert store.sharing.shares(ANNA, id) == store.sharing.links(ANNA, id) == ()


# Rounds.


@pytest.mark.parametrize("name", ROUND_CALLS)
def test_to_a_stranger_there_is_no_such_round(store: Store, name: str) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    round = store.rounds.open(ANNA, id, "?")
    other = store.rounds.open(ANNA, id, "other")
    reading = store.sharing.make_link(ANNA, id, Role.EDITOR)
    store.sharing.share(ANNA, id, CLEO.id, Role.EDITOR)
    outside = [BEN, CLEO, guest(), guest(str(reading.text)), guest(str(other.link))]
    forged = str(other.link).replace(other.id, round.id)
    for person in [*outside, guest(forged)]:
        with pytest.raises(NotFound):
            ROUND_CALLS[name][1](store, person, round.id)
    assert store.rounds.round(ANNA, round.id) == store.rounds.of_scenario(ANNA, id)[1]


@pytest.mark.parametrize("name", ROUND_CALLS)
def test_who_takes_part_does_not_decide_when_it_ends(store: Store, name: str) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    round = store.rounds.open(ANNA, id, "?")
    for person in (guest(str(round.link)), Person(id=BEN.id, links=(str(round.link),))):
        taking_part, call = ROUND_CALLS[name]
        if taking_part:
            call(store, person, round.id)
            continue
        with pytest.raises(NotAllowed):
            call(store, person, round.id)
    ROUND_CALLS[name][1](store, ANNA, round.id)


def test_a_round_is_blind_for_all_until_it_is_revealed(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft("Base")).scenario_id
    round = store.rounds.open(ANNA, id, "多少人留下？")
    store.scenarios.save(ANNA, id, draft("Later"), based_on=1)
    visitor, ben = guest(str(round.link)), Person(id=BEN.id, links=(str(round.link),))
    store.rounds.put_entry(visitor, round.id, "张三", draft("a", 0.7))
    store.rounds.put_entry(visitor, round.id, "张三", draft("b", 0.8))
    store.rounds.put_entry(ben, round.id, "Ben", draft("c", 0.9))
    store.rounds.put_entry(ANNA, round.id, "Anna", draft("d", 0.6))
    for person, name in ((visitor, "张三"), (ben, "Ben"), (ANNA, "Anna")):
        (own,) = store.rounds.entries(person, round.id)
        assert (own.name, own.is_own) == (name, True)
        seen = store.rounds.round(person, round.id)
        assert (seen.count, seen.number, seen.revealed, seen.question) == (
            3,
            1,
            None,
            "多少人留下？",
        )
        assert 'name = "Base"' in seen.document
    store.rounds.reveal(ANNA, round.id)
    for person in (visitor, ben, ANNA):
        found = store.rounds.entries(person, round.id)
        assert [each.name for each in found] == ["Anna", "Ben", "张三"]
        assert ["diversion = 0.8" in each.document for each in found] == [False, False, True]
        assert sum(each.is_own for each in found) == 1
        with pytest.raises(Refused) as caught:
            store.rounds.put_entry(person, round.id, "late", draft())
        assert caught.value.faults[0].kind == "round_over"
    when = store.rounds.round(ANNA, round.id).revealed
    store.rounds.reveal(ANNA, round.id)
    assert store.rounds.round(ANNA, round.id).revealed == when
    store.rounds.remove(ANNA, round.id)
    with pytest.raises(NotFound):
        store.rounds.entries(visitor, round.id)


def test_an_entry_is_taken_back_until_it_is_revealed(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    round = store.rounds.open(ANNA, id)
    visitor, ben = guest(str(round.link)), Person(id=BEN.id, links=(str(round.link),))
    for person in (visitor, ben):
        store.rounds.put_entry(person, round.id, "x", draft())
    store.rounds.withdraw_entry(visitor, round.id)
    assert store.rounds.entries(visitor, round.id) == ()
    assert len(store.rounds.entries(ben, round.id)) == 1
    assert store.rounds.round(ANNA, round.id).count == 1
    store.rounds.withdraw_entry(visitor, round.id)
    store.rounds.put_entry(visitor, round.id, "again", draft())
    store.rounds.reveal(ANNA, round.id)
    with pytest.raises(Refused) as caught:
        store.rounds.withdraw_entry(visitor, round.id)
    assert caught.value.faults[0].kind == "round_shown"
    assert len(store.rounds.entries(ben, round.id)) == 2


def test_what_is_handed_over_is_theirs_and_nothing_is_lost(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    round = store.rounds.open(ANNA, id)
    link = store.sharing.make_link(ANNA, id, Role.VIEWER)
    with pytest.raises(NotFound):
        store.sharing.hand_over(ANNA, id, BEN.id)
    assert store.scenarios.entry(ANNA, id).role == Role.OWNER
    store.sharing.share(ANNA, id, BEN.id, Role.VIEWER)
    store.sharing.hand_over(ANNA, id, BEN.id.upper())
    assert store.scenarios.entry(BEN, id).role == Role.OWNER
    assert store.scenarios.entry(BEN, id).owner == BEN.id
    assert store.scenarios.entry(ANNA, id).role == Role.EDITOR
    assert [each.person for each in store.sharing.shares(BEN, id)] == [ANNA.id]
    assert [each.id for each in store.sharing.links(BEN, id)] == [link.id]
    store.rounds.reveal(BEN, round.id)
    with pytest.raises(NotAllowed):
        store.scenarios.trash(ANNA, id)
    store.sharing.unshare(BEN, id, ANNA.id)
    for call in (store.scenarios.entry, store.scenarios.versions):
        with pytest.raises(NotFound):
            call(ANNA, id)
    with pytest.raises(NotFound):
        store.rounds.round(ANNA, round.id)


def test_nobody_is_handed_more_than_they_may_own(url: str, opened: Opener) -> None:
    store = opened(url, Limits(scenarios=1))
    store.scenarios.create(BEN, draft())
    id = store.scenarios.create(ANNA, draft()).scenario_id
    store.sharing.share(ANNA, id, BEN.id, Role.EDITOR)
    with pytest.raises(Refused) as caught:
        store.sharing.hand_over(ANNA, id, BEN.id)
    assert caught.value.faults[0].kind == "library_full"
    assert store.scenarios.entry(ANNA, id).role == Role.OWNER
    assert store.scenarios.entry(BEN, id).role == Role.EDITOR


def test_another_case_is_the_same_address_and_another_subject(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    store.sharing.share(ANNA, id, "BEN.b@Shop.Example", Role.VIEWER)
    store.sharing.share(ANNA, id, "https://log.example#AbC", Role.VIEWER)
    for same in ("ben.B@shop.example", "https://log.example#AbC"):
        assert store.scenarios.entry(Person(id=same), id).role == Role.VIEWER
    with pytest.raises(NotFound):
        store.scenarios.entry(Person(id="https://log.example#abc"), id)


def test_a_round_goes_out_of_sight_with_its_scenario(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    round = store.rounds.open(ANNA, id)
    store.scenarios.trash(ANNA, id)
    for person in (ANNA, guest(str(round.link))):
        with pytest.raises(NotFound):
            store.rounds.round(person, round.id)
    store.scenarios.recover(ANNA, id)
    assert store.rounds.round(guest(str(round.link)), round.id).id == round.id


@pytest.mark.parametrize(
    ("name", "document"),
    [("", "format = 1"), ("a\0", "format = 1"), ("x" * 101, "format = 1"), ("x", "?")],
)
def test_an_entry_that_cannot_be_kept_is_refused(store: Store, name: str, document: str) -> None:
    from sim.store.records import Draft

    id = store.scenarios.create(ANNA, draft()).scenario_id
    round = store.rounds.open(ANNA, id)
    with pytest.raises(ClosedLoopError):
        store.rounds.put_entry(ANNA, round.id, name, Draft(document=document))
    assert store.rounds.round(ANNA, round.id).count == 0
