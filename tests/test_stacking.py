"""Two policies as one: everything both want, and a word wherever they cannot both have it."""

from hypothesis import given

from sim.policy import Move, Policy
from sim.scenario import Scenario, faults_of
from sim.stacking import stacked
from tests.engine.strategies import MANY, policies

CUT = Move(week=10, surfaces=("live", "video"), partners=("saas", "adapter"), openness=0.0)
FEE = Move(week=10, surfaces=("live",), partners=("saas",), fee=0.2)


def test_what_only_one_of_them_wants_is_done() -> None:
    found = stacked(Policy(care=0.01), Policy(moves=(CUT,), guarantee_target=0.9))
    assert not found.conflicts
    assert found.policy == Policy(care=0.01, moves=(CUT,), guarantee_target=0.9)


def test_where_both_want_something_else_the_second_has_its_way_and_it_is_said() -> None:
    found = stacked(Policy(care=0.01, programme_week=3), Policy(care=0.02, programme_week=9))
    assert [(each.place, each.first, each.second) for each in found.conflicts] == [
        ("programme_week", 3, 9),
        ("care", 0.01, 0.02),
    ]
    assert found.policy == Policy(care=0.02, programme_week=9)


def test_the_week_of_no_programme_is_no_conflict() -> None:
    found = stacked(Policy(care=0.01, programme_week=3), Policy(moves=(CUT,), programme_week=40))
    assert not found.conflicts
    assert found.policy.programme_week == 3


def test_a_coupon_of_nothing_has_no_weeks() -> None:
    found = stacked(Policy(coupon=0.1, coupon_weeks=8), Policy(coupon_weeks=20))
    assert found.policy == Policy(coupon=0.1, coupon_weeks=8)
    assert not found.conflicts


def test_moves_that_want_the_same_links_otherwise_conflict_on_these_alone() -> None:
    later = Move(week=10, surfaces=("live",), partners=("saas",), openness=0.5)
    found = stacked(Policy(moves=(CUT,)), Policy(moves=(later,)))
    assert [(each.first, each.second) for each in found.conflicts] == [(CUT, later)]
    cells = {
        (surface, partner): move.openness
        for move in found.policy.moves
        for surface in move.surfaces
        for partner in move.partners
    }
    assert cells == {
        ("live", "saas"): 0.5,
        ("video", "saas"): 0.0,
        ("live", "adapter"): 0.0,
        ("video", "adapter"): 0.0,
    }
    assert sum(len(move.surfaces) * len(move.partners) for move in found.policy.moves) == 4


def test_a_cut_and_a_fee_on_the_same_links_go_together() -> None:
    found = stacked(Policy(moves=(CUT,)), Policy(moves=(FEE,)))
    assert not found.conflicts
    assert set(found.policy.moves) == {CUT, FEE}


def test_moves_of_other_weeks_do_not_conflict_and_come_by_week() -> None:
    early = Move(week=2, surfaces=("live",), partners=("saas",), openness=1.0)
    found = stacked(Policy(moves=(CUT,)), Policy(moves=(early,)))
    assert found.policy.moves == (early, CUT)
    assert not found.conflicts


@MANY
@given(policies(), policies())
def test_a_stack_is_sound_and_the_same_twice_changes_nothing(first: Policy, second: Policy) -> None:
    found = stacked(first, second)
    assert not faults_of(Scenario(policy=found.policy))
    assert stacked(first, first).conflicts == ()
    assert set(stacked(first, first).policy.moves) == set(first.moves)
    assert set(second.moves) <= set(found.policy.moves)
    assert stacked(first, Policy()).policy.care == first.care
