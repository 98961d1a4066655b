"""What is saved is there again, version by version, to the letter and to the digit."""

from dataclasses import replace
from datetime import UTC

import pytest

import sim
from sim.cases.catalogue import case_ids
from sim.documents.toml_document import parse
from sim.errors import Conflict, NotAllowed, NotFound, Refused
from sim.store.limits import TEXT_LIMITS, Limits
from sim.store.listing import Search
from sim.store.people import LOCAL, Person, Role
from sim.store.records import Draft
from sim.store.settings import changed_since, this_model
from sim.store.store import Store
from tests.store.conftest import Clock, Opener
from tests.store.drafts import ANNA, BEN, document, draft


def kinds(refused: Refused) -> list[str]:
    return [fault.kind for fault in refused.faults]


def test_a_version_comes_back_to_the_letter_and_to_the_digit(store: Store) -> None:
    text = document("断外链 · “一” \\U0001F600 %_'; DROP TABLE scenarios; --")
    given = Draft(
        document=text,
        note="第一版\n按周会",
        why={"world.diversion": "他们说“四分之三”", "policy.care": "x"},
        outcomes={"npv_change": 0.1 + 0.2, "payback_week": None, "gmv": -1e300, "zero": -0.0},
    )
    made = store.scenarios.create(ANNA, given, tags=("周会", "Q4"))
    found = store.scenarios.version(ANNA, made.scenario_id)
    assert found == made
    assert (found.document, found.note, dict(found.why)) == (text, given.note, dict(given.why))
    assert repr(dict(found.outcomes)) == repr(dict(given.outcomes))
    assert (found.number, found.author, found.restored_from) == (1, ANNA.id, None)
    assert found.model == this_model()
    assert (found.model.version, len(found.model.fingerprint)) == (sim.__version__, 16)
    assert found.saved is not None
    assert found.saved.tzinfo is UTC
    entry = store.scenarios.entry(ANNA, made.scenario_id)
    assert entry.name == parse(text).name
    assert (entry.tags, entry.role, entry.owner, entry.head) == (
        ("周会", "Q4"),
        Role.OWNER,
        ANNA.id,
        1,
    )


def test_a_number_that_is_no_number_is_kept_as_such(store: Store) -> None:
    given = Draft(document=document(), outcomes={"a": float("inf"), "b": float("nan")})
    outcomes = store.scenarios.create(ANNA, given).outcomes
    assert repr(outcomes) == "{'a': inf, 'b': nan}"


def test_each_save_is_one_more_version_and_the_older_ones_stay(store: Store, clock: Clock) -> None:
    id = store.scenarios.create(ANNA, draft("One", 0.7, "first")).scenario_id
    second = store.scenarios.save(ANNA, id, draft("Two", 0.8, "second"), based_on=1)
    assert second.number == 2
    lines = store.scenarios.versions(ANNA, id)
    assert [(line.number, line.note) for line in lines] == [(2, "second"), (1, "first")]
    assert lines[0].saved > lines[1].saved
    assert store.scenarios.versions(ANNA, id, before=2) == lines[1:]
    assert store.scenarios.version(ANNA, id, 1).document == document("One", 0.7)
    entry = store.scenarios.entry(ANNA, id)
    assert (entry.name, entry.head) == ("Two", 2)
    assert entry.changed == second.saved
    assert entry.created == lines[1].saved


def test_the_second_to_save_is_told_and_nothing_is_lost(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft("Mine")).scenario_id
    store.sharing.share(ANNA, id, BEN.id, Role.EDITOR)
    theirs = store.scenarios.save(BEN, id, draft("Ben's"), based_on=1)
    with pytest.raises(Conflict) as caught:
        store.scenarios.save(ANNA, id, draft("Anna's"), based_on=1)
    assert caught.value.theirs == theirs
    assert BEN.id in str(caught.value)
    assert store.scenarios.version(ANNA, id) == theirs
    on_top = store.scenarios.save(ANNA, id, draft("Anna's"), based_on=theirs.number)
    beside = store.scenarios.save_as(ANNA, id, draft("Anna's"), based_on=theirs.number)
    assert (on_top.number, beside.number) == (3, 1)
    assert store.scenarios.entry(ANNA, beside.scenario_id).origin == (id, 2)


