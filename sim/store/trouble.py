"""What a database says when it cannot, sorted into what a person can do about it."""

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from sim.errors import Fault, SaveUnknown, StoreUnavailable
from sim.shown import one_line

# Primary result codes, https://www.sqlite.org/rescode.html
_OF_SQLITE: Final[Mapping[int, str]] = MappingProxyType(
    {
        sqlite3.SQLITE_FULL: "store_full",
        sqlite3.SQLITE_READONLY: "store_read_only",
        sqlite3.SQLITE_PERM: "store_read_only",
        sqlite3.SQLITE_BUSY: "store_busy",
        sqlite3.SQLITE_LOCKED: "store_busy",
        sqlite3.SQLITE_CONSTRAINT: "store_busy",
        sqlite3.SQLITE_CORRUPT: "store_damaged",
        sqlite3.SQLITE_NOTADB: "store_damaged",
        sqlite3.SQLITE_ERROR: "store_damaged",
    }
)
# Classes and codes of appendix A of PostgreSQL's manual, the longest that fits counts.
_OF_POSTGRESQL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "53100": "store_full",
        "53": "store_busy",
        "25006": "store_read_only",
        "55P03": "store_busy",
        "57014": "store_busy",
        "23": "store_busy",
        "40": "store_busy",
        "42501": "store_read_only",
        "42": "store_damaged",
        "XX": "store_damaged",
    }
)
# The transaction was ended by its own failure, so it is certain that nothing of it stays.
_CERTAIN: Final = frozenset({"store_full", "store_read_only", "store_busy"})


def trouble(error: SQLAlchemyError, *, confirming: bool) -> StoreUnavailable:
    """What is raised for it. ``confirming`` says that the change was already being committed."""
    kind = _kind(error)
    fault = Fault(kind=kind, facts={"got": _reason(error)})
    if confirming and kind not in _CERTAIN:
        return SaveUnknown(Fault(kind="save_unknown", facts=fault.facts))
    return StoreUnavailable(fault)


def lost_a_race(error: SQLAlchemyError) -> bool:
    """Whether somebody else was quicker, so that to look again and do it again is right."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return isinstance(error, IntegrityError) or state in ("40001", "40P01")


def _kind(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None)
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None:
        # Extended codes keep the primary one in their lowest byte.
        return _OF_SQLITE.get(code & 0xFF, "store_gone")
    state = getattr(cause, "sqlstate", None) or ""
    for length in (5, 2):
        if state[:length] in _OF_POSTGRESQL:
            return _OF_POSTGRESQL[state[:length]]
    # Without a cause it is the pool of connections that had none left.
    return "store_gone" if isinstance(error, DBAPIError) else "store_busy"


def _reason(error: SQLAlchemyError) -> str:
    """The first line of what the driver said; never the statement, which holds people's words."""
    said = str(getattr(error, "orig", None) or type(error).__name__).strip()
    return one_line(said.partition("\n")[0])
