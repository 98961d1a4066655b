"""What somebody has typed for the library and not saved: their tab keeps it until it is.

The scenario stands in the address. Which version of the library it goes on from, why each change was
made, what is noted of the next version, and that somebody saved in between do not: a link that is
handed on is not to carry them. The server keeps them for as long as the page is open; past a reload, a
log-in, or the end of a server the browser tells them again.
"""

import json
from collections.abc import Mapping
from typing import Final

from sim.store.featured import is_featured
from sim.store.limits import MOST_WHYS, TEXT_LIMITS
from sim.store.people import is_id
from sim.ui.library_access import known_as, login_is_configured, taken_down
from sim.ui.visit import Visit

_MOST_CHARACTERS: Final = 2_000_000
_MOST_VERSIONS: Final = 1_000_000


def told(visit: Visit) -> dict[str, object]:
    """What the tab is to keep (``said``, None for nothing), or that it is asked (``asks``)."""
    shelf = visit.shelf
    desk = shelf.desk
    # The note alone may be the browser's own, of the box that it still has.
    if not shelf.begun and desk.is_bare:
        return {"asks": True}
    shelf.begun = True
    shelf.whose = known_as() or shelf.whose
    if desk.is_empty:
        return {"said": None}
    of = desk.claim if desk.kept is None else (desk.kept.id, desk.kept.number)
    said = {
        "of": of,
        "rival": desk.rival,
        "why": desk.why,
        "note": desk.note,
        "whose": shelf.whose,
    }
    return {"said": json.dumps(said, ensure_ascii=False)}


def take(visit: Visit, said: object) -> None:
    """Go on with what the tab has kept, where nothing has been opened or typed yet.

    What was not told by :func:`told` is passed over, and so is what somebody else has typed.
    """
    shelf, desk = visit.shelf, visit.shelf.desk
    if shelf.begun or not desk.is_bare:
        return
    shelf.begun = True
    kept = _read(said)
    whose, known = kept.get("whose"), known_as()
    if known is not None and whose is not None and whose != known:
        return
    shelf.whose = whose if isinstance(whose, str) else None
    desk.why, desk.claim = _reasons(kept.get("why")), _version(kept.get("of"))
    desk.note = desk.note or _text(kept.get("note"), "version_note") or ""
    shelf.edition += 1
    if desk.claim is not None:
        _claim(visit, *desk.claim)
    if desk.kept is not None:
        desk.rival = _later(kept.get("rival"), desk.kept.number)


def _claim(visit: Visit, id: str, number: int) -> None:
    """Ask for the version that was open; whoever has to log in first will ask again."""
    shelf, desk = visit.shelf, visit.shelf.desk
    before, is_guest = shelf.faults, login_is_configured() and known_as() is None
    found = taken_down(visit, id, number)
    if found is not None:
        desk.kept, desk.claim = found[1], None
    elif is_guest:
        shelf.faults = before
    elif any(fault.kind == "not_found" for fault in shelf.faults):
        desk.claim = None


def _read(said: object) -> Mapping[str, object]:
    if not isinstance(said, str) or len(said) > _MOST_CHARACTERS:
        return {}
    try:
        kept = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _reasons(kept: object) -> dict[str, str]:
    if not isinstance(kept, dict) or len(kept) > MOST_WHYS:
        return {}
    found = {_text(place, "place"): _text(text, "why") for place, text in kept.items()}
    return {place: text for place, text in found.items() if place and text}


def _version(kept: object) -> tuple[str, int] | None:
    if not isinstance(kept, list) or len(kept) != len(("id", "number")):
        return None
    id, number = kept[0], _later(kept[1], 0)
    return (id, number) if number is not None and (is_featured(id) or is_id(id)) else None


def _later(kept: object, before: int) -> int | None:
    """The number of a version after another one."""
    if not isinstance(kept, int) or isinstance(kept, bool):
        return None
    return kept if before < kept < _MOST_VERSIONS else None


def _text(kept: object, limit: str) -> str | None:
    return kept if isinstance(kept, str) and len(kept) <= TEXT_LIMITS[limit] else None
