"""Settings of a server, from its environment; what is not set stands here.

Everything that Streamlit has an option for is set by Streamlit's own names
(``STREAMLIT_SERVER_ALLOWED_HOSTS`` and so on), not here.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sim.errors import Fault, Refused

_PREFIX: Final = "CLOSED_LOOP_"
# One client drags one lever at a time and asks anew when it has its answer: some eight a second.
_LIVE_PER_SECOND: Final = 40
_LIVE_BURST: Final = 80
_WAITING: Final = 20
_WAITING_EACH: Final = 2
# An origin, or the word for one, as a content policy takes it.
_ANCESTOR: Final = re.compile(r"'self'|'none'|https?://[A-Za-z0-9.*-]+(:[0-9]+)?")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a server lets its visitors ask of it.

    Attributes
    ----------
    live_per_second, live_burst
        Live questions one client may ask: in the long run, and at once.
    waiting
        Long computations that may wait at the same time.
    waiting_each
        How many of them may be one visitor's.
    frame_ancestors
        Who may show the page within a page of theirs, as the content policy says it.
    """

    live_per_second: int = _LIVE_PER_SECOND
    live_burst: int = _LIVE_BURST
    waiting: int = _WAITING
    waiting_each: int = _WAITING_EACH
    frame_ancestors: str = "'self'"


@cache
def limits() -> Limits:
    """The limits of this server.

    Raises
    ------
    Refused
        If the environment says something that is none.
    """
    return read_limits(os.environ)


def read_limits(environment: Mapping[str, str]) -> Limits:
    """Limits from ``CLOSED_LOOP_LIVE_PER_SECOND`` and its like.

    Raises
    ------
    Refused
        If a number is not a whole one within its limits, or an origin is none.
    """
    fallback = Limits()
    return Limits(
        live_per_second=_number(environment, "LIVE_PER_SECOND", fallback.live_per_second),
        live_burst=_number(environment, "LIVE_BURST", fallback.live_burst),
        waiting=_number(environment, "WAITING", fallback.waiting),
        waiting_each=_number(environment, "WAITING_EACH", fallback.waiting_each),
        frame_ancestors=_ancestors(environment, fallback.frame_ancestors),
    )


def _number(environment: Mapping[str, str], name: str, fallback: int) -> int:
    name, low, high = _PREFIX + name, 1, 10_000
    said = environment.get(name, "").strip()
    if not said:
        return fallback
    if not re.fullmatch(r"[0-9]{1,5}", said) or not low <= int(said) <= high:
        facts = {"low": low, "high": high, "got": said[:40]}
        raise Refused([Fault(kind="not_whole", place=name, facts=facts)])
    return int(said)


def _ancestors(environment: Mapping[str, str], fallback: str) -> str:
    name = f"{_PREFIX}FRAME_ANCESTORS"
    said = environment.get(name, "").split()
    for each in said:
        if not _ANCESTOR.fullmatch(each):
            facts = {
                "legal": "'self', 'none' or https://HOST, with spaces between",
                "got": each[:80],
            }
            raise Refused([Fault(kind="wrong_type", place=name, facts=facts)])
    return " ".join(said) or fallback
