"""What can be varied, and outcomes at many points: each what it is when it is run by itself."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.compare import compare
from sim.analyses.draws import draw
from sim.analyses.points import judge_plans, judge_points
from sim.analyses.variables import variable, variable_places, with_number
from sim.cases.catalogue import case
from sim.engine.batch import run_outcomes
from sim.errors import Refused
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import Sampling, Spread, Uncertainty

ONE = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=3, worlds=64))
CUT, OPENNESS = "policy.moves[0].week", "policy.moves[0].openness"


def alone(scenario: Scenario, outcome: str = "npv_change") -> float:
    found = compare(scenario).outcomes[outcome]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("world.diversion", 0.8),
        ("world.conversion.live", 0.12),
        ("world.notice_weeks", 9.0),
        ("world.churn", 0.9),
        ("policy.care", 0.02),
        ("policy.guarantee_target", 0.9),
        ("policy.programme_week", 7.0),
        (CUT, 33.0),
        (OPENNESS, 0.4),
    ],
)
def test_a_point_is_the_scenario_with_that_number(place: str, value: float) -> None:
    which = variable(ONE, place)
    found = judge_points(ONE, [which], np.array([[which.now], [value]]))["npv_change"]
    assert found.shape == (2, 1)
    assert found[0, 0] == alone(ONE)
    assert found[1, 0] == alone(with_number(ONE, which, value))
    assert found[0, 0] != found[1, 0]


def test_points_of_any_shape_come_in_their_order() -> None:
    which = [variable(ONE, place) for place in (CUT, "world.diversion", OPENNESS, "policy.care")]
    points = np.random.default_rng(1).uniform(0, 1, (40, 4)) * [50, 0.3, 1, 0.02] + [0, 0.6, 0, 0]
    points[:, 0] = np.round(points[:, 0] / 5) * 5
    found = judge_points(ONE, which, points)["npv_change"]
    for row in (0, 7, 39):
        scenario = ONE
        for each, value in zip(which, points[row].tolist(), strict=True):
            scenario = with_number(scenario, each, value)
        assert found[row, 0] == alone(scenario)
    grid = np.array([(week, d, 0.0, 0.0) for d in (0.7, 0.8) for week in (9.0, 3.0)])
    found = judge_points(ONE, which, grid)["npv_change"]
    for row in range(4):
        at = with_number(with_number(ONE, which[0], grid[row, 0]), which[1], grid[row, 1])
        at = with_number(at, which[2], 0.0)
        assert found[row, 0] == alone(at)


def test_worlds_differ_from_each_other_as_they_are_drawn_but_for_what_is_varied() -> None:
    draws = draw(ONE)
    which = variable(ONE, "world.conversion.video")
    found = judge_points(
        ONE, [which], np.array([[0.03], [0.05]]), draws, outcomes=("npv_change", "payback_week")
    )
    for row, value in enumerate((0.03, 0.05)):
        other = dict(draws)
        other["conversion"] = draws["conversion"].copy()
        other["conversion"][:, 1] = value
        expected = run_outcomes(ONE.world, ONE.policy, ONE.weeks, other)
        for name, values in found.items():
            np.testing.assert_array_equal(values[row], expected[name], err_msg=name)


def test_plans_are_judged_in_the_same_worlds() -> None:
    plans = [Policy(), ONE.policy, Policy(care=0.01)]
    found = judge_plans(ONE, plans, draw(ONE))
    assert (found["npv_change"][0] == 0).all()
    expected = run_outcomes(ONE.world, ONE.policy, ONE.weeks, draw(ONE))
    np.testing.assert_array_equal(found["gmv_change"][1], expected["gmv_change"])


def test_many_worlds_are_cut_into_pieces_and_put_together_again() -> None:
    many = replace(ONE, weeks=8, sampling=Sampling(seed=3, worlds=9000))
    found = judge_plans(many, [many.policy], draw(many), outcomes=["npv_change"])
    expected = run_outcomes(many.world, many.policy, 8, draw(many))
    np.testing.assert_array_equal(found["npv_change"][0], expected["npv_change"])


def test_every_place_has_a_range_around_its_value_within_its_limits() -> None:
    places = variable_places(ONE)
    assert {"world.diversion", "world.churn.fan", "policy.coupon", CUT} <= set(places)
    assert not any("season" in place or "surfaces" in place for place in places)
    for place in places:
        which = variable(ONE, place)
        assert which.low <= which.now <= which.high, place
        if which.kind != "lever":
            assert which.low < which.high, place
        values = which.values(7)
        assert values[0] == which.low
        assert values[-1] == which.high
        assert len(values) <= 7 or which.whole


def test_a_vector_as_one_is_as_now_in_the_middle() -> None:
    churn = variable(ONE, "world.churn")
    assert with_number(ONE, churn, 0.5).world == ONE.world
    assert with_number(ONE, churn, 1.0).world.audience.churn == pytest.approx((0.09, 0.018, 0.006))


def test_what_is_certain_can_be_varied_all_the_same() -> None:
    certain = Uncertainty().with_spread("diversion", Spread(shape="fixed"))
    which = variable(replace(ONE, uncertainty=certain), "world.diversion")
    assert (which.low, which.high) == (0.3, 0.95)


@pytest.mark.parametrize(
    ("place", "low", "high", "said"),
    [
        ("world.diversoin", None, None, "diversion"),
        ("world.segment_share", None, None, "not known"),
        ("world.season", None, None, "not known"),
        ("policy.moves[9].week", None, None, "not known"),
        ("policy.moves[0].surfaces", None, None, "not known"),
        ("world.diversion", -0.1, None, "between 0.0 and 1.0"),
        ("world.diversion", None, float("nan"), "finite"),
        ("world.diversion", 0.9, 0.2, "low at or below"),
    ],
)
def test_what_cannot_be_varied_is_refused(
    place: str, low: float | None, high: float | None, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        variable(ONE, place, low, high)


def test_levers_give_the_same_digits_as_plans_and_as_lanes() -> None:
    which = [variable(ONE, "policy.care"), variable(ONE, "policy.guarantee_target")]
    points = np.array([[0.0, 0.95], [0.01, 0.9], [0.02, 0.97]])
    draws = draw(ONE)
    few = {name: each[:8] for name, each in draws.items()}
    plans, lanes = (judge_points(ONE, which, points, each)["npv_change"] for each in (draws, few))
    np.testing.assert_array_equal(plans[:, :8], lanes)


def test_a_point_outside_the_limits_is_refused() -> None:
    which = variable(ONE, OPENNESS)
    for value in (1.5, float("nan")):
        with pytest.raises(Refused, match="openness"):
            judge_points(ONE, [which], np.array([[0.5], [value]]))


def test_every_point_comes_once_from_the_pieces() -> None:
    from sim.analyses.points import judged_points

    which = [variable(ONE, CUT), variable(ONE, "world.diversion")]
    points = np.array([(week, share) for share in np.linspace(0.7, 0.9, 40) for week in range(60)])
    rows = [each for each, _ in judged_points(ONE, which, points, {"blame": np.full(9, 0.2)})]
    assert len(rows) > 1
    assert sorted(np.concatenate(rows).tolist()) == list(range(2400))


def test_an_outcome_by_its_series_is_its_sum_against_the_reference() -> None:
    found = judge_plans(ONE, [Policy(), ONE.policy], outcomes=["cost_change", "profit_change"])
    run = compare(ONE)
    cost = (run.run.series["cost"] - run.reference.series["cost"]).sum()
    assert found["cost_change"][:, 0] == pytest.approx([0.0, cost])
