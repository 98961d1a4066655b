"""nginx with the template that is shipped, in front of two replicas, all on loopback."""

import http.client
import os
import shutil
import string
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.server import ROOT, Server, free_port, launch_server, wait_for_answer

NGINX: Final = shutil.which("nginx") or "/usr/sbin/nginx"
TEMPLATE: Final = ROOT / "assets" / "hosting" / "nginx.conf.template"
HOST: Final = "lab.example"
WATCHER: Final = "127.0.0.2"
PROXY: Final = "127.0.0.4"
READY_SECONDS: Final = 180
_REPLICA: Final = {
    "STREAMLIT_SERVER_COOKIE_SECRET": "0123456789abcdef" * 4,
    "STREAMLIT_SERVER_ALLOWED_HOSTS": f"{HOST} 127.0.0.1",
    "STREAMLIT_BROWSER_SERVER_ADDRESS": HOST,
    "FORWARDED_ALLOW_IPS": "127.0.0.1",
    # So that what is refused here is refused by nginx.
    "CLOSED_LOOP_LIVE_PER_SECOND": "1000",
    "CLOSED_LOOP_LIVE_BURST": "1000",
}
_MAIN: Final = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back: the status, every header as it stood, and the body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


@dataclass
class Front:
    """nginx and what stands behind it."""

    port: int
    replicas: tuple[Server, Server]
    process: "subprocess.Popen[bytes]"
    error_log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        source: str = "127.0.0.1",
        port: int | None = None,
    ) -> Answer:
        """One request, from an address of the loopback; ``port`` asks a replica itself."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", port or self.port, timeout=60, source_address=(source, 0)
        )
        try:
            connection.request(method, path, body, headers={"Host": HOST, **(headers or {})})
            reply = connection.getresponse()
            content = b"" if reply.status == 101 else reply.read()
            return Answer(reply.status, tuple(reply.getheaders()), content)
        finally:
            connection.close()

    def stop(self) -> None:
        """End everything by its own process id."""
        self.process.terminate()
        self.process.wait(timeout=20)
        for replica in self.replicas:
            if replica.process.poll() is None:
                replica.stop()


def start_front(
    folder: Path, *, port: int | None = None, settings: Mapping[str, str] | None = None
) -> Front:
    """Two replicas that are ready, and nginx in front of them."""
    environment = {**_REPLICA, **(settings or {})}
    first, second = (
        launch_server(folder / f"replica-{number}.txt", free_port(), environment)
        for number in (1, 2)
    )
    port = port or free_port()
    (folder / "site.conf").write_text(rendered(folder, port, first.port, second.port))
    (folder / "main.conf").write_text(_MAIN.format(folder=folder))
    # Its workers are another user where the tests are run by root.
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)
    log = folder / "error.log"
    process = subprocess.Popen(
        [NGINX, "-c", str(folder / "main.conf"), "-p", str(folder), "-e", str(log)]
    )
    front = Front(port, (first, second), process, log)
    try:
        for replica in (first, second):
            wait_for_answer(f"{replica.url}/ready", replica, READY_SECONDS)
        _wait_for_nginx(front)
    except BaseException:
        front.stop()
        raise
    return front


def rendered(folder: Path, port: int, first: int, second: int) -> str:
    """The template as the container of nginx would fill it in."""
    values = {
        "LISTEN": f"127.0.0.1:{port}",
        "REPLICA_1": f"127.0.0.1:{first}",
        "REPLICA_2": f"127.0.0.1:{second}",
        "COMPRESSOR_PORT": str(free_port()),
        "SCRATCH": str(folder),
        "COOKIE_FLAGS": "",
        "REQUESTS_PER_SECOND": "100",
        "LIVE_PER_SECOND": "20",
        "LIVE_BURST": "40",
        "CONNECTIONS": "100",
        "METRICS_FROM": WATCHER,
        "PROXY": PROXY,
    }
    # ${NAME} alone is filled in, as envsubst does with the names it is given; $name is nginx's own.
    text = TEMPLATE.read_text(encoding="utf-8")
    for name in string.Template(text).get_identifiers():
        if name.isupper():
            text = text.replace(f"${{{name}}}", values[name])
    return text


def _wait_for_nginx(front: Front) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and front.process.poll() is None:
        try:
            front.ask("/_stcore/health")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nginx did not start: {front.error_log.read_text()}")


def missing() -> str | None:
    """Why there can be no front here."""
    return None if os.access(NGINX, os.X_OK) else f"{NGINX} is not there"
