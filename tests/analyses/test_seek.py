"""Goal seek in the model: what is found is there when it is run by itself."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.batches import judge
from sim.analyses.compare import compare
from sim.analyses.draws import draw
from sim.analyses.objective import Aim, known_values
from sim.analyses.seek import seek
from sim.analyses.variables import variable
from sim.cases.catalogue import case
from sim.errors import Refused
from sim.policy import Policy
from sim.uncertainty import Sampling

ONE = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=3, worlds=128))
CUT, DIVERSION = "policy.moves[0].week", "world.diversion"


def test_the_number_that_is_found_gives_the_target() -> None:
    found = seek(ONE, variable(ONE, DIVERSION), Aim(measure="world"), 0.0)
    assert found.converged
    there = compare(found.scenario).outcomes["npv_change"]
    assert there == pytest.approx(0.0, abs=1e3)
    assert found.now == compare(ONE).outcomes["npv_change"]
    assert found.there is not None and found.there.low < 0 < found.there.high


def test_a_probability_is_reached_within_one_world() -> None:
    found = seek(ONE, variable(ONE, DIVERSION), Aim(measure="probability"), 0.5)
    assert found.found.ended == "found"
    assert found.reached is not None
    draws = dict(draw(ONE)) | {"diversion": np.full(128, found.reached.at)}
    share = float((judge(ONE, draws)["npv_change"] > 0).mean())
    assert share == pytest.approx(0.5, abs=1 / 128)
    assert found.there is not None and found.there.better == share


def test_the_week_that_is_found_is_whole_and_next_to_the_crossing() -> None:
    target = -1e9
    found = seek(ONE, variable(ONE, CUT), Aim(outcome="gmv_change", measure="world"), target)
    assert found.reached is not None
    assert found.reached.at.is_integer()
    values = dict(zip(found.found.tried.tolist(), found.found.values.tolist(), strict=True))
    assert found.reached.value == values[found.reached.at]
    if found.found.ended == "found":
        near = [values.get(found.reached.at + step, target) - target for step in (-1, 0, 1)]
        assert min(near) <= 0 <= max(near)


def test_without_a_policy_nothing_hangs_on_the_world() -> None:
    nothing = replace(ONE, policy=Policy())
    found = seek(nothing, variable(nothing, "world.blame"), Aim(measure="mean"), 1e6)
    assert (found.found.ended, found.converged, found.now) == ("flat", False, 0.0)
    assert found.scenario.policy == Policy()
    # The place nearest to now stands for all of them.
    assert found.reached is not None
    width = found.variable.high - found.variable.low
    assert abs(found.reached.at - found.variable.now) <= width / 64


def test_a_target_out_of_reach_ends_on_a_bound() -> None:
    found = seek(ONE, variable(ONE, DIVERSION), Aim(measure="mean"), 1e15)
    assert (found.found.ended, found.converged) == ("none", False)
    assert found.found.on_bound == "high"


def test_worlds_that_never_pay_back_count_with_the_horizon() -> None:
    found = seek(ONE, variable(ONE, DIVERSION), Aim(outcome="payback_week", measure="mean"), 50.0)
    assert np.nanmax(found.found.values) <= 60
    values = {
        "payback_week": np.array([[np.nan, 5.0, np.nan]]),
        "npv_change": np.array([[1.0, 1.0, np.nan]]),
    }
    np.testing.assert_array_equal(known_values("payback_week", values, 60), [[60.0, 5.0, np.nan]])


@pytest.mark.parametrize(
    ("aim", "target", "said"),
    [
        (Aim(outcome="nvp"), 0.0, "npv_change"),
        (Aim(measure="men"), 0.0, "mean"),
        (Aim(), float("nan"), "finite"),
        (Aim(measure="probability", above=float("inf")), 0.5, "finite"),
        (Aim(outcome="closed_share", measure="probability"), 0.5, "missing"),
    ],
)
def test_what_cannot_be_sought_is_refused(aim: Aim, target: float, said: str) -> None:
    with pytest.raises(Refused, match=said):
        seek(ONE, variable(ONE, DIVERSION), aim, target)
