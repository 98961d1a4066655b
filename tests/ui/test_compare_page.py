"""The page that compares, in both languages, in each of its views."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.compare import Comparison, compare
from sim.cases.catalogue import case
from sim.charts import Axis
from sim.charts.overlay import SUBJECTS, Contender, overlay_panel, pane_panels
from sim.places import value_at
from sim.policy import Policy
from sim.reports.naming import names_of_all
from sim.reports.side_by_side import value_text
from sim.scenario import Scenario
from sim.text import LANGUAGES, words_of
from sim.ui import simulation
from sim.ui.visit import Visit

VIEWS = ("charts", "panes", "outcomes", "inputs", "grid", "stack")
CUT, TRUST = case("kuaishou-2021").scenario, case("trust-first").scenario
LATER = replace(CUT, name="later", weeks=60, policy=replace(CUT.policy, care=0.01))


def opened(language: str, view: str, against: int | None = None) -> AppTest:
    def script(language: str, view: str, against: int | None) -> None:
        from sim.text import words_of
        from sim.ui.pages import compare
        from sim.ui.session import current
        from tests.ui.test_compare_page import LATER, TRUST

        visit = current()
        if not visit.compared:
            visit.language, visit.compare_view = language, view
            visit.compared, visit.against = (TRUST, LATER), against
        compare.draw(words_of(language))
        visit.first = False

    test = AppTest.from_function(
        script, default_timeout=120, kwargs={"language": language, "view": view, "against": against}
    )
    return test.run()


def visit_of(test: AppTest) -> Visit:
    visit: Visit = test.session_state["visit"]
    return visit


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("against", [None, 1])
def test_every_view_draws_without_a_fault(language: str, view: str, against: int | None) -> None:
    test = opened(language, view, against)
    assert not test.exception
    assert not test.error
    assert test.title[0].value == words_of(language)("ui.page.compare")


def test_the_table_of_outcomes_has_a_column_a_scenario_and_says_which_is_the_reference() -> None:
    test, words = opened("en", "outcomes", 1), words_of("en")
    table = test.table[0].value
    assert list(table.columns)[1:] == [*names_of_all((CUT, TRUST, LATER), words)]
    assert set(table[words("case.trust-first")]) == {words("compare.is_reference")}


@pytest.mark.parametrize("view", ["charts", "panes", "outcomes", "grid", "stack"])
def test_another_reference_is_taken_without_computing_again(
    monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    runs: list[Scenario] = []

    def counted(scenario: Scenario) -> Comparison:
        runs.append(scenario)
        return compare(scenario)

    monkeypatch.setattr(simulation, "compare", counted)
    simulation.compared.cache_clear()
    test = opened("en", view)
    begun = len(runs)
    assert begun >= 3
    for against in (1, 2, 0):
        test.selectbox(key="compare.against.en.3").set_value(against).run()
        assert not test.exception
        assert visit_of(test).against == against
    assert len(runs) == begun


def test_shares_of_worlds_come_when_they_are_wanted() -> None:
    test = opened("en", "outcomes")
    assert "better in" not in str(test.table[0].value)
    test.toggle(key="compare.chances").set_value(True).run()
    assert not test.exception
    assert "better in" in str(test.table[0].value)


def test_one_is_opened_renamed_and_taken_out() -> None:
    test = opened("en", "outcomes")
    test.button(key="compare.open.1").click().run()
    assert visit_of(test).scenario == TRUST
    test.text_input(key="compare.name.2").set_value("The last").run()
    assert visit_of(test).compared[1].name == "The last"
    test.button(key="compare.remove.1").click().run()
    assert len(visit_of(test).lineup) == 2
    assert not test.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_two_policies_contradict_each_other_is_shown(language: str) -> None:
    words = words_of(language)
    test = opened(language, "stack")
    test.selectbox(key=f"stack.first.{language}.3").set_value(1).run()
    test.selectbox(key=f"stack.second.{language}.3").set_value(2).run()
    assert words("compare.stack.conflicts", count=2, name="later") == test.warning[0].value
    rows = test.table[0].value.to_numpy().tolist()
    for row, place in zip(rows, ("policy.programme_week", "policy.care"), strict=True):
        wanted = [value_text(place, value_at(each, place), words) for each in (TRUST, LATER)]  # type: ignore[arg-type]
        assert row == [words(place), *wanted]
    assert not test.success
    test.selectbox(key=f"stack.first.{language}.3").set_value(2).run()
    assert [each.value for each in test.success] == [words("compare.stack.none")]


def test_a_stack_goes_into_the_comparison() -> None:
    test = opened("en", "stack")
    test.button(key="stack.add").click().run()
    assert not test.exception
    made = visit_of(test).compared[-1]
    assert made.policy.care == TRUST.policy.care
    assert made.policy.moves == CUT.policy.moves


def test_where_eight_are_compared_a_stack_cannot_be_added() -> None:
    test = opened("en", "stack")
    visit = visit_of(test)
    visit.compared = tuple(replace(CUT, weeks=60 + each) for each in range(7))
    button = test.run().button(key="stack.add")
    assert button.disabled
    assert button.help == words_of("en")("compare.full")


def contenders() -> list[Contender]:
    return [
        Contender(name=f"s{at}", comparison=compare(each), style=at)
        for at, each in enumerate([*(replace(CUT, weeks=20 + n) for n in range(7)), LATER])
    ]


def looks(trace: Any) -> tuple[str, str]:
    return trace["line"]["dash"], trace["marker"]["symbol"]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_eight_scenarios_are_told_apart_without_colour(subject: str, language: str) -> None:
    for shows in ("values", "changes"):
        panel = overlay_panel(
            subject,
            contenders(),
            words=words_of(language),
            axis=Axis(),
            shows=shows,  # type: ignore[arg-type]
        )
        traces = panel.figure["data"]
        assert len({looks(trace) for trace in traces}) == 8
        assert all(f"s{at}" in panel.alt for at in range(8))


def test_a_change_is_the_line_less_that_of_the_chosen_scenario() -> None:
    pair = contenders()[-2:]
    panel = overlay_panel(
        "gmv",
        pair,
        words=words_of("en"),
        axis=Axis(),
        base=pair[0].comparison,
        shows="changes",
    )
    first, second = (trace["y"] for trace in panel.figure["data"])
    assert not first.any()
    assert len(second) == 26
    still = overlay_panel(
        "gmv",
        [Contender(name="x", comparison=compare(replace(CUT, policy=Policy())), style=0)],
        words=words_of("en"),
        axis=Axis(),
        shows="changes",
    )
    assert not still.figure["data"][0]["y"].any()


def test_panes_stand_on_the_same_axes_and_are_linked() -> None:
    panels = pane_panels("gmv", contenders(), words=words_of("zh"), axis=Axis())
    assert len({panel.id for panel in panels}) == 8
    layouts = [panel.figure["layout"] for panel in panels]
    assert all(layout["yaxis"]["range"] == layouts[0]["yaxis"]["range"] for layout in layouts)
    assert all(layout["meta"]["linked"] for layout in layouts)


def test_names_are_those_of_cases_or_ones_own_and_never_twice_the_same() -> None:
    words = words_of("en")
    changed = replace(CUT, weeks=30)
    names = names_of_all((CUT, CUT, changed, LATER, LATER), words)
    assert names[0] == words("case.kuaishou-2021")
    assert names[2] == words("name.changed", name=names[0])
    assert names[3] == "later"
    assert len(set(names)) == 5
