"""The application as a process on loopback, and how the browser is started: for tests and benchmarks."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
CHROMIUM: Final = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS: Final = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_STARTING_SECONDS: Final = 60


@dataclass
class Server:
    """A running application."""

    url: str
    log: Path
    port: int
    process: "subprocess.Popen[bytes]"

    def faults(self) -> list[str]:
        """Lines of the log that tell of an error."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if re.search(r"Traceback|Error|failed|could not", line)]

    def stop(self) -> None:
        """End it by its own process id."""
        self.process.terminate()
        self.process.wait(timeout=30)


def start_server(log: Path, port: int, settings: Mapping[str, str] | None = None) -> Server:
    """Start the application and wait until it answers; ``settings`` go into its environment."""
    server = launch_server(log, port, settings)
    wait_for_answer(f"{server.url}/_stcore/health", server)
    return server


def launch_server(log: Path, port: int, settings: Mapping[str, str] | None = None) -> Server:
    """Start the application and do not wait."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "HOME": os.environ.get("HOME", "/tmp"),
        # A library of its own: what a test keeps is nobody else's.
        "CLOSED_LOOP_DATA": str(log.parent / "library"),
        **(settings or {}),
    }
    with log.open("ab") as out:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                "app.py",
                "--server.port",
                str(port),
                "--server.address",
                "127.0.0.1",
            ],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=out,
        )
    return Server(url=f"http://127.0.0.1:{port}", log=log, port=port, process=process)


def wait_for_answer(url: str, server: Server, seconds: float = _STARTING_SECONDS) -> None:
    """Wait until an address of a server says yes; a server that does not is ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    server.process.kill()
    raise TimeoutError(f"{url} did not answer in {seconds:g} s")


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
