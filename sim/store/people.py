"""Who asks, and what one may do with a scenario."""

import re
import secrets
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from sim.store.limits import TEXT_LIMITS
from sim.store.texts import require_text

_GUEST: Final = "guest:"
# 16 and 32 bytes of chance: an id cannot be guessed, and a secret cannot be searched for.
_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_CAPITALS: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class Role(IntEnum):
    """What one may do; each role may do all that the ones below it may."""

    VIEWER = 1
    EDITOR = 2
    OWNER = 3


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whoever asks: an id (an e-mail address where people log in), and the links in their hands.

    Where nobody logs in there is one person, :data:`LOCAL`, who owns everything there. ``links`` are
    whole link texts as :class:`sim.store.records.Link` and :class:`sim.store.records.Round` carry
    them; the store believes none of them unseen.
    """

    id: str
    links: tuple[str, ...] = ()

    @property
    def is_guest(self) -> bool:
        """Whether they come with a link and without a name of their own."""
        return self.id.startswith(_GUEST)


LOCAL: Final = Person(id="local")


def guest(*links: str) -> Person:
    """A new visitor without a log-in: they own nothing, and see what their links open.

    Keep the id with the visitor and show it to nobody: it is what makes an entry theirs.
    """
    return Person(id=_GUEST + secrets.token_urlsafe(32), links=links)


def returning_guest(secret: object) -> Person:
    """The guest who holds a secret that they were given before; a new one for what is none."""
    return Person(id=f"{_GUEST}{secret}") if is_secret(secret) else guest()


def person_id(text: object, place: str = "person") -> str:
    """An id as it is compared: without spaces around it, and A to Z small, as mail takes them.

    Nothing else is folded: two addresses that only look alike must stay two people. An id that is
    no address but issuer and subject (``https://issuer#subject``) stays as it is, and so does the
    secret of a guest: there another case is another person.

    Raises
    ------
    Refused
        If it is no text, empty, too long, or holds what no address holds.
    """
    found = require_text(place, text, most=TEXT_LIMITS["person"], one_line=True, empty=False)
    id = found.strip()
    return id if ":" in id else id.translate(_CAPITALS)


def new_id() -> str:
    """An id that nobody can guess."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """The secret half of a link."""
    return secrets.token_urlsafe(32)


def is_secret(text: object) -> bool:
    """Whether a text could be a secret at all."""
    return isinstance(text, str) and _SECRET.fullmatch(text) is not None


def is_id(text: object) -> bool:
    """Whether a text could be an id at all; what could not never reaches the database."""
    return isinstance(text, str) and _ID.fullmatch(text) is not None


def link_text(id: str, secret: str) -> str:
    """The two halves of a link in one text: what it opens, and the secret that opens it."""
    return f"{id}.{secret}"


def opened_by(link: object) -> str | None:
    """The id of what a link is about; None for what is no link. Says nothing of whether it opens."""
    return None if secret_of(link) is None else str(link).partition(".")[0]


def secret_of(link: object) -> str | None:
    """The secret half of a link; None for what is no link."""
    if not isinstance(link, str):
        return None
    id, _, secret = link.partition(".")
    return secret if is_id(id) and is_secret(secret) else None
