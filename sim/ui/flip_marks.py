"""Where the decision turns, for the pages: computed once for all who ask, and marked on sliders."""

from collections.abc import Hashable
from dataclasses import replace
from typing import Any, Final

import numpy as np
import streamlit as st

from sim.analyses.flips import FlipPoints, Flips, flip_points
from sim.analyses.progress import Tick
from sim.reports.certainty import chance
from sim.scenario import Scenario
from sim.text import Words
from sim.text.assumption_words import parameter_words, values_text
from sim.ui.front import FRONT
from sim.ui.jobs import JOBS, Job, QueueFullError
from sim.ui.refresh import FLIPS, FLIPS_SHOWN, part, redraw_everything
from sim.ui.session import payer, touch, visitor
from sim.ui.spans import Span
from sim.ui.visit import Visit
from sim.ui.work import answered, plain
from sim.uncertainty import Sampling

# The last flip points that were known, so that marks do not vanish while the next are computed.
_LAST: Final = "flips.last"
# The job that was asked for last.
_ASKED: Final = "flips.asked"
_LOOK_AGAIN: Final = 0.4
# So long each chunk of worlds lets levers go first.
_MAKES_WAY: Final = 0.05


def flips_of(scenario: Scenario, outcome: str, words: Words) -> FlipPoints | None:
    """The flip points of a scenario, or None with their progress drawn."""
    return answered(
        _key(scenario, outcome),
        lambda tick: flip_points(_still(scenario), outcome=outcome, tick=tick),
        label=words("decide.drivers.flips"),
        words=words,
        instant=True,
    )


def _still(scenario: Scenario) -> Scenario:
    """A scenario without what no flip point hangs on."""
    return replace(plain(scenario), sampling=Sampling())


def _key(scenario: Scenario, outcome: str) -> Hashable:
    return "flips", _still(scenario), outcome


def draw_toggle(visit: Visit, words: Words) -> None:
    """Whether sliders are marked; beside it what there is to see, or that it is being computed."""
    outcome = words(f"outcome.{visit.outcome}")
    st.toggle(
        words("flips.toggle"),
        key=FLIPS_SHOWN,
        on_change=touch,
        help=words("flips.toggle.help", outcome=outcome),
    )
    part(FLIPS, lambda: _status(visit, words), words)


def _status(visit: Visit, words: Words) -> None:
    if not st.session_state.get(FLIPS_SHOWN):
        return
    try:
        job = _job(visit)
    except QueueFullError as full:
        st.caption(words(f"work.full.{full.whose}"))
        return
    if not job.ended.is_set():
        st.fragment(_wait, run_every=_LOOK_AGAIN, key="flips.wait")(visit, words)
    elif job.state == "done":
        found: FlipPoints = job.result
        text = words(
            "flips.shown",
            outcome=words(f"outcome.{visit.outcome}"),
            count=len(found.turning),
            all=len(found.parameters),
        )
        st.caption(text)
    else:
        st.caption(words("ui.failed"))


def _job(visit: Visit) -> Job:
    """The flip points of the scenario on the page; those of the one before are let go of."""
    key = _key(visit.scenario, visit.outcome)
    before = st.session_state.get(_ASKED)
    left = JOBS.find(before) if before not in (None, key) else None
    if left is not None and not left.ended.is_set():
        left.leave(visitor())
    st.session_state[_ASKED] = key
    job = JOBS.find(key)
    if job is None or job.stop.is_set():
        scenario, outcome = visit.scenario, visit.outcome
        job = JOBS.start(
            key,
            lambda tick: _beside(scenario, outcome, tick),
            visitor=visitor(),
            payer=payer(),
        )
    job.follow(visitor())
    return job


def _beside(scenario: Scenario, outcome: str, tick: Tick) -> FlipPoints:
    with FRONT.beside(_MAKES_WAY):
        return flip_points(_still(scenario), outcome=outcome, tick=tick)


def _wait(visit: Visit, words: Words) -> None:
    """Until they are known, then the page once more, now with marks."""
    job = JOBS.find(_key(visit.scenario, visit.outcome))
    if job is None or job.ended.is_set():
        redraw_everything()
    st.caption(words("flips.finding"))


def flip_mark(place: str, visit: Visit, span: Span, words: Words) -> dict[str, Any] | None:
    """What ``frontend/row.js`` marks on the slider of a place, None where nothing turns.

    ``marks`` are positions along the track from 0 to 1, ``beyond`` stretches of it where the answer is
    another; ``stale`` while those of the scenario on the page are still being computed.
    """
    if not st.session_state.get(FLIPS_SHOWN) or not place.startswith("world."):
        return None
    job = JOBS.find(_key(visit.scenario, visit.outcome))
    fresh = job is not None and job.state == "done"
    if job is not None and fresh:
        st.session_state[_LAST] = job.result
    found: FlipPoints | None = st.session_state.get(_LAST)
    if found is None:
        return None
    name, _, member = place.removeprefix("world.").partition(".")
    of_place = next((each for each in found.turning if each.name == name), None)
    if of_place is None:
        return None
    at = of_place.members.index(member) if member else 0
    return mark_of(of_place, at, span, words) | {"stale": not fresh}


def mark_of(found: Flips, member: int, span: Span, words: Words) -> dict[str, Any]:
    """Marks, stretches and words of a parameter's flips on the slider of one member."""
    nearest = found.nearest
    assert nearest is not None
    key = "flips.track.together" if found.members else "flips.track"
    return {
        "marks": [_along(each.values[member], span) for each in found.flips],
        "beyond": [
            [_along(each.low[member], span), _along(each.high[member], span)]
            for each in found.beyond
        ],
        "text": words(
            key,
            label=parameter_words(found.name, words),
            value=values_text(found.name, nearest.values, found.now, words, only=member),
            likely=chance(found.likely, words),
        ),
    }


def _along(value: float, span: Span) -> float:
    """Where a value lies on the track: its stops are evenly apart, whatever they stand for."""
    stops = span.stops
    at = np.interp(span.show(value), stops, np.arange(len(stops)))
    return float(at) / max(len(stops) - 1, 1)
