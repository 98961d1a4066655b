"""Settings of a server: what may be set, and what is said of what may not."""

import pytest

from sim.errors import Refused
from sim.ui.hosting import headers
from sim.ui.hosting.settings import Limits, read_limits


def test_what_is_not_set_or_empty_is_as_it_was() -> None:
    assert read_limits({}) == Limits()
    assert read_limits({"CLOSED_LOOP_WAITING": " ", "CLOSED_LOOP_FRAME_ANCESTORS": ""}) == Limits()


def test_each_limit_can_be_set() -> None:
    assert read_limits(
        {
            "CLOSED_LOOP_LIVE_PER_SECOND": "5",
            "CLOSED_LOOP_LIVE_BURST": "6",
            "CLOSED_LOOP_WAITING": "7",
            "CLOSED_LOOP_WAITING_EACH": "8",
            "CLOSED_LOOP_FRAME_ANCESTORS": "'self' https://wiki.example:8443",
        }
    ) == Limits(
        live_per_second=5,
        live_burst=6,
        waiting=7,
        waiting_each=8,
        frame_ancestors="'self' https://wiki.example:8443",
    )


@pytest.mark.parametrize("said", ["0", "-1", "1.5", "many", "10001", "99999999999", "٣"])
def test_a_number_that_cannot_be_is_refused_by_its_name(said: str) -> None:
    with pytest.raises(Refused, match="`CLOSED_LOOP_WAITING` must be a whole number between 1 and"):
        read_limits({"CLOSED_LOOP_WAITING": said})


@pytest.mark.parametrize(
    "said", ["*", "self", "https://a; script-src *", "javascript:x", "'none' a"]
)
def test_who_may_frame_the_page_is_an_origin(said: str) -> None:
    with pytest.raises(Refused, match="`CLOSED_LOOP_FRAME_ANCESTORS` must be"):
        read_limits({"CLOSED_LOOP_FRAME_ANCESTORS": said})


def test_a_server_with_a_wrong_setting_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong() -> Limits:
        return read_limits({"CLOSED_LOOP_LIVE_BURST": "x"})

    monkeypatch.setattr(headers, "limits", wrong)
    with pytest.raises(SystemExit, match="`CLOSED_LOOP_LIVE_BURST` must be a whole number"):
        headers.middleware()
