"""Many visitors at once on one server: ``python -m tests.benchmarks.load --visitors 30 --period 3``.

Each visitor moves a lever once a period: a question to ``/live``, as while the lever is held, then, when
the hand has rested, what it did over the websocket. Prints how long it took until the new figures were
there (the live answer), until the page itself had them (committed), until worlds were drawn (fanned),
errors, the processor time a change costs the server, and what its memory did. At the end every page must
stand where its hand left it. ``--heavy N`` instead lets all visitors press the same button for N
worlds at the same moment; with ``--apart`` each has a question of its own, so that the queue fills, and
whoever finds no room must be told.

Changes begin on the clock, whether the one before has been answered or not, so a server that is too
slow shows in the times. Visitor and server share the machine: look at the load average printed.
"""

import argparse
import asyncio
import os
import random
import re
import statistics
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.text import words_of
from sim.ui.link import first_scenario, token_of
from tests.benchmarks.hand import Hand
from tests.benchmarks.visitor import VisitFailedError, Visitor
from tests.server import Server, free_port, start_server, wait_for_answer

READY_SECONDS = 300
# Longer than a job may take, and those before it.
PRESSED_SECONDS = 600
BAD = (VisitFailedError, OSError, TimeoutError, asyncio.IncompleteReadError, StopIteration)
# A load test comes from one address; what one address may ask is tested elsewhere.
OPEN = {"CLOSED_LOOP_LIVE_PER_SECOND": "10000", "CLOSED_LOOP_LIVE_BURST": "10000"}


@dataclass
class Times:
    """Seconds of each thing that was waited for, and what went wrong."""

    opened: list[float] = field(default_factory=list)
    figures: list[float] = field(default_factory=list)
    committed: list[float] = field(default_factory=list)
    fanned: list[float] = field(default_factory=list)
    turned_away: int = 0
    errors: list[str] = field(default_factory=list)
    megabytes: list[tuple[float, float]] = field(default_factory=list)


async def explore(url: str, number: int, options: argparse.Namespace, times: Times) -> None:
    """One visitor, from the opened page to the closed one."""
    chance = random.Random(number)
    visitor = Visitor(url=url)
    try:
        times.opened.append(await visitor.open())
        committed, fanned = times.committed.append, times.fanned.append
        hand = Hand(visitor, url, committed=committed, fanned=fanned)
        begin = time.perf_counter() + options.period * chance.random()
        for step in range(int(options.duration / options.period)):
            due = begin + step * options.period
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            times.figures.append(await hand.move(*visitor.lever(chance), due))
        await hand.leave()
    except BAD as error:
        times.errors.append(f"{type(error).__name__}: {error}")
    finally:
        await visitor.close()


async def watch(process: int, times: Times) -> None:
    """Note the server's memory every five seconds."""
    begin = time.perf_counter()
    while True:
        times.megabytes.append((time.perf_counter() - begin, resident(process)))
        await asyncio.sleep(5)


async def explore_all(url: str, options: argparse.Namespace, process: int | None) -> Times:
    """All visitors at once."""
    times = Times()
    watcher = asyncio.create_task(watch(process, times)) if process else None
    each = (explore(url, number, options, times) for number in range(options.visitors))
    await asyncio.gather(*each)
    if watcher:
        watcher.cancel()
    return times


async def press_all(url: str, options: argparse.Namespace) -> Times:
    """A heavy button by all at once; each must get its charts, or be told that there is no room."""
    times = Times()
    start, words = first_scenario(), words_of("zh")
    full = {words(f"work.full.{whose}") for whose in ("server", "visitor")}
    label = words("decide.certainty.run", worlds=f"{options.heavy:,}")
    visitors = [Visitor(url=url, page="decide") for _ in range(options.visitors)]
    for number, visitor in enumerate(visitors, start=1):
        seed = number if options.apart else start.sampling.seed
        heavy = replace(start, sampling=replace(start.sampling, worlds=options.heavy, seed=seed))
        times.opened.append(await visitor.open(f"s={token_of(heavy)}"))

    async def one(visitor: Visitor) -> None:
        begin = time.perf_counter()
        try:
            await visitor.press(label)
            if full & set(visitor.alerts):
                times.turned_away += 1
                return
            while visitor.charts_at < begin:
                if time.perf_counter() - begin > PRESSED_SECONDS:
                    raise TimeoutError(f"no charts after {PRESSED_SECONDS} s")
                await asyncio.sleep(0.4)
                await visitor.again()
            times.figures.append(time.perf_counter() - begin)
        except (*BAD, KeyError) as error:
            times.errors.append(f"{type(error).__name__}: {error}")
        finally:
            await visitor.close()

    await asyncio.gather(*(one(visitor) for visitor in visitors))
    return times


