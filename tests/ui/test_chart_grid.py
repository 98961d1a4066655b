"""The chart grid's Python half: what is sent, when it changes, and the native stand-in."""

import base64
import csv
import io
import json
import math
import re
from dataclasses import replace
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sim.charts import information, lines, overlay
from sim.charts.panel import Panel
from sim.ui.chart_grid.csv_text import panel_csv
from sim.ui.chart_grid.palette import Colours, colour, load_palette, resolved
from sim.ui.chart_grid.payload import figure_json, grid_payload, typed_array

WORDS = {"csv": "CSV", "expand": "Full screen", "close": "Close"}


def make_panel(**changes: Any) -> Panel:
    week = np.arange(4, dtype=np.float64)
    trace = {"x": week, "y": np.array([0.1, 0.2, 1 / 3, 0.4]), "name": "Policy"}
    panel = Panel(
        id="gmv",
        title="Value",
        alt="A line that rises.",
        figure={"data": [trace], "layout": {"xaxis": {"title": {"text": "week"}}}},
        csv_name="gmv.csv",
        csv_header=("sim 0.1",),
    )
    return replace(panel, **changes)


def payload(*panels: Panel, language: str = "en") -> dict[str, Any]:
    sent = grid_payload(
        panels,
        palette=load_palette(),
        words=WORDS,
        language=language,
        columns=2,
        plotly="0a1b",
    )
    read = json.loads(sent)
    assert isinstance(read, dict)
    return read


def decoded(typed: Any) -> Any:
    return np.frombuffer(base64.b64decode(typed["bdata"]), dtype=f"<{typed['dtype']}")


def test_floats_travel_without_loss() -> None:
    values = np.array([0.1, 1 / 3, math.pi * 1e12, -0.0625])
    typed = typed_array(values)
    assert isinstance(typed, dict)
    assert typed["dtype"] == "f8"
    assert decoded(typed).tolist() == values.tolist()


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (np.arange(156, dtype=np.float64), "i2"),
        (np.array([0.0, 40_000.0]), "f8"),
        (np.array([0.5, np.nan]), "f8"),
        (np.array([1.0, np.nan, np.inf]), "f8"),
        (np.array([1, 2**31 - 1]), "i4"),
        (np.array([1, 2**40]), "f8"),
        (np.array([1, 2], dtype=np.uint8), "u1"),
        (np.array([1, 2], dtype=">f8"), "i2"),
        (np.array([0.1], dtype=np.float32), "f4"),
    ],
)
def test_arrays_take_the_smallest_kind_that_plotly_reads(values: Any, kind: str) -> None:
    typed = typed_array(values)
    assert isinstance(typed, dict)
    assert typed["dtype"] == kind
    np.testing.assert_array_equal(decoded(typed), values)


def test_a_matrix_says_its_shape() -> None:
    typed = typed_array(np.array([[0.5, 1.5, 2.5], [3.5, 4.5, 5.5]]))
    assert isinstance(typed, dict)
    assert typed["shape"] == "2,3"


def test_texts_dates_and_booleans_are_plain_lists() -> None:
    assert typed_array(np.array(["a", "b"])) == ["a", "b"]
    assert typed_array(np.array([True, False])) == [True, False]
    assert typed_array(np.array(["2026-01-05"], dtype="datetime64[D]")) == ["2026-01-05"]


def test_nan_in_a_list_is_a_gap() -> None:
    text = figure_json({"data": [{"y": [1.0, math.nan, math.inf]}]}, uirevision="a")
    assert json.loads(text)["data"][0]["y"] == [1.0, None, None]


def test_what_is_no_figure_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot hold a set"):
        figure_json({"data": [{"y": {1, 2}}]}, uirevision="a")


def test_zoom_is_kept_under_the_panel_unless_the_figure_says_otherwise() -> None:
    own = make_panel(figure={"data": [], "layout": {"uirevision": "mine"}})
    sent = payload(make_panel(), replace(own, id="other"))
    revisions = [json.loads(p["figure"])["layout"]["uirevision"] for p in sent["panels"]]
    assert revisions == ["gmv", "mine"]


def test_a_version_changes_with_its_own_figure_only() -> None:
    other = replace(make_panel(), id="other")
    before = payload(make_panel(), other)
    figure = {"data": [{"x": [1], "y": [2]}], "layout": {}}
    after = payload(make_panel(figure=figure), other)
    assert before["panels"][0]["version"] != after["panels"][0]["version"]
    assert before["panels"][1]["version"] == after["panels"][1]["version"]
    assert before["revision"] != after["revision"]


