"""Scenario discovery: EMA Workbench's PRIM, peeling and pasting, on the same worlds."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, Final

import numpy as np
import pytest

from sim.analyses.draws import draw
from sim.analyses.robust.discovery import Discovery, _chances, discover
from sim.analyses.robust.drawn import Input, inputs_of
from sim.analyses.robust.failing import failures
from sim.analyses.robust.halves import found_on
from sim.analyses.robust.plan_set import KEEP, OWN
from sim.analyses.robust.prim import Limits, Truths
from sim.analyses.robust.regret import robust
from sim.cases.catalogue import case
from sim.metrics import Floats
from sim.policy import Policy
from sim.uncertainty import Sampling
from tests.analyses.test_drivers import only

WORLDS: Final = 2048
INPUTS: Final = 6
# What its decision hangs on most in the case that follows.
DECISIVE: Final = (
    "quality_native",
    "payout",
    "native_ads",
    "churn_trust",
    "guarantee",
    "diversion",
)
CHANCE: Final = 0.05
# EMA counts what is at least this as a failure, and gives back no box that is less dense.
THIN: Final = 0.1
# Boxes of both come in steps of a twentieth: no closer can one be to another.
STEP: Final = 0.05
# In smaller boxes chance alone moves a density by as much.
SMALLEST: Final = 0.3


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Worlds, what is found in the even ones by both, and EMA's boxes as limits."""

    names: tuple[Input, ...]
    inputs: Floats
    failed: Truths
    fit: Truths
    ours: Discovery
    theirs: Any
    boxes: tuple[Limits, ...]

    def share(self, limits: Limits, half: Truths) -> tuple[float, float]:
        """Coverage and density of a box on one half."""
        inside, failed = limits.holds(self.inputs[half]), self.failed[half]
        hits = float((inside & failed).sum())
        return hits / failed.sum(), hits / max(inside.sum(), 1)

    def goes_with_failing(self, limits: Limits, half: Truths) -> float:
        inside = limits.holds(self.inputs[half])
        return float(np.corrcoef(inside, self.failed[half])[0, 1]) if 0 < inside.mean() < 1 else 0.0

    @property
    def best(self) -> int:
        """Theirs that goes with failing the most, where it was found: as ours is chosen."""
        return int(np.argmax([self.goes_with_failing(each, self.fit) for each in self.boxes]))

    @property
    def chosen(self) -> Limits:
        assert self.ours.chosen is not None
        return self.ours.boxes[self.ours.chosen].limits


Worlds = tuple[tuple[Input, ...], Floats, Truths]


def planted(inside: Callable[[Floats], Truths], in_it: float, elsewhere: float) -> Worlds:
    """Worlds that fail more often in a box than elsewhere."""
    stream = np.random.default_rng(1)
    at, chance = stream.uniform(size=(WORLDS, INPUTS)), stream.uniform(size=WORLDS)
    names = tuple(
        Input(place=str(each), unit="share", low=0.0, high=1.0, whole=False)
        for each in range(INPUTS)
    )
    return names, at, chance < np.where(inside(at), in_it, elsewhere)


def drawn() -> Worlds:
    """Worlds of a case in which its own plan comes out worse than leaving all as it is."""
    usual = case("kuaishou-2021").scenario
    scenario = replace(usual, uncertainty=only(*DECISIVE), sampling=Sampling(worlds=WORLDS))
    found = robust(scenario, plans={KEEP: Policy(), OWN: scenario.policy})
    assert found.known.all()
    names, inputs = inputs_of(scenario, draw(scenario, 0, WORLDS))
    return names, inputs, failures(found, 1, None)


def corner(at: Floats) -> Truths:
    found: Truths = (at[:, 3] < 0.4) & (at[:, 5] > 0.5)
    return found


def middle(at: Floats) -> Truths:
    found: Truths = (at[:, 2] > 0.3) & (at[:, 2] < 0.7) & (at[:, 4] > 0.4)
    return found


PLANTED: Final = {
    "corner": lambda: planted(corner, 1.0, 0.0),
    "noisy corner": lambda: planted(corner, 0.7, 0.1),
    "noisy middle": lambda: planted(middle, 0.8, 0.15),
}