def resident(process: int) -> float:
    """Memory of a process, MB; 0 where the system does not say."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def processor_seconds(process: int) -> float:
    """Processor time a process has used."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(times: Times, options: argparse.Namespace, spent: float) -> None:
    """Medians, 95th percentiles, errors, cost and memory."""
    print(f"{options.visitors} visitors, {len(times.figures)} changes, load average", end=" ")
    print(" ".join(f"{each:.1f}" for each in os.getloadavg()))
    for name in ("opened", "figures", "committed", "fanned"):
        seconds = getattr(times, name)
        if len(seconds) > 1:
            high = statistics.quantiles(seconds, n=20)[18]
            print(
                f"  {name:10} {len(seconds):5} p50 {statistics.median(seconds) * 1000:7.0f} ms",
                end="   ",
            )
            print(f"p95 {high * 1000:7.0f} ms   longest {max(seconds) * 1000:7.0f} ms")
    if spent and times.figures:
        print(f"  processor  {spent * 1000 / len(times.figures):.0f} ms of the server a change")
    if len(times.megabytes) > 3:
        half = times.megabytes[len(times.megabytes) // 2 :]
        slope = statistics.linear_regression(*zip(*half, strict=True)).slope * 60
        first, last = times.megabytes[0][1], times.megabytes[-1][1]
        print(f"  memory     {first:.0f} MB at first, {last:.0f} at last", end=", ")
        print(f"{slope:+.2f} MB a minute in the second half")
    if options.heavy:
        print(f"  told that there was no room  {times.turned_away}")
    print(f"  errors     {len(times.errors)}")
    for error in sorted(set(times.errors))[:5]:
        print(f"    {error}")


def shared(url: str) -> str:
    """What the server says of its jobs."""
    text = urllib.request.urlopen(f"{url}/metrics", timeout=10).read().decode()
    return "  " + "\n  ".join(re.findall(r"^closed_loop_jobs_ended_total.*[1-9]\d*$", text, re.M))


def main() -> None:
    """Start a server, unless one is named, and let the visitors in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a server that runs already")
    parser.add_argument("--process", type=int, help="the process id of that server")
    parser.add_argument("--visitors", type=int, default=8)
    parser.add_argument("--period", type=float, default=3.0, help="seconds between changes")
    parser.add_argument("--duration", type=float, default=15.0, help="seconds")
    parser.add_argument("--heavy", type=int, metavar="WORLDS", help="press the same button instead")
    parser.add_argument("--apart", action="store_true", help="each a question of its own")
    options = parser.parse_args()
    server: Server | None = None
    if not options.url:
        server = start_server(Path(tempfile.mkdtemp()) / "server.txt", free_port(), OPEN)
    try:
        if server:
            wait_for_answer(f"{server.url}/ready", server, READY_SECONDS)
        url = server.url if server else options.url
        process = server.process.pid if server else options.process
        before = processor_seconds(process) if process else 0.0
        if options.heavy:
            times = asyncio.run(press_all(url, options))
        else:
            times = asyncio.run(explore_all(url, options, process))
        report(times, options, processor_seconds(process) - before if process else 0.0)
        if options.heavy:
            print(shared(url))
        if server and server.faults():
            print("  the server's log:", *server.faults()[:3], sep="\n    ")
        if times.errors:
            raise SystemExit(f"{len(times.errors)} errors")
    finally:
        if server:
            server.stop()


if __name__ == "__main__":
    main()
