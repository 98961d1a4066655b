"""Where the decision turns: values found by hand, ranges that are refused in part, and no turn."""

from dataclasses import replace

import numpy as np
import pytest

from sim.analyses.compare import compare
from sim.analyses.draws import draw
from sim.analyses.flips import Flips, flip_points
from sim.analyses.paths import Path
from sim.cases.catalogue import case
from sim.errors import Refused
from sim.metrics import OUTCOMES
from sim.policy import Policy
from sim.scenario import Scenario
from sim.uncertainty import Sampling, Spread, Uncertainty, ranges

ONE = replace(case("kuaishou-2021").scenario, weeks=60, sampling=Sampling(seed=3, worlds=64))


def at(scenario: Scenario, name: str, *values: float) -> Scenario:
    value = values if len(values) > 1 else values[0]
    return replace(scenario, world=scenario.world.with_values({name: value}))


def alone(scenario: Scenario) -> float:
    found = compare(scenario).outcomes["npv_change"]
    assert found is not None
    return found


def row(scenario: Scenario, name: str, outcome: str = "npv_change") -> Flips:
    found = flip_points(scenario, outcome=outcome).parameters
    return next(each for each in found if each.name == name)


def with_range(name: str, low: float, high: float) -> Scenario:
    spread = Spread(shape="uniform", low=low, high=high)
    return replace(ONE, uncertainty=Uncertainty().with_spread(name, spread))


def test_the_decision_turns_within_a_millionth_of_the_range() -> None:
    found = flip_points(ONE)
    now = alone(ONE) > 0
    assert found.better == now
    numbers = [each for each in found.turning if not each.members and each.name != "notice_weeks"]
    assert len(numbers) > 5
    for each in numbers:
        between = ranges(ONE.world, ONE.uncertainty)[each.name]
        width = between.high[0] - between.low[0]
        for flip in each.flips:
            (value,) = flip.values
            step = 1e-6 * width * (1 if value > between.mode[0] else -1)
            assert (alone(at(ONE, each.name, value)) > 0) != now
            assert (alone(at(ONE, each.name, value - step)) > 0) == now
            above = alone(at(ONE, each.name, value + abs(step))) > 0
            assert above == flip.better_above


def test_a_vector_turns_with_all_its_members_together() -> None:
    scenario = case("kuaishou-2021").scenario
    found = next(each for each in flip_points(scenario).turning if each.members)
    assert found.nearest is not None
    assert len(found.nearest.values) == len(found.members)
    # All members on one side of now.
    sides = np.sign(np.array(found.nearest.values) - np.array(found.now))
    assert len(set(sides)) == 1
    there = alone(at(scenario, found.name, *found.nearest.values))
    assert (there > 0) != (alone(scenario) > 0)


def test_the_most_likely_to_turn_it_come_first_and_the_rest_never_do() -> None:
    found = flip_points(ONE).parameters
    likely = [each.likely for each in found if each.flips]
    assert likely == sorted(likely, reverse=True)
    still = found[len(likely) :]
    assert still
    assert all(each.where == "never" and each.nearest is None for each in still)
    assert all(each.likely == 0 and each.beyond == () for each in still)


def test_the_likelihood_is_the_share_of_draws_beyond() -> None:
    found = next(each for each in flip_points(ONE).turning if not each.members)
    drawn = draw(replace(ONE, sampling=Sampling(worlds=8192)))[found.name]
    beyond = np.zeros(len(drawn), dtype=bool)
    for each in found.beyond:
        beyond |= (drawn >= each.low[0]) & (drawn <= each.high[0])
    assert found.likely == pytest.approx(float(beyond.mean()), abs=2e-3)


def test_a_turn_beyond_a_refused_part_is_found_at_the_edge() -> None:
    scenario = with_range("diversion", 0.0, 0.95)
    found = row(scenario, "diversion")
    assert 0.05 < found.refused < 0.9
    # Of the part that can be run: what cannot is neither for nor against.
    (flip,) = found.flips
    assert flip.better_above != (alone(ONE) > 0)
    known = 0.95 * (1 - found.refused)
    assert found.likely == pytest.approx((0.95 - flip.values[0]) / known, abs=1e-5)
    with pytest.raises(Refused):
        alone(at(ONE, "diversion", found.refused * 0.95 - 1e-3))
    alone(at(ONE, "diversion", found.refused * 0.95 + 1e-3))


def test_a_whole_number_turns_at_the_first_one_that_is_otherwise() -> None:
    scenario = with_range("crisis_week", -1, 40)
    scenario = at(scenario, "crisis_size", 0.5)
    outcomes = {week: alone(at(scenario, "crisis_week", week)) > 0 for week in range(-1, 41)}
    found = row(scenario, "crisis_week")
    turns = [week for week in range(41) if outcomes[week] != outcomes[week - 1]]
    now = outcomes[-1]
    # From the scenario's side: the first that is otherwise.
    first = [week if outcomes[week] != now else week - 1 for week in turns]
    assert [each.values[0] for each in found.flips] == first
    # Drawn weeks are rounded, so the two at the ends are half as likely.
    weight = {week: 0.5 if week in (-1, 40) else 1.0 for week in outcomes}
    other = sum(weight[week] for week in outcomes if outcomes[week] != now) / 41
    assert found.likely == pytest.approx(other, abs=1e-3)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_without_a_policy_nothing_turns(outcome: str) -> None:
    found = flip_points(replace(ONE, policy=Policy()), outcome=outcome)
    assert found.turning == ()
    assert all(each.likely == 0 for each in found.parameters)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_has_its_turns(outcome: str) -> None:
    found = flip_points(ONE, outcome=outcome)
    assert len(found.parameters) == len(ranges(ONE.world, ONE.uncertainty))
    for each in found.turning:
        assert 0 < each.likely <= 1
        assert each.nearest in each.flips


def test_paying_back_turns_where_cumulative_profit_does() -> None:
    payback, profit = (flip_points(ONE, outcome=each) for each in ("payback_week", "profit_change"))
    assert {each.name: each.nearest for each in payback.turning} == {
        each.name: each.nearest for each in profit.turning
    }


def test_with_nothing_uncertain_nothing_turns() -> None:
    every = ranges(ONE.world, Uncertainty())
    still = Uncertainty(spreads=tuple((name, Spread(shape="fixed")) for name in every))
    assert flip_points(replace(ONE, uncertainty=still)).parameters == ()


def test_a_path_goes_from_low_to_high_by_way_of_now() -> None:
    for name, between in ranges(ONE.world, ONE.uncertainty).items():
        path = Path(name=name, between=between)
        ends = path.values(np.array([0.0, 1.0]))
        np.testing.assert_allclose(np.atleast_2d(ends.T).T[0], between.low)
        np.testing.assert_allclose(np.atleast_2d(ends.T).T[1], between.high)
        assert 0 <= path.now <= 1
        np.testing.assert_allclose(path.shares(np.array([0.0, 1.0])), [0, 1])
        assert (np.diff(path.shares(path.grid())) > 0).all()
        here = np.atleast_1d(path.values(np.array([path.now]))[0])
        np.testing.assert_allclose(here, between.mode)
