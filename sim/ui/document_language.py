"""Sets ``<html lang>`` on pages without the chart grid, which does it itself."""

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.errors import Error as StreamlitError

_NAME: Final = "sim.document_language"
_FOLDER: Final = "document_language_frontend"
_LANGUAGE_TAGS: Final = {"zh": "zh-CN", "en": "en"}


def tag_of(language: str) -> str:
    """The language tag that a browser wants: ``zh-CN`` or ``en``."""
    return _LANGUAGE_TAGS[language]


def set_document_language(language: str) -> None:
    """Tell the browser which language this page is in; nothing where Streamlit will not have it."""
    try:
        manager = get_bidi_component_manager()
        if manager.get_component_asset_root(_NAME) is None:
            config = ComponentConfig(name=_NAME.partition(".")[2], asset_dir=_FOLDER)
            manifest = ComponentManifest(name="sim", version="0", components=[config])
            manager.register_from_manifest(manifest, Path(__file__).parent)
        _component()(key="document-language", data={"language": tag_of(language)})
    except (AttributeError, TypeError, OSError, StreamlitError):
        # A page in the wrong language to a screen reader is better than no page.
        return


@lru_cache(maxsize=1)
def _component() -> Any:
    return st.components.v2.component(_NAME, html="<span hidden></span>", js="language.js")
