"""A week by hand: it agrees with the engine, and its formulas say what they compute."""

import csv
import io
import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from sim.analyses import worked_week as module
from sim.analyses.by_hand.formula import evaluate, names_in, typeset, with_numbers
from sim.analyses.by_hand.sheet import Line, Sheet, parts_of
from sim.analyses.by_hand.workspace import look_inside
from sim.analyses.worked_week import worked_week
from sim.cases.catalogue import case, case_ids
from sim.engine.single import run_series
from sim.errors import Refused
from sim.policy import Move, Policy
from sim.reports.worked_symbols import typeset_line
from sim.scenario import Scenario
from sim.sets import PARTNERS, SEGMENTS, SURFACES
from sim.text import LANGUAGES, words_of
from sim.world import world_declarations
from tests.scenarios import scenarios

BUSY = Policy(
    moves=(
        Move(week=3, surfaces=("live",), partners=("saas", "adapter"), openness=0.2, ramp_weeks=3),
        Move(week=5, surfaces=SURFACES, partners=PARTNERS, fee=0.04, ramp_weeks=2),
    ),
    programme_week=2,
    guarantee_target=0.95,
    care=0.01,
    brand_target=0.3,
    service_provider_target=0.5,
    commission_target=0.02,
    coupon=0.05,
    coupon_weeks=4,
)


def wrong(scenario: Scenario, week: int) -> list[tuple[str, float, float | None]]:
    worked = worked_week(scenario, week)
    return [(line.name, line.value, line.engine) for line in worked.checked if not line.ok]


@pytest.mark.parametrize("id", case_ids())
@pytest.mark.parametrize("week", [0, 1, 20, 60])
def test_every_number_of_every_case_agrees_with_the_engine(id: str, week: int) -> None:
    assert wrong(case(id).scenario, week) == []


@pytest.mark.parametrize("week", range(9))
def test_a_week_with_every_lever_pulled_agrees(week: int) -> None:
    assert wrong(replace(Scenario(), policy=BUSY), week) == []


def test_a_crisis_agrees() -> None:
    world = Scenario().world.with_values({"crisis_week": 3, "crisis_size": 0.4})
    for week in (2, 3, 4):
        assert wrong(replace(Scenario(), world=world), week) == []


