"""The cookie that says who has logged in: a forged, old or foreign one is nobody's."""

import json
import time
from typing import Any, Final

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from tests.identity.conftest import COOKIE_SECRET, Profiles
from tests.identity.provider import ANNA

pytestmark = pytest.mark.browser

USER: Final = "_streamlit_user"
DAY: Final = 86_400


def cookie(
    site: str, *, secret: str = COOKIE_SECRET, signed: float = 0.0, salt: str = USER, **claims: Any
) -> str:
    """A cookie as Streamlit signs it, ``signed`` seconds from now."""

    class Signer(TimestampSigner):
        def get_timestamp(self) -> int:
            return int(time.time() + signed)

    said = {
        "iss": "https://login.example.com",
        "sub": "anna",
        "email": ANNA.address,
        "email_verified": True,
        "name": ANNA.shown,
        "iat": int(time.time()),
        "origin": site,
        "is_logged_in": True,
        "provider": "default",
        **claims,
    }
    serializer = URLSafeTimedSerializer(secret, salt=salt, signer=Signer)
    value = serializer.dumps(json.dumps(said))
    return value if isinstance(value, str) else value.decode()


def seen_with(profile: Profiles, value: str) -> Any:
    browser = profile()
    browser.context.add_cookies([{"name": USER, "value": value, "url": browser.server.url}])
    return browser.open()


@pytest.fixture
def site(server: Any) -> str:
    return str(server.url)


def test_a_cookie_that_is_right_is_believed(profile: Profiles, site: str) -> None:
    page = seen_with(profile, cookie(site))
    page.get_by_text(f"Logged in as {ANNA.shown}").wait_for()


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "f" * 64},
        {"salt": "_streamlit_user_tokens"},
        {"signed": -32.0 * DAY},
        {"origin": "http://127.0.0.1:1"},
        {"is_logged_in": False},
    ],
    ids=["signed by another", "another cookie's", "expired", "of another site", "logged out"],
)
def test_a_cookie_that_is_not_is_nobodys(
    profile: Profiles, site: str, wrong: dict[str, Any]
) -> None:
    page = seen_with(profile, cookie(site, **wrong))
    page.locator(".st-key-login button").wait_for()
    page.get_by_text("You are not logged in").wait_for()
    assert ANNA.shown not in page.content()


def test_a_cookie_that_was_changed_is_nobodys(profile: Profiles, site: str) -> None:
    head, _, tail = cookie(site).partition(".")
    page = seen_with(profile, f"{head[:-4]}AAAA.{tail}")
    page.get_by_text("You are not logged in").wait_for()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"iat": time.time() - 13 * 3600}, "Your log-in has ended"),
        ({"iat": None}, "Your log-in has ended"),
        ({"email": "", "sub": ""}, "gave no name to know you by"),
        ({"email": "local", "iss": "", "sub": "local"}, "gave no name to know you by"),
    ],
    ids=["too long ago", "of no time", "of nobody", "of everybody"],
)
def test_a_log_in_that_names_nobody_is_told(
    profile: Profiles, site: str, wrong: dict[str, Any], told: str
) -> None:
    page = seen_with(profile, cookie(site, **wrong))
    page.get_by_text(told).wait_for()
    page.locator(".st-key-login button").wait_for()