def test_words_change_the_revision_but_no_figure_version() -> None:
    before = payload(make_panel())
    after = payload(make_panel(title="Other", csv_header=("sim 0.2",)), language="zh-CN")
    assert before["panels"][0]["version"] == after["panels"][0]["version"]
    assert before["revision"] != after["revision"]


def test_the_same_figures_give_the_same_bytes() -> None:
    assert payload(make_panel()) == payload(make_panel())


def test_palette_names_become_colours() -> None:
    light = load_palette().light
    figure = {
        "line": {"color": "@series-2"},
        "fillcolor": "@series-1/0.2",
        "marker": {"color": ["@text", "@muted"]},
        "name": "@text",
        "x": ["@grid"],
    }
    red, green, blue = (int(light.series[0][at : at + 2], 16) for at in (1, 3, 5))
    assert resolved(figure, light) == {
        "line": {"color": light.series[1]},
        "fillcolor": f"rgba({red},{green},{blue},0.2)",
        "marker": {"color": [light.text, light.muted]},
        "name": "@text",
        "x": ["@grid"],
    }


@pytest.mark.parametrize("token", ["@series-9", "@series-0", "@Text", "text", "@text/2", "@", ""])
def test_other_texts_are_no_palette_names(token: str) -> None:
    assert colour(token, load_palette().light) is None


def _luminance(code: str) -> float:
    shares = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_stand_out_from_the_page(mode: str) -> None:
    colours: Colours = getattr(load_palette(), mode)
    assert len(set(colours.series)) == 8
    assert min(contrast(series, colours.background) for series in colours.series) >= 3.0
    assert contrast(colours.text, colours.background) >= 7.0
    assert contrast(colours.muted, colours.background) >= 4.5


def rows_of(panel: Panel) -> list[list[str]]:
    text = panel_csv(panel)
    assert text.startswith("\ufeff")
    lines = text.removeprefix("\ufeff").split("\r\n")
    table = [line for line in lines if line and not line.startswith("# ")]
    return list(csv.reader(io.StringIO("\n".join(table))))


def test_csv_has_a_row_an_x_and_a_column_a_trace_in_full_precision() -> None:
    header, *rows = rows_of(make_panel())
    assert header == ["week", "Policy"]
    assert [float(row[1]) for row in rows] == [0.1, 0.2, 1 / 3, 0.4]
    assert [row[0] for row in rows] == ["0", "1", "2", "3"]


def test_csv_begins_with_its_comment_lines() -> None:
    text = panel_csv(make_panel(csv_header=("sim 0.1", "two\nlines")))
    assert text.startswith("\ufeff# sim 0.1\r\n# two lines\r\n")


def test_csv_joins_traces_on_x_and_leaves_gaps_empty() -> None:
    figure = {
        "data": [
            {"x": [3, 1], "y": [30.0, 10.0], "meta": {"series": "a"}, "name": "shown"},
            {"x": [2, 3], "y": [math.nan, 31.5], "name": "b"},
            {"x": [9], "y": [9], "name": "hidden", "meta": {"csv": False}},
        ],
        "layout": {},
    }
    assert rows_of(make_panel(figure=figure)) == [
        ["x", "a", "b"],
        ["1", "10", ""],
        ["2", "", ""],
        ["3", "30", "31.5"],
    ]


def test_csv_turns_bars_that_lie_across() -> None:
    figure = {"data": [{"x": [1.5, -2], "y": ["p", "q"], "orientation": "h", "name": "effect"}]}
    assert rows_of(make_panel(figure=figure)) == [["x", "effect"], ["p", "1.5"], ["q", "-2"]]


def test_csv_of_a_grid_of_cells_has_a_row_a_cell() -> None:
    cells = {"x": np.array([1.5, 2.5, 3.5]), "y": [10, 20], "name": "shown"}
    figure = {
        "data": [
            cells
            | {"z": np.array([[0.1, 0.2, math.nan], [0.4, 0.5, 0.6]]), "meta": {"series": "v"}},
            cells | {"z": [[1, 2, 3], [4, 5, 6]]},
            cells | {"z": [[0, 0, 0], [0, 0, 0]], "meta": {"csv": False}},
            {"x": [1], "y": [2], "meta": {"csv": False}},
        ],
        "layout": {"meta": {"x": "week"}, "yaxis": {"title": {"text": "share"}}},
    }
    assert rows_of(make_panel(figure=figure)) == [
        ["week", "share", "v", "shown"],
        ["1.5", "10", "0.1", "1"],
        ["2.5", "10", "0.2", "2"],
        ["3.5", "10", "", "3"],
        ["1.5", "20", "0.4", "4"],
        ["2.5", "20", "0.5", "5"],
        ["3.5", "20", "0.6", "6"],
    ]


