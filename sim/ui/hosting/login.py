"""Whether visitors can log in, and with which provider: from the server's environment.

All is said in the environment, so that no secret lies in an image. Streamlit's own file
(``.streamlit/secrets.toml`` with a table ``auth``) works as well.
"""

import logging
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Final, Literal

from sim.errors import Fault, Refused

_LOG: Final = logging.getLogger(__name__)
_PREFIX: Final = "CLOSED_LOOP_LOGIN_"
# Streamlit's own name: it signs its cookies with it, and who has logged in is such a cookie.
_COOKIE_SECRET: Final = "STREAMLIT_SERVER_COOKIE_SECRET"
_SHORTEST_SECRET: Final = 32
_CALLBACK: Final = "oauth2callback"
_HOURS: Final = 12
_MOST_HOURS: Final = 720
_ADDRESS: Final = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")
_ANSWERS: Final = {"": False, "no": False, "yes": True}
# What the log-in of Streamlit is made with; the extra "login" brings them.
_PACKAGES: Final = ("authlib", "httpx")

Standing = Literal["none", "ready", "broken"]


@dataclass(frozen=True, kw_only=True)
class LogIn:
    """How visitors log in.

    Attributes
    ----------
    provider
        Address of the provider's description of itself (``.../.well-known/openid-configuration``).
    client, secret
        What the provider knows this server by.
    site
        The address that visitors type, to which they come back.
    cookie_secret
        Signs the cookie that says who has logged in.
    """

    provider: str
    client: str
    secret: str
    site: str
    cookie_secret: str

    def secrets(self) -> dict[str, dict[str, str]]:
        """The same as Streamlit takes it."""
        return {
            "auth": {
                "redirect_uri": f"{self.site.rstrip('/')}/{_CALLBACK}",
                "cookie_secret": self.cookie_secret,
                "client_id": self.client,
                "client_secret": self.secret,
                "server_metadata_url": self.provider,
            }
        }


@dataclass(frozen=True, kw_only=True)
class Trust:
    """What of a log-in is believed: every address or verified ones only, and for how many hours."""

    every_address: bool = False
    hours: int = _HOURS


def read_log_in(environment: Mapping[str, str]) -> LogIn | None:
    """The log-in that an environment describes; None where it says nothing of one.

    Raises
    ------
    Refused
        With everything that is missing, or is no address.
    """
    names = {name: f"{_PREFIX}{name.upper()}" for name in ("provider", "client", "secret", "site")}
    if not any(environment.get(name, "").strip() for name in names.values()):
        return None
    names["cookie_secret"] = _COOKIE_SECRET
    said = {field: environment.get(name, "").strip() for field, name in names.items()}
    faults = [fault for field, name in names.items() for fault in _faults(field, name, said[field])]
    if faults:
        raise Refused(faults)
    return LogIn(**said)


def _faults(field: str, name: str, said: str) -> list[Fault]:
    legal = "a text"
    if field in ("provider", "site"):
        legal = "an address that begins with https:// or http://"
    elif field == "cookie_secret":
        legal = f"{_SHORTEST_SECRET} random characters or more"
    if not said:
        return [Fault(kind="missing", place=name, facts={"legal": legal})]
    if legal.startswith("an address") and not _ADDRESS.fullmatch(said):
        return [Fault(kind="wrong_type", place=name, facts={"legal": legal, "got": said[:80]})]
    if field == "cookie_secret" and len(said) < _SHORTEST_SECRET:
        # What is wrong with a secret is told without telling it.
        facts = {"legal": legal, "got": f"{len(said)}"}
        return [Fault(kind="wrong_type", place=name, facts=facts)]
    return []


def read_trust(environment: Mapping[str, str]) -> Trust:
    """What ``CLOSED_LOOP_LOGIN_EVERY_ADDRESS`` and ``CLOSED_LOOP_LOGIN_HOURS`` say.

    Raises
    ------
    Refused
        If the first is neither yes nor no, or the second no whole number that can be.
    """
    name = f"{_PREFIX}EVERY_ADDRESS"
    said = environment.get(name, "").strip().lower()
    if said not in _ANSWERS:
        facts = {"legal": "yes or no", "got": said[:40]}
        raise Refused([Fault(kind="wrong_type", place=name, facts=facts)])
    return Trust(every_address=_ANSWERS[said], hours=_hours(environment))


def _hours(environment: Mapping[str, str]) -> int:
    name = f"{_PREFIX}HOURS"
    said = environment.get(name, "").strip()
    if not said:
        return _HOURS
    if not re.fullmatch(r"[0-9]{1,3}", said) or not 1 <= int(said) <= _MOST_HOURS:
        facts = {"low": 1, "high": _MOST_HOURS, "got": said[:40]}
        raise Refused([Fault(kind="not_whole", place=name, facts=facts)])
    return int(said)


@cache
def trust() -> Trust:
    """What this server believes of a log-in.

    Raises
    ------
    Refused
        If its environment says what cannot be.
    """
    return read_trust(os.environ)


@cache
def _described() -> LogIn | Literal["broken"] | None:
    """The log-in of this server; one that is described wrongly is told in the log, once."""
    try:
        trust()
        found = read_log_in(os.environ)
    except Refused as refused:
        _LOG.error("nobody can log in here: %s", refused)
        return "broken"
    if found is not None and not _is_installed():
        return "broken"
    return found


@cache
def _is_installed() -> bool:
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        _LOG.error("nobody can log in here: %s not installed (extra login)", ", ".join(missing))
    return not missing


def secrets() -> dict[str, dict[str, str]] | None:
    """What Streamlit is told of the log-in when the server starts; None for nothing."""
    found = _described()
    return found.secrets() if isinstance(found, LogIn) else None


def standing() -> Standing:
    """Whether visitors can log in: nobody was meant to, they can, or what was said of it is wrong.

    Where it is wrong they are guests, and not everybody: what people keep is kept from each other.
    """
    found = _described()
    if isinstance(found, LogIn):
        return "ready"
    if found is not None:
        return "broken"
    if not _in_file():
        return "none"
    return "ready" if _is_installed() else "broken"


def _in_file() -> bool:
    """Whether Streamlit's own file has a log-in."""
    import streamlit as st

    try:
        return "auth" in st.secrets
    except (FileNotFoundError, KeyError):
        return False
