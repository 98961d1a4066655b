"""A server with more to do than it can: figures first, and a clear word about the queue."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sim.cases.catalogue import case
from sim.places import with_value
from sim.text import LANGUAGES, words_of
from sim.ui import work, worlds
from sim.ui.hosting.settings import Limits
from sim.ui.jobs import Jobs
from sim.ui.wishes import Wish, Wishes

PATIENCE = 60.0


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Worlds are computed only once this is set; somebody else waits for theirs already."""
    released, begun = threading.Event(), threading.Event()

    def slow(wish: Wish[Any]) -> None:
        begun.set()
        assert released.wait(PATIENCE)
        worlds.worlds_of(wish.wanted)

    wishes: Wishes[Any] = Wishes(slow)
    monkeypatch.setattr(worlds, "_wishes", wishes)
    wishes.want("somebody else", with_value(case("young-platform").scenario, "weeks", 37))
    assert begun.wait(PATIENCE)
    yield released
    released.set()


def test_who_is_not_alone_goes_on_without_worlds_and_finds_them_later(go: threading.Event) -> None:
    scenario = with_value(case("young-platform").scenario, "weeks", 39)
    assert worlds.worlds_soon(scenario, "a", waits=True) is None
    go.set()
    found = worlds.worlds_soon(scenario, "a", waits=True)
    while found is None:
        found = worlds.worlds_soon(scenario, "a", waits=True)
    assert found is worlds.known_worlds(scenario)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_draws_its_figures_while_others_wait_for_worlds(
    language: str, go: threading.Event
) -> None:
    def script(language: str, weeks: int) -> None:
        from sim.cases.catalogue import case
        from sim.places import with_value
        from sim.text import words_of
        from sim.ui.pages import simulate
        from sim.ui.session import current

        visit = current()
        visit.scenario = with_value(case("young-platform").scenario, "weeks", weeks)
        visit.language = language
        simulate.draw(words_of(language), visit)

    weeks = 41 + LANGUAGES.index(language)
    kwargs = {"language": language, "weeks": weeks}
    test = AppTest.from_function(script, default_timeout=120, kwargs=kwargs).run()
    assert not test.exception
    assert not test.error
    assert test.session_state["visit"].fanned is None
    go.set()
    scenario = test.session_state["visit"].scenario
    while worlds.worlds_soon(scenario, test.session_state["visitor"], waits=True) is None:
        pass
    test.run()
    assert test.session_state["visit"].fanned == scenario


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_full_queue_is_told_above_the_button(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    released = threading.Event()
    jobs = Jobs(lambda: Limits(waiting=1))
    monkeypatch.setattr(work, "JOBS", jobs)
    running = jobs.start("running", lambda _: released.wait(PATIENCE))
    while running.state == "waiting":
        pass
    jobs.start("waiting", lambda _: 1)

    def script(language: str) -> None:
        from sim.text import words_of
        from sim.ui.work import answered

        answered("more", lambda _: 1, label="go", words=words_of(language))

    test = AppTest.from_function(script, kwargs={"language": language}, default_timeout=60).run()
    assert not test.warning
    test.button[0].click().run()
    assert [each.value for each in test.warning] == [words_of(language)("work.full.server")]
    assert jobs.find("more") is None
    test.run()
    assert not test.warning
    released.set()
