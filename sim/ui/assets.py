"""Hands our browser files to Streamlit's component server.

Streamlit serves the files of a component from ``/_stcore/bidi-components/<name>/``, and finds the
folders of *installed* components by their ``pyproject.toml``. Here the folders are told to the
running server instead, since the application may run from a plain checkout. One of the components
is never mounted and only stands for its folder: that of ``live.js``, which the others import. The
classes used are not public, so a Streamlit that has changed them makes :func:`register_assets`
raise :class:`AssetsUnavailableError`.
"""

from functools import cache
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


def register_assets() -> None:
    """Make all folders known to the running server; cheap when they already are.

    It looks at the server rather than at a flag of its own, because AppTest has a new server
    for each test while the module is imported once.
    """
    *_, last = _FOLDERS
    try:
        manager = get_bidi_component_manager()
        if manager.get_component_asset_root(f"{_NAMESPACE}.{last}") is not None:
            return
        for name, package in _FOLDERS.items():
            _register(manager, name, package)
    except (AttributeError, TypeError, OSError, StreamlitError) as error:
        raise AssetsUnavailableError(f"component files cannot be registered: {error}") from error


def _register(manager: Any, name: str, package: Path) -> None:
    config = ComponentConfig(name=name, asset_dir=_FRONTEND)
    manifest = ComponentManifest(name=_NAMESPACE, version="0", components=[config])
    manager.register_from_manifest(manifest, package)
