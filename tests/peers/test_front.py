"""The front of two outcomes: EMA Workbench's sorting, on the same points."""

from types import ModuleType

import numpy as np
import pytest

from sim.analyses.front import non_dominated
from sim.metrics import Floats

POINTS = 400
# Their boxes of equal merit are so small that each holds one point.
FINEST = 1e-9


def plain(seed: int) -> Floats:
    return np.random.default_rng(seed).normal(size=(POINTS, 2))


def on_a_grid(seed: int) -> Floats:
    """Many are equal in one score or in both, those on the front too."""
    return np.round(plain(seed))


def opposed(seed: int) -> Floats:
    """Nearly all of them are on the front."""
    one = np.random.default_rng(seed).uniform(size=POINTS)
    return np.stack([one, 1 - one**2], axis=1)


@pytest.mark.parametrize("scores", [plain(1), plain(2), on_a_grid(1), on_a_grid(2), opposed(1)])
def test_the_same_points_are_beaten_by_none(
    scores: Floats, ema: ModuleType, ema_optimization: ModuleType
) -> None:
    import pandas as pd

    model = ema.Model("points", function=dict)
    model.levers = [ema.RealParameter("at", 0, POINTS)]
    aims = ("one", "other")
    model.outcomes = [ema.ScalarOutcome(aim, ema.ScalarOutcome.MAXIMIZE) for aim in aims]
    problem = ema_optimization.to_problem(model, "levers")
    table = pd.DataFrame(
        {"at": np.arange(POINTS, dtype=float), "one": scores[:, 0], "other": scores[:, 1]}
    )
    theirs = ema.epsilon_nondominated([table], [FINEST, FINEST], problem)
    ours = scores[non_dominated(scores)]
    ordered = theirs.sort_values("one")[list(aims)].to_numpy()
    np.testing.assert_array_equal(ours, ordered)
