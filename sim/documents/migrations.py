"""Documents of older formats, brought up to date one numbered step at a time.

``MIGRATIONS[n]`` takes a document of format ``n`` and gives one of format ``n + 1``. To change the
format: raise :data:`FORMAT`, add the step, and add an old document to the tests that replay them.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from sim.errors import Fault, Refused
from sim.shown import shown

Document = dict[str, Any]
Migrations = Mapping[int, Callable[[Document], Document]]

FORMAT: Final = 1
MIGRATIONS: Final[Migrations] = MappingProxyType({})


class NoFormat(Refused):
    """A format that never was: nothing is known of the document, but it may be read as the newest."""


def migrated(
    document: Document, *, newest: int = FORMAT, migrations: Migrations = MIGRATIONS
) -> Document:
    """The same document in the newest format; one that does not say its format is left as it is.

    Raises
    ------
    NoFormat
        If the format is none that ever was.
    Refused
        If it is newer than this version reads.
    """
    if "format" not in document:
        return document
    version = document["format"]
    oldest = min(migrations, default=newest)
    if isinstance(version, bool) or not isinstance(version, int) or version < oldest:
        legal = str(newest) if oldest == newest else f"{oldest} … {newest}"
        facts = {"legal": legal, "got": shown(version)}
        raise NoFormat([Fault(kind="wrong_type", place="format", facts=facts)])
    if version > newest:
        newer = {"got": shown(version), "legal": newest}
        raise Refused([Fault(kind="newer_format", place="format", facts=newer)])
    for step in range(version, newest):
        document = migrations[step](document) | {"format": step + 1}
    return document
