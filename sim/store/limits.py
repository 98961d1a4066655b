"""How much one person may keep; a document has its own limits in :mod:`sim.documents.limits`."""

import os
from dataclasses import dataclass
from typing import Final

from sim.errors import Fault, Refused
from sim.shown import shown

SETTING: Final = "CLOSED_LOOP_MOST_SCENARIOS"

# Most characters of what people type beside a document.
TEXT_LIMITS: Final = {
    "person": 320,
    "search": 200,
    "tag": 60,
    "version_note": 2_000,
    "why": 2_000,
    "question": 500,
    "entrant": 100,
    "place": 100,
    "save_id": 100,
}
MOST_WHYS: Final = 500
MOST_OUTCOMES: Final = 200
# A listing comes in pages: whoever is shown ten thousand scenarios must not wait for them all.
MOST_LISTED: Final = 200


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most of each that is kept; trash is kept for ``trash_days`` before it can be purged."""

    scenarios: int = 1_000
    versions: int = 1_000
    tags: int = 20
    shares: int = 200
    links: int = 50
    rounds: int = 50
    entries: int = 200
    trash_days: int = 30


def limits_set() -> Limits:
    """The limits of this machine: those above, with as many scenarios as ``CLOSED_LOOP_MOST_SCENARIOS``.

    Raises
    ------
    Refused
        If that is no whole number from 1 on.
    """
    text = os.environ.get(SETTING, "").strip()
    if not text:
        return Limits()
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):
        facts = {"low": 1, "high": 999_999_999, "got": shown(text)}
        raise Refused([Fault(kind="not_whole", place=SETTING, facts=facts)])
    return Limits(scenarios=int(text))
