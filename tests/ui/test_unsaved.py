"""What was typed for the library and not saved comes back to whoever typed it, and only to them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.cases.catalogue import case
from sim.documents.toml_document import write
from sim.errors import Fault, StoreUnavailable
from sim.store.limits import MOST_WHYS, TEXT_LIMITS
from sim.store.people import LOCAL, Person
from sim.store.records import Draft
from sim.store.store import Store, open_store
from sim.ui import library_access, unsaved
from sim.ui.shelf import Desk, Kept, Shelf
from sim.ui.visit import Visit

BASE = case("kuaishou-2021").scenario
WHY = {"world.diversion": "survey of May", "policy.commission": "董事会定的"}


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Any:
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('library') / 'library.sqlite'}")
    monkeypatch.setattr(library_access, "_opened", lambda: opened)
    yield opened
    opened.close()


def visit(**desk: Any) -> Visit:
    """One who has opened or typed this, if anything."""
    return Visit(scenario=BASE, shelf=Shelf(desk=Desk(**desk), begun=bool(desk)))


def saved(store: Store) -> str:
    return store.scenarios.create(LOCAL, Draft(document=write(replace(BASE, name="M")))).scenario_id


def taken(said: object) -> Shelf:
    new = visit()
    assert unsaved.told(new) == {"asks": True}
    unsaved.take(new, said)
    # However it went, the tab is not asked again.
    assert "asks" not in unsaved.told(new)
    return new.shelf


def known(monkeypatch: pytest.MonkeyPatch, who: str | None) -> None:
    """Log-in is set up, and somebody is logged in, or a guest."""
    monkeypatch.setattr(unsaved, "login_is_configured", lambda: True)
    for module in (unsaved, library_access):
        monkeypatch.setattr(module, "known_as", lambda: who)


def test_all_of_it_comes_back(store: Store) -> None:
    id = saved(store)
    old = visit(
        why=WHY, note="less of it", kept=Kept(id=id, number=1, may_change=True, scenario=BASE)
    )
    shelf = taken(unsaved.told(old)["said"])
    assert (shelf.desk.why, shelf.desk.note, shelf.desk.claim) == (WHY, "less of it", None)
    assert shelf.edition == 1
    assert shelf.desk.kept is not None
    assert (shelf.desk.kept.id, shelf.desk.kept.number, shelf.desk.kept.may_change) == (id, 1, True)
    assert shelf.desk.kept.scenario.name == "M"


def test_that_somebody_saved_in_between_is_still_to_be_settled(store: Store) -> None:
    id = saved(store)
    old = visit(kept=Kept(id=id, number=1, may_change=True, scenario=BASE), rival=2)
    assert taken(unsaved.told(old)["said"]).desk.rival == 2
    for strange in (1, True, "2", 10**9, None):
        assert taken(json.dumps({"of": [id, 1], "rival": strange})).desk.rival is None
    assert taken(json.dumps({"note": "n", "rival": 2})).desk.rival is None


def test_a_built_in_case_is_open_again_but_nobody_may_change_it(store: Store) -> None:
    id = store.scenarios.featured()[0].id
    shelf = taken(json.dumps({"of": [id, 1]}))
    assert shelf.desk.kept is not None
    assert not shelf.desk.kept.may_change


def test_what_was_let_go_of_is_not_kept_by_the_tab() -> None:
    old = visit(note="n")
    assert unsaved.told(old)["said"]
    old.shelf.let_go()
    assert unsaved.told(old) == {"said": None}


def test_what_has_been_typed_meanwhile_stays() -> None:
    new = visit()
    assert unsaved.told(new) == {"asks": True}
    new.shelf.desk.note, new.shelf.begun = "typed at once", True
    unsaved.take(new, json.dumps({"note": "from before", "why": WHY}))
    assert (new.shelf.desk.note, new.shelf.desk.why) == ("typed at once", {})
    new.shelf.desk.note, new.shelf.begun = "", False
    assert unsaved.told(new) == {"asks": True}
    unsaved.take(new, json.dumps({"note": "from before"}))
    unsaved.take(new, json.dumps({"note": "again"}))
    assert new.shelf.desk.note == "from before"


def test_a_note_that_still_stands_in_its_box_does_not_keep_the_rest_from_coming_back() -> None:
    new = visit(note="still in the box")
    new.shelf.begun = False
    assert unsaved.told(new) == {"asks": True}
    unsaved.take(new, json.dumps({"note": "from before", "why": WHY}))
    assert (new.shelf.desk.note, new.shelf.desk.why) == ("still in the box", WHY)


def test_it_comes_back_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, "anna")
    old = visit(note="hers")
    said = unsaved.told(old)["said"]
    assert taken(said).desk.note == "hers"
    # Her log-in ends, with the page open; what is on it is hers all the same.
    known(monkeypatch, None)
    said = unsaved.told(old)["said"]
    assert taken(said).desk.note == "hers"
    known(monkeypatch, "bo")
    shelf = taken(said)
    assert (shelf.desk.note, shelf.whose) == ("", "bo")


def test_a_guest_who_logs_in_has_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    known(monkeypatch, None)
    said = unsaved.told(visit(note="a guest's"))["said"]
    known(monkeypatch, "anna")
    assert taken(said).desk.note == "a guest's"


def test_a_version_that_is_gone_is_said_and_let_go_of(store: Store) -> None:
    for of in ([saved(store), 7], ["a" * 22, 1]):
        shelf = taken(json.dumps({"of": of, "note": "n"}))
        assert (shelf.desk.kept, shelf.desk.claim, shelf.desk.note) == (None, None, "n")
        assert [fault.kind for fault in shelf.faults] == ["not_found"]


def test_who_has_to_log_in_first_asks_again_after(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = Person(id="anna")
    id = store.scenarios.create(anna, Draft(document=write(BASE))).scenario_id
    known(monkeypatch, None)
    monkeypatch.setattr(library_access, "login_is_configured", lambda: True)
    new = visit()
    unsaved.take(new, json.dumps({"of": [id, 1]}))
    assert (new.shelf.desk.kept, new.shelf.desk.claim, new.shelf.faults) == (None, (id, 1), ())
    said = unsaved.told(new)["said"]
    known(monkeypatch, "anna")
    shelf = taken(said)
    assert shelf.desk.claim is None
    assert shelf.desk.kept is not None


def test_a_library_that_does_not_answer_is_said_and_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone() -> Store:
        raise StoreUnavailable(Fault(kind="store_gone", facts={"got": "down"}))

    monkeypatch.setattr(library_access, "_opened", gone)
    of = ["a" * 22, 1]
    shelf = taken(json.dumps({"of": of, "why": WHY}))
    assert (shelf.desk.why, shelf.desk.claim) == (WHY, tuple(of))
    assert [fault.kind for fault in shelf.faults] == ["store_gone"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each, max_size=4) | st.dictionaries(st.text(), each, max_size=4),
)
KEPT = st.dictionaries(st.sampled_from(["of", "why", "note", "whose", "x"]), JSON)


@given(JSON | KEPT.map(json.dumps) | st.text() | st.binary())
def test_whatever_a_browser_says_is_taken_or_passed_over(said: object) -> None:
    shelf = taken(said)
    assert all(isinstance(each, str) for item in shelf.desk.why.items() for each in item)
    assert isinstance(shelf.desk.note, str)
    assert shelf.desk.kept is None


@pytest.mark.parametrize(
    "said",
    [
        {"why": {"p": "w" * (TEXT_LIMITS["why"] + 1), "q" * 101: "w", "r": ""}},
        {"why": {f"p{n}": "w" for n in range(MOST_WHYS + 1)}},
        {"note": "n" * (TEXT_LIMITS["version_note"] + 1)},
        {"of": ["a" * 22, True]},
        {"of": ["a" * 22, 0]},
        {"of": ["a" * 22, 10**30]},
        {"of": ["a\0" + "a" * 20, 1]},
        {"of": ["' or 1=1 --", 1]},
        {"of": ["a" * 22]},
        {"of": "ab"},
        {"note": "x", "why": "y" * 2_000_000},
    ],
)
def test_what_nobody_can_have_typed_is_passed_over(said: object) -> None:
    shelf = taken(json.dumps(said))
    assert (shelf.desk.why, shelf.desk.note, shelf.desk.kept, shelf.desk.claim) == (
        {},
        "",
        None,
        None,
    )
    # Nor has the library been asked.
    assert shelf.faults == ()


def test_what_is_nested_without_end_is_passed_over() -> None:
    assert taken("[" * 100_000).desk.note == ""
