"""In which worlds a plan fails, in a few inputs: scenario discovery, found here and tested there.

Boxes are found on the worlds of even number and everything that is said of them is counted on those of
odd number, which are other randomisations of the same sequence: so a box that fits nothing but chance
is seen to. A first peeling, free to restrict everything, says which few inputs matter; each set of these
is peeled again by itself, and its boxes let go of the restrictions that chance would explain.

References
----------
Bryant, B. P. and Lempert, R. J. (2010), Thinking inside the box: a participatory, computer-assisted
approach to scenario discovery, sec. 3 (coverage, density, quasi-p-values). Friedman, J. H. and Fisher,
N. I. (1999), Bump hunting in high-dimensional data. Matthews, B. W. (1975), on the correlation of two
yes-or-no judgements, by which the box is chosen that goes with failing the most.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.analyses.robust.drawn import Input
from sim.analyses.robust.halves import Before, before, error_of
from sim.analyses.robust.prim import Limits, Truths, peel
from sim.engine.inputs import Floats

# A restriction that chance explains this often is let go.
_CHANCE: Final = 0.05
MOST_RESTRICTIONS: Final = 3
# Boxes that differ by less in coverage are as good as one.
_APART: Final = 0.025
# Limits are said to this part of what an input may be.
_STEPS: Final = 500

State = Before | Literal["nothing_separates", "found"]


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """Between which values an input lies in a box; None where it is free on that side.

    ``chance`` is the quasi-p-value: how often as many failures would be in the box if this restriction
    told nothing beyond the others, counted on the worlds that the box was not found on.
    """

    place: str
    unit: str
    low: float | None
    high: float | None
    chance: float


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A box on some worlds.

    Attributes
    ----------
    coverage
        Share of the failures that lie in the box; ``coverage_error`` its standard error.
    density
        Share of the worlds in the box that fail; ``density_error`` likewise.
    mass
        Share of all worlds that lie in the box.
    """

    coverage: float
    coverage_error: float
    density: float
    density_error: float
    mass: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Box:
    """A simplified box of the peeling: on the worlds it was found on, and on those it was not."""

    restrictions: tuple[Restriction, ...]
    limits: Limits
    fitted: Measure
    tested: Measure


@dataclass(frozen=True, kw_only=True, eq=False)
class Discovery:
    """What a few inputs say about where a plan fails.

    Attributes
    ----------
    state
        ``"none_fail"``, ``"all_fail"``; ``"too_few"``: too few worlds fail, or succeed, to tell;
        ``"nothing_separates"``: no box holds on worlds it was not found on; ``"found"``.
    failing
        Share of the worlds in which the plan fails.
    boxes
        From wide to narrow, none both emptier of failures and less dense than another.
    chosen
        The box that goes with failing the most; None unless found.
    names, inputs, failed
        What is drawn, (worlds, inputs), and where the plan fails, (worlds,); refused worlds left out.
    """

    state: State
    failing: float
    worlds: int
    boxes: tuple[Box, ...]
    chosen: int | None
    names: tuple[Input, ...]
    inputs: Floats
    failed: Truths


def discover(
    names: Sequence[Input],
    inputs: Floats,
    failed: Truths,
    fit: Truths,
    *,
    most: int = MOST_RESTRICTIONS,
) -> Discovery:
    """Where the failures lie, in at most ``most`` inputs.

    Parameters
    ----------
    inputs : (worlds, inputs), one column for each of ``names``
    failed : (worlds,)
    fit : (worlds,), on which worlds boxes are found; they are tested on the others
    """
    state: State | None = before(failed, fit)
    boxes: tuple[Box, ...] = ()
    chosen = None
    if state is None:
        boxes, chosen = _searched(names, inputs, failed, fit, most)
        state = "nothing_separates" if chosen is None else "found"
    return Discovery(
        state=state,
        failing=float(failed.mean()) if len(failed) else float("nan"),
        worlds=len(failed),
        boxes=boxes,
        chosen=chosen,
        names=tuple(names),
        inputs=inputs,
        failed=failed,
    )


def _searched(
    names: Sequence[Input], inputs: Floats, failed: Truths, fit: Truths, most: int
) -> tuple[tuple[Box, ...], int | None]:
    here, there = (inputs[fit], failed[fit]), (inputs[~fit], failed[~fit])
    found: dict[tuple[float, ...], Limits] = {}
    for few in _few_inputs(*here, most):
        for box in peel(*here, only=few):
            kept = _rounded(_simplified(box, *here), names)
            found[(*kept.low.tolist(), *kept.high.tolist())] = kept
    boxes = _undominated([_box(each, names, here, there) for each in found.values()])
    if not boxes:
        return (), None
    best = max(boxes, key=lambda box: _correlation(box.limits.holds(here[0]), here[1]))
    thinned = _thinned(boxes, best)
    return thinned, thinned.index(best) if _holds(best, there) else None


