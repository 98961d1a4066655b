"""Who somebody is, from what their provider says of them; no Streamlit here.

References
----------
OpenID Connect Core 1.0, section 2 (ID token: ``iss``, ``sub``, ``iat``), 5.1 (``email_verified``) and
5.7: only issuer and subject together name a person for good; an address is whoever's it is said to be.
"""

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from sim.store.limits import TEXT_LIMITS

# One sign "@" and no colon: what it lets through is no guest, no issuer, and not the one person of
# an installation without log-in.
_ADDRESS: Final = re.compile(r"[^\s@:]+@[^\s@:]+")
_ISSUER: Final = re.compile(r"https?://[^\s#]+")
# Log-outs that are remembered, the last ones.
_REMEMBERED: Final = 10_000
_HOUR: Final = 3600.0


def identity_of(claims: Mapping[str, object], *, every_address: bool) -> str | None:
    """The id of a person in the library; None for somebody who has no name that can be relied on.

    It is their address if the provider says that it is theirs (``email_verified``), or if the host
    trusts it with ``every_address``. Else it is issuer and subject: an address that anybody can type
    in would make them whoever they like.
    """
    address, verified = claims.get("email"), claims.get("email_verified")
    # Some say it as a text, Apple for one; 1 is not what anybody says.
    is_theirs = every_address or verified is True or verified == "true"
    if is_theirs and isinstance(address, str) and _ADDRESS.fullmatch(address.strip()):
        return _kept(address.strip())
    issuer, subject = claims.get("iss"), claims.get("sub")
    if isinstance(issuer, str) and isinstance(subject, str) and subject.strip():
        return _kept(f"{issuer}#{subject}") if _ISSUER.fullmatch(issuer) else None
    return None


def _kept(id: str) -> str | None:
    return id if len(id) <= TEXT_LIMITS["person"] and id.isprintable() else None


def is_over(claims: Mapping[str, object], *, now: float, hours: int) -> bool:
    """Whether a log-in is older than it may be (``now`` in seconds since 1970), or of no known age."""
    since = claims.get("iat")
    if isinstance(since, bool) or not isinstance(since, int | float):
        return True
    return now - since > hours * _HOUR


class EndedLogIns:
    """The log-ins that were ended in some tab: other tabs, and copies of the cookie, end with them.

    In the memory of this process; a browser is led to the same one all the time.
    """

    def __init__(self) -> None:
        self._marks: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def end(self, claims: Mapping[str, object]) -> None:
        """Remember that a log-in has ended."""
        with self._lock:
            self._marks[_mark(claims)] = None
            if len(self._marks) > _REMEMBERED:
                self._marks.popitem(last=False)

    def has(self, claims: Mapping[str, object]) -> bool:
        """Whether it has."""
        with self._lock:
            return _mark(claims) in self._marks


def _mark(claims: Mapping[str, object]) -> str:
    """One log-in among all others: of whom, when, and the provider's answer to which question."""
    what = repr([claims.get(name) for name in ("iss", "sub", "iat", "nonce")])
    return hashlib.sha256(what.encode()).hexdigest()
