"""Hands our browser files and the installed plotly.js to Streamlit's component server.

Streamlit serves the files of a component from ``/_stcore/bidi-components/<name>/``, and finds the
folders of *installed* components by their ``pyproject.toml``. Here the folders are told to the
running server instead: the application may run from a plain checkout, and plotly.js lies in
another package, where no manifest of ours may point. Two of the components are never mounted and
only stand for their folder: plotly's, and the one of ``live.js``, which the others import. The
classes used are not public, so a Streamlit that has changed them makes :func:`register_assets`
raise :class:`AssetsUnavailableError`.
"""

from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.errors import Error as StreamlitError

_NAMESPACE: Final = "sim"
_HERE: Final = Path(__file__).parent
_FOLDERS: Final = {
    "chart_grid": _HERE / "chart_grid",
    "live": _HERE / "live",
    "rows": _HERE / "rows",
    "share": _HERE / "share",
}
_FRONTEND: Final = "frontend"
_AT_FIRST: Final = ("live", "rows", "chart_grid")


class AssetsUnavailableError(RuntimeError):
    """The running Streamlit cannot be told where our browser files are."""


@cache
def plotly_version() -> str:
    """Version of the installed plotly package, which names the release of its plotly.js."""
    return version("plotly")


@cache
def browser_modules() -> tuple[str, ...]:
    """Our scripts that the first page is made of, as Streamlit serves them: folder and file."""
    return tuple(
        f"{_NAMESPACE}.{folder}/{file.name}"
        for folder in _AT_FIRST
        for file in sorted((_FOLDERS[folder] / _FRONTEND).glob("*.js"))
    )


def component(folder: str, html: str, *, js: str, css: str | None = None) -> Any:
    """The mounting function of a browser component whose files lie in one of our folders.

    Parameters
    ----------
    folder
        One of those that are named above.
    html
        What the component begins with.
    js, css
        Files of the folder.

    Raises
    ------
    AssetsUnavailableError
        If the running Streamlit does not take the files.
    """
    register_assets()
    return _component(folder, html, js, css)


@cache
def _component(folder: str, html: str, js: str, css: str | None) -> Any:
    # isolate_styles: plotly looks for its drag and hover layers in the document, and some of
    # them do not work in a shadow tree. Every rule of our style sheets begins with .sim- instead.
    return st.components.v2.component(
        f"{_NAMESPACE}.{folder}", html=html, css=css, js=js, isolate_styles=False
    )


def _plotly_folder() -> Path:
    # Located, not imported: the page has no use for its Python side.
    plotly = find_spec("plotly")
    if plotly is None or plotly.origin is None:
        raise AssetsUnavailableError("the plotly package is not installed")
    return Path(plotly.origin).parent


def register_assets() -> None:
    """Make all folders known to the running server; cheap when they already are.

    It looks at the server rather than at a flag of its own, because AppTest has a new server
    for each test while the module is imported once.
    """
    try:
        manager = get_bidi_component_manager()
        if manager.get_component_asset_root(f"{_NAMESPACE}.plotly") is not None:
            return
        for name, package in _FOLDERS.items():
            _register(manager, name, package, _FRONTEND)
        _register(manager, "plotly", _plotly_folder(), "package_data")
    except (AttributeError, TypeError, OSError, StreamlitError) as error:
        raise AssetsUnavailableError(f"component files cannot be registered: {error}") from error


def _register(manager: Any, name: str, package: Path, folder: str) -> None:
    config = ComponentConfig(name=name, asset_dir=folder)
    manifest = ComponentManifest(name=_NAMESPACE, version="0", components=[config])
    manager.register_from_manifest(manifest, package)
