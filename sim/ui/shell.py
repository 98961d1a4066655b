"""The frame of every page: language, navigation, and the wall that no traceback passes."""

import logging
from functools import lru_cache, partial
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Final

import streamlit as st

from sim.text import LANGUAGES, Words, words_of
from sim.ui import address, unsaved
from sim.ui.front import FRONT
from sim.ui.link_notices import draw_link_notices
from sim.ui.live.page import keep_tab, page_state
from sim.ui.refresh import LINKS, part
from sim.ui.server import prepared
from sim.ui.session import adopts, current, hold, overtaken, touched
from sim.ui.share.share import draw_messages, draw_share
from sim.ui.visit import Visit

_LOG: Final = logging.getLogger(__name__)
# In the order of the navigation, by their fixed address; the first is the page one arrives at.
PAGES: Final = {
    "simulate": ":material/tune:",
    "decide": ":material/balance:",
    "compare": ":material/compare_arrows:",
    "library": ":material/inventory_2:",
    "assumptions": ":material/fact_check:",
    "model": ":material/schema:",
}
FIRST: Final = next(iter(PAGES))
# A file of ours: Streamlit fetches the icon of a material name from another host.
_ICON: Final = str(Path(__file__).parent.parent.parent / "assets" / "icon.svg")
_SIDEBAR_WIDTH: Final = 372
_COMPILE_SECONDS: Final = 180.0


def main() -> None:
    """One run of the script."""
    try:
        with FRONT.entered():
            _run()
    except Exception:
        _LOG.exception("the page failed")
        st.error(words_of(current().language)("ui.failed"), icon=":material/error:")


def _run() -> None:
    warm_up = prepared()
    visit = current()
    address.read(visit)
    address.read_language(visit)
    visit.shelf.turn_to(visit.scenario)
    words = words_of(visit.language)
    st.set_page_config(
        page_title=words("ui.title"),
        page_icon=_ICON,
        layout="wide",
        initial_sidebar_state=_SIDEBAR_WIDTH if visit.first else None,
    )
    st.html(_style())
    pages = [_page(name, visit, words) for name in PAGES]
    chosen = st.navigation(pages, position="hidden")
    _header(pages, visit, words)
    with st.container(key="unseen"):
        keep_tab(unsaved.told(visit), on_unsaved=partial(unsaved.take, visit))
    if not warm_up.ready:
        with st.spinner(words("ui.compiling")), FRONT.stepped_back():
            warm_up.wait(_COMPILE_SECONDS)
    chosen.run()
    adopted, visit.adopted, visit.first = visit.adopted, False, False
    address.write(visit)
    if adopted:
        st.rerun()


def _page(name: str, visit: Visit, words: Words) -> st.Page:
    """A page whose module is imported when it is drawn, so that one cannot break another."""

    def draw() -> None:
        _draw_page(name, visit, words)

    # The default page has no path of its own; Streamlit still wants one that nobody else has.
    return st.Page(
        draw,
        title=words(f"ui.page.{name}"),
        icon=PAGES[name],
        url_path=name,
        default=name == FIRST,
    )


def _draw_page(name: str, visit: Visit, words: Words) -> None:
    try:
        page = import_module(f"sim.ui.pages.{name}")
        if name == "simulate":
            page.draw(words, visit)
        else:
            page_state(words.language)
            # There with nothing to say as well, as above.
            with st.container(key="link-notices"):
                draw_link_notices(visit, words)
            page.draw(words)
    except Exception:
        _LOG.exception("page %s failed", name)
        st.error(words("ui.failed"), icon=":material/error:")


def _header(pages: list[st.Page], visit: Visit, words: Words) -> None:
    """Links to the pages, which carry the scenario, and the language."""
    with st.container(
        key="header",
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        horizontal_alignment="distribute",
    ):
        part(LINKS, partial(_links, pages, visit), words)
        with st.container(horizontal=True, width="content", gap="small"):
            draw_share(visit, words)
            _language(visit, words)
    # There with nothing to say as well: what stands below would be built anew if it moved.
    with st.container(key="messages"):
        draw_messages(visit, words)


def _links(pages: list[st.Page], visit: Visit) -> None:
    with st.container(key="pages", horizontal=True, width="content", gap="small"):
        query = address.link_parameters(visit)
        for page in pages:
            st.page_link(page, query_params=query)


def _language(visit: Visit, words: Words) -> None:
    hold("language", visit.language)
    got = st.segmented_control(
        words("ui.language"),
        LANGUAGES,
        default=visit.language,
        key="language",
        format_func=lambda name: words(f"ui.language.{name}"),
        required=True,
        label_visibility="collapsed",
        on_change=_switch_language,
    )
    if got and adopts(got, visit.language):
        visit.language = got


def _switch_language() -> None:
    """Callback: the page in the other language; no setting is touched."""
    visit = touched()
    if not overtaken("language"):
        visit.language = st.session_state.get("language") or visit.language


@lru_cache(maxsize=1)
def _style() -> str:
    text = files("sim.ui").joinpath("style.css").read_text(encoding="utf-8")
    return f"<style>{text}</style>"
