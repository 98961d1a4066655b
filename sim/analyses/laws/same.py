"""Laws of sameness: the same question has the same digits, and a longer horizon the same past."""

import hashlib

import numpy as np

from sim.analyses.laws.light import Light, Run, largest_difference
from sim.engine import single
from sim.scenario import Scenario
from sim.series import SERIES


def digest_of(run: Run) -> str:
    """The SHA-256 of every digit of every series."""
    digest = hashlib.sha256()
    for name in SERIES:
        digest.update(np.ascontiguousarray(run[name]).tobytes())
    return digest.hexdigest()


def same_again(scenario: Scenario, run: Run) -> Light:
    """Run once more, every bit of every series is the same."""
    again = single.run_series(scenario.world, scenario.policy, scenario.weeks)
    first, second = digest_of(run), digest_of(again)
    return Light(id="same_again", measured=float(first != second), threshold=0.0, digest=first)


def same_horizon(run: Run, longer: Run) -> Light:
    """A longer horizon changes nothing of the weeks before it."""
    shortened = {name: values[:-1] for name, values in longer.items()}
    return Light(id="same_horizon", measured=largest_difference(run, shortened), threshold=0.0)
