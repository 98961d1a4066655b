"""Outcomes: what a run came to against its paired run, each with unit and which way is better."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.engine.reduce import NEEDED, WRITTEN, reduce_outcomes

Better = Literal["higher", "lower", "neither"]
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One outcome: its unit, which way is better, and whether it is a difference to the reference."""

    id: str
    unit: str
    better: Better
    difference: bool


def _table(*entries: Outcome) -> Mapping[str, Outcome]:
    return MappingProxyType({each.id: each for each in entries})


OUTCOMES: Final = _table(
    Outcome(id="gmv_change", unit="cny", better="higher", difference=True),
    Outcome(id="profit_change", unit="cny", better="higher", difference=True),
    Outcome(id="npv_change", unit="cny", better="higher", difference=True),
    Outcome(id="payback_week", unit="week", better="lower", difference=True),
    Outcome(id="dip_depth", unit="share", better="lower", difference=True),
    Outcome(id="dip_weeks", unit="weeks", better="lower", difference=True),
    Outcome(id="closed_share", unit="share", better="higher", difference=False),
    Outcome(id="leakage_rate", unit="share", better="lower", difference=False),
    Outcome(id="viewers_kept", unit="persons", better="higher", difference=True),
    Outcome(id="fans_kept", unit="persons", better="higher", difference=True),
)

# Those in CNY, in which one may ask what something is worth.
MONEY: Final = tuple(name for name, each in OUTCOMES.items() if each.unit == "cny")


def total_gmv(series: Mapping[str, Floats]) -> Floats:
    """Native and link GMV by week, shape (weeks,), CNY a week."""
    return series["gmv_native"] + series["gmv_external"]


def leakage_rate(series: Mapping[str, Floats]) -> Floats:
    """Share of link and direct in all GMV by week, shape (weeks,)."""
    leaked = series["gmv_external"] + series["gmv_direct"]
    return leaked / (series["gmv_native"] + leaked)


def outcomes(
    series: Mapping[str, Floats], reference: Mapping[str, Floats], *, discount_rate: float
) -> Mapping[str, float | None]:
    """Every outcome of a run against its paired run, by id.

    Money in CNY over the whole horizon; ``payback_week`` is the first week from which cumulative
    profit stays above the reference's (None: no such week); ``dip_depth`` the deepest shortfall of
    total GMV as a share of the reference's, ``dip_weeks`` the number of weeks with a shortfall; what
    is "at the horizon" is taken from the last week. None for whatever is no finite number.
    """
    runs = [np.stack([each[name] for name in NEEDED])[:, :, None] for each in (series, reference)]
    found = np.empty((len(WRITTEN), 1))
    reduce_outcomes(runs[0], runs[1], np.array([discount_rate]), found, 1)
    named = zip(WRITTEN, found[:, 0].tolist(), strict=True)
    return MappingProxyType(
        {name: value if math.isfinite(value) else None for name, value in named}
    )
