"""Lever release to repainted charts, in a real browser: ``python -m tests.benchmarks.page_latency``.

Starts the page, focuses a real slider, presses an arrow key, and reads from the browser's own clock
when the charts of exactly this change were painted. Prints medians and 95th percentiles, and what
they are made of: the server's script (by its own clock), the wire (everything else between question
and answer), and the paint. The commit that follows, by which Streamlit runs the page, is a line of
its own.
"""

import argparse
import re
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.server import ARGUMENTS, CHROMIUM, free_port, start_server

LISTEN = """() => {
  addEventListener("keydown", () => { window.simKey = performance.now(); }, true);
}"""
# Times run from the key, as the page's event listener sees it.
PRESS_AND_WAIT = """async () => {
  const root = document.querySelector(".sim-grid");
  const until = async (test) => {
    const end = performance.now() + 10000;
    while (!test()) {
      if (performance.now() > end) throw new Error("not painted in 10 s");
      await new Promise((done) => setTimeout(done, 4));
    }
  };
  const last = (name) => performance.getEntriesByName(name).at(-1);
  const since = (name) => last(name).startTime - window.simKey;
  await until(() => root.dataset.revision !== window.simBefore && root.dataset.painted === "all");
  const row = { main: since("grid-main-painted"), all: since("grid-all-painted") };
  const asked = last("live-asked");
  if (asked && asked.startTime > window.simKey) {
    const script = Number(/dur=([\\d.]+)/.exec(asked.detail)[1]);
    Object.assign(row, { script, wire: asked.duration - script, paint: row.main - since("grid-received") });
  }
  await until(() => !document.documentElement.hasAttribute("data-sim-unheard"));
  row.committed = performance.now() - window.simKey;
  return row;
}"""
PARTS = {
    "script": "script (server's own clock)",
    "wire": "wire",
    "paint": "paint of the main chart",
    "main": "RELEASE TO MAIN CHART",
    "all": "RELEASE TO ALL CHARTS",
    "committed": "release to committed and heard",
}


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
        page.wait_for_timeout(300)
        if press >= 5:
            rows.append(row)
    return rows


def report(rows: list[dict[str, float]], name: str) -> None:
    """Median and 95th percentile of each part, in milliseconds."""
    live = sum("script" in row for row in rows)
    print(f"{name}: {len(rows)} changes, {live} of them answered live")
    for part, words in PARTS.items():
        times = [row[part] for row in rows if part in row]
        if len(times) > 1:
            high = statistics.quantiles(times, n=20)[18]
            print(f"  {words:34} median {statistics.median(times):6.0f} ms   p95 {high:6.0f} ms")


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
            page.goto(server.url if server else options.url)
            page.wait_for_selector('.sim-grid[data-painted="all"]', timeout=120_000)
            page.wait_for_timeout(1500)
            right, left = "ArrowRight", "ArrowLeft"
            for place, keys in (
                ("policy.moves[0].openness", (right, left)),
                ("policy.guarantee_target", (left, right)),
            ):
                selector = f'[data-place="{place}"] input[type=range]'
                report(measure(page, selector, keys, options.presses), place)
            browser.close()
    finally:
        if server:
            server.stop()


if __name__ == "__main__":
    main()
