"""A shared link to the full page in a browser that knows nothing: ``python -m tests.benchmarks.cold_open``.

Every link is another scenario, of which the server knows nothing either.
Prints seconds from the address to painted charts, when the last file was there, and the megabytes that
came over the wire. With ``--url`` another server is asked, such as one behind nginx.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from sim.places import with_value
from sim.ui.link import first_scenario, token_of
from tests.server import ARGUMENTS, CHROMIUM, free_port, start_server, wait_for_answer

# A browser that was just started has work of its own.
SETTLED_MS = 500
LOADED = """() => {
  const files = performance.getEntriesByType("resource");
  return [
    Math.max(...files.map((file) => file.responseEnd)) / 1000,
    files.reduce((sum, file) => sum + file.transferSize, 0) / 1e6,
  ];
}"""


def open_once(play: Any, address: str) -> tuple[float, float, float]:
    """Seconds to the painted page, seconds to the last file, megabytes."""
    browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.wait_for_timeout(SETTLED_MS)
    begin = time.perf_counter()
    page.goto(address)
    page.wait_for_selector('.sim-grid[data-painted="all"]', timeout=120_000)
    painted = time.perf_counter() - begin
    last, megabytes = page.evaluate(LOADED)
    browser.close()
    return painted, last, megabytes


def main() -> None:
    """Open the link some times, each in a new browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a server that runs already")
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    log = Path(tempfile.mkdtemp()) / "server.txt"
    server = None if options.url else start_server(log, free_port())
    targets = [0.8 + 0.001 * number for number in range(options.times)]
    tokens = [token_of(with_value(first_scenario(), "policy.guarantee_target", x)) for x in targets]
    try:
        if server:
            wait_for_answer(f"{server.url}/ready", server, 300)
        place = server.url if server else options.url
        with sync_playwright() as play:
            rows = [open_once(play, f"{place}/?s={token}") for token in tokens]
    finally:
        if server:
            server.stop()
    painted, last, megabytes = (statistics.median(each) for each in zip(*rows, strict=True))
    print(f"painted {painted:.2f} s, last file {last:.2f} s, {megabytes:.2f} MB (medians)", end=" ")
    print("load average", " ".join(f"{each:.1f}" for each in os.getloadavg()))


if __name__ == "__main__":
    main()
