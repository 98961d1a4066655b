"""What a scenario built in Python is refused for: the same as a file, in the same words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sim.analyses.compare import compare, simulate
from sim.documents.token import encode
from sim.documents.toml_document import parse, write
from sim.engine import calibrate
from sim.engine.inputs import Floats
from sim.engine.refusals import diversion_bounds, faults_of_status
from sim.engine.single import run_in
from sim.errors import Fault, Refused
from sim.metrics import outcomes
from sim.policy import Move, Policy
from sim.scenario import Scenario, faults_of, require_sound
from sim.series import SERIES
from sim.world import World


def test_a_number_too_large_to_print_is_a_fault_and_no_traceback() -> None:
    huge = Scenario(world=World().with_values({"gmv": 10**400}))
    (fault,) = faults_of(huge)
    assert fault.kind == "out_of_range"
    assert "world.gmv" in str(fault)
    with pytest.raises(Refused):
        require_sound(huge)


def test_a_whole_number_given_as_a_float_is_refused_whatever_ran_before() -> None:
    require_sound(Scenario(weeks=22))
    with pytest.raises(Refused, match="weeks"):
        require_sound(Scenario(weeks=22.0))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="weeks"):
        require_sound(Scenario(weeks=True))


def test_lists_where_tuples_are_wanted_are_refused_with_the_place() -> None:
    move = Move(week=1, surfaces=("live",), partners=("saas",), openness=0.0)
    listed = Scenario(policy=Policy(moves=[move]))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=r"policy\.moves"):
        require_sound(listed)
    season = Scenario(world=World().with_values({"season": [1.0] * 52}))  # type: ignore[dict-item]
    with pytest.raises(Refused, match=r"world\.season"):
        require_sound(season)


def test_too_few_good_orders_to_be_counted_are_none() -> None:
    few = {"viewers": 1.0, "quality_native": 0.0, "remedy": 5e-324}
    with pytest.raises(Refused, match="no order that goes well"):
        simulate(Scenario(weeks=3, world=World().with_values(few)))


def only_fault(scenario: Scenario) -> Fault:
    (fault,) = faults_of(scenario)
    with pytest.raises(Refused):
        require_sound(scenario)
    return fault


@pytest.mark.parametrize("name", [3, None, b"x", "\ud800"])
@pytest.mark.parametrize("act", [encode, write, compare])
def test_a_name_that_no_file_can_hold_is_refused_everywhere(
    name: object, act: Callable[[Scenario], object]
) -> None:
    wrong = Scenario(name=name)  # type: ignore[arg-type]
    assert only_fault(wrong).place == "name"
    with pytest.raises(Refused, match="name"):
        act(wrong)


def test_more_names_than_a_file_may_have_are_refused_everywhere() -> None:
    move = Move(week=1, surfaces=("live",) * 17, partners=("saas",), openness=0.0)
    fault = only_fault(Scenario(policy=Policy(moves=(move,))))
    assert (fault.kind, fault.place) == ("too_many", "policy.moves[0].surfaces")


def test_a_number_of_another_kind_is_named_by_its_kind() -> None:
    world = World().with_values({"evasion": np.float32(0.3)})
    assert "float32" in str(only_fault(Scenario(world=world)))
    world = World().with_values({"notice_weeks": np.int64(3)})
    assert "int64" in str(only_fault(Scenario(world=world)))


def test_what_was_got_differs_from_the_bound_that_it_breaks() -> None:
    world = World().with_values({"evasion": 1.0000000000001})
    assert "got 1.0000000000001." in str(only_fault(Scenario(world=world)))


@settings(max_examples=150, deadline=None)
@given(st.floats(1e-6, 0.9), st.floats(1e-6, 1.0))
@example(1e-6, 0.5)
@example(0.9, 0.00011)
@example(0.9, 0.99999)
@example(0.3125, 0.9999999999999999)
def test_the_bound_that_is_said_can_be_typed_in(conversion: float, closed_share: float) -> None:
    values: dict[str, Any] = {"conversion": (conversion,) * 3, "closed_share": (closed_share,) * 3}
    values |= {"direct_share": 0.0, "conversion_index": (1.0,) * 3, "diversion": 0.0}
    faults = faults_of_status(World().with_values(values), calibrate.DIVERSION_RANGE)
    (fault,) = faults
    said = float(str(fault.facts["low"]))
    low, high = diversion_bounds(conversion, closed_share)
    assert low <= said < high
    assert said <= low * 1.001 + 1e-12
    try:
        simulate(Scenario(weeks=1, world=World().with_values(values | {"diversion": said})))
    except Refused as refused:
        assert "diversion_range" not in {each.kind for each in refused.faults}


@pytest.mark.parametrize(("excess", "got"), [(0.0, "1"), (1e-5, "1.001"), (0.23456, "1.235")])
def test_a_sum_that_is_refused_is_not_shown_as_less_than_it_is(excess: float, got: str) -> None:
    values = {"conversion": (0.5, 0.5, 0.5), "conversion_index": (1.0,) * 3}
    world = World().with_values(values | {"direct_share": 0.5 + excess})
    status = calibrate.CONVERSION_SUM
    (fault,) = faults_of_status(world, status)
    assert str(fault).endswith(f"for newcomer on live it is {got}.")


MOVE: dict[str, Any] = {"week": 1, "surfaces": ("live",), "partners": ("saas",), "openness": 0.0}


def moved(**fields: Any) -> Scenario:
    return Scenario(policy=Policy(moves=(Move(**MOVE | fields),)))


def said_by(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as caught:
        act()
    return {str(fault) for fault in caught.value.faults}


AS_IN_A_FILE = {
    'case = "kuaishou"': Scenario(case="kuaishou"),
    'case = "kuaishou"\nweeks = 0': Scenario(case="kuaishou", weeks=0),
    f'name = "{"x" * 201}"': Scenario(name="x" * 201),
    f'note = "{"x" * 10_001}"': Scenario(note="x" * 10_001),
    "weeks = 1041": Scenario(weeks=1041),
    "world.blame = 1.4": Scenario(world=World().with_values({"blame": 1.4})),
    "world.blame = 1.0000000000001": Scenario(
        world=World().with_values({"blame": 1.0000000000001})
    ),
    "world.churn = [0.1, 0.2]": Scenario(world=World().with_values({"churn": (0.1, 0.2)})),
    "world.surface_split = [0.5, 0.3, 0.3]": Scenario(
        world=World().with_values({"surface_split": (0.5, 0.3, 0.3)})
    ),
    "policy.moves = [{week=1, surfaces=['radio'], partners=['saas'], fee=2}]": moved(
        surfaces=("radio",), fee=2, openness=None
    ),
    "policy.moves = [{week=1, surfaces=[3], partners=[], fee=1.0}]": moved(
        surfaces=(3,), partners=(), fee=1.0, openness=None
    ),
    f"policy.moves = [{{week=1, surfaces={['live'] * 17}, partners=['saas'], fee=1.0}}]": moved(
        surfaces=("live",) * 17, fee=1.0, openness=None
    ),
}


@pytest.mark.parametrize("act", [encode, write, simulate, compare])
@pytest.mark.parametrize("text", AS_IN_A_FILE, ids=range(len(AS_IN_A_FILE)))
def test_what_a_file_is_refused_for_is_refused_in_python_in_the_same_words(
    text: str, act: Callable[[Scenario], object]
) -> None:
    in_a_file = said_by(lambda: parse(f"format = 1\n{text}"))
    assert said_by(lambda: act(AS_IN_A_FILE[text])) == in_a_file


EQUAL_BUT_OTHER = [
    ({"blame": 0.25}, {"blame": np.float32(0.25)}),
    ({"blame": 1.0}, {"blame": True}),
    ({"blame": 1.0}, {"blame": np.bool_(True)}),
    ({"churn": (0.25, 0.25, 0.25)}, {"churn": (0.25, 0.25, np.float32(0.25))}),
    ({"notice_weeks": 1}, {"notice_weeks": True}),
    ({"notice_weeks": 3}, {"notice_weeks": 3.0}),
]


@pytest.mark.parametrize(("sound", "other"), EQUAL_BUT_OTHER)
def test_what_equals_a_sound_number_is_judged_by_its_own_type_whatever_ran_before(
    sound: dict[str, Any], other: dict[str, Any]
) -> None:
    first = Scenario(world=World().with_values(sound))
    second = Scenario(world=World().with_values(other))
    assert first == second
    require_sound(first)
    only_fault(second)
    require_sound(first)


def test_a_move_that_equals_a_sound_one_is_judged_by_its_own_types() -> None:
    require_sound(moved(openness=0.25))
    assert only_fault(moved(openness=np.float32(0.25))).place == "policy.moves[0].openness"


def test_the_doubles_of_numpy_are_doubles() -> None:
    require_sound(Scenario(world=World().with_values({"blame": np.float64(0.25)})))


WRONG: Any = None
MISSHAPEN = {
    "scenario": WRONG,
    "world": Scenario(world=WRONG),
    "world.trust": Scenario(world=replace(World(), trust=WRONG)),
    "policy": Scenario(policy=WRONG),
    "policy.moves": Scenario(policy=Policy(moves=WRONG)),
    "policy.moves[0]": Scenario(policy=Policy(moves=(WRONG,))),
    "policy.moves[0].week": moved(week=WRONG),
    "policy.moves[0].surfaces": moved(surfaces="live"),
    "policy.moves[0].partners": moved(partners={"saas"}),
    "world.churn": Scenario(world=World().with_values({"churn": np.array([0.1, 0.1, 0.1])})),  # type: ignore[dict-item]
    "weeks": Scenario(weeks=10**5000),
}


@pytest.mark.parametrize("place", MISSHAPEN)
@pytest.mark.parametrize("act", [encode, write, simulate, compare])
def test_what_is_not_built_as_a_scenario_is_refused_with_its_place(
    place: str, act: Callable[[Scenario], object]
) -> None:
    wrong = MISSHAPEN[place]
    assert only_fault(wrong).place == place
    assert all(len(said) < 200 for said in said_by(lambda: act(wrong)))


def test_an_object_that_cannot_say_what_it_is_is_refused_all_the_same() -> None:
    class Mute:
        def __str__(self) -> str:
            raise RuntimeError

    mute: Any = Mute()
    assert "… (tests.Mute)" in str(only_fault(Scenario(weeks=mute)))


def test_several_faults_of_shape_and_of_number_are_told_together() -> None:
    wrong = Scenario(
        weeks=0,
        world=replace(World().with_values({"gmv": -1.0}), trust=WRONG),
        policy=Policy(care=-1.0, moves=(WRONG,)),
    )
    assert [fault.place for fault in faults_of(wrong)] == [
        "weeks", "world.trust", "world.gmv", "policy.care", "policy.moves[0]"
    ]  # fmt: skip


def test_a_value_for_a_parameter_that_is_not_there_names_the_near_ones() -> None:
    with pytest.raises(Refused, match=r"`world\.blam` is not known here\. Did you mean blame"):
        World().with_values({"blam": 0.5, "gmv": 1.0})
    numbered: Any = {3: 1.0}
    with pytest.raises(Refused, match=r"`world\.3` is not known here"):
        World().with_values(numbered)


def test_a_reference_over_another_horizon_is_refused() -> None:
    with pytest.raises(Refused, match=r"`reference\.weeks` must be 3; got 4\."):
        compare(Scenario(weeks=3), Scenario(weeks=4))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_series_that_is_no_number_is_refused_and_not_shown_as_a_gap(
    value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(work: Floats, *run: Any) -> Floats:
        out = run_in(work, *run).copy()
        out[-1, tuple(SERIES).index("fans"), 1] = value
        return out

    monkeypatch.setattr("sim.engine.single.run_in", broken)
    with pytest.raises(Refused, match="`fans` is no finite number from week 1 on"):
        simulate(Scenario(weeks=3))
    # Of a scenario beside its reference it may be either.
    with pytest.raises(Refused, match="`fans` is no finite number from week 1 on"):
        compare(Scenario(weeks=3))


def test_an_outcome_that_is_no_finite_number_is_none() -> None:
    run = dict(simulate(Scenario(weeks=3)).series)
    other = run | {"fans": np.array([1.0, 1.0, -np.inf])}
    assert outcomes(run, other, discount_rate=0.1)["fans_kept"] is None