@settings(
    deadline=None,
    max_examples=25,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(scenarios())
def test_the_formulas_never_stop_the_page(scenario: Scenario) -> None:
    try:
        worked = worked_week(scenario, 0)
    except Refused:
        return
    assert worked.checked
    demand = scenario.world.demand
    lost = [(1.0 - demand.diversion) * (1.0 - each) for each in demand.closed_share]
    # By hand the dissimilarity has few digits left of so little.
    if any(0.0 < each < 1e-4 for each in lost):
        return
    # What is 0 in the engine may be some 1e-15 by hand, which is no error where effects are strong.
    for line in worked.checked:
        engine = line.engine if line.engine is not None else math.nan
        assert math.isclose(line.value, engine, rel_tol=1e-7, abs_tol=1e-12), line.name


# Every number of the sheet that the engine has a row for.
HELD_AGAINST_THE_ENGINE = {
    "D_0", "G_1", "He_1", "Hn_1", "R", "R_d", "T_1", "a", "aG", "all", "b", "bG", "clock",
    "closed_t", "cost", "e_d", "f", "gmv_d", "gmv_links", "gmv_n", "k_e", "k_n", "lam",
    "link_value", "n", "orders_n", "orders_y", "profit", "q_t", "r_e", "reach", "revenue", "u_n",
    "unserved", "x", "y",
}  # fmt: skip


def test_a_hundred_numbers_are_checked_and_most_steps_have_some() -> None:
    worked = worked_week(Scenario(), 4)
    assert len(worked.checked) > 100
    assert {parts_of(line.name)[0] for line in worked.checked} == HELD_AGAINST_THE_ENGINE
    assert all(any(line.ok for line in step.lines) for step in worked.steps)


def test_the_first_odds_are_what_a_calculator_gives() -> None:
    values = worked_week(Scenario(), 0).values
    shopping = 430e6 * (0.30 * 0.15 + 0.45 * 0.45 + 0.25 * 1.0)
    index = 430e6 * (0.30 * 0.15 * 0.6 + 0.45 * 0.45 + 0.25 * 1.25) / shopping
    kappa = 1.25 * 0.10 / index
    assert math.isclose(values["kappa__fan__live"], kappa, rel_tol=1e-12)
    assert math.isclose(values["R__fan__live"], kappa / (1 - kappa - 0.004), rel_tol=1e-12)


def test_what_is_shown_is_what_was_computed() -> None:
    worked = worked_week(replace(Scenario(), policy=BUSY), 6)
    for step in worked.steps:
        for line in step.lines:
            # Numbers instead of names, with all their digits: nothing is left to look up.
            shown = with_numbers(line.formula, worked.values)
            assert names_in(shown.replace("e-", "").replace("e+", "")) == [], shown
            assert evaluate(shown, {}) == line.value, line.name


def test_a_number_that_is_off_is_red() -> None:
    assert Line(name="a", formula="1", value=1.0, engine=1.0 + 1e-10).ok is True
    assert Line(name="a", formula="1", value=1.0, engine=1.0 + 1e-8).ok is False
    assert Line(name="a", formula="1", value=math.nan, engine=1.0).ok is False
    assert Line(name="a", formula="1", value=1.0).ok is None


def test_an_engine_that_is_off_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(world: object, policy: object, weeks: int) -> object:
        shifted = replace(Scenario().world, trust=replace(Scenario().world.trust, blame=0.300001))
        return look_inside(shifted, Policy(), weeks)

    monkeypatch.setattr(module, "look_inside", elsewhere)
    worked = module.worked_week.__wrapped__(Scenario(), 3)
    names = {parts_of(line.name)[0] for line in worked.checked if not line.ok}
    assert "bG" in names
    assert "R" not in names


def test_the_look_inside_sees_the_run_that_the_charts_show() -> None:
    scenario = replace(Scenario(), policy=BUSY)
    run = run_series(scenario.world, scenario.policy, 12)
    for week in (0, 5, 11):
        inside = look_inside(scenario.world, scenario.policy, week + 1)
        for name in ("gmv_native", "profit", "unserved", "openness", "merchants_partner"):
            assert inside.world(f"series_{name}") == run[name][week]
    opening = look_inside(scenario.world, scenario.policy, 0)
    assert opening.segment("fan", "viewers_now") == 430e6 * 0.25


def test_a_week_beyond_the_horizon_is_refused() -> None:
    with pytest.raises(ValueError, match="not between 0 and 103"):
        worked_week(Scenario(), 104)


def test_only_the_chosen_cell_is_shown() -> None:
    lines = [line for step in worked_week(Scenario(), 0).steps for line in step.lines]
    shown = [line for line in lines if line.concerns("regular", "video")]
    assert 60 < len(shown) < len(lines) / 2
    assert not any({"fan", "live"} & set(parts_of(line.name)[1]) for line in shown)


@pytest.mark.parametrize(
    ("formula", "value", "latex"),
    [
        ("a-(b-c)", 2.0 - (3.0 - 5.0), r"a - \left(b - c\right)"),
        ("a*(b+c)", 16.0, r"a \cdot \left(b + c\right)"),
        ("(a+b)/c", 1.0, r"\frac{a + b}{c}"),
        ("(1+a)^(b/c)", 3.0**0.6, r"{\left(1 + a\right)}^{\frac{b}{c}}"),
        ("EXP(-a)", math.exp(-2.0), "e^{-a}"),
        ("MAX(a, MIN(b, 4))", 3.0, r"\max\left(a, \min\left(b, 4\right)\right)"),
        ("LN(0.000000000001)", math.log(1e-12), r"\ln\left(1 \cdot 10^{-12}\right)"),
    ],
)
def test_a_formula_is_computed_and_typeset(formula: str, value: float, latex: str) -> None:
    assert math.isclose(evaluate(formula, {"a": 2.0, "b": 3.0, "c": 5.0}), value, rel_tol=1e-15)
    assert typeset(formula, lambda name: name) == latex


@pytest.mark.parametrize("formula", ["__import__('os')", "a.b", "a if b else c", "[1]", "a(1)"])
def test_nothing_but_arithmetic_is_evaluated(formula: str) -> None:
    with pytest.raises(ValueError, match="no formula"):
        evaluate(formula, {"a": 1.0, "b": 1.0, "c": 1.0})


def test_a_formula_with_no_number_is_nan_and_not_an_error() -> None:
    sheet = Sheet()
    sheet.give("zero", 0.0)
    sheet.line("broken", "1/zero", engine=1.0)
    sheet.end("step")
    assert math.isnan(sheet.values["broken"])
    assert sheet.steps[0].ok is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_words_and_a_symbol(language: str) -> None:
    words = words_of(language)
    worked = worked_week(Scenario(), 0)
    for step in worked.steps:
        assert words(f"worked.step.{step.id}")
        for line in step.lines:
            latex = typeset_line(line, lambda member: words(f"short.{member}"), segment="fan")
            assert latex.count("{") == latex.count("}")
            assert words(f"worked.{parts_of(line.name)[0]}")
    for name in worked.given:
        id, members = parts_of(name)
        assert id in world_declarations() or words(f"worked.{id}")
        assert all(words(f"short.{member}") for member in members)


def test_the_file_has_every_line_with_every_digit() -> None:
    from sim.ui.pages.model_worked import worked_csv

    worked = worked_week(Scenario(), 2)
    text = worked_csv(worked, words_of("en"))
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    lines = [line for step in worked.steps for line in step.lines]
    assert len(rows) == len(lines) + len(worked.given)
    by_name = {row["name"]: row for row in rows}
    for line in lines:
        assert float(by_name[line.name]["value"]) == line.value
        assert by_name[line.name]["with_numbers"].startswith("=")
    assert {row["agrees"] for row in rows} == {"", "true"}
    assert set(SEGMENTS) <= {parts_of(row["name"])[1][0] for row in rows if "__" in row["name"]}
