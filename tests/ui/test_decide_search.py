"""Searches on the page of decisions: both languages, what is found can be loaded and taken back."""

from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.levers import Space
from sim.analyses.objective import OBJECTIVES, Aim
from sim.analyses.optimise import Optimisation, optimise
from sim.analyses.pareto import Pareto, pareto
from sim.analyses.seek import seek
from sim.analyses.variables import variable
from sim.cases.catalogue import case
from sim.charts.outcome_words import aim_words
from sim.charts.search import contribution_panel, front_panel, seek_panel
from sim.metrics import OUTCOMES
from sim.policy import Policy
from sim.reports.search import front_sentence, optimise_sentence, seek_sentence
from sim.text import LANGUAGES, words_of
from sim.ui.visit import Visit
from sim.uncertainty import Sampling

ONE = replace(case("kuaishou-2021").scenario, sampling=Sampling(worlds=64), weeks=30)
CUT, OPENNESS = "policy.moves[0].week", "policy.moves[0].openness"
DIVERSION = "world.diversion"


def opened(language: str, kind: str) -> AppTest:
    """One of the searches, in a small scenario."""

    def script(language: str, kind: str) -> None:
        from dataclasses import replace

        import streamlit as st

        from sim.text import words_of
        from sim.ui.pages import decide
        from sim.ui.session import current
        from sim.uncertainty import Sampling

        visit = current()
        if visit.first and visit.scenario.weeks != 30:
            visit.scenario = replace(visit.scenario, weeks=30, sampling=Sampling(worlds=64))
        visit.first = False
        visit.language, visit.view = language, "search"
        st.session_state.setdefault("search.settings.kind", kind)
        decide.draw(words_of(language))

    arguments = {"language": language, "kind": kind}
    return AppTest.from_function(script, default_timeout=120, kwargs=arguments).run()


@pytest.fixture(autouse=True)
def nobody_asked_before() -> None:
    """Results are shared by all visitors: none is left over from another test."""
    from sim.ui.jobs import JOBS

    for key in list(JOBS._held):
        JOBS.forget(key)


def visit_of(test: AppTest) -> Visit:
    visit: Visit = test.session_state["visit"]
    return visit


def settled(test: AppTest) -> AppTest:
    """The page once its work is done."""
    from sim.ui.jobs import JOBS

    for job in list(JOBS._held.values()):
        job.ended.wait(120)
    return test.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_sought_without_a_button_and_loaded(language: str) -> None:
    test = settled(opened(language, "seek"))
    assert not test.exception and not test.error
    before = visit_of(test).scenario
    test.button(key="seek.load").click().run()
    assert not test.exception
    assert visit_of(test).scenario.world.demand.diversion != before.world.demand.diversion
    test.button(key="decide.undo").click().run()
    assert visit_of(test).scenario == before