def test_only_a_clickable_panel_says_so() -> None:
    plain, clickable = payload(make_panel(), make_panel(id="map", clickable=True))["panels"]
    assert "clickable" not in plain
    assert clickable["clickable"] is True


def test_csv_keeps_a_repeated_x() -> None:
    figure = {"data": [{"x": [1, 1], "y": [2.5, 3.5], "name": "a"}]}
    assert rows_of(make_panel(figure=figure)) == [["x", "a"], ["1", "2.5"], ["1", "3.5"]]


def test_csv_names_cannot_be_formulas() -> None:
    figure = {"data": [{"x": [1], "y": [2], "name": '=HYPERLINK("a")'}]}
    assert rows_of(make_panel(figure=figure))[0][1] == '\'=HYPERLINK("a")'


def page(failed: str | None) -> None:
    import numpy as np
    import streamlit as st

    from sim.charts.panel import Panel
    from sim.ui.chart_grid import chart_grid

    if failed is not None:
        st.session_state["grid.failed"] = failed
    trace = {"x": np.arange(3.0), "y": np.array([0.5, 1.5, 2.5]), "line": {"color": "@series-1"}}
    panels = [
        Panel(
            id=name,
            title=f"Title {name}",
            alt=f"Chart {name}.",
            figure={"data": [trace], "layout": {}},
            csv_name=f"{name}.csv",
            csv_header=("sim",),
        )
        for name in ("one", "two", "three")
    ]
    words = {"csv": "CSV", "expand": "Full screen", "close": "Close"}
    state = chart_grid(panels, key="grid", words=words, language="en", columns=2)
    st.text(f"failed: {state.failed}")


def test_the_grid_is_one_component_with_all_panels() -> None:
    # Twice, because each AppTest has a server of its own that must be told of the files.
    for _ in range(2):
        app = AppTest.from_function(page, args=(None,), default_timeout=30).run()
        assert not app.exception
        (component,) = app.get("bidi_component")
        sent = json.loads(component.proto.bytes)
        assert [panel["id"] for panel in sent["panels"]] == ["one", "two", "three"]
        assert component.proto.js_source_path == "grid.js"
        assert component.proto.css_source_path == "grid.css"
        assert not component.proto.js_content
        assert app.text[0].value == "failed: None"


def test_native_charts_stand_in_when_the_browser_cannot_draw() -> None:
    app = AppTest.from_function(page, args=("plotly.js could not be loaded",), default_timeout=30)
    app.run()
    assert not app.exception
    assert not app.get("bidi_component")
    charts = app.get("plotly_chart")
    assert [chart.proto.alt for chart in charts] == ["Chart one.", "Chart two.", "Chart three."]
    drawn = json.loads(charts[0].proto.spec)["data"][0]
    assert drawn["line"]["color"] in {load_palette().light.series[0], load_palette().dark.series[0]}
    assert len(app.get("download_button")) == 3
    assert app.text[0].value == "failed: plotly.js could not be loaded"


def test_native_charts_stand_in_when_streamlit_cannot_serve_the_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def changed(self: object, manifest: object, package_root: object) -> None:
        raise AttributeError("no such method any more")

    monkeypatch.setattr(
        "streamlit.components.v2.component_manager.BidiComponentManager.register_from_manifest",
        changed,
    )
    app = AppTest.from_function(page, args=(None,), default_timeout=30).run()
    assert not app.exception
    assert len(app.get("plotly_chart")) == 3
    assert "no such method" in app.text[0].value


def test_the_legend_draws_every_marker_that_lines_have() -> None:
    text = files("sim.ui").joinpath("chart_grid/frontend/legend.js").read_text(encoding="utf-8")
    block = text.partition("const MARKERS = {")[2].partition("};")[0]
    drawn = dict(re.findall(r"\"?([\w-]+)\"?: '(<.*?>)'", block))
    assert {*overlay._MARKERS, *lines._MARKERS, *information._MARKERS} <= set(drawn)
    assert len(set(drawn.values())) == len(drawn)
