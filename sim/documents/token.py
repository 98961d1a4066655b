"""The whole scenario in one short token, for the address of a page.

A token is a version character and base64url of parts: a head, then parts of values, moves and
texts, each with a checksum of its own. So a link that was cut off or damaged gives what is sound in
it and says what is lost. It holds only what differs from the case, or from the defaults, and the
head says by a fingerprint whether these are still what they were.
"""

import base64
import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from sim.cases.catalogue import case
from sim.documents.acceptance import require_accepted
from sim.documents.limits import told
from sim.documents.token_bytes import Damaged, part_bytes, parts_of
from sim.documents.token_codes import VERSION
from sim.documents.token_read import Carried, Head, finished, head_of, newer_faults, take_part
from sim.documents.token_write import Tag, base_fingerprint, body, codes, head
from sim.documents.toml_document import base_of
from sim.errors import Fault, Refused, TooLarge, UnknownCase
from sim.scenario import Scenario
from sim.shown import key_shown, shown

# Web servers read about 8 kB of address; a token of every number at 17 digits takes half of that.
LONGEST: Final = 8 * 1024

_LETTERS: Final = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """The scenario of a link, always sound, and what of the link could not be taken."""

    scenario: Scenario
    notices: tuple[Fault, ...]


def encode(scenario: Scenario) -> str:
    """The token of a scenario.

    Raises
    ------
    Refused
        If the scenario has faults, so that no link could bring it back.
    TooLarge
        If it is longer than an address may be, which only a long note brings about.
    """
    require_accepted(scenario)
    base = base_of(scenario)
    parts = [*body(scenario, base)]
    mark = _fingerprint(scenario.case, len(codes()))
    parts.insert(0, (Tag.HEAD, head(scenario, base, parts=len(parts) + 1, mark=mark)))
    data = b"".join(part_bytes(index, *part) for index, part in enumerate(parts))
    token = VERSION + base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
    if len(token) > LONGEST:
        facts = {"got": len(token), "legal": LONGEST}
        raise TooLarge([Fault(kind="long_link", facts=facts)])
    return token


def decode(token: str) -> Decoded:
    """The scenario of a token, with a notice for everything that could not be taken from it.

    Raises
    ------
    Refused
        If nothing can be read: no token, another version, or a damaged head.
    """
    data, rest = _data(token)
    parts, notices = list(parts_of(data)), list[Fault]()
    top = _head(parts)
    base = _base(top, notices)
    notices.extend(newer_faults(top))
    if top.left:
        notices.append(_strange_part(Tag.HEAD, 1, top))
    carried, lost = Carried(base=base, known=top.known), max(top.parts - len(parts), 0)
    for number, part in enumerate(parts[1 : top.parts], start=2):
        if part is None:
            lost += 1
        elif not _taken(carried, part):
            notices.append(_strange_part(part[0], number, top))
    if lost:
        # A cut link may claim any number of parts; the claim stands in its head's checksum.
        facts = {"got": lost, "legal": top.parts}
        notices.append(Fault(kind="damaged_part", facts=facts))
    if len(parts) > top.parts or (rest and not lost):
        notices.append(Fault(kind="surplus_parts"))
    scenario = finished(carried, top)
    # That moves are missing where parts are is said with the parts.
    faults = (each for each in carried.faults if not (lost and each.kind == "moves_differ"))
    return Decoded(scenario=scenario, notices=told((*notices, *faults)))


def _data(token: str) -> tuple[bytes, str]:
    """The bytes of a token as far as they can be read, and what stands after them."""
    if len(token) > LONGEST:
        long = {"got": len(token), "legal": LONGEST}
        raise TooLarge([Fault(kind="too_long", place="link", facts=long)])
    version, rest = token[:1], token[1:]
    if version != VERSION:
        raise Refused([_strange(version, token)])
    found = _LETTERS.match(rest)
    letters = found.group() if found else ""
    # Four letters are three bytes; a single letter over is less than a byte.
    whole = letters[:-1] if len(letters) % 4 == 1 else letters
    return base64.urlsafe_b64decode(whole + "=" * (-len(whole) % 4)), rest[len(whole) :]


def _strange(version: str, token: str) -> Fault:
    if version in set("23456789"):
        return Fault(kind="newer_link", facts={"got": version, "legal": VERSION})
    return _damaged(shown(token))


def _head(parts: list[tuple[int, bytes] | None]) -> Head:
    first = parts[0] if parts else None
    if first is None or first[0] != Tag.HEAD:
        raise Refused([Fault(kind="headless_link")])
    try:
        return head_of(first[1])
    except Damaged:
        raise Refused([Fault(kind="headless_link")]) from None


def _base(top: Head, notices: list[Fault]) -> Scenario:
    if top.case is None:
        base = Scenario()
    else:
        try:
            base = case(top.case).scenario
        except UnknownCase as error:
            notices.extend(error.faults)
            return Scenario()
    if _fingerprint(base.case, min(top.known, len(codes()))) != top.fingerprint:
        notices.append(Fault(kind="case_changed", place=base.case or "defaults"))
    return base


@cache
def _fingerprint(name: str | None, known: int) -> bytes:
    return base_fingerprint(Scenario() if name is None else case(name).scenario, known)


def _taken(carried: Carried, part: tuple[int, bytes]) -> bool:
    """Whether a part could be read to its end; ``carried`` has what could be."""
    try:
        take_part(carried, *part)
    except Damaged:
        return False
    return True


def _strange_part(tag: int, number: int, top: Head) -> Fault:
    """Of a part with a right checksum, that is no damage: it was made by hand, or by a later program."""
    named = {each.value: each.name.lower() for each in Tag}.get(tag, f"#{tag}")
    facts = {"got": number, "legal": key_shown(str(top.parts))}
    return Fault(kind="strange_part", place=named, facts=facts)


def _damaged(got: str) -> Fault:
    return Fault(kind="damaged_link", facts={"got": got})
