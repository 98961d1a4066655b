"""Found here and tested there: worlds in two halves, and whether there is anything to find."""

from typing import Final, Literal

import numpy as np

from sim.analyses.robust.prim import Truths

Before = Literal["none_fail", "all_fail", "too_few"]

# Failures, and worlds that do not fail, below which nothing is looked for: half of them on either side.
_FEWEST: Final = 40


def found_on(worlds: int) -> Truths:
    """Which of the first worlds things are found on: the even ones, four of eight randomisations.

    The odd ones, on which everything is tested, are the other four.
    """
    found: Truths = np.arange(worlds) % 2 == 0
    return found


def before(failed: Truths, fit: Truths) -> Before | None:
    """What is known without looking at anything else; None where there is something to find.

    ``failed`` and ``fit`` have shape (worlds,).
    """
    if not failed.any():
        return "none_fail"
    if failed.all():
        return "all_fail"
    kinds = (failed, ~failed)
    few = any(int(each.sum()) < _FEWEST for each in kinds)
    lonely = any(not (each & half).any() for each in kinds for half in (fit, ~fit))
    return "too_few" if few or lonely else None


def error_of(share: float, of: int) -> float:
    """One standard error of a share that was counted on so many worlds, after the binomial law."""
    return float(np.sqrt(share * (1 - share) / max(of, 1)))
