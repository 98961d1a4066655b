"""The rules of a visit: undo, drafts, refusals and spans; no server needed."""

import pytest

from sim.cases.catalogue import case
from sim.places import value_at, with_value
from sim.policy import policy_declarations
from sim.scenario import Scenario
from sim.ui.assumption_panel import fitted, found
from sim.ui.simulation import compared
from sim.ui.spans import nice_step, span_of
from sim.ui.visit import MOST_STEPS, Visit
from sim.world import world_declarations


def visit_of_case() -> Visit:
    return Visit(scenario=case("kuaishou-2021").scenario)


def test_undo_and_redo_go_back_and_forth() -> None:
    visit = visit_of_case()
    start = visit.scenario
    visit.propose("policy.care", 0.01, compared)
    changed = visit.scenario
    visit.undo()
    assert visit.scenario == start
    visit.redo()
    assert visit.scenario == changed


def test_a_new_change_ends_redo_and_the_stack_is_bounded() -> None:
    visit = visit_of_case()
    for step in range(MOST_STEPS + 20):
        visit.change(with_value(visit.scenario, "policy.programme_week", step))
    assert len(visit.past) == MOST_STEPS
    visit.undo()
    visit.propose("policy.care", 0.02, compared)
    assert visit.future == []


def test_the_address_going_back_is_an_undo() -> None:
    visit = visit_of_case()
    start = visit.scenario
    visit.propose("policy.care", 0.01, compared)
    visit.follow(start)
    assert (visit.scenario, len(visit.past), len(visit.future)) == (start, 0, 1)


def test_a_value_out_of_range_is_kept_as_a_draft_and_changes_nothing() -> None:
    visit = visit_of_case()
    start = visit.scenario
    visit.propose("policy.guarantee_target", 1.5, compared)
    assert visit.scenario == start
    assert visit.shown("policy.guarantee_target") == 1.5
    assert visit.refusals["policy.guarantee_target"][0].kind == "out_of_range"
    visit.propose("policy.guarantee_target", 0.8, compared)
    assert not visit.refusals
    assert visit.scenario.policy.guarantee_target == 0.8


def test_a_world_the_engine_refuses_is_a_draft_with_the_legal_range() -> None:
    visit = visit_of_case()
    visit.propose("world.diversion", 0.01, compared)
    fault = visit.refusals["world.diversion"][0]
    assert fault.kind == "diversion_range"
    assert visit.scenario == visit.base


def test_shares_that_sum_to_one_are_taken_together() -> None:
    visit = visit_of_case()
    visit.propose("world.surface_split.live", 0.80, compared)
    assert visit.refusals["world.surface_split.live"][0].kind == "sum_not_one"
    visit.propose("world.surface_split.video", 0.13, compared)
    assert not visit.drafts
    assert value_at(visit.scenario, "world.surface_split") == (0.80, 0.13, 0.07)


def test_the_others_are_scaled_to_a_sum_of_one() -> None:
    old = {"live": 0.85, "video": 0.08, "shelf": 0.07}
    vector = fitted(old, {"live": 0.70})
    assert vector is not None
    assert vector == pytest.approx((0.70, 0.16, 0.14))
    assert fitted(old, {"live": 1.2}) is None


def test_every_number_survives_the_way_to_its_control_and_back() -> None:
    scenario = Scenario()
    places = [f"policy.{name}" for name in policy_declarations()]
    for name, declared in world_declarations().items():
        members = [f".{member}" for member in declared.members] or [""]
        places += [f"world.{name}{member}" for member in members]
    for place in places:
        value = value_at(scenario, place)
        if value is None:
            continue
        for language in ("zh", "en"):
            span = span_of(place, float(value), language)  # type: ignore[arg-type]
            stops = span.stops
            assert span.read(span.show(float(value))) == pytest.approx(value, rel=1e-9), place  # type: ignore[arg-type]
            assert stops[0] <= span.show(float(value)) <= stops[-1], place  # type: ignore[arg-type]
            assert list(stops) == sorted(set(stops)), place
            assert 2 < len(stops) < 420, place
            assert 0 < span.step < stops[-1] - stops[0], place


@pytest.mark.parametrize(("width", "step"), [(1.0, 1.0), (0.3, 0.2), (7.0, 5.0), (0.02, 0.02)])
def test_steps_are_round(width: float, step: float) -> None:
    assert nice_step(width) == step


@pytest.mark.parametrize("wanted", ["diversion", "承接率", "Diversion to", "新客 占比"])
def test_assumptions_are_found_in_either_language(wanted: str) -> None:
    names = [each.id for each in found(wanted)]
    if wanted == "新客 占比":
        assert "viewers" not in names
    else:
        assert "diversion" in names
