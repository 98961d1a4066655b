"""What people type beside a document: kept to the letter, or refused with the reason."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from sim.errors import Fault, Refused
from sim.shown import BIG, key_shown, typed
from sim.store.limits import MOST_OUTCOMES, MOST_WHYS, TEXT_LIMITS


def require_text(
    place: str, text: object, *, most: int, one_line: bool = False, empty: bool = True
) -> str:
    """The text itself, if a database and a page can hold it.

    Raises
    ------
    Refused
        If it is no text, too long, has a NUL or half a character, or is empty where it may not be.
    """
    faults = tuple(_faults(place, text, most=most, one_line=one_line, empty=empty))
    if faults:
        raise Refused(faults)
    return str(text)


def require_whys(whys: Mapping[str, str]) -> dict[str, str]:
    """The notes "why" by the place that they are about (``world.diversion``).

    Raises
    ------
    Refused
        If there are too many, or one is no text that can be kept.
    """
    _require_mapping("why", whys, MOST_WHYS)
    return {
        _place("why", place): require_text(
            f"why.{key_shown(place)}", why, most=TEXT_LIMITS["why"], empty=False
        )
        for place, why in whys.items()
    }


def require_outcomes(outcomes: Mapping[str, float | None]) -> dict[str, float | None]:
    """Outcomes by id, to the digit; None where there is no number.

    Raises
    ------
    Refused
        If there are too many, or one is neither a number nor None.
    """
    _require_mapping("outcomes", outcomes, MOST_OUTCOMES)
    found: dict[str, float | None] = {}
    for name, value in outcomes.items():
        place = _place("outcomes", name)
        if not _is_outcome(value):
            raise Refused([_wrong(f"outcomes.{key_shown(place)}", "a number", value)])
        found[place] = None if value is None else float(value)
    return found


def folded(text: str) -> str:
    """A text as it is searched in: width, case and composition make no difference."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _is_outcome(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | None):
        return False
    # A whole number beyond the floats would be an error, and not infinite.
    return not isinstance(value, int) or abs(value) < BIG


def _place(table: str, name: object) -> str:
    return require_text(table, name, most=TEXT_LIMITS["place"], one_line=True, empty=False)


def _require_mapping(place: str, found: object, most: int) -> None:
    if not isinstance(found, Mapping):
        raise Refused([_wrong(place, "a mapping", found)])
    if len(found) > most:
        raise Refused(
            [Fault(kind="too_many", place=place, facts={"got": len(found), "legal": most})]
        )


def _faults(place: str, text: object, *, most: int, one_line: bool, empty: bool) -> Iterator[Fault]:
    if not isinstance(text, str):
        yield _wrong(place, _TEXT, text)
    elif len(text) > most:
        yield Fault(kind="too_long", place=place, facts={"got": len(text), "legal": most})
    elif not empty and not text.strip():
        yield Fault(kind="empty_text", place=place)
    elif "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        yield Fault(kind="wrong_type", place=place, facts={"legal": _TEXT, "got": ascii(text[:40])})
    elif one_line and not text.isprintable():
        facts = {"legal": "a text on one line", "got": ascii(text[:40])}
        yield Fault(kind="wrong_type", place=place, facts=facts)


def _wrong(place: str, legal: str, got: object) -> Fault:
    return Fault(kind="wrong_type", place=place, facts={"legal": legal, "got": typed(got)})


_TEXT: Final = "a text that UTF-8 can write, without NUL"
