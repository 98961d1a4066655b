"""From trajectories to outcomes, lane by lane: the same sums for one world and for a million."""

from typing import Final

import numpy as np

from sim.engine.compiled import compiled

# The series that outcomes are made of, in the order in which ``reduce_outcomes`` reads them.
NEEDED: Final = (
    "gmv_native",
    "gmv_external",
    "gmv_direct",
    "profit",
    "viewers",
    "fans",
    "closed_share",
)
# The outcomes in the order in which they are written.
WRITTEN: Final = (
    "gmv_change",
    "profit_change",
    "npv_change",
    "payback_week",
    "dip_depth",
    "dip_weeks",
    "closed_share",
    "leakage_rate",
    "viewers_kept",
    "fans_kept",
)

# Series made of others, in the order in which ``derive`` writes them.
DERIVED: Final = ("gmv", "leakage_rate", "cumulative_profit")

# A week whose total GMV differs by less than this share is not a dip but rounding.
_ROUNDING: Final = 1e-12


@compiled
def reduce_outcomes(run, reference, discount_rate, into, n):
    """Outcomes of ``n`` lanes against their paired runs.

    Parameters
    ----------
    run, reference : float64 arrays (series of :data:`NEEDED`, weeks, lanes)
    discount_rate : (lanes,), a year
    into : (outcomes of :data:`WRITTEN`, lanes), filled; payback is NaN where there is none
    """
    weeks = run.shape[1]
    # The last two rows serve for the discount until they are filled: to make room is long to compile.
    gained, factor, step = into[1], into[8], into[9]
    for i in range(n):
        for k in range(len(into)):
            into[k, i] = 0.0
        factor[i] = 1.0
        step[i] = (1.0 + discount_rate[i]) ** (-1.0 / 52.0)
    for t in range(weeks):
        last_week = float(t + 1)
        for i in range(n):
            gmv = run[0, t, i] + run[1, t, i]
            paired = reference[0, t, i] + reference[1, t, i]
            gain = run[3, t, i] - reference[3, t, i]
            short = (paired - gmv) / paired if paired > 0.0 else 0.0
            gained[i] += gain
            into[0, i] += gmv - paired
            into[2, i] += gain * factor[i]
            factor[i] *= step[i]
            # The week after the last one in which nothing more had been earned.
            into[3, i] = into[3, i] if gained[i] > 0.0 else last_week
            into[4, i] = max(into[4, i], short)
            into[5, i] += 1.0 if short > _ROUNDING else 0.0
    for i in range(n):
        into[3, i] = into[3, i] if into[3, i] < weeks else np.nan
        leaked = run[1, -1, i] + run[2, -1, i]
        into[6, i] = run[6, -1, i]
        total = run[0, -1, i] + leaked
        into[7, i] = leaked / total if total > 0.0 else 0.0
        into[8, i] = run[4, -1, i] - reference[4, -1, i]
        into[9, i] = run[5, -1, i] - reference[5, -1, i]


@compiled
def derive(run, into, n):
    """The series of :data:`DERIVED` of ``n`` lanes, from those of :data:`NEEDED`.

    Parameters
    ----------
    run : float64 array (series, weeks, lanes), those of :data:`NEEDED` first
    into : (derived series, weeks, lanes), filled; money in CNY, ``cumulative_profit`` since week 0
    """
    for t in range(run.shape[1]):
        for i in range(n):
            sold = run[0, t, i] + run[1, t, i]
            leaked = run[1, t, i] + run[2, t, i]
            bought = run[0, t, i] + leaked
            into[0, t, i] = sold
            into[1, t, i] = leaked / bought if bought > 0.0 else 0.0
            into[2, t, i] = run[3, t, i] + (into[2, t - 1, i] if t > 0 else 0.0)


@compiled
def column_ranges(run, reference, low, high, first, last, n):
    """Least and greatest of each column of ``n`` worlds, for series ``first`` to ``last``.

    ``low`` and ``high`` have shape (3, series, weeks): run, reference, and their difference.
    """
    for k in range(first, last):
        for t in range(run.shape[1]):
            for of in range(3):
                least, most = np.inf, -np.inf
                for i in range(n):
                    value = reference[k, t, i] if of == 1 else run[k, t, i]
                    value = value - reference[k, t, i] if of == 2 else value
                    least = min(least, value)
                    most = max(most, value)
                low[of, k, t] = least
                high[of, k, t] = most


@compiled
def count_columns(run, reference, low, high, counts, signs, first, last, n):
    """Count ``n`` worlds into the bins of their columns; what lies outside goes to the end bins.

    ``signs`` has shape (2, series, weeks): in how many worlds the run lies above its reference, and
    in how many below.
    """
    bins = counts.shape[3]
    for k in range(first, last):
        for t in range(run.shape[1]):
            for of in range(3):
                start = low[of, k, t]
                width = high[of, k, t] - start
                scale = bins / width if width > 0.0 else 0.0
                row = counts[of, k, t]
                for i in range(n):
                    value = reference[k, t, i] if of == 1 else run[k, t, i]
                    value = value - reference[k, t, i] if of == 2 else value
                    at = int(min(max((value - start) * scale, 0.0), bins - 1.0))
                    row[at] += 1
            above, below = 0, 0
            for i in range(n):
                above += 1 if run[k, t, i] > reference[k, t, i] else 0
                below += 1 if run[k, t, i] < reference[k, t, i] else 0
            signs[0, k, t] += above
            signs[1, k, t] += below


@compiled
def read_quantiles(counts, low, high, quantiles, total, bands):
    """Quantiles from counts, linear within a bin, into (3, series, weeks, quantiles)."""
    bins = counts.shape[3]
    for of in range(counts.shape[0]):
        for k in range(counts.shape[1]):
            for t in range(counts.shape[2]):
                start = low[of, k, t]
                width = (high[of, k, t] - start) / bins
                row = counts[of, k, t]
                at, below = 0, 0
                for j in range(len(quantiles)):
                    wanted = quantiles[j] * total
                    while at < bins - 1 and below + row[at] < wanted:
                        below += row[at]
                        at += 1
                    inside = (wanted - below) / row[at] if row[at] > 0 else 0.0
                    bands[of, k, t, j] = start + width * (at + min(max(inside, 0.0), 1.0))
