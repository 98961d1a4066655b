"""Where a result goes: standard output, or a file that is either whole or as it was before."""

import errno
import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

from sim.errors import Fault, Refused
from sim.shown import one_line

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
        raise Refused([_unwritable(path, reason)]) from None


def require_other(path: str, document: str) -> None:
    """Refuse to write a result over the document that it was made from.

    Raises
    ------
    Refused
        If both are one file.
    """
    with suppress(OSError, ValueError):
        # A device or a pipe may well be both: nothing is lost there.
        if Path(path).is_file() and Path(path).samefile(document):
            raise Refused([_unwritable(path, "it is the document that was read")])


def tell(what: object) -> None:
    """Say something on standard error; whether anybody is there to read it changes nothing else."""
    try:
        print(what, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        forget(sys.stderr)


def forget(stream: TextIO | None) -> None:
    """Let what is left to flush at exit go nowhere, so that the exit status stays as it is."""
    # A stream may be closed, or be no file at all.
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]
        os.close(nowhere)


def _unwritable(path: str, reason: str) -> Fault:
    place = "stdout" if path == STANDARD else one_line(path)
    return Fault(kind="unwritable", place=place, facts={"got": one_line(reason)})


def _print(text: str) -> None:
    if sys.stdout is None:
        raise ValueError("standard output is closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        forget(sys.stdout)
        raise


def _save_file(content: bytes, name_given: str) -> None:
    if not name_given:
        raise ValueError("the path is empty")
    if name_given.endswith(os.sep):
        # pathlib drops the slash, and a file would be written where a directory was meant.
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
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
