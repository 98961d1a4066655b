"""Maps: every cell is what the scenario gives there by itself, in the same worlds."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.batches import judge
from sim.analyses.compare import compare
from sim.analyses.draws import draw
from sim.analyses.map import Map, _crossings, map_of
from sim.analyses.variables import variable, with_number
from sim.cases.catalogue import case
from sim.errors import Cancelled, Refused
from sim.policy import Policy
from sim.uncertainty import Sampling

ONE = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=3, worlds=64))
CUT, OPENNESS = "policy.moves[0].week", "policy.moves[0].openness"
DIVERSION, CARE = "world.diversion", "policy.care"


def mapped(x: str, y: str, *, outcome: str = "npv_change", worlds: int = 0) -> Map:
    return map_of(
        ONE, variable(ONE, x), variable(ONE, y), outcome=outcome, counts=(5, 4), worlds=worlds
    )


@pytest.mark.parametrize("pair", [(CUT, OPENNESS), (CUT, DIVERSION), (CARE, DIVERSION)])
def test_a_cell_is_the_scenario_with_both_numbers(pair: tuple[str, str]) -> None:
    found = mapped(*pair)
    assert found.values.shape == (4, 5)
    at = ONE
    for which, value in ((found.x, found.xs[3]), (found.y, found.ys[2])):
        at = with_number(at, which, float(value))
    assert found.values[2, 3] == compare(at).outcomes["npv_change"]
    assert found.better[2, 3] == float(found.values[2, 3] > 0)


@pytest.mark.parametrize("pair", [(CUT, OPENNESS), (CUT, CARE), (CARE, DIVERSION)])
def test_a_cell_of_many_worlds_is_their_mean_and_share(pair: tuple[str, str]) -> None:
    found = mapped(*pair, worlds=50)
    at = ONE
    draws = dict(draw(ONE, 0, 50))
    for which, value in ((found.x, found.xs[1]), (found.y, found.ys[3])):
        at = with_number(at, which, float(value))
        if which.kind == "world":
            draws[which.name] = np.full(50, value)
    values = judge(at, draws)["npv_change"]
    assert found.values[3, 1] == pytest.approx(values.mean(), rel=1e-12)
    assert found.better[3, 1] == (values > 0).mean()


def test_what_is_no_difference_is_shown_as_one() -> None:
    found = mapped(CUT, DIVERSION, outcome="closed_share")
    at = with_number(with_number(ONE, found.x, found.xs[1]), found.y, found.ys[2])
    run, still = compare(at), compare(at.reference())
    expected = run.outcomes["closed_share"], still.outcomes["closed_share"]
    assert expected[0] is not None and expected[1] is not None
    assert found.values[2, 1] == pytest.approx(expected[0] - expected[1], abs=1e-12)


def test_the_frontier_lies_where_it_breaks_even() -> None:
    found = map_of(ONE, variable(ONE, DIVERSION), variable(ONE, "world.blame"), counts=(120, 3))
    assert found.frontier
    x, y = found.frontier[len(found.frontier) // 2]
    at = with_number(with_number(ONE, found.x, x), found.y, y)
    even = compare(at).outcomes["npv_change"]
    assert even is not None
    assert abs(even) < 0.1 * np.nanmax(np.abs(found.values))
    pays, costs = found.shares
    assert pays > 0 and costs > 0


def test_between_two_cells_the_frontier_is_where_a_straight_line_crosses() -> None:
    at, known = np.array([0.0, 10.0, 30.0]), np.array([[-1.0, 3.0, 0.0], [np.nan, 2.0, -2.0]])
    assert list(_crossings(at, np.array([5.0, 6.0]), known)) == [
        (2.5, 5.0),
        (30.0, 5.0),
        (20.0, 6.0),
    ]


def test_no_policy_is_zero_everywhere_and_has_no_frontier() -> None:
    nothing = replace(ONE, policy=Policy())
    for outcome in ("npv_change", "closed_share", "dip_depth"):
        found = map_of(
            nothing,
            variable(nothing, DIVERSION, 0.7, 0.9),
            variable(nothing, "world.blame"),
            outcome=outcome,
            counts=(4, 3),
            worlds=20,
        )
        assert (found.values == 0).all()
        assert (found.better == 0).all() or outcome == "dip_depth"
        assert found.is_flat
        assert found.frontier == ()


def test_refused_cells_are_counted_and_hold_nothing() -> None:
    x = variable(ONE, DIVERSION, 0.0, 0.9)
    found = map_of(ONE, x, variable(ONE, "world.blame"), counts=(10, 2))
    assert found.refused > 0
    assert np.isnan(found.values).sum() == found.refused == np.isnan(found.better).sum()
    some = map_of(ONE, x, variable(ONE, CARE), counts=(10, 2), worlds=40)
    assert some.partly > 0


def test_a_payback_that_there_is_not_is_no_refusal() -> None:
    found = mapped(CUT, DIVERSION, outcome="payback_week")
    assert np.isnan(found.values).any()
    assert found.refused == 0
    assert ((found.better == 0) == np.isnan(found.values)).all()


def test_whole_numbers_come_once_each() -> None:
    found = map_of(ONE, variable(ONE, CUT, 3, 5), variable(ONE, CARE), counts=(50, 2))
    assert found.xs.tolist() == [3.0, 4.0, 5.0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcome": "nvp"}, "npv_change"),
        ({"counts": (1, 5)}, "between 2 and 200"),
        ({"counts": (5, 100_000)}, "between 2 and 200"),
        ({"worlds": -1}, "between 1"),
        ({"y": CUT}, "twice|pair"),
    ],
)
def test_what_cannot_be_mapped_is_refused(change: dict[str, object], said: str) -> None:
    y = str(change.pop("y", CARE))
    with pytest.raises(Refused, match=said):
        map_of(ONE, variable(ONE, CUT), variable(ONE, y), **change)  # type: ignore[arg-type]


def test_it_says_how_far_it_is_and_can_be_stopped() -> None:
    told: list[tuple[int, int]] = []

    def tick(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 1:
            raise Cancelled("enough")

    x, y = variable(ONE, CUT), variable(ONE, OPENNESS)
    with pytest.raises(Cancelled):
        map_of(ONE, x, y, counts=(20, 20), worlds=64, tick=tick)
    assert told[0][0] == 0 < told[-1][0] < told[-1][1]
    assert all(done == 0 for done, _ in told[:-1])