def test_a_version_that_is_not_yet_there_is_a_conflict_too(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    with pytest.raises(Conflict):
        store.scenarios.save(ANNA, id, draft("x"), based_on=7)


def test_the_same_save_id_is_saved_once(store: Store) -> None:
    first = store.scenarios.create(ANNA, draft("One"), save_id="c")
    assert store.scenarios.create(ANNA, draft("One"), save_id="c") == first
    id = first.scenario_id
    saved = store.scenarios.save(ANNA, id, draft("Two"), based_on=1, save_id="s")
    assert store.scenarios.save(ANNA, id, draft("Two"), based_on=1, save_id="s") == saved
    back = store.scenarios.restore(ANNA, id, 1, based_on=2, save_id="r")
    assert store.scenarios.restore(ANNA, id, 1, based_on=2, save_id="r") == back
    copy = store.scenarios.save_as(ANNA, id, draft("Copy"), based_on=1, save_id="a")
    assert store.scenarios.save_as(ANNA, id, draft("Copy"), based_on=1, save_id="a") == copy
    assert len(store.scenarios.search(ANNA)) == 2
    assert len(store.scenarios.versions(ANNA, id)) == 3


def test_a_save_id_is_of_one_person_and_of_one_save(store: Store) -> None:
    first = store.scenarios.create(ANNA, draft("One"), save_id="c")
    assert store.scenarios.create(BEN, draft("One"), save_id="c") != first
    with pytest.raises(Refused) as caught:
        store.scenarios.create(ANNA, draft("Another"), save_id="c")
    assert kinds(caught.value) == ["save_id_used"]


def test_a_restored_version_says_what_the_old_one_said(store: Store) -> None:
    first = store.scenarios.create(ANNA, replace(draft("One", 0.7), why={"world.diversion": "w"}))
    id = first.scenario_id
    store.scenarios.save(ANNA, id, draft("Two", 0.8), based_on=1)
    back = store.scenarios.restore(ANNA, id, 1, based_on=2, note="as it was")
    assert (back.number, back.restored_from, back.note) == (3, 1, "as it was")
    same = {"number": 0, "restored_from": None, "note": "", "saved": None}
    assert replace(back, **same) == replace(first, **same)
    assert store.scenarios.entry(ANNA, id).name == "One"
    with pytest.raises(Conflict):
        store.scenarios.restore(ANNA, id, 1, based_on=2)
    with pytest.raises(NotFound):
        store.scenarios.restore(ANNA, id, 9, based_on=3)


def test_two_versions_differ_in_what_was_changed(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft("One", 0.7)).scenario_id
    store.scenarios.save(ANNA, id, draft("Two", 0.8), based_on=1)
    found = store.scenarios.difference(ANNA, (id, 1), (id, 2))
    assert (found.first.name, found.second.name) == ("One", "Two")
    assert {name: (each.old, each.new) for name, each in found.world.items()} == {
        "diversion": (0.7, 0.8)
    }
    assert (dict(found.policy), dict(found.spreads)) == ({}, {})
    featured = store.scenarios.difference(ANNA, ("case:kuaishou-2021", 1), (id, 2))
    assert list(featured.world) == ["diversion"]


def test_what_a_later_model_makes_of_it_is_told(store: Store) -> None:
    version = store.scenarios.create(ANNA, draft(diversion=0.7))
    found = store.scenarios.version(ANNA, version.scenario_id)
    assert changed_since(found) == {}
    older = dict(found.settings) | {"world.gmv": 1.0, "world.gone": 2.0}
    del older["weeks"]
    changes = changed_since(replace(found, settings=older))
    now = found.settings
    assert changes["world.gmv"] == (1.0, now["world.gmv"])
    assert changes["world.gone"] == (2.0, None)
    assert changes["weeks"] == (None, now["weeks"])
    assert len(changes) == 3


def test_featured_examples_are_read_by_all_and_changed_by_nobody(store: Store) -> None:
    entries = store.scenarios.featured()
    assert [entry.id for entry in entries] == [f"case:{name}" for name in case_ids()]
    assert all(entry.featured and entry.role == Role.VIEWER for entry in entries)
    id = "case:kuaishou-2021"
    assert store.scenarios.entry(ANNA, id) == entries[0]
    version = store.scenarios.version(BEN, id)
    assert parse(version.document).case == "kuaishou-2021"
    with pytest.raises(NotAllowed) as caught:
        store.scenarios.save(ANNA, id, draft(), based_on=1)
    assert kinds(caught.value) == ["featured"]
    with pytest.raises(NotFound):
        store.scenarios.version(BEN, id, 2)
    with pytest.raises(NotFound):
        store.scenarios.entry(BEN, "case:nothing")
    mine = store.scenarios.save_as(ANNA, id, draft("Mine"), based_on=1)
    assert store.scenarios.entry(ANNA, mine.scenario_id).origin == (id, 1)


def test_found_by_name_tag_and_owner(store: Store) -> None:
    def names(**search: object) -> list[str]:
        return [entry.name for entry in store.scenarios.search(ANNA, Search(**search))]  # type: ignore[arg-type]

    store.scenarios.create(ANNA, draft("100% off_"), tags=("Q4",))
    store.scenarios.create(ANNA, draft("1000 offers"), tags=("q4", "周会"))
    id = store.scenarios.create(BEN, draft("Ｋｕａｉ快手")).scenario_id
    store.sharing.share(BEN, id, " Anna@SHOP.example ", Role.VIEWER)
    assert names() == ["Ｋｕａｉ快手", "1000 offers", "100% off_"]
    assert names(name="0% o") == names(name="f_") == ["100% off_"]
    assert names(name="OFF") == ["1000 offers", "100% off_"]
    assert names(name="kuai") == names(owner=BEN.id) == ["Ｋｕａｉ快手"]
    assert names(tag="Ｑ4") == ["1000 offers", "100% off_"]
    assert names(tag="周会") == ["1000 offers"]
    assert names(tag="周") == names(name="\\") == names(owner="x") == names(trashed=True) == []
    assert names(skip=2) == ["100% off_"]


def test_tags_are_replaced_and_each_is_there_once(store: Store) -> None:
    id = store.scenarios.create(ANNA, draft(), tags=("a", "A ", "b")).scenario_id
    assert store.scenarios.entry(ANNA, id).tags == ("a", "b")
    assert store.scenarios.tag(ANNA, id, ("z", "c")) == ("z", "c")
    assert store.scenarios.entry(ANNA, id).tags == ("z", "c")
    assert store.scenarios.tag(ANNA, id, ()) == store.scenarios.entry(ANNA, id).tags == ()


def test_trash_is_seen_by_its_owner_alone_and_comes_back_whole(store: Store, clock: Clock) -> None:
    id = store.scenarios.create(ANNA, draft(), tags=("t",)).scenario_id
    store.sharing.share(ANNA, id, BEN.id, Role.EDITOR)
    before = store.scenarios.entry(ANNA, id)
    store.scenarios.trash(ANNA, id)
    with pytest.raises(NotFound):
        store.scenarios.version(BEN, id)
    assert store.scenarios.search(BEN) == store.scenarios.search(ANNA) == ()
    assert [entry.id for entry in store.scenarios.search(ANNA, Search(trashed=True))] == [id]
    assert store.scenarios.search(BEN, Search(trashed=True)) == ()
    assert store.scenarios.version(ANNA, id).document == document()
    with pytest.raises(Refused) as caught:
        store.scenarios.save(ANNA, id, draft("x"), based_on=1)
    assert kinds(caught.value) == ["in_trash"]
    store.scenarios.recover(ANNA, id)
    assert store.scenarios.entry(ANNA, id) == before
    assert store.scenarios.entry(BEN, id).role == Role.EDITOR


def test_it_is_removed_for_good_only_after_a_while_in_the_trash(store: Store, clock: Clock) -> None:
    id = store.scenarios.create(ANNA, draft(), save_id="s").scenario_id
    with pytest.raises(Refused) as caught:
        store.scenarios.purge(ANNA, id)
    assert kinds(caught.value) == ["not_in_trash"]
    store.scenarios.trash(ANNA, id)
    clock.pass_days(20)
    store.scenarios.trash(ANNA, id)
    with pytest.raises(Refused) as caught:
        store.scenarios.purge(ANNA, id)
    assert kinds(caught.value) == ["too_soon"]
    assert "30" in str(caught.value)
    assert "20" in str(caught.value)
    clock.pass_days(10)
    store.scenarios.purge(ANNA, id)
    with pytest.raises(NotFound):
        store.scenarios.version(ANNA, id)
    assert store.scenarios.create(ANNA, draft(), save_id="s").scenario_id != id


@pytest.mark.parametrize(
    "id", ["", "x", "a" * 22, "case:x", "\0", "\ud800", "x" * 10**6, "' OR 1=1 --", None, 7]
)
def test_what_is_no_id_is_not_found(store: Store, id: str) -> None:
    with pytest.raises(NotFound):
        store.scenarios.version(ANNA, id)
    with pytest.raises(NotFound):
        store.scenarios.save(ANNA, id, draft(), based_on=1)
    with pytest.raises(NotFound):
        store.rounds.round(ANNA, id)


@pytest.mark.parametrize("number", [0, -1, 2, 2**31, 10**30, "1", 1.0, True])
def test_what_is_no_version_is_not_found(store: Store, number: int) -> None:
    id = store.scenarios.create(ANNA, draft()).scenario_id
    if number is True:
        number = 3
    with pytest.raises(NotFound):
        store.scenarios.version(ANNA, id, number)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (Draft(document="x"), "toml_line"),
        (Draft(document='format = 1\nname = "\\u0000"'), "wrong_type"),
        (Draft(document="format = 1\n#\ud800"), "not_text"),
        (Draft(document="#" * 300_000), "too_large"),
        (replace(draft(), note="\0"), "wrong_type"),
        (replace(draft(), note="x" * (TEXT_LIMITS["version_note"] + 1)), "too_long"),
        (replace(draft(), why={"world.gmv": "\ud800"}), "wrong_type"),
        (replace(draft(), why={"a\nb": "x"}), "wrong_type"),
        (replace(draft(), why={"": "x"}), "empty_text"),
        (replace(draft(), why={f"w{n}": "x" for n in range(501)}), "too_many"),
        (replace(draft(), why="x"), "wrong_type"),
        (replace(draft(), outcomes={"a": "1"}), "wrong_type"),
        (replace(draft(), outcomes={"a" * 101: 1.0}), "too_long"),
        (replace(draft(), outcomes={"a": 10**400}), "wrong_type"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(
    store: Store, given: Draft, kind: str
) -> None:
    with pytest.raises(Refused) as caught:
        store.scenarios.create(ANNA, given)
    assert kinds(caught.value) == [kind]
    assert store.scenarios.search(ANNA) == ()


@pytest.mark.parametrize("id", ["", "  ", "a\0b", "\ud800", "a\nb", "x" * 321, None, 7])
def test_who_is_nobody_is_refused(store: Store, id: str) -> None:
    with pytest.raises(Refused) as caught:
        store.scenarios.search(Person(id=id))
    assert caught.value.faults[0].place == "person"


def test_people_who_only_look_alike_stay_two(store: Store) -> None:
    made = store.scenarios.create(Person(id="strasse@shop.example"), draft())
    for other in ("straße@shop.example", "ｓtrasse@shop.example", "strasse@shop.example.x"):
        with pytest.raises(NotFound):
            store.scenarios.version(Person(id=other), made.scenario_id)
    assert store.scenarios.version(Person(id=" STRASSE@shop.example"), made.scenario_id) == made


@pytest.mark.parametrize(
    "tags", [("\0",), ("x" * 61,), (" ",), ("a\nb",), tuple("abcdefghijklmnopqrstuvw"), "tag"]
)
def test_tags_that_cannot_be_kept_are_refused(store: Store, tags: tuple[str, ...]) -> None:
    id = store.scenarios.create(ANNA, draft(), tags=("old",)).scenario_id
    with pytest.raises(Refused):
        store.scenarios.tag(ANNA, id, tags)
    with pytest.raises(Refused):
        store.scenarios.create(ANNA, draft(), tags=tags)
    assert store.scenarios.entry(ANNA, id).tags == ("old",)
    assert len(store.scenarios.search(ANNA)) == 1


def test_no_more_is_kept_than_the_limits_say(url: str, opened: Opener) -> None:
    store = opened(url, Limits(scenarios=2, versions=2, shares=1, links=1, rounds=1))
    id = store.scenarios.create(ANNA, draft()).scenario_id
    store.scenarios.create(ANNA, draft())
    store.scenarios.create(BEN, draft())
    store.scenarios.save(ANNA, id, draft("x"), based_on=1)
    store.sharing.share(ANNA, id, BEN.id, Role.VIEWER)
    store.sharing.share(ANNA, id, BEN.id, Role.EDITOR)
    store.sharing.make_link(ANNA, id, Role.VIEWER)
    store.rounds.open(ANNA, id)
    for place, act in {
        "scenarios": lambda: store.scenarios.create(ANNA, draft()),
        "versions": lambda: store.scenarios.save(ANNA, id, draft("y"), based_on=2),
        "shares": lambda: store.sharing.share(ANNA, id, "c@shop.example", Role.VIEWER),
        "links": lambda: store.sharing.make_link(ANNA, id, Role.VIEWER),
        "rounds": lambda: store.rounds.open(ANNA, id),
    }.items():
        with pytest.raises(Refused) as caught:
            act()
        assert [(fault.kind, fault.place) for fault in caught.value.faults] == [
            ("library_full", place)
        ]


def test_where_nobody_logs_in_one_person_owns_everything(store: Store) -> None:
    made = store.scenarios.create(LOCAL, draft())
    assert store.scenarios.entry(LOCAL, made.scenario_id).role == Role.OWNER


def test_how_many_are_kept_is_a_setting_of_the_machine(
    url: str, monkeypatch: pytest.MonkeyPatch, opened: Opener
) -> None:
    monkeypatch.setenv("CLOSED_LOOP_MOST_SCENARIOS", "1")
    store = opened(url)
    store.scenarios.create(ANNA, draft())
    with pytest.raises(Refused) as caught:
        store.scenarios.create(ANNA, draft())
    assert kinds(caught.value) == ["library_full"]
    for wrong in ("0", "-1", "many", "1e3", "9" * 5000, "²"):
        monkeypatch.setenv("CLOSED_LOOP_MOST_SCENARIOS", wrong)
        with pytest.raises(Refused) as caught:
            opened(url)
        assert kinds(caught.value) == ["not_whole"]
