"""Who somebody is and how a host says it: without a browser."""

from collections.abc import Mapping
from typing import Final

import pytest

from sim.errors import Refused
from sim.store.people import LOCAL, is_secret, person_id, returning_guest
from sim.ui.hosting.login import LogIn, Trust, read_log_in, read_trust
from sim.ui.identity import EndedLogIns, identity_of, is_over

ISSUER: Final = "https://login.example.com"
SUBJECT: Final = {"iss": ISSUER, "sub": "4711"}
NAMED: Final = f"{ISSUER}#4711"
SAID: Final = {
    "CLOSED_LOOP_LOGIN_PROVIDER": f"{ISSUER}/.well-known/openid-configuration",
    "CLOSED_LOOP_LOGIN_CLIENT": "lab",
    "CLOSED_LOOP_LOGIN_SECRET": "s" * 40,
    "CLOSED_LOOP_LOGIN_SITE": "https://lab.example.com/",
    "STREAMLIT_SERVER_COOKIE_SECRET": "c" * 64,
}


@pytest.mark.parametrize("verified", [True, "true"])
def test_an_address_that_is_vouched_for_is_who_one_is(verified: object) -> None:
    claims = {**SUBJECT, "email": "Anna@shop.example", "email_verified": verified}
    assert identity_of(claims, every_address=False) == "Anna@shop.example"


@pytest.mark.parametrize("verified", [None, False, "false", "no", 0, 1, "1", [True]])
def test_any_other_address_is_nobodys(verified: object) -> None:
    claims = {**SUBJECT, "email": "anna@shop.example", "email_verified": verified}
    assert identity_of(claims, every_address=False) == NAMED
    del claims["email_verified"]
    assert identity_of(claims, every_address=False) == NAMED
    assert identity_of(claims, every_address=True) == "anna@shop.example"


@pytest.mark.parametrize(
    "address",
    [
        LOCAL.id,
        f"guest:{'a' * 43}",
        f"guest:{'a' * 30}@shop.example",
        f"{ISSUER}#1@x",
        "",
        " ",
        "a@b@c",
        "a b@c",
        "a@" + "b" * 400,
        "a\0@b",
        7,
        None,
    ],
)
def test_no_address_makes_one_somebody_who_has_none(address: object) -> None:
    found = identity_of({**SUBJECT, "email": address, "email_verified": True}, every_address=True)
    assert found in (NAMED, None)


@pytest.mark.parametrize(
    "claims",
    [{}, {"iss": ISSUER}, {"sub": "1"}, {"iss": ISSUER, "sub": ""}, {"iss": "guest:", "sub": "a"},
     {"iss": 7, "sub": "a"}, {"iss": ISSUER, "sub": 7}, {"iss": ISSUER, "sub": "x" * 400}],
)  # fmt: skip
def test_without_a_name_one_is_nobody(claims: Mapping[str, object]) -> None:
    assert identity_of(claims, every_address=True) is None


def test_case_makes_no_other_person_of_an_address_and_another_of_a_subject() -> None:
    assert person_id("Anna@Shop.Example") == person_id("anna@shop.example")
    assert person_id(f"{ISSUER}#AbC") != person_id(f"{ISSUER}#abc")


def test_a_log_in_is_over_after_its_hours_or_without_its_time() -> None:
    now = 1_000_000.0
    assert not is_over({"iat": now - 3599}, now=now, hours=1)
    assert is_over({"iat": now - 3601}, now=now, hours=1)
    for strange in ({}, {"iat": None}, {"iat": "1"}, {"iat": True}):
        assert is_over(strange, now=now, hours=1)


def test_a_log_in_that_was_ended_is_known_from_the_next_one() -> None:
    ended, first = EndedLogIns(), {**SUBJECT, "iat": 1, "nonce": "a"}
    ended.end(first)
    assert ended.has({**first, "name": "Anna"})
    assert not ended.has({**first, "nonce": "b"})


def test_a_guest_comes_back_with_their_secret_and_with_nothing_else() -> None:
    secret = "a" * 43
    assert returning_guest(secret) == returning_guest(secret)
    assert returning_guest(secret).is_guest
    for strange in (None, "", "a" * 42, "a" * 42 + "!", "local"):
        assert returning_guest(strange) != returning_guest(strange)
    assert is_secret(secret)


def test_a_log_in_is_said_by_the_environment_alone() -> None:
    found = read_log_in(SAID)
    assert isinstance(found, LogIn)
    assert found.secrets()["auth"]["redirect_uri"] == "https://lab.example.com/oauth2callback"
    assert read_log_in({}) is None
    # A secret for cookies is set for other reasons as well.
    assert read_log_in({"STREAMLIT_SERVER_COOKIE_SECRET": "c" * 64}) is None


@pytest.mark.parametrize("name", SAID)
def test_what_is_missing_is_named(name: str) -> None:
    with pytest.raises(Refused) as caught:
        read_log_in({**SAID, name: " "})
    (fault,) = caught.value.faults
    assert (fault.kind, fault.place) == ("missing", name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CLOSED_LOOP_LOGIN_PROVIDER", "login.example.com"),
        ("CLOSED_LOOP_LOGIN_PROVIDER", "file:///etc/passwd"),
        ("CLOSED_LOOP_LOGIN_SITE", "https://"),
        ("CLOSED_LOOP_LOGIN_SITE", "https://a?b"),
        ("CLOSED_LOOP_LOGIN_SITE", "https://me@lab.example.com"),
        ("STREAMLIT_SERVER_COOKIE_SECRET", "quite short"),
    ],
)
def test_what_cannot_be_is_refused_and_no_secret_is_told(name: str, said: str) -> None:
    with pytest.raises(Refused, match=f"`{name}` must be") as caught:
        read_log_in({**SAID, name: said})
    assert "quite short" not in str(caught.value)


def test_what_is_believed_of_a_log_in() -> None:
    assert read_trust({}) == Trust(every_address=False, hours=12)
    said = {"CLOSED_LOOP_LOGIN_EVERY_ADDRESS": "Yes", "CLOSED_LOOP_LOGIN_HOURS": "720"}
    assert read_trust(said) == Trust(every_address=True, hours=720)
    for name, wrong in (
        ("EVERY_ADDRESS", "maybe"),
        ("HOURS", "0"),
        ("HOURS", "721"),
        ("HOURS", "x"),
    ):
        with pytest.raises(Refused, match=f"`CLOSED_LOOP_LOGIN_{name}` must be"):
            read_trust({f"CLOSED_LOOP_LOGIN_{name}": wrong})
