"""Long work beside the page: shared, followed, stopped, kept, and never a traceback."""

import logging
import threading
import time
from types import SimpleNamespace
from typing import Any

import pytest

from sim.analyses.progress import Tick
from sim.errors import Fault, Refused
from sim.ui import session
from sim.ui.hosting.settings import Limits
from sim.ui.jobs import Job, Jobs, QueueFullError

PATIENCE = 20.0


def finished(job: Job) -> Job:
    assert job.ended.wait(PATIENCE)
    return job


def test_who_asks_for_the_same_gets_the_same_job_and_its_result() -> None:
    jobs, calls = Jobs(), []

    def work(_: Tick) -> int:
        calls.append(1)
        return 42

    first = finished(jobs.start("key", work))
    assert jobs.start("key", work) is first
    assert (first.state, first.result, len(calls)) == ("done", 42, 1)
    assert jobs.find("key") is first
    assert jobs.find("other") is None


def test_many_who_ask_at_once_share_one_computation() -> None:
    jobs, calls, go = Jobs(), [], threading.Event()

    def work(_: Tick) -> int:
        calls.append(1)
        assert go.wait(PATIENCE)
        return 1

    found: list[Job] = []
    askers = [
        threading.Thread(target=lambda: found.append(jobs.start("k", work))) for _ in range(30)
    ]
    for each in askers:
        each.start()
    for each in askers:
        each.join(PATIENCE)
    go.set()
    assert len({id(each) for each in found}) == 1
    assert finished(found[0]).result == 1
    assert len(calls) == 1


def test_it_says_how_far_it_is_and_stops_when_told() -> None:
    jobs, reached, go = Jobs(), threading.Event(), threading.Event()

    def work(tick: Tick) -> None:
        for done in range(10):
            tick(done, 10)
            if done == 4:
                reached.set()
                assert go.wait(PATIENCE)

    job = jobs.start("k", work)
    assert reached.wait(PATIENCE)
    assert (job.state, job.share) == ("running", 0.4)
    assert job.seconds_left() is not None
    job.cancel()
    go.set()
    assert finished(job).state == "cancelled"
    assert jobs.start("k", lambda _: 7) is not job


def test_it_ends_when_its_time_is_up() -> None:
    job = finished(Jobs().start("k", lambda tick: tick(1, 2), budget=-1.0))
    assert job.state == "late"


def test_what_is_refused_and_what_breaks_are_told_apart(caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_: Tick) -> None:
        raise Refused([Fault(kind="missing", place="x", facts={"legal": "y"})])

    def breaks(_: Tick) -> None:
        raise ZeroDivisionError

    jobs = Jobs()
    refused = finished(jobs.start("r", refuse))
    assert refused.state == "failed"
    assert isinstance(refused.error, Refused)
    with caplog.at_level(logging.ERROR):
        broken = finished(jobs.start("b", breaks))
    assert (broken.state, broken.error) == ("failed", None)
    assert "a job failed" in caplog.text


def test_only_so_many_results_are_kept_and_none_that_still_runs() -> None:
    jobs, go = Jobs(lambda: Limits(waiting=100)), threading.Event()
    first = jobs.start(0, lambda _: go.wait(PATIENCE))
    held: list[Any] = [jobs.start(key, lambda _: 1) for key in range(1, 80)]
    assert jobs.find(0) is first
    go.set()
    for each in (first, *held):
        finished(each)
    jobs.start("last", lambda _: 1)
    assert jobs.find(1) is None
    assert jobs.find(79) is held[-1]


def test_jobs_wait_for_each_other_in_their_order() -> None:
    jobs, go = Jobs(), threading.Event()
    first = jobs.start("a", lambda _: go.wait(PATIENCE))
    second = jobs.start("b", lambda _: 2)
    assert second.state == "waiting"
    assert jobs.ahead(second) == 1
    go.set()
    assert finished(second).result == 2
    assert finished(first).state == "done"


def test_a_visitor_has_so_many_jobs_waiting_and_the_server_so_many() -> None:
    go = threading.Event()
    jobs = Jobs(lambda: Limits(waiting=3, waiting_each=2))
    running = jobs.start("running", lambda _: go.wait(PATIENCE), visitor="a")
    while running.state == "waiting":
        time.sleep(0.001)
    held = [jobs.start(key, lambda _: 1, visitor="a") for key in (1, 2)]
    with pytest.raises(QueueFullError) as full:
        jobs.start(3, lambda _: 1, visitor="a")
    assert full.value.whose == "visitor"
    held.append(jobs.start(4, lambda _: 1, visitor="b"))
    with pytest.raises(QueueFullError) as full:
        jobs.start(5, lambda _: 1, visitor="c")
    assert full.value.whose == "server"
    # What is there already costs nothing.
    assert jobs.start(1, lambda _: 2, visitor="c") is held[0]
    assert jobs.find(5) is None
    standing, _, turned_away = jobs.numbers()
    assert (standing["waiting"], standing["running"]) == (3, 1)
    assert dict(turned_away) == {"visitor": 1, "server": 1}
    go.set()
    assert [finished(job).result for job in held] == [1, 1, 1]
    assert finished(jobs.start(5, lambda _: 9, visitor="c")).result == 9


def test_two_tabs_of_one_browser_have_one_budget_and_follow_by_themselves() -> None:
    go = threading.Event()
    jobs = Jobs(lambda: Limits(waiting=9, waiting_each=2))
    running = jobs.start("running", lambda _: go.wait(PATIENCE), visitor="x")
    while running.state == "waiting":
        time.sleep(0.001)
    held = [
        jobs.start(tab, lambda _: 1, visitor=tab, payer="browser") for tab in ("tab 1", "tab 2")
    ]
    with pytest.raises(QueueFullError) as full:
        jobs.start(3, lambda _: 1, visitor="tab 3", payer="browser")
    assert full.value.whose == "visitor"
    assert [job.followers for job in held] == [{"tab 1"}, {"tab 2"}]
    go.set()
    assert [finished(job).result for job in held] == [1, 1]


@pytest.mark.parametrize(("cookies", "kept"), [({"visitor": "b" * 32}, True), ({}, False)])
def test_work_is_counted_to_the_browser_where_the_front_knows_it(
    monkeypatch: pytest.MonkeyPatch, cookies: dict[str, str], kept: bool
) -> None:
    tabs: list[str] = []
    for _ in range(2):
        context, state = SimpleNamespace(cookies=cookies), dict[str, str]()
        page = SimpleNamespace(context=context, session_state=state)
        monkeypatch.setattr(session, "st", page)
        tabs.append(session.payer())
    assert (tabs[0] == tabs[1]) is kept


def test_a_job_stops_when_the_last_who_wants_it_leaves() -> None:
    jobs, go = Jobs(), threading.Event()

    def work(tick: Tick) -> int:
        assert go.wait(PATIENCE)
        tick(1, 2)
        return 5

    job = jobs.start("k", work, visitor="a")
    assert jobs.start("k", work, visitor="b") is job
    job.leave("a")
    assert job.is_wanted()
    assert (job.followers, job.left) == ({"b"}, {"a"})
    job.leave("b")
    assert not job.is_wanted()
    other = jobs.start("k", work, visitor="b")
    assert other is not job
    go.set()
    assert finished(job).state == "cancelled"
    assert finished(other).result == 5
