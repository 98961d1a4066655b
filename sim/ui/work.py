"""A question that takes longer than a lever: a button, progress with time left, and its answer."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Final, TypeVar, cast

import streamlit as st

from sim.analyses.progress import Tick
from sim.errors import Refused
from sim.scenario import Scenario
from sim.text import Words
from sim.ui.jobs import JOBS, Job, QueueFullError
from sim.ui.refresh import redraw_everything
from sim.ui.session import payer, visitor

T = TypeVar("T")
_LOOK_AGAIN: Final = 0.4


def plain(scenario: Scenario) -> Scenario:
    """A scenario without what no result hangs on, so that all who ask the same share it."""
    return replace(scenario, name="", note="", case=None)


def answered(
    key: Hashable,
    work: Callable[[Tick], T],
    *,
    label: str,
    words: Words,
    instant: bool = False,
) -> T | None:
    """What a piece of work came to, or None with a button, its progress or its failure drawn.

    Parameters
    ----------
    key
        Everything the result hangs on, the name of the question first.
    work
        Gets a tick that says how far it is and stops it.
    label
        Of the button, such as "Compute the map".
    instant
        Needs no button: it begins by itself.
    """
    name = f"work.{abs(hash(key)):x}"
    job = JOBS.find(key)
    if job is None and instant:
        job = _begun(key, work)
        if job is not None:
            job.ended.wait(_LOOK_AGAIN)
    if job is None or (visitor() in job.left and not job.ended.is_set()):
        _turned_away(name, words)
        st.button(label, key=name, type="primary", on_click=_start, args=(key, work, name))
        return None
    if job.state == "done":
        return cast("T", job.result)
    if job.ended.is_set():
        _ended(job, words)
        _turned_away(name, words)
        again = words("work.again")
        st.button(again, key=name, on_click=_start, args=(key, work, name))
        return None
    job.follow(visitor())
    _follow(job, name, words)
    return None


def _begun(key: Hashable, work: Callable[[Tick], object]) -> Job | None:
    """What begins by itself; a button stands where there is no room for it."""
    try:
        return JOBS.start(key, work, visitor=visitor(), payer=payer())
    except QueueFullError:
        return None


def _start(key: Hashable, work: Callable[[Tick], object], name: str) -> None:
    """Callback: begin, or begin anew; whose queue is full is said above the button."""
    try:
        JOBS.start(key, work, visitor=visitor(), payer=payer())
    except QueueFullError as full:
        st.session_state[f"{name}.full"] = full.whose


def _turned_away(name: str, words: Words) -> None:
    """Say once that there was no room."""
    whose = st.session_state.pop(f"{name}.full", None)
    if whose:
        st.warning(words(f"work.full.{whose}"), icon=":material/hourglass_top:")


def _follow(job: Job, name: str, words: Words) -> None:
    """Progress until the end, then the whole page once more."""

    def look() -> None:
        if job.ended.is_set():
            redraw_everything()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.progress(job.share, text=_progress(job, words))
            st.button(
                words("work.cancel"), key=f"{name}.cancel", on_click=job.leave, args=(visitor(),)
            )

    st.fragment(look, run_every=_LOOK_AGAIN, key=f"{name}.part")()


def _progress(job: Job, words: Words) -> str:
    if job.state == "waiting":
        return words("work.waiting", count=JOBS.ahead(job))
    left = job.seconds_left()
    percent = f"{100 * job.share:.0f}%"
    if left is None:
        return words("work.running", percent=percent)
    return words("work.left", percent=percent, seconds=f"{max(left, 1):.0f}")


def _ended(job: Job, words: Words) -> None:
    if job.state == "cancelled":
        st.info(words("work.cancelled"), icon=":material/block:")
    elif job.state == "late":
        st.warning(words("work.late", seconds=f"{job.budget:.0f}"), icon=":material/timer:")
    elif isinstance(job.error, Refused):
        for fault in job.error.faults:
            st.error(words.complaint(fault), icon=":material/error:")
    else:
        st.error(words("ui.failed"), icon=":material/error:")
