"""Traces: the weeks that are asked for are those of the run itself, to the last digit."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.draws import draw
from sim.cases.catalogue import case
from sim.engine.single import run_series
from sim.engine.traces import run_traces
from sim.policy import Policy
from sim.uncertainty import Sampling, Spread, Uncertainty, ranges

CUT = replace(case("kuaishou-2021").scenario, weeks=40, sampling=Sampling(worlds=150))


def test_a_trace_is_the_run_of_its_world_in_these_weeks() -> None:
    draws = {"viewers": np.array([4.0e8, 4.3e8]), "diversion": np.array([0.6, 0.8])}
    run, reference = (
        run_traces(CUT.world, policy, draws, series=("profit", "openness"), at=(25, 3, 39))
        for policy in (CUT.policy, Policy())
    )
    assert run.shape == reference.shape == (2, 3, 2)
    for world in (0, 1):
        numbers = {name: float(each[world]) for name, each in draws.items()}
        own = CUT.world.with_values(numbers)
        for got, policy in ((run, CUT.policy), (reference, Policy())):
            expected = run_series(own, policy, 40)
            for at, name in enumerate(("profit", "openness")):
                np.testing.assert_array_equal(got[at, :, world], expected[name][[25, 3, 39]])


def test_worlds_come_in_their_order_over_many_chunks() -> None:
    draws = draw(CUT)
    whole = run_traces(CUT.world, CUT.policy, draws, series=("fans",), at=range(40))
    last = {name: each[130:] for name, each in draws.items()}
    part = run_traces(CUT.world, CUT.policy, last, series=("fans",), at=range(40))
    np.testing.assert_array_equal(whole[:, :, 130:], part)
    with pytest.raises(ValueError, match="read-only"):
        whole[0, 0, 0] = 1.0


def test_refused_worlds_have_no_trace() -> None:
    low = Spread(shape="uniform", low=0.0, high=0.65)
    wide = replace(CUT, uncertainty=Uncertainty(spreads=(("diversion", low),)))
    assert "diversion" in ranges(wide.world, wide.uncertainty)
    draws = draw(wide)
    run = run_traces(CUT.world, CUT.policy, draws, series=("profit",), at=(0, 39))
    refused = np.isnan(run[0, 0])
    assert refused.any()
    assert not refused.all()
