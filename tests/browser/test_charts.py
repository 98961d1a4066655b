"""Charts as the browser draws them: nothing cut off, the size of their cards, plotly's own answers."""

from typing import Any

import pytest

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

# A second copy of plotly.js as it comes, beside ours that remembers its schema.
ARRAYS = """async (made) => {
  const address = (end) => performance.getEntriesByType("resource")
    .map(({ name }) => name).find((name) => name.includes(end));
  const { Plotly: ours } = await import(address("loader.js"));
  const { default: theirs } = await import(`${address("/plotly.js")}&again`);
  const drawn = [...document.querySelectorAll(".sim-grid-plot")].flatMap((plot) => plot._fullData);
  made.x = new Float32Array(3);
  made.y = new DataView(new ArrayBuffer(8));
  const both = [made, ...drawn].map((trace) =>
    [ours, theirs].map(({ PlotSchema }) => PlotSchema.findArrayAttributes(trace)));
  return { isOurs: ours !== theirs, both };
}"""
# One of everything: lists of parts, parts of parts, and the ticks of a colour bar.
MADE = {
    "ids": ["a"],
    "customdata": [1],
    "marker": {"color": [1], "size": 3, "line": {"width": [1]}, "colorbar": {"tickvals": [1]}},
    "dimensions": [{"values": [1], "label": "a"}, {"values": 1}, 7],
    "_module": {
        "attributes": {
            "x": {"valType": "data_array"},
            "y": {"valType": "data_array"},
            "marker": {
                "color": {"valType": "color", "arrayOk": True},
                "size": {"valType": "number", "arrayOk": True},
                "line": {"width": {"valType": "number", "arrayOk": True}},
                "colorbar": {
                    "tickvals": {"valType": "data_array"},
                    "tickwidth": {"valType": "data_array"},
                },
            },
            "dimensions": {
                "_isLinkedToArray": "dimension",
                "values": {"valType": "data_array"},
                "label": {"valType": "string"},
            },
        }
    },
}
SIZES = """() => [...document.querySelectorAll(".sim-grid-plot")].every((plot) =>
  Math.abs(plot.querySelector("svg").clientWidth - plot.clientWidth) <= 1
  && Math.abs(plot.querySelector("svg").clientHeight - plot.clientHeight) <= 1)"""
# What stands left of each plot, in pixels: the edge of the card, titles, tick labels.
LEFT = """() => [...document.querySelectorAll(".sim-grid-plot")].map((plot) => {
  const boxes = (what) => [...plot.querySelectorAll(what)].map((each) => each.getBoundingClientRect());
  const titles = boxes(".g-ytitle text, .g-y2title text");
  const labels = boxes(".ytick text, .y2tick text");
  return {
    edge: plot.getBoundingClientRect().left,
    titles: titles.map(({ left, right }) => [left, right]),
    labels: labels.map(({ left, right }) => [left, right]),
    plots: boxes(".nsewdrag").map(({ left }) => left),
  };
})"""


def test_attributes_that_hold_arrays_are_those_that_plotly_finds(open_page: Opener) -> None:
    found = open_page().evaluate(ARRAYS, MADE)
    assert found["isOurs"]
    for ours, theirs in found["both"]:
        assert ours == theirs
    made = found["both"][0][1]
    assert made == [
        "ids", "customdata", "x", "marker.color", "marker.line.width", "dimensions[0].values",
    ]  # fmt: skip
    assert any("y" in theirs for _, theirs in found["both"][1:])


def test_charts_have_the_size_of_their_cards_and_follow_the_window(open_page: Opener) -> None:
    page = open_page()
    assert page.evaluate(SIZES)
    before = page.locator(".sim-grid-plot svg").first.bounding_box()
    page.set_viewport_size({"width": 1100, "height": 900})
    page.wait_for_function(SIZES)
    assert page.locator(".sim-grid-plot svg").first.bounding_box() != before
    page.locator(".sim-grid-expand").first.click()
    page.wait_for_function("() => document.fullscreenElement !== null")
    page.wait_for_function(SIZES)


def fits(charts: list[dict[str, Any]]) -> None:
    for each in charts:
        inner = min(each["plots"])
        assert each["labels"] and each["titles"]
        for left, right in each["titles"]:
            assert left >= each["edge"] - 1
            assert right <= min(left for left, _ in each["labels"]) + 1
        assert all(right <= inner for _, right in each["labels"])


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_titles_and_labels_of_the_axes_have_room(open_page: Opener, locale: str) -> None:
    page = open_page(locale=locale)
    fits(page.evaluate(LEFT))
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_function(SIZES)
    fits(page.evaluate(LEFT))
