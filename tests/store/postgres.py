"""A PostgreSQL of Debian's packages on a socket of its own, for one run of the tests."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

SETTING: Final = "CLOSED_LOOP_TEST_POSTGRES"
_PATIENCE: Final = 30.0
_USER: Final = "postgres"
# Bytes: what a server with some twenty small databases takes, and as much again.
_ROOM: Final = 1 << 30


def missing() -> str | None:
    """Why there can be no server here."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed"
    return None if binaries() else "no PostgreSQL is installed (/usr/lib/postgresql)"


def binaries() -> Path | None:
    """The newest PostgreSQL that is installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    return found[-1].parent if found else None


def as_server(*command: str) -> list[str]:
    """The command as a user that PostgreSQL runs as: never root."""
    if os.geteuid() != 0:
        return list(command)
    return ["setpriv", "--reuid", _USER, "--regid", _USER, "--clear-groups", *command]


@dataclass(kw_only=True)
class Postgres:
    """A server in a folder of its own; stopped and started by its process id."""

    binaries: Path
    folder: Path
    port: int = 54321
    process: "subprocess.Popen[bytes] | None" = None

    def url(self, name: str) -> str:
        return f"postgresql://{_owner()}@/{name}?host={self.folder}&port={self.port}"

    def start(self) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "port": str(self.port),
            "fsync": "off",
            "max_connections": "60",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self.binaries / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                as_server(*command), stdout=log, stderr=log, cwd=self.folder
            )
        self._await()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: every connection is cut off, and the server ends in good order."""
        if self.process is None:
            return
        self.process.send_signal(how)
        self.process.wait(_PATIENCE)
        self.process = None

    def tool(self, name: str, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        where = ["-h", str(self.folder), "-p", str(self.port), "-U", _owner()]
        command = as_server(str(self.binaries / name), *where, *arguments)
        return subprocess.run(command, capture_output=True, check=True, cwd=self.folder)

    def _await(self) -> None:
        ready = [str(self.binaries / "pg_isready"), "-q", "-h", str(self.folder)]
        ready += ["-p", str(self.port)]
        until = time.monotonic() + _PATIENCE
        while subprocess.run(ready, check=False).returncode != 0:
            assert self.process is not None
            ended = self.process.poll() is not None
            if ended or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])
            time.sleep(0.05)


def made() -> Postgres:
    """A new server, running, with nothing in it."""
    found = binaries()
    assert found is not None
    # The path of a socket may have a hundred bytes, and pytest's own folders are long.
    folder = Path(tempfile.mkdtemp(prefix="sim-pg-", dir=_memory()))
    if os.geteuid() == 0:
        shutil.chown(folder, _USER, _USER)
    command = [str(found / "initdb"), "-D", str(folder / "data"), "-U", _owner(), "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(as_server(*command), check=True, capture_output=True, cwd=folder)
    server = Postgres(binaries=found, folder=folder)
    server.start()
    return server


@contextmanager
def started() -> Iterator[Postgres]:
    """A new server with nothing in it, gone afterwards."""
    running = made()
    try:
        yield running
    finally:
        # At once: nobody needs what is in it.
        running.stop(signal.SIGQUIT)
        shutil.rmtree(running.folder, ignore_errors=True)


def _memory() -> str | None:
    """A folder in memory where there is room: nothing of it is wanted afterwards."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    return str(memory) if roomy and os.access(memory, os.W_OK) else None


def _owner() -> str:
    return "library"