@pytest.mark.parametrize("measure", ["mean", "probability", "above"])
def test_other_measures_wait_for_a_button(measure: str) -> None:
    words = words_of("en")
    test = settled(opened("en", "seek"))
    test.selectbox(key="seek.measure.box").set_value(measure).run()
    (button,) = [each for each in test.button if each.label == words("search.run.seek")]
    button.click().run()
    test = settled(test)
    assert not test.exception and not test.error
    assert [each for each in test.button if each.key == "seek.load"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_is_searched_and_loaded(language: str) -> None:
    words = words_of(language)
    test = opened(language, "optimise")
    (button,) = [each for each in test.button if each.label == words("search.run.optimise")]
    button.click().run()
    test = settled(test)
    assert not test.exception and not test.error
    load = test.button(key="plan.load")
    if not load.disabled:
        before = visit_of(test).scenario
        load.click().run()
        assert visit_of(test).past == [before]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_front_is_searched_and_a_plan_of_it_loaded(language: str) -> None:
    words = words_of(language)
    test = opened(language, "front")
    (button,) = [each for each in test.button if each.label == words("search.run.front")]
    button.click().run()
    test = settled(test)
    assert not test.exception and not test.error
    assert len(test.dataframe[0].value) > 1
    before = visit_of(test).scenario
    (number,) = [each for each in test.number_input if each.key.startswith("front.plan")]
    number.set_value(2).run()
    test.button(key="front.load").click().run()
    assert visit_of(test).past == [before]
    assert not test.exception
    # The front is still there, so that another plan of it can be loaded, until it is begun anew.
    assert words("search.loaded") in [each.value for each in test.caption]
    assert len(test.dataframe) == 1
    test.button(key="plan.anew").click().run()
    assert not test.exception and not test.dataframe


def test_without_a_lever_nothing_can_be_searched() -> None:
    test = opened("en", "optimise")
    test.multiselect(key="plan.levers.box").set_value([]).run()
    assert not test.exception
    assert words_of("en")("search.levers.none") in [each.value for each in test.info]


def test_a_budget_can_be_set() -> None:
    test = opened("zh", "optimise")
    test.toggle(key="plan.budgeted.box").set_value(True).run()
    (box,) = [each for each in test.number_input if each.key.startswith("plan.budget.")]
    box.set_value(2.5).run()
    assert not test.exception
    assert test.session_state["plan.budget.cny"] == 2.5e8


@pytest.fixture(scope="module")
def best() -> Optimisation:
    return optimise(Space(scenario=ONE, variables=_pair()), Aim(), search_worlds=64)


@pytest.fixture(scope="module")
def front() -> Pareto:
    aims = (Aim(), Aim(outcome="dip_depth"))
    return pareto(Space(scenario=ONE, variables=_pair()), aims, search_worlds=64)


def _pair():  # type: ignore[no-untyped-def]
    return variable(ONE, CUT), variable(ONE, OPENNESS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_and_charts_of_what_was_found(
    language: str, best: Optimisation, front: Pareto
) -> None:
    words = words_of(language)
    assert optimise_sentence(best, words)
    bars = contribution_panel(best, words).figure["data"][0]
    assert bars["x"].tolist() == sorted(each.contribution for each in best.numbers)
    panel = front_panel(front, words)
    assert panel.clickable and len(panel.figure["data"][0]["x"]) == len(front.points)
    assert str(len(front.points)) in front_sentence(front, words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("outcome", "target"), [("npv_change", 0.0), ("npv_change", 1e15), ("dip_depth", 0.01)]
)
def test_every_end_of_a_goal_seek_has_its_sentence(
    language: str, outcome: str, target: float
) -> None:
    words = words_of(language)
    aim = Aim(outcome=outcome, measure="world")
    for place in (DIVERSION, CUT):
        found = seek(ONE, variable(ONE, place), aim, target)
        assert seek_sentence(found, words)
        panel = seek_panel(found, words)
        assert len(panel.figure["data"][0]["x"]) == len(found.found.tried)
    nothing = replace(ONE, policy=Policy())
    flat = seek(nothing, variable(nothing, "world.blame"), Aim(measure="world"), target)
    assert flat.found.ended == "flat" and seek_sentence(flat, words)
    unknown = seek(ONE, variable(ONE, DIVERSION, 0.0, 0.1), aim, target)
    assert unknown.found.ended == "unknown" and seek_sentence(unknown, words)
    assert seek_panel(unknown, words).alt


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ended", ["better", "start", "flat", "forced", "none"])
def test_every_end_of_a_search_for_plans_has_its_sentence(
    language: str, ended: str, best: Optimisation
) -> None:
    words = words_of(language)
    told = replace(best, ended=ended, converged=False, space=replace(best.space, budget=1e9))  # type: ignore[arg-type]
    assert optimise_sentence(told, words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ended", ["front", "one", "flat", "none"])
def test_every_end_of_a_front_has_its_sentence(language: str, ended: str, front: Pareto) -> None:
    for beaten in (True, False):
        assert front_sentence(replace(front, ended=ended, beaten=beaten), words_of(language))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_aim_has_its_name(language: str) -> None:
    words = words_of(language)
    aims = [Aim(outcome=name, measure=each) for name in OUTCOMES for each in OBJECTIVES]
    assert len({aim_words(each, words) for each in aims}) == len(aims)
    assert "5" in aim_words(Aim(measure="probability", above=5.0), words)
    assert all(np.isfinite(each.sign) for each in aims)