def asked(ema_prim: ModuleType, worlds: Worlds) -> Asked:
    import pandas as pd

    names, inputs, failed = worlds
    fit = found_on(len(failed))
    table = pd.DataFrame(inputs[fit], columns=[each.place for each in names])
    with warnings.catch_warnings():
        # EMA Workbench drops a column in a way that pandas is about to give up.
        warnings.filterwarnings(
            "ignore", "The inplace keyword in DataFrame.drop", DeprecationWarning
        )
        search = ema_prim.Prim(table, failed[fit], threshold=THIN, peel_alpha=0.05, mass_min=0.05)
    theirs = search.find_box()
    boxes = []
    for each in theirs.box_lims:
        limits, free = each.to_numpy(dtype=float), search.box_init.to_numpy(dtype=float)
        low = np.where(limits[0] > free[0], limits[0], -np.inf)
        boxes.append(Limits(low=low, high=np.where(limits[1] < free[1], limits[1], np.inf)))
    return Asked(
        names=names,
        inputs=inputs,
        failed=failed,
        fit=fit,
        ours=discover(names, inputs, failed, fit),
        theirs=theirs,
        boxes=tuple(boxes),
    )


@pytest.fixture(scope="module", params=PLANTED)
def in_planted(request: pytest.FixtureRequest, ema_prim: ModuleType) -> Asked:
    return asked(ema_prim, PLANTED[request.param]())


@pytest.fixture(scope="module")
def in_drawn(ema_prim: ModuleType) -> Asked:
    return asked(ema_prim, drawn())


def telling(of: Asked) -> dict[int, tuple[float, float]]:
    """The limits of their best box, without those that chance explains, by input."""
    chances = of.theirs.qp[of.best]
    limits = of.boxes[of.best]
    told = {}
    for at in limits.restricted:
        # By end, -1 where an end is free.
        low, high = (0 <= each <= CHANCE for each in chances[of.names[at].place])
        if low or high:
            ends = limits.low[at] if low else -np.inf, limits.high[at] if high else np.inf
            told[at] = ends
    return told


def test_a_planted_box_has_the_same_inputs_and_limits(in_planted: Asked) -> None:
    ours, theirs = in_planted.chosen, telling(in_planted)
    assert ours.restricted == tuple(theirs)
    for at, ends in theirs.items():
        assert (ours.low[at], ours.high[at]) == pytest.approx(ends, abs=STEP)


def require_as_good(of: Asked) -> None:
    """For each of their boxes there is one of ours that is no worse, where neither was found."""
    test = ~of.fit
    ours = np.array([of.share(each.limits, test) for each in of.ours.boxes])
    wide = 0
    for limits in of.boxes:
        theirs = of.share(limits, test)
        if theirs[0] >= SMALLEST:
            wide += 1
            assert (ours >= np.array(theirs) - STEP).all(axis=1).any()
    assert wide > 10


def test_no_box_of_theirs_holds_better_on_planted_worlds(in_planted: Asked) -> None:
    require_as_good(in_planted)


def test_no_box_of_theirs_holds_better_on_the_worlds_of_a_case(in_drawn: Asked) -> None:
    assert 0.1 < in_drawn.failed.mean() < 0.9
    require_as_good(in_drawn)


def test_the_box_that_is_chosen_goes_with_failing_as_much(
    in_planted: Asked, in_drawn: Asked
) -> None:
    for of in (in_planted, in_drawn):
        ours, theirs = (
            of.goes_with_failing(each, ~of.fit) for each in (of.chosen, of.boxes[of.best])
        )
        assert ours > theirs - STEP


def test_chance_explains_a_restriction_as_often(in_planted: Asked, in_drawn: Asked) -> None:
    compared = 0
    for of in (in_planted, in_drawn):
        for limits, chances in zip(of.boxes, of.theirs.qp, strict=True):
            ours, _ = _chances(limits, of.inputs[of.fit], of.failed[of.fit])
            for at, chance in zip(limits.restricted, ours, strict=True):
                ends = [each for each in chances[of.names[at].place] if each >= 0]
                # Of two ends they let one go at a time, here the input is let go as a whole.
                if len(ends) == 1:
                    assert chance == pytest.approx(ends[0], rel=1e-9, abs=1e-300)
                    compared += 1
    assert compared > 100
