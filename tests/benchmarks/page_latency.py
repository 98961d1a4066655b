"""Lever release to repainted charts, in a real browser: ``python -m tests.benchmarks.page_latency``.

Starts the page, focuses a real slider, presses an arrow key, and reads from the browser's own clock
when the charts of exactly this change were painted. Prints medians and 95th percentiles, split
into: until the new data is in the browser, of which a part is the server's script, and the paint.
"""

import argparse
import re
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.server import ARGUMENTS, CHROMIUM, free_port, start_server

# Times run from the key, as the page's event listener sees it, to the frame after the paint.
LISTEN = """() => {
  addEventListener("keydown", () => { window.simKey = performance.now(); }, true);
}"""
# Notes when the change leaves the browser and when messages come back.
WIRE = """
  window.simKey = 0; window.simWire = [];
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...all) {
      super(...all);
      this.addEventListener("message", ({ data }) =>
        window.simWire.push(["in", performance.now(), data.byteLength ?? data.size]));
    }
    send(data) { window.simWire.push(["out", performance.now()]); super.send(data); }
  };
"""
PRESS_AND_WAIT = """async () => {
  const root = document.querySelector(".sim-grid");
  const until = async (test) => {
    const end = performance.now() + 10000;
    while (!test()) {
      if (performance.now() > end) throw new Error("not painted in 10 s");
      await new Promise((done) => requestAnimationFrame(done));
    }
  };
  await until(() => root.dataset.revision !== window.simBefore && root.dataset.painted === "all");
  const last = (name) => performance.getEntriesByName(name).at(-1).startTime - window.simKey;
  await new Promise((done) => setTimeout(done, 150));
  const wire = window.simWire.filter((each) => each[1] > window.simKey);
  const out = wire.find((each) => each[0] === "out")[1];
  const into = wire.filter((each) => each[0] === "in");
  return { sent: out - window.simKey, script: into.at(-1)[1] - out, messages: into.length,
           first: into[0][1] - out, bytes: into.reduce((sum, each) => sum + each[2], 0), received: last("grid-received"), main: last("grid-main-painted"), all: last("grid-all-painted") };
}"""


def measure(
    page: Page, selector: str, keys: tuple[str, str], presses: int
) -> list[dict[str, float]]:
    """One row a press; the first presses only warm up."""
    page.evaluate(LISTEN)
    slider = page.locator(selector).first
    slider.scroll_into_view_if_needed()
    slider.focus()
    rows = []
    for press in range(presses + 5):
        page.evaluate("window.simBefore = document.querySelector('.sim-grid').dataset.revision")
        # There and back, so that some changes are new to the server's memory and some are not.
        page.keyboard.press(keys[press % 12 >= 8])
        row = page.evaluate(PRESS_AND_WAIT)
        page.wait_for_timeout(250)
        if press >= 5:
            rows.append(row)
    return rows


def report(rows: list[dict[str, float]], name: str) -> None:
    """Median and 95th percentile of each part, in milliseconds."""
    parts = {
        "key to change sent": [row["sent"] for row in rows],
        "sent to first message back": [row["first"] for row in rows],
        "sent to last message back": [row["script"] for row in rows],
        "release to data in the grid": [row["received"] for row in rows],
        "paint of the main chart": [row["main"] - row["received"] for row in rows],
        "RELEASE TO MAIN CHART": [row["main"] for row in rows],
        "RELEASE TO ALL CHARTS": [row["all"] for row in rows],
    }
    size = statistics.median(row["bytes"] for row in rows) / 1000
    count = statistics.median(row["messages"] for row in rows)
    print(f"{name}: {len(rows)} changes, {count:.0f} messages and {size:.0f} kB back")
    for part, times in parts.items():
        high = statistics.quantiles(times, n=20)[18]
        print(f"  {part:34} median {statistics.median(times):6.0f} ms   p95 {high:6.0f} ms")


def main() -> None:
    """Measure two levers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a page that runs already")
    parser.add_argument("--presses", type=int, default=30)
    parser.add_argument("--viewport", default="1440x900")
    options = parser.parse_args()
    log = Path(tempfile.mkdtemp()) / "server.txt"
    server = None if options.url else start_server(log, free_port())
    width, height = map(int, re.findall(r"\d+", options.viewport))
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": width, "height": height})
            page.add_init_script(WIRE)
            page.goto(server.url if server else options.url)
            page.wait_for_selector('.sim-grid[data-painted="all"]', timeout=120_000)
            page.wait_for_timeout(1500)
            right, left = "ArrowRight", "ArrowLeft"
            for place, keys in (
                ("policy-moves-0--openness", (right, left)),
                ("policy-guarantee_target", (left, right)),
            ):
                selector = f".st-key-{place}-slider input[type=range]"
                report(measure(page, selector, keys, options.presses), place)
            browser.close()
    finally:
        if server:
            server.stop()


if __name__ == "__main__":
    main()
