"""The library's page: keep, find, open, what changed, conflict, trash, share, rounds; both languages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import sim
from sim.cases.catalogue import case
from sim.documents.toml_document import write
from sim.errors import Fault
from sim.policy import Policy
from sim.reports.certainty import outcome_text
from sim.sets import SEGMENTS
from sim.store.people import LOCAL, Person, Role, guest
from sim.store.records import Draft
from sim.store.settings import as_kept, settings_of
from sim.text import LANGUAGES, words_of
from sim.text.numbers import money
from sim.ui import library_access
from sim.ui.markdown import plain
from sim.ui.shelf import Shelf, drift_of
from sim.ui.simulation import compared
from sim.ui.visit import Visit
from sim.world import world_declarations

BASE = case("kuaishou-2021").scenario
MINE = replace(BASE, name="Mine", weeks=60)


@pytest.fixture(autouse=True)
def _own_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CLOSED_LOOP_DATA", str(tmp_path))
    monkeypatch.delenv("CLOSED_LOOP_DATABASE", raising=False)
    library_access._opened.cache_clear()
    yield
    library_access._opened().close()
    library_access._opened.cache_clear()


def opened(language: str = "en") -> AppTest:
    def script(language: str) -> None:
        from sim.text import words_of
        from sim.ui.pages import library
        from sim.ui.session import current

        current().language = language
        library.draw(words_of(language))
        current().first = False

    return AppTest.from_function(script, default_timeout=60, kwargs={"language": language}).run()


def visit_of(test: AppTest) -> Visit:
    visit: Visit = test.session_state["visit"]
    return visit


def kept(scenario: object = MINE, person: Person = LOCAL) -> str:
    draft = Draft(document=write(scenario))  # type: ignore[arg-type]
    return library_access._opened().scenarios.create(person, draft).scenario_id


def chosen(id: str, language: str = "en") -> AppTest:
    test = opened(language)
    visit_of(test).shelf.chosen = id
    return test.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_draws_empty_and_full_in_both_languages(language: str) -> None:
    test = opened(language)
    assert not test.exception
    assert test.title[0].value == words_of(language)("ui.page.library")
    test = chosen(kept(), language)
    assert not test.exception
    assert not test.error


def test_what_is_saved_is_found_and_opened_again() -> None:
    test = opened()
    test.text_input(key="library.name").set_value("For the board").run()
    test.text_input(key="library.version-note").set_value("first try").run()
    test.button(key="library.save-as").click().run()
    assert not test.exception
    assert not test.error
    shelf = visit_of(test).shelf
    assert shelf.desk.kept is not None
    version = library_access._opened().scenarios.version(LOCAL, shelf.desk.kept.id)
    assert "For the board" in version.document
    assert version.note == "first try"
    assert version.outcomes["npv_change"] is not None
    other = chosen(shelf.desk.kept.id)
    other.button(key="library.open").click().run()
    assert visit_of(other).scenario.name == "For the board"
    assert visit_of(other).shelf.desk.drift is None


def test_reasons_are_kept_with_the_version_and_only_those_of_changes() -> None:
    test = opened()
    visit = visit_of(test)
    visit.change(replace(BASE, world=BASE.world.with_values({"diversion": 0.7})))
    visit.shelf.desk.why = {"world.diversion": "survey of May", "world.blame": "gone again"}
    test.run()
    test.button(key="library.save-as").click().run()
    kept_now = visit_of(test).shelf.desk.kept
    assert kept_now is not None
    assert dict(library_access._opened().scenarios.version(LOCAL, kept_now.id).why) == {
        "world.diversion": "survey of May"
    }


def test_the_second_of_two_who_save_is_told_and_both_are_kept() -> None:
    id = kept()
    test = chosen(id)
    test.button(key="library.open").click().run()
    theirs = Draft(document=write(replace(MINE, weeks=70)), note="theirs")
    library_access._opened().scenarios.save(LOCAL, id, theirs, based_on=1)
    visit_of(test).change(replace(MINE, weeks=80))
    visit_of(test).shelf.turn_to(visit_of(test).scenario)
    test.run()
    test.button(key="library.save").click().run()
    assert not test.exception
    assert visit_of(test).shelf.desk.rival == 2
    assert visit_of(test).scenario.weeks == 80
    # Once, with what differs; theirs can be looked at, and undo leads back to the choice.
    assert not test.error
    assert any("70" in each.value and "80" in each.value for each in test.markdown)
    test.button(key="conflict.look").click().run()
    visit = visit_of(test)
    assert (visit.scenario.weeks, visit.shelf.desk.rival) == (70, None)
    visit.undo()
    visit.shelf.turn_to(visit.scenario)
    test.run()
    test.button(key="conflict.top").click().run()
    store = library_access._opened().scenarios
    assert [line.number for line in store.versions(LOCAL, id)] == [3, 2, 1]
    assert "weeks = 80" in store.version(LOCAL, id).document
    assert "weeks = 70" in store.version(LOCAL, id, 2).document
    assert visit_of(test).shelf.desk.rival is None


def test_an_old_version_is_restored_and_thrown_away_and_recovered() -> None:
    id = kept()
    store = library_access._opened().scenarios
    store.save(LOCAL, id, Draft(document=write(replace(MINE, weeks=70))), based_on=1)
    test = chosen(id)
    test.selectbox(key="library.back.2").set_value(1).run()
    test.button(key="library.back.restore").click().run()
    assert "weeks = 60" in store.version(LOCAL, id).document
    test.button(key="library.open").click().run()
    test.button(key="library.throw").click().run()
    assert store.entry(LOCAL, id).trashed is not None
    assert test.button(key="library.purge").disabled
    assert "library.save" not in keys(test)
    test.toggle(key="library.trash").set_value(True).run()
    test.button(key="library.recover").click().run()
    assert store.entry(LOCAL, id).trashed is None
    # It is in sight, and what is on the page is still its own.
    assert not test.toggle(key="library.trash").value
    assert {"library.save", "library.throw"} <= keys(test)
    assert not test.exception


def keys(test: AppTest) -> set[str | None]:
    return {each.key for each in test.button}


def test_a_link_is_told_at_what_it_was_made_of_and_nowhere_else() -> None:
    first, second = kept(), kept()
    test = chosen(first)
    test.button(key="library.link.make").click().run()
    test.button(key="round.open").click().run()
    round = visit_of(test).shelf.told_round
    assert round and len(test.code) == 2
    visit_of(test).shelf.choose(second, by_hand=True)
    assert not test.run().code
    visit_of(test).shelf.choose(first)
    test.run()
    test.button(key="round.open").click().run()
    assert len(test.code) == 1
    rounds = library_access._opened().rounds.of_scenario(LOCAL, first)
    test.button(key=f"round.remove.{rounds[0].id}").click().run()
    assert not test.code


def test_what_is_chosen_by_the_program_is_ticked() -> None:
    id = kept()
    test = chosen(id)
    before = visit_of(test).shelf.listing
    test.button(key="library.open").click().run()
    test.button(key="library.save").click().run()
    assert visit_of(test).shelf.listing == before + 1


def test_tags_are_taken_in_with_either_comma() -> None:
    id = kept()
    test = chosen(id)
    test.text_input(key=f"library.tags.{id}").set_value("董事会， board").run()
    assert library_access._opened().scenarios.entry(LOCAL, id).tags == ("board", "董事会") or set(
        library_access._opened().scenarios.entry(LOCAL, id).tags
    ) == {"董事会", "board"}


def test_a_link_is_told_once_and_revoked() -> None:
    id = kept()
    test = chosen(id)
    test.button(key="library.link.make").click().run()
    assert test.code[0].value.count(".") >= 1
    links = library_access._opened().sharing.links(LOCAL, id)
    assert len(links) == 1
    assert links[0].role == Role.VIEWER
    test.button(key=f"library.revoke.{links[0].id}").click().run()
    assert library_access._opened().sharing.links(LOCAL, id) == ()


def test_what_is_not_there_is_said_and_nothing_else_happens() -> None:
    test = chosen("A" * 22)
    assert not test.exception
    assert test.error
    assert visit_of(test).shelf.chosen is None


def test_a_library_that_cannot_be_reached_is_said_and_the_page_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("no folder")
    library_access._opened.cache_clear()
    with monkeypatch.context() as patch:
        patch.setenv("CLOSED_LOOP_DATA", str(nowhere))
        test = opened()
        assert not test.exception
        test.button(key="library.save-as").click().run()
        assert not test.exception
        assert test.error
        assert visit_of(test).shelf.desk.kept is None


def test_a_round_is_blind_until_it_is_revealed() -> None:
    id = kept()
    store = library_access._opened()
    round = store.rounds.open(LOCAL, id, "What is diversion?")
    assert round.link is not None
    people = []
    for name, diversion in (("An", 0.5), ("李", 0.8)):
        test = opened()
        visit = visit_of(test)
        visit.shelf.take_link(round.link, to_round=True)
        test.run()
        assert not test.error
        test.button(key="round.start").click().run()
        assert visit_of(test).scenario == MINE
        world = MINE.world.with_values({"diversion": diversion})
        visit_of(test).change(replace(MINE, world=world))
        test.text_input(key="round.name").set_value(name).run()
        test.button(key="round.enter").click().run()
        assert not test.error
        people.append(test)
    assert not any("An" in str(table.value) for test in people for table in test.table)
    test = chosen(id)
    test.button(key=f"round.reveal.{round.id}").click().run()
    assert not test.exception
    table = test.table[0].value
    assert {"An", "李"} <= set(table.columns)
    assert {"50%", "80%"} <= {str(each) for each in table.to_numpy().ravel()}


def test_people_of_one_name_and_people_called_as_a_column_are_told_apart() -> None:
    names = ["An", words_of("en")("round.what"), "An", "An (2)"]
    round = rounded([(name, 0.5 + at / 10, "") for at, name in enumerate(names)])
    table = shown_round(round, "en").table[0].value
    shown = {"An", f"{names[1]} (2)", "An (2)", "An (2) (2)"}
    assert set(table.columns[2:6]) == {plain(each) for each in shown}
    assert sorted(table.iloc[1, 2:6]) == ["50%", "60%", "70%", "80%"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reveal_shows_the_scenario_s_own_value_and_everybody_s_reasons(language: str) -> None:
    words = words_of(language)
    round = rounded([("An", 0.5, "as last year"), ("李", 0.8, "a $survey$")])
    test = shown_round(round, language)
    table = test.table[0].value
    assert list(table.columns)[1] == words("round.ground")
    assert list(table.iloc[1])[1:4] == ["65%", "50%", "80%"]
    assert table.iloc[0, 1] == money(compared(MINE).outcomes["npv_change"], words, signed=True)
    test.button(key="round.compare").click().run()
    assert [(each.name, each.policy) for each in visit_of(test).compared] == [
        ("An", MINE.policy),
        ("李", MINE.policy),
    ]
    said = "\n".join(each.value for each in test.markdown)
    assert "as last year" in said
    assert r"a \$survey\$" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_who_all_come_to_the_same_are_not_said_to_lie_between(language: str) -> None:
    words = words_of(language)
    said = shown_round(rounded([("An", 0.5, ""), ("李", 0.5, "")]), language).markdown[0].value
    alike = compared(replace(MINE, world=MINE.world.with_values({"diversion": 0.5})))
    value = money(alike.outcomes["npv_change"], words, signed=True)
    assert words("round.same", count=2, value=value) in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reveal_says_how_far_people_are_apart_and_which_two_assumptions_do_it(
    language: str,
) -> None:
    words = words_of(language)
    believed = [
        {"diversion": 0.5, "commission": 0.02, "blame": 0.3},
        {"diversion": 0.8, "commission": 0.05, "blame": 0.31},
        {"diversion": 0.6, "commission": 0.03, "blame": 0.3},
    ]
    people = [(str(at), values, "") for at, values in enumerate(believed)]
    said = shown_round(rounded(people), language).markdown[0].value
    gains = [
        compared(replace(MINE, world=MINE.world.with_values(values))).outcomes["npv_change"]
        for values in believed
    ]
    known = [each for each in gains if each is not None]
    low, high = (money(each, words, signed=True) for each in (min(known), max(known)))
    assert words("round.range", count=3, low=low, high=high) in said
    names = [words(world_declarations()[name].key) for name in ("commission", "diversion")]
    explained = words("round.explains", names=words("phrase.and").join(names), share="|")
    assert explained.partition("|")[0] in said


def rounded(people: Sequence[tuple[str, float | Mapping[str, Any], str]]) -> str:
    """A round with an entry for everybody: name, diversion or more, and why; its id."""
    rounds = library_access._opened().rounds
    round = rounds.open(LOCAL, kept(), "?")
    for name, diversion, why in people:
        values = diversion if isinstance(diversion, Mapping) else {"diversion": diversion}
        world = MINE.world.with_values(dict(values))
        # What somebody would do is no belief: the policy of the round is that of all.
        own = replace(MINE, world=world, policy=Policy())
        draft = Draft(document=write(own), why={"world.diversion": why} if why else {})
        rounds.put_entry(guest(str(round.link)), round.id, name, draft)
    rounds.reveal(LOCAL, round.id)
    return round.id


def shown_round(id: str, language: str) -> AppTest:
    test = opened(language)
    visit_of(test).shelf.round_id = id
    return test.run()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, "_same"),
        ({"weeks": 70}, "_same"),
        ({"policy": Policy()}, "_same"),
        ({"world": 0.5}, ""),
    ],
)
def test_who_believes_nothing_else_is_told_so(changed: dict[str, Any], told: str) -> None:
    round = library_access._opened().rounds.open(LOCAL, kept(), "?")
    test = opened()
    visit = visit_of(test)
    visit.shelf.take_link(str(round.link), to_round=True)
    if "world" in changed:
        changed = {"world": MINE.world.with_values({"diversion": changed["world"]})}
    visit.change(replace(MINE, **changed))
    test.run()
    test.text_input(key="round.name").set_value("An").run()
    test.button(key="round.enter").click().run()
    said = words_of("en")(f"library.did.round_enter{told}")
    assert [each.value for each in test.success] == [said]


def test_a_policy_of_one_s_own_is_said_not_to_count() -> None:
    round = library_access._opened().rounds.open(LOCAL, kept(), "?")
    test = opened()
    visit = visit_of(test)
    visit.shelf.take_link(str(round.link), to_round=True)
    world = MINE.world.with_values({"diversion": 0.5})
    visit.change(replace(MINE, world=world, policy=Policy()))
    test.run()
    test.text_input(key="round.name").set_value("An").run()
    test.button(key="round.enter").click().run()
    said = words_of("en")("library.did.round_enter_policy")
    assert [each.value for each in test.success] == [said]


def test_reasons_of_what_still_differs_go_into_a_round_and_emptied_ones_do_not() -> None:
    rounds = library_access._opened().rounds
    round = rounds.open(LOCAL, kept(), "?")
    test = opened()
    visit = visit_of(test)
    visit.shelf.take_link(str(round.link), to_round=True)
    test.run()
    world = MINE.world.with_values({"diversion": 0.5, "blame": 0.5})
    visit.change(replace(MINE, world=world))
    visit.shelf.lay_out(visit.scenario).why = {
        "world.diversion": "a survey",
        "world.blame": "",
        "world.gmv": "no longer changed",
    }
    test.text_input(key="round.name").set_value("An").run()
    test.button(key="round.enter").click().run()
    assert not test.error
    rounds.reveal(LOCAL, round.id)
    assert [each.why for each in rounds.entries(LOCAL, round.id)] == [
        {"world.diversion": "a survey"}
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_entry_to_a_round_has_a_name(language: str) -> None:
    round = library_access._opened().rounds.open(LOCAL, kept(), "?")
    test = opened(language)
    visit_of(test).shelf.take_link(round.link, to_round=True)
    test.run()
    test.text_input(key="round.name").set_value("  ").run()
    test.button(key="round.enter").click().run()
    assert [each.value for each in test.error] == [
        words_of(language).complaint(Fault(kind="no_name"))
    ]


def test_undo_after_opening_another_saves_to_the_one_that_it_leads_back_to() -> None:
    store = library_access._opened().scenarios
    first, second = kept(), kept(replace(MINE, name="Second", weeks=70))
    test = chosen(second)
    test.button(key="library.open").click().run()
    visit = visit_of(test)
    visit.first = False
    test.text_input(key="library.version-note").set_value("of the second").run()
    visit.shelf.chosen = first
    test.run()
    test.button(key="library.open").click().run()
    assert visit.shelf.desk.note == test.text_input(key="library.version-note").value == ""
    visit.undo()
    visit.shelf.turn_to(visit.scenario)
    test.run()
    assert test.text_input(key="library.version-note").value == "of the second"
    test.button(key="library.save").click().run()
    assert (store.entry(LOCAL, first).head, store.entry(LOCAL, second).head) == (1, 2)
    assert store.entry(LOCAL, first).name == "Mine"


def test_undo_after_saving_as_another_leads_back_to_the_first() -> None:
    id = kept()
    test = chosen(id)
    test.button(key="library.open").click().run()
    test.text_input(key="library.name").set_value("Another").run()
    test.button(key="library.save-as").click().run()
    visit = visit_of(test)
    other = visit.shelf.desk.kept
    assert other is not None and other.id != id
    visit.undo()
    visit.shelf.turn_to(visit.scenario)
    assert visit.shelf.desk.kept is not None
    assert visit.shelf.desk.kept.id == id
    visit.redo()
    visit.shelf.turn_to(visit.scenario)
    assert visit.shelf.desk.kept == other


@pytest.mark.parametrize("weeks", [60, 90])
def test_what_was_restored_is_gone_on_from_without_a_conflict(weeks: int) -> None:
    id = kept(replace(MINE, weeks=50))
    store = library_access._opened().scenarios
    store.save(LOCAL, id, Draft(document=write(MINE)), based_on=1)
    test = chosen(id)
    test.button(key="library.open").click().run()
    visit = visit_of(test)
    visit.change(replace(MINE, weeks=weeks))
    visit.shelf.turn_to(visit.scenario)
    test.run()
    test.selectbox(key="library.back.2").set_value(1).run()
    test.button(key="library.back.restore").click().run()
    assert visit.shelf.desk.kept is not None
    assert visit.shelf.desk.kept.number == 3
    # What had not been saved stays.
    assert visit.scenario.weeks == (50 if weeks == MINE.weeks else weeks)
    test.button(key="library.save").click().run()
    assert visit.shelf.desk.rival is None
    assert store.entry(LOCAL, id).head == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_to_have_changed_in_a_case(language: str) -> None:
    for id in (each.id for each in library_access._opened().scenarios.featured()):
        test = chosen(id, language)
        test.button(key="library.open").click().run()
        assert visit_of(test).shelf.desk.drift is None, id
        assert not test.warning


def test_a_case_is_found_by_its_name_in_the_language_of_the_page() -> None:
    test = opened("zh")
    test.text_input(key="library.find").set_value("抖音").run()
    assert not test.info
    assert "抖音" in str(test.dataframe[-1].value)
    test.text_input(key="library.find").set_value("没有这个").run()
    assert [each.value for each in test.info] == [words_of("zh")("library.nothing")]
    test.text_input(key="library.find").set_value("").run()
    test.toggle(key="library.trash").set_value(True).run()
    assert [each.value for each in test.info] == [words_of("zh")("library.no_trash")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_that_comes_out_otherwise_says_so_under_itself_and_nowhere_else(
    language: str,
) -> None:
    words = words_of(language)
    draft = Draft(document=write(MINE), outcomes={"npv_change": 1e9, "payback_week": 3.0})
    id = library_access._opened().scenarios.create(LOCAL, draft).scenario_id
    other = kept(replace(MINE, name="Other"))
    test = chosen(id, language)
    test.button(key="library.open").click().run()
    said = words("library.drift", version=sim.__version__)
    assert [each.value for each in test.warning] == [said]
    row = test.table[0].value.iloc[0].tolist()
    now = compared(MINE).outcomes["npv_change"]
    assert row[0] == words("outcome.npv_change")
    assert row[1:] == [outcome_text("npv_change", each, words) for each in (1e9, now)]
    visit_of(test).shelf.chosen = other
    test.run()
    assert not test.warning
    visit_of(test).shelf.chosen = id
    test.run()
    assert [each.value for each in test.warning] == [said]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_library_that_is_gone_is_said_once_and_nothing_on_the_page_is_lost(
    language: str, tmp_path: Path
) -> None:
    id = kept()
    test = chosen(id, language)
    test.button(key="library.open").click().run()
    visit_of(test).change(replace(MINE, weeks=80))
    visit_of(test).shelf.turn_to(visit_of(test).scenario)
    test.run()
    test.text_input(key="library.version-note").set_value("half done").run()
    library_access._opened().database.engine.dispose()
    path = tmp_path / "library.sqlite"
    path.rename(tmp_path / "elsewhere")
    for _ in range(2):
        test.button(key="library.save").click().run()
        assert not test.exception
        assert [each.value for each in test.error] == [
            words_of(language).complaint(Fault(kind="store_gone"))
        ]
        test.text_input(key="library.tag").set_value("board").run()
        assert not test.info, "it is not known that there is nothing"
        test.text_input(key="library.tag").set_value("").run()
    (tmp_path / "elsewhere").rename(path)
    test.run()
    assert not test.error
    visit = visit_of(test)
    assert (visit.scenario.weeks, visit.shelf.desk.note, visit.shelf.chosen) == (
        80,
        "half done",
        id,
    )
    test.button(key="library.save").click().run()
    assert not test.error
    version = library_access._opened().scenarios.version(LOCAL, id)
    assert (version.number, version.note) == (2, "half done")


def test_a_changed_number_is_told_as_then_and_now() -> None:
    then = {"npv_change": 1.0, "payback_week": None, "gmv_change": 2.0}
    now = {"npv_change": 1.5, "payback_week": None, "gmv_change": 2.0 + 1e-12}
    found = drift_of(then, now, {"world.blame": (0.3, 0.4)}, model="0.0.9")
    assert found is not None
    assert dict(found.outcomes) == {"npv_change": (1.0, 1.5)}
    assert drift_of(then, then, {}, model="0.0.9") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_is_named_even_where_this_model_no_longer_has_it(language: str) -> None:
    test = chosen(kept(), language)
    settings: dict[str, tuple[object, object]] = dict.fromkeys(
        ("world.gone", "policy.moves", "world.diversion", "weeks"), (0.1, None)
    )
    test.button(key="library.open").click().run()
    visit_of(test).shelf.desk.drift = drift_of({}, {}, settings, model="0.0.9")
    test.run()
    assert not test.exception
    told = test.table[0].value.iloc[:, 0].tolist()
    assert told[0] == r"world\.gone"
    assert "world.diversion" not in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_is_told_in_units_and_what_is_no_number_as_it_was_kept(language: str) -> None:
    words = words_of(language)
    test = chosen(kept(), language)
    moves = as_kept(settings_of(case("kuaishou-2021").scenario))["policy.moves"]
    settings: dict[str, tuple[object, object]] = {
        "world.diversion": (0.5, 0.75),
        "world.churn": ([0.1, 0.2, 0.3], [0.1, 0.2, 0.4]),
        "policy.moves": (moves, []),
        "world.blame": ({"odd": 1}, None),
        **{f"world.gone{at}": (1, 2) for at in range(20)},
    }
    test.button(key="library.open").click().run()
    visit_of(test).shelf.desk.drift = drift_of({}, {}, settings, model="0.0.9")
    test.run()
    assert not test.exception
    rows = [tuple(row) for row in test.table[0].value.to_numpy()]
    assert rows[0][1:] == ("50%", "75%")
    assert all(words(f"segment.{name}") in rows[1][0] for name in SEGMENTS)
    assert rows[2][2] == words("compare.no_moves")
    assert "{" not in rows[2][1]
    assert rows[3][1:] == (r"\{'odd'\: 1\}", "–")
    assert words("library.drift.more", count=4) in [each.value for each in test.caption]


def test_links_in_hand_are_bounded_and_come_once() -> None:
    shelf = Shelf()
    for at in range(40):
        shelf.take_link(f"{'A' * 22}.{at}", to_round=False)
        shelf.take_link(f"{'A' * 22}.{at}", to_round=False)
    assert len(shelf.links) == 20
    shelf.take_link(None, to_round=True)
    assert shelf.round_id is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_of_a_case_is_in_the_reader_s_language_wherever_it_is(language: str) -> None:
    note = words_of(language)("case.kuaishou-2021.note")
    for id in (kept(), "case:kuaishou-2021"):
        test = chosen(id, language)
        assert [each.value for each in test.text] == [note]
        assert test.text_area(key="library.note").value == note
    test.text_area(key="library.note").set_value("my own").run()
    assert visit_of(test).scenario.note == test.text_area(key="library.note").value == "my own"
    assert [each.value for each in test.text] == [note]


def test_reasons_stand_in_the_history_of_whoever_may_read_it() -> None:
    store = library_access._opened().scenarios
    first = Draft(document=write(MINE), why={"weeks": "a year is enough"})
    id = store.create(LOCAL, first).scenario_id
    longer = Draft(document=write(replace(MINE, weeks=70)), why={"weeks": "no: *Double 11*"})
    store.save(LOCAL, id, longer, based_on=1, save_id="s" * 22)
    test = chosen(id)
    said = "\n".join(each.value for each in test.markdown)
    assert r"60 weeks → 70 weeks. Why: no\: \*Double 11\*" in said
    assert "- Horizon: a year is enough" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_has_its_name_in_each_language(language: str) -> None:
    name = words_of(language)("case.kuaishou-2021")
    test = chosen("case:kuaishou-2021", language)
    assert name in [each.value for each in test.subheader]
    shown = words_of(language)("library.column.name")
    frames = [each.value for each in test.dataframe]
    assert any(name in frame.get(shown, frame.get("name")).tolist() for frame in frames)


def test_a_search_hides_the_entry_that_it_leaves_out_with_its_buttons() -> None:
    id = kept()
    test = chosen(id)
    for searched, shows in (("Mi", True), ("other", False), ("", True)):
        test.text_input(key="library.find").set_value(searched).run()
        assert any(each.key == "library.throw" for each in test.button) is shows
        assert visit_of(test).shelf.chosen == id
    # What is saved is shown, whatever was searched for before.
    test.toggle(key="library.trash").set_value(True).run()
    test.button(key="library.save-as").click().run()
    assert not test.exception
    assert not test.toggle(key="library.trash").value
    assert any(each.key == "library.throw" for each in test.button)
    assert visit_of(test).shelf.chosen != id
