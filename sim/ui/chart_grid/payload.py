"""The bytes sent to the browser: figures as JSON with typed arrays, one version a figure."""

import base64
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from sim.charts.panel import KINDS, Panel
from sim.ui.chart_grid.palette import Palette

# Array kinds that plotly.js reads; it has no 64-bit integers.
_TYPED = frozenset({"f4", "f8", "i1", "i2", "i4", "u1", "u2", "u4"})
_VERSION_BYTES = 8
# Arrays whose JSON is kept: weeks stand in every trace, and a fan stays for many changes of a lever.
# One of two years is some 2 KB.
_KEPT_ARRAYS: Final = 2048
# Longer ones than a series, such as a map's, are seldom sent twice.
_LONGEST_KEPT: Final = 4096


def grid_payload(
    panels: Sequence[Panel],
    *,
    palette: Palette,
    words: Mapping[str, str],
    language: str,
    columns: int,
    plotly: str,
) -> bytes:
    """UTF-8 JSON that ``frontend/grid.js`` reads.

    Each figure travels as a JSON *string* beside its version, so that the browser need not even
    parse a figure it has already drawn. Bytes rather than a dictionary, because Streamlit would
    serialise a dictionary twice more, once to send it and once to name the element.
    """
    entries = [_entry(panel) for panel in panels]
    rest = {
        "palette": palette.as_json(),
        "words": dict(words),
        "language": language,
        "columns": columns,
        "plotly": plotly,
    }
    # A figure is known by its version, and is by far the longest.
    known = [{**each, "figure": None} for each in entries]
    revision = _digest(_dumps([known, rest]))
    return _dumps({"revision": revision, "panels": entries, **rest})


def _entry(panel: Panel) -> dict[str, Any]:
    figure = figure_json(panel.figure, uirevision=panel.id)
    extra = {"clickable": True} if panel.clickable else {}
    return extra | {
        "id": panel.id,
        "title": panel.title,
        "alt": panel.alt,
        "csvName": panel.csv_name,
        "csvHeader": list(panel.csv_header),
        "version": _digest(figure),
        "figure": figure.decode(),
    }


def figure_json(figure: Mapping[str, Any], *, uirevision: str) -> bytes:
    """UTF-8 JSON of a figure; `uirevision` is used where the layout does not say its own.

    Raises
    ------
    TypeError
        If it holds what is neither JSON nor an array, or a trace of a kind that the browser is not given,
        which plotly.js would draw as a line.
    """
    kinds = {str(trace.get("type", "scatter")) for trace in figure.get("data", ())}
    if not kinds <= KINDS:
        raise TypeError(f"no trace of {sorted(kinds - KINDS)}: the browser has {sorted(KINDS)}")
    layout = {"uirevision": uirevision, **figure.get("layout", {})}
    return _dumps({"data": list(figure.get("data", ())), "layout": layout})


def _dumps(value: object) -> bytes:
    # Not a number and infinity, which JSON has not, become null.
    try:
        return orjson.dumps(value, default=_array)
    except orjson.JSONEncodeError as error:
        # The library says that it failed; what it failed at is said by whoever was asked.
        raise TypeError(str(error.__cause__ or error)) from error


def _digest(text: bytes) -> str:
    return blake2b(text, digest_size=_VERSION_BYTES).hexdigest()


def _array(value: object) -> object:
    """JSON form of what the library does not know: numpy arrays and scalars, other mappings."""
    if isinstance(value, np.ndarray):
        if value.nbytes > _LONGEST_KEPT or value.dtype.hasobject:
            return typed_array(value)
        return _kept_array(value.tobytes(), value.dtype, value.shape)
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a figure cannot hold a {type(value).__name__}: {value!r}")


@lru_cache(maxsize=_KEPT_ARRAYS)
def _kept_array(content: bytes, dtype: np.dtype[Any], shape: tuple[int, ...]) -> orjson.Fragment:
    array = np.frombuffer(content, dtype).reshape(shape)
    return orjson.Fragment(_dumps(typed_array(array)))


def typed_array(array: NDArray[Any]) -> object:
    """``{"dtype", "bdata"}`` as plotly reads it; a plain list for texts, dates and booleans."""
    if array.dtype.kind in "iu" and array.dtype.itemsize == 8:
        array = _narrowed(array)
    if array.dtype.kind == "f" and array.dtype.itemsize == 8:
        array = _shortened(array)
    kind = f"{array.dtype.kind}{array.dtype.itemsize}"
    if kind not in _TYPED or array.ndim == 0:
        if array.dtype.kind == "M":
            return np.datetime_as_string(array).tolist()
        return _without_nan(array.tolist())
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    typed = {"dtype": kind, "bdata": base64.b64encode(little.tobytes()).decode("ascii")}
    if array.ndim > 1:
        typed["shape"] = ",".join(str(length) for length in array.shape)
    return typed


def _narrowed(array: NDArray[Any]) -> NDArray[Any]:
    """64-bit integers as 32-bit ones, or as floats where they do not fit."""
    bounds = np.iinfo(np.int32)
    if array.size == 0 or (array.min() >= bounds.min and array.max() <= bounds.max):
        return array.astype(np.int32)
    return array.astype(np.float64)


def _shortened(array: NDArray[Any]) -> NDArray[Any]:
    """Floats that are all small whole numbers, such as weeks, as 16-bit integers: lossless.

    Every trace carries its own x, so this is a third of the bytes of a typical grid.
    """
    # Most arrays show by their first number that they are none of these.
    if array.size and not float(array.flat[0]).is_integer():
        return array
    with np.errstate(invalid="ignore"):
        short = array.astype(np.int16)
    return short if np.array_equal(short, array) else array


def _without_nan(value: Any) -> Any:
    """The same value with nan and infinity as None, which plotly draws as a gap."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: _without_nan(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(entry) for entry in value]
    return value
