"""What a test needs and a machine may not have: skipped there with the reason, failed where required."""

import os

import pytest


def need(reason: str | None, setting: str, what: str) -> None:
    """Skip a test for a reason; fail it where tests of its kind, such as ``BROWSER``, are required."""
    if reason is None:
        return
    if os.environ.get(f"CLOSED_LOOP_REQUIRE_{setting}") == "1":
        pytest.fail(f"{what} are required, but {reason}")
    pytest.skip(reason)
