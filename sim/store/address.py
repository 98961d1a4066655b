"""Where the library is: an address that is given, or set, or a file in the user's data folder."""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_data_path
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from sim.errors import Fault, Refused, StoreUnavailable
from sim.shown import one_line

SETTING: Final = "CLOSED_LOOP_DATABASE"
FOLDER_SETTING: Final = "CLOSED_LOOP_DATA"
_FILE: Final = "library.sqlite"
_LEGAL: Final = "sqlite:///PATH / postgresql://USER:PASSWORD@HOST/NAME"


def library_url(given: str | None = None) -> URL:
    """The address of the database, with the driver that is used.

    ``given``, else ``CLOSED_LOOP_DATABASE``, else ``library.sqlite`` in the folder
    ``CLOSED_LOOP_DATA``, else in the user's data folder.

    Raises
    ------
    Refused
        If it is no address of SQLite or PostgreSQL.
    """
    text = given or os.environ.get(SETTING)
    if not text:
        return URL.create("sqlite", database=str(_folder() / _FILE))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # What was typed may hold a password, so it is not said again.
        raise _refused("…") from None
    kind = url.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres") and url.database:
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite")
    raise _refused(one_line(url.render_as_string()))


def made_file(url: URL) -> Path:
    """The file of an SQLite library, made empty with its folder where there is none; for its user only.

    Raises
    ------
    StoreUnavailable
        If neither can be made.
    """
    path = Path(str(url.database)).absolute()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDONLY | os.O_CLOEXEC, 0o600))
    except (OSError, ValueError) as error:
        reason = one_line(str(getattr(error, "strerror", None) or error))
        kind = "store_read_only" if isinstance(error, PermissionError) else "store_gone"
        raise StoreUnavailable(Fault(kind=kind, facts={"got": reason})) from None
    return path


def _folder() -> Path:
    chosen = os.environ.get(FOLDER_SETTING)
    return Path(chosen) if chosen else user_data_path("closed-loop-lab", appauthor=False)


def _refused(got: str) -> Refused:
    facts = {"legal": _LEGAL, "got": got}
    return Refused([Fault(kind="bad_address", place=SETTING, facts=facts)])
