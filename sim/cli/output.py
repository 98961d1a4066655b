"""Where a result goes: standard output, or a file that is either whole or as it was before."""

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import Final

from sim.documents.limits import one_line
from sim.errors import Fault, Refused

STANDARD: Final = "-"
_ORDINARY: Final = 0o666


def save(text: str, path: str) -> None:
    """Write a text as UTF-8 to a file, or to standard output for ``"-"``.

    Raises
    ------
    Refused
        If it cannot be written; a file that was there before is untouched.
    BrokenPipeError
        If whoever reads standard output has gone.
    """
    try:
        if path == STANDARD:
            _print(text)
        else:
            _save_file(text.encode("utf-8"), path)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        place = "stdout" if path == STANDARD else one_line(path)
        facts = {"got": one_line(reason)}
        raise Refused([Fault(kind="unwritable", place=place, facts=facts)]) from None


def _print(text: str) -> None:
    if sys.stdout is None:
        raise ValueError("standard output is closed")
    sys.stdout.write(text)
    sys.stdout.flush()


def _save_file(content: bytes, name_given: str) -> None:
    if not name_given:
        raise ValueError("the path is empty")
    named = Path(name_given)
    if named.exists() and not named.is_file():
        # A device or a pipe is written to; only a file can be replaced. A directory says so itself.
        named.write_bytes(content)
        return
    # The file a link points to is replaced, not the link. (A pipe's real path is no path.)
    path = Path(os.path.realpath(named))
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(0, "read-only")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:50]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), _mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file gets."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return _ORDINARY & ~mask