def _few_inputs(inputs: Floats, failed: Truths, most: int) -> list[tuple[int, ...]]:
    """The sets of inputs that are left of the boxes of a free peeling when the weakest are let go."""
    found = {_narrowed(box, inputs, failed, most).restricted for box in peel(inputs, failed)}
    return sorted(found - {()})


def _narrowed(box: Limits, inputs: Floats, failed: Truths, most: int) -> Limits:
    while len(box.restricted) > most:
        box = box.without(_weakest(box, inputs, failed)[1])
    return box


def _simplified(box: Limits, inputs: Floats, failed: Truths) -> Limits:
    """The box without what chance explains."""
    while box.restricted:
        chance, weakest = _weakest(box, inputs, failed)
        if chance <= _CHANCE:
            break
        box = box.without(weakest)
    return box


def _rounded(box: Limits, names: Sequence[Input]) -> Limits:
    """The box with limits as they are said: to a five hundredth of what each input may be."""
    low, high = box.low.copy(), box.high.copy()
    for at in box.restricted:
        digits = math.ceil(-math.log10((names[at].high - names[at].low) / _STEPS))
        low[at], high[at] = np.round(low[at], digits), np.round(high[at], digits)
    return Limits(low=low, high=high)


def _weakest(box: Limits, inputs: Floats, failed: Truths) -> tuple[float, int]:
    """The quasi-p-value of the restriction that tells least, and its input."""
    chances, densities = _chances(box, inputs, failed)
    order = np.lexsort((densities, chances))
    return float(chances[order[-1]]), box.restricted[int(order[-1])]


def _chances(box: Limits, inputs: Floats, failed: Truths) -> tuple[Floats, Floats]:
    """The quasi-p-value of each restriction of a box, and how dense the box is without it."""
    from scipy.special import bdtrc

    at = list(box.restricted)
    outside = (inputs[:, at] < box.low[at]) | (inputs[:, at] > box.high[at])
    missed = outside.sum(axis=1)
    inside = missed == 0
    # In the box but for one restriction: nothing is missed but, at most, that one.
    freer = missed[:, None] == outside
    density = (failed.astype(float) @ freer) / np.maximum(freer.sum(axis=0), 1)
    hits = int(failed[inside].sum())
    if hits == 0:
        return np.ones(len(at)), density
    return bdtrc(hits - 1, int(inside.sum()), density), density


def _box(
    limits: Limits,
    names: Sequence[Input],
    fit: tuple[Floats, Truths],
    test: tuple[Floats, Truths],
) -> Box:
    restrictions = [
        Restriction(
            place=names[at].place,
            unit=names[at].unit,
            low=float(limits.low[at]) if np.isfinite(limits.low[at]) else None,
            high=float(limits.high[at]) if np.isfinite(limits.high[at]) else None,
            chance=float(chance),
        )
        for at, chance in zip(limits.restricted, _chances(limits, *test)[0], strict=True)
    ]
    ordered = tuple(sorted(restrictions, key=lambda each: (each.chance, each.place)))
    return Box(
        restrictions=ordered,
        limits=limits,
        fitted=_measure(limits, *fit),
        tested=_measure(limits, *test),
    )


def _measure(limits: Limits, inputs: Floats, failed: Truths) -> Measure:
    inside = limits.holds(inputs)
    hits, held = int((inside & failed).sum()), int(inside.sum())
    coverage, density = hits / max(int(failed.sum()), 1), hits / max(held, 1)
    return Measure(
        coverage=coverage,
        coverage_error=error_of(coverage, int(failed.sum())),
        density=density,
        density_error=error_of(density, held),
        mass=held / len(inputs),
    )


def _undominated(boxes: Sequence[Box]) -> tuple[Box, ...]:
    kept = [
        box
        for box in boxes
        if not any(
            other.fitted.coverage >= box.fitted.coverage
            and other.fitted.density >= box.fitted.density
            and other.fitted != box.fitted
            for other in boxes
        )
    ]
    return tuple(sorted(kept, key=lambda box: -box.fitted.coverage))


def _thinned(boxes: Sequence[Box], best: Box) -> tuple[Box, ...]:
    """Boxes that differ enough in coverage to choose between, and the best one in any case."""
    kept: list[Box] = []
    for box in boxes:
        if box is best or not kept or kept[-1].fitted.coverage - box.fitted.coverage >= _APART:
            kept.append(box)
    return tuple(kept)


def _correlation(inside: Truths, failed: Truths) -> float:
    """Of being in the box and failing, in [-1, 1]; 0 where either is the same for all."""
    if inside.all() or not inside.any():
        return 0.0
    return float(np.corrcoef(inside, failed)[0, 1])


def _holds(box: Box, test: tuple[Floats, Truths]) -> bool:
    """Whether the worlds it was not found on fail more often in it than chance would have it."""
    from scipy.special import bdtrc

    inside = test[1][box.limits.holds(test[0])]
    if not box.restrictions or not inside.any():
        return False
    return float(bdtrc(int(inside.sum()) - 1, len(inside), float(test[1].mean()))) <= _CHANCE
