"""Log-in through the front with two replicas, as the container files have it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.test_journeys import box, press
from tests.chromium import missing as missing_browser
from tests.chromium import need as need_browser
from tests.hosting.conftest import need_front
from tests.hosting.front import Front, start_front
from tests.identity.conftest import (
    Browser,
    idle,
    log_in,
    log_in_settings,
    need_provider,
    start_provider,
)
from tests.identity.provider import ANNA
from tests.server import free_port

pytestmark = pytest.mark.browser


@pytest.fixture
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    need_browser(missing_browser())
    need_provider()
    need_front()
    folder: Path = tmp_path_factory.mktemp("front-with-log-in")
    port, at = free_port(), free_port()
    provider = start_provider(folder, at, [f"http://127.0.0.1:{port}/oauth2callback"])
    try:
        running = start_front(folder, port=port, settings=log_in_settings(provider.url, port))
        yield running
        running.stop()
    finally:
        provider.stop()


def test_one_logs_in_through_the_front_and_comes_back(front: Front, chromium: Any) -> None:
    for _ in range(2):
        context = chromium.new_context(locale="en", viewport={"width": 1440, "height": 900})
        page = Browser(context=context, server=front.replicas[0]).open(f"{front.url}/")
        page.wait_for_selector('.sim-grid[data-painted="all"]')
        press(page, "policy.guarantee_target", times=4)
        page.get_by_role("link", name="Library").click()
        idle(page)
        there = page.url
        log_in(page, ANNA)
        assert page.url == there
        page.get_by_text("Logged in as Anna Tree").wait_for()
        page.get_by_role("link", name="Simulate").click()
        idle(page)
        assert box(page, "policy.guarantee_target").input_value() == "93"
        context.close()
