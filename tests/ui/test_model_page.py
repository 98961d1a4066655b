"""The page of the model: every part is drawn in both languages, and nothing breaks it."""

from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sim.analyses.laws import lights as lights_module
from sim.analyses.laws.light import Light
from sim.analyses.laws.lights import lights
from sim.analyses.structure import structure
from sim.cases.catalogue import case_ids
from sim.reports.equations import equations
from sim.text import LANGUAGES, words_of
from sim.ui.markdown import plain
from sim.ui.pages.model_text import number


def page(
    language: str, id: str = "", changed: dict[str, object] | None = None, name: str = ""
) -> None:
    from dataclasses import replace

    from sim.cases.catalogue import case
    from sim.text import words_of
    from sim.ui.pages.model import draw
    from sim.ui.session import current

    visit = current()
    if id:
        visit.scenario = case(id).scenario
    if changed:
        visit.scenario = replace(visit.scenario, world=visit.scenario.world.with_values(changed))  # type: ignore[arg-type]
    if name:
        visit.scenario = replace(visit.scenario, name=name)
    draw(words_of(language))
    visit.first = False


def opened(language: str, **facts: Any) -> AppTest:
    app = AppTest.from_function(
        page, kwargs={"language": language, **facts}, default_timeout=60
    ).run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_there(language: str) -> None:
    app, words = opened(language), words_of(language)
    heads = [each.value for each in app.header]
    assert heads == [
        words(f"model.{part}")
        for part in ("structure", "equations", "worked", "laws", "readings", "references")
    ]
    assert not app.error
    assert len(app.success) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_is_drawn_and_listed(language: str) -> None:
    app, words = opened(language), words_of(language)
    (component,) = app.get("bidi_component")
    assert component.proto.html_content.startswith('<div class="structure"')
    assert not component.proto.js_content
    for each in structure().carried:
        assert words(f"carried.{each.row.id}") in component.proto.html_content
    listed = next(
        text for text in (each.value for each in app.markdown) if "|---|---|---|---|" in text
    )
    assert len(listed.splitlines()) == len(structure().carried) + 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_equation_stands_on_the_page_with_its_parameters(language: str) -> None:
    shown = texts(opened(language))
    for rows in equations().values():
        for each in rows:
            assert each.latex in shown
    assert "(assumptions?" in shown
    assert "find=diversion" in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", case_ids())
def test_every_law_is_green_with_a_sign_and_a_word(language: str, id: str) -> None:
    app, words = opened(language, id=id), words_of(language)
    labels = [each.label for each in app.expander]
    for light in lights(app.session_state["visit"].scenario):
        label = next(each for each in labels if plain(words(f"light.{light.id}")) in each)
        assert "check_circle" in label
        assert words("model.laws.ok") in label


def test_a_broken_law_is_red_at_the_top_and_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Light:
        return Light(id="bounds", measured=float("nan"), threshold=1e-12)

    monkeypatch.setattr(lights_module, "bounds", broken)
    lights.cache_clear()
    try:
        app = opened("en", changed={"blame": 0.123})
    finally:
        lights.cache_clear()
    assert "1 of 10 laws do not hold" in app.error[0].value
    (red,) = [each for each in app.expander if "cancel" in each.label]
    assert red.proto.expanded
    assert "Broken" in red.label


def test_a_scenario_that_is_refused_takes_only_the_numbers_away() -> None:
    app = opened("zh", changed={"diversion": 0.0})
    words = words_of("zh")
    assert "diversion" in app.error[0].value
    heads = [each.value for each in app.header]
    assert words("model.equations") in heads
    assert words("model.structure") in heads
    assert words("model.worked") not in heads
    assert app.get("bidi_component")


def test_another_week_segment_and_surface_can_be_worked_out() -> None:
    app = opened("en")
    before = texts(app)
    app.number_input(key="worked.week").set_value(20).run()
    assert not app.exception
    assert texts(app) != before
    app.get("button_group")[0].set_value("newcomer").run()
    app.get("button_group")[1].set_value("shelf").run()
    assert not app.exception
    assert not app.error
    shown = texts(app)
    assert "new · shelf" in shown.replace("\\", "")
    assert "fan · live" not in shown.replace("\\", "")


def test_a_shorter_horizon_takes_the_week_back_into_it() -> None:
    app = opened("en")
    app.number_input(key="worked.week").set_value(100).run()
    visit = app.session_state["visit"]
    visit.scenario = replace(visit.scenario, weeks=10)
    app.run()
    assert not app.exception
    assert app.number_input(key="worked.week").value == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_with_signs_is_shown_as_it_is(language: str) -> None:
    name = "<script>alert(1)</script> **bold** $x$ [a](javascript:b) :red[c] | `d`"
    app = opened(language, name=name)
    shown = "\n".join(each.value for each in app.caption)
    assert plain(name) in shown
    assert "<script>" not in shown.replace("\\<", "")


def test_numbers_have_ten_digits_and_no_exponent_a_reader_meets_often() -> None:
    assert [number(value) for value in (0.0, 12130000000.0, 0.1234567890123, -3.5, 2e-9, 1e22)] == [
        "0",
        "12130000000",
        "0.123456789",
        "-3.5",
        "2e-09",
        "1e+22",
    ]


def test_the_page_is_drawn_within_a_second_once_the_engine_is_ready() -> None:
    import time

    app = opened("zh")
    begin = time.perf_counter()
    app.run()
    assert time.perf_counter() - begin < 1.0
