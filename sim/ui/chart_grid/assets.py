"""Hands the grid's own files and the installed plotly.js to Streamlit's component server.

Streamlit serves the files of a component from ``/_stcore/bidi-components/<name>/``, and finds the
folders of *installed* components by their ``pyproject.toml``. Here the two folders are told to the
running server instead: the application may run from a plain checkout, and plotly.js lies in
another package, where no manifest of ours may point. A second component, which is never mounted,
stands for plotly's folder. The classes used are not public, so a Streamlit that has changed them
makes :func:`register_assets` raise :class:`AssetsUnavailableError`, and the page draws native
charts.
"""

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.errors import Error as StreamlitError

_NAMESPACE = "sim"
GRID_COMPONENT = f"{_NAMESPACE}.chart_grid"
_PLOTLY_COMPONENT = f"{_NAMESPACE}.plotly"


class AssetsUnavailableError(RuntimeError):
    """The running Streamlit cannot be told where the grid's files are."""


def plotly_version() -> str:
    """Version of the installed plotly package, which names the release of its plotly.js."""
    return version("plotly")


def _folders() -> dict[str, tuple[Path, str]]:
    """Package and folder of each component.

    Plotly is located, not imported: ``ui`` has no use for its Python side.
    """
    plotly = find_spec("plotly")
    if plotly is None or plotly.origin is None:
        raise AssetsUnavailableError("the plotly package is not installed")
    return {
        GRID_COMPONENT: (Path(__file__).parent, "frontend"),
        _PLOTLY_COMPONENT: (Path(plotly.origin).parent, "package_data"),
    }


def register_assets() -> None:
    """Make both folders known to the running server; cheap when they already are.

    It looks at the server rather than at a flag of its own, because AppTest has a new server
    for each test while the module is imported once.
    """
    try:
        manager = get_bidi_component_manager()
        if manager.get_component_asset_root(_PLOTLY_COMPONENT) is not None:
            return
        for name, (package, folder) in _folders().items():
            short = name.removeprefix(f"{_NAMESPACE}.")
            config = ComponentConfig(name=short, asset_dir=folder)
            manifest = ComponentManifest(name=_NAMESPACE, version="0", components=[config])
            manager.register_from_manifest(manifest, package)
    except (AttributeError, TypeError, OSError, StreamlitError) as error:
        raise AssetsUnavailableError(f"component files cannot be registered: {error}") from error
