"""What is begun when the address is asked for."""

import time

import pytest
from starlette.applications import Starlette

from sim.places import with_value
from sim.scenario import Scenario
from sim.ui.early import links
from sim.ui.entry import ROUTES
from sim.ui.link import first_scenario, token_of
from sim.ui.server import prepared
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


@pytest.mark.parametrize("token", ["", "1.nonsense", "%00", "9" * 9000])
def test_a_link_that_cannot_be_read_is_told_by_the_page_alone(token: str) -> None:
    assert prepared().wait(PATIENCE)
    answer = ask("/", f"s={token}")
    assert answer.status == 200
    assert links() in answer.body.decode()
    assert answer.headers["cache-control"] == "no-cache"
