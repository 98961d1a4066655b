"""The chart grid: one browser component that draws all panels, or native charts in its place."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from sim.charts.panel import Panel
from sim.ui.assets import AssetsUnavailableError, component
from sim.ui.chart_grid.csv_text import panel_csv
from sim.ui.chart_grid.palette import load_palette, resolved
from sim.ui.chart_grid.payload import grid_payload
from sim.ui.chart_grid.plotly_js import tag

_ROOT = '<div class="sim-grid" data-painted="waiting" aria-busy="true"></div>'
_NATIVE_HEIGHT = 320
# grid.js has the same list. The last one offers to upload the chart to plotly's own cloud.
_NATIVE_CONFIG = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "sendChartToCloud"],
}


@dataclass(frozen=True, kw_only=True)
class GridState:
    """What became of the grid.

    Attributes
    ----------
    failed
        Why native charts stand in its place, None when the grid itself is drawn.
    """

    failed: str | None


@dataclass(frozen=True, kw_only=True)
class Click:
    """A point of a clickable panel that was clicked, or chosen by keyboard.

    Attributes
    ----------
    panel
        Id of the panel.
    series
        ``meta["series"]`` of the trace, if it has one.
    index
        Which point of the trace: one number, or row and column of a grid of cells.
    x, y
        Where it lies on the axes, None where that is no number.
    """

    panel: str
    series: str | None
    index: tuple[int, ...]
    x: float | None
    y: float | None


def chart_grid(
    panels: Sequence[Panel],
    *,
    key: str,
    words: Mapping[str, str],
    language: str,
    columns: int = 2,
    on_click: Callable[[Click], None] | None = None,
) -> GridState:
    """Draw the panels in a grid whose zoom, legend choices and hover survive a rerun.

    Parameters
    ----------
    panels
        In order of importance: the first is repainted first.
    key
        Stable name of this grid on the page.
    words
        ``csv``, ``expand``, ``close``; and, where wanted, plotly's own English words for the mode
        bar as ``plotly.<English>``, such as ``plotly.Reset axes``.
    language
        ``"zh-CN"`` or ``"en"``.
    columns
        Columns where there is room; narrow windows have one.
    on_click
        Callback that is told which point of a clickable panel was clicked, before the next run. What
        it does must have another way too: native charts in place of the grid have no clicks.

    Returns
    -------
    GridState
        With the reason in ``failed`` when the browser could not draw the grid. This is kept for
        the session, so a browser that cannot load plotly.js is asked once.
    """
    return ready_grid(
        lambda: grid_bytes(panels, words=words, language=language, columns=columns),
        lambda: panels,
        key=key,
        words=words,
        columns=columns,
        on_click=on_click,
    )


def ready_grid(
    payload: Callable[[], bytes],
    panels: Callable[[], Sequence[Panel]],
    *,
    key: str,
    words: Mapping[str, str],
    columns: int = 2,
    on_click: Callable[[Click], None] | None = None,
) -> GridState:
    """Draw a grid of which the bytes may be there already; otherwise as :func:`chart_grid`.

    Parameters
    ----------
    payload
        What :func:`grid_bytes` gives of the panels.
    panels
        Asked for only where native charts take the place of the grid.
    """
    reason = st.session_state.get(_failure_key(key))
    if reason is None:
        try:
            _mount(payload, key=key, on_click=on_click)
        except AssetsUnavailableError as error:
            reason = st.session_state[_failure_key(key)] = str(error)
    if reason is not None:
        _native_grid(panels(), key=key, words=words, columns=columns)
    return GridState(failed=reason)


def grid_bytes(
    panels: Sequence[Panel], *, words: Mapping[str, str], language: str, columns: int = 2
) -> bytes:
    """What the browser gets to draw the panels; arguments as of :func:`chart_grid`."""
    return grid_payload(
        panels,
        palette=load_palette(),
        words=words,
        language=language,
        columns=columns,
        plotly=tag(),
    )


def _mount(
    payload: Callable[[], bytes], *, key: str, on_click: Callable[[Click], None] | None
) -> None:
    grid = component("chart_grid", _ROOT, js="grid.js", css="grid.css")
    grid(
        key=key,
        data=payload(),
        on_failed_change=partial(_remember_failure, key),
        on_clicked_change=partial(_take_click, key, on_click),
    )


def _take_click(key: str, on_click: Callable[[Click], None] | None) -> None:
    state = st.session_state.get(key)
    clicked = click_of(state.get("clicked")) if state is not None else None
    if clicked is not None and on_click is not None:
        on_click(clicked)


def click_of(sent: object) -> Click | None:
    """What the browser sent as a click; None where it is none."""
    if not isinstance(sent, Mapping):
        return None
    panel, series, index = (sent.get(name) for name in ("panel", "series", "index"))
    if not isinstance(panel, str) or not isinstance(index, list):
        return None
    if not all(isinstance(at, int) and not isinstance(at, bool) and at >= 0 for at in index):
        return None
    x, y = (_number(sent.get(name)) for name in ("x", "y"))
    series = series if isinstance(series, str) else None
    return Click(panel=panel, series=series, index=tuple(index), x=x, y=y)


def _number(sent: object) -> float | None:
    is_number = isinstance(sent, int | float) and not isinstance(sent, bool)
    return float(sent) if is_number and math.isfinite(sent) else None  # type: ignore[arg-type]


def _failure_key(key: str) -> str:
    return f"{key}.failed"


def _remember_failure(key: str) -> None:
    """Keep the browser's report where it outlives the component, which is not mounted again."""
    state = st.session_state.get(key)
    reason = state.get("failed") if state is not None else None
    if reason:
        st.session_state[_failure_key(key)] = str(reason)


def _native_grid(
    panels: Sequence[Panel], *, key: str, words: Mapping[str, str], columns: int
) -> None:
    palette = load_palette()
    colours = palette.dark if st.context.theme.type == "dark" else palette.light
    for start in range(0, len(panels), columns):
        cells = st.columns(columns)
        for panel, cell in zip(panels[start : start + columns], cells, strict=False):
            with cell:
                st.subheader(panel.title)
                st.plotly_chart(
                    resolved(dict(panel.figure), colours),
                    key=f"{key}.{panel.id}.chart",
                    alt=panel.alt,
                    height=_NATIVE_HEIGHT,
                    config=_NATIVE_CONFIG,
                )
                st.download_button(
                    words["csv"],
                    data=partial(panel_csv, panel),
                    file_name=panel.csv_name,
                    mime="text/csv",
                    key=f"{key}.{panel.id}.csv",
                    help=panel.title,
                    on_click="ignore",
                )
