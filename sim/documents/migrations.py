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


def migrated(
    document: Document, *, newest: int = FORMAT, migrations: Migrations = MIGRATIONS
) -> Document:
    """The same document in the newest format; one that does not say its format is left as it is.

    Raises
    ------
    Refused
        If the format is newer than this version reads, or no format at all.
    """
    if "format" not in document:
        return document
    version = document["format"]
    oldest = min(migrations, default=newest)
    if isinstance(version, bool) or not isinstance(version, int) or version < oldest:
        facts = {"low": oldest, "high": newest, "got": shown(version)}
        raise Refused([Fault(kind="not_whole", place="format", facts=facts)])
    if version > newest:
        newer = {"got": shown(version), "legal": newest}
        raise Refused([Fault(kind="newer_format", place="format", facts=newer)])
    for step in range(version, newest):
        document = migrations[step](document) | {"format": step + 1}
    return document
