"""What is begun when the address is asked for."""

import asyncio
import threading
import time

import pytest
from starlette.applications import Starlette

from sim.places import with_value
from sim.scenario import Scenario
from sim.ui import early, entry, worlds
from sim.ui.early import links
from sim.ui.entry import ROUTES
from sim.ui.hosting.allowance import Allowance
from sim.ui.link import first_scenario, token_of
from sim.ui.server import prepared
from sim.ui.wishes import Wish, Wishes
from sim.ui.worlds import known_worlds
from tests import asgi

PATIENCE = 60.0


def ask(path: str, query: str = "") -> asgi.Answer:
    return asgi.ask(Starlette(routes=ROUTES), path, query)


def is_known(scenario: Scenario, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while known_worlds(scenario) is None and time.monotonic() < end:
        time.sleep(0.02)
    return known_worlds(scenario) is not None


def test_the_worlds_of_a_link_are_computed_before_its_page_runs() -> None:
    assert prepared().wait(PATIENCE)
    scenario = with_value(first_scenario(), "policy.guarantee_target", 0.4321)
    assert known_worlds(scenario) is None
    answer = ask("/", f"s={token_of(scenario)}")
    assert answer.status == 200
    assert is_known(scenario, PATIENCE)


def test_only_the_page_that_shows_them_has_them_computed() -> None:
    assert prepared().wait(PATIENCE)
    scenario = with_value(first_scenario(), "policy.guarantee_target", 0.4322)
    assert ask("/decide", f"s={token_of(scenario)}").status == 200
    assert not is_known(scenario, 0.5)


def test_who_asks_too_often_or_only_for_the_head_has_nothing_computed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert prepared().wait(PATIENCE)
    asked = [
        with_value(first_scenario(), "policy.guarantee_target", 0.44 + n / 1e4) for n in (0, 1)
    ]
    answer = asgi.ask(Starlette(routes=ROUTES), "/", f"s={token_of(asked[0])}", method="HEAD")
    assert answer.status == 200
    assert not is_known(asked[0], 0.5)
    monkeypatch.setattr(early, "_ALLOWANCE", Allowance(0.0, 1.0))
    ask("/", f"s={token_of(asked[0])}")
    assert is_known(asked[0], PATIENCE)
    ask("/", f"s={token_of(asked[1])}")
    assert not is_known(asked[1], 0.5)


def test_nothing_is_begun_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert prepared().wait(PATIENCE)
    go, done = threading.Event(), []

    def work(wish: Wish[Scenario]) -> None:
        assert go.wait(PATIENCE)
        done.append(wish.wanted.policy)

    monkeypatch.setattr(worlds, "_wishes", Wishes(work))
    scenario = with_value(first_scenario(), "policy.guarantee_target", 0.4555)
    theirs = worlds.wish_for(first_scenario(), "somebody")
    ask("/", f"s={token_of(scenario)}")
    assert not theirs.dropped.is_set()
    go.set()
    assert worlds.wish_for(first_scenario(), "last").ended.wait(PATIENCE)
    assert done == [first_scenario().policy] * 2


@pytest.mark.parametrize("path", ["/", "/decide"])
def test_the_loop_serves_others_while_the_first_document_is_made(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*, is_at_root: bool) -> str:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        return f"{is_at_root}"

    monkeypatch.setattr(entry, "_document", made)
    assert ask(path).body.decode() == str(path == "/")


@pytest.mark.parametrize("token", ["", "1.nonsense", "%00", "9" * 9000])
def test_a_link_that_cannot_be_read_is_told_by_the_page_alone(token: str) -> None:
    assert prepared().wait(PATIENCE)
    answer = ask("/", f"s={token}")
    assert answer.status == 200
    assert links() in answer.body.decode()
    assert answer.headers["cache-control"] == "no-cache"
