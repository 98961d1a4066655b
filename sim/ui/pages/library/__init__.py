"""The library: keep what is on the page, find it again, see what changed, share it, ask others."""

import streamlit as st

from sim.text import Words
from sim.ui.pages.library.details import draw_details
from sim.ui.pages.library.identity import draw_identity
from sim.ui.pages.library.keep import draw_keep
from sim.ui.pages.library.listing import draw_listing
from sim.ui.pages.library.round import draw_round
from sim.ui.session import current
from sim.ui.shelf import Shelf


def draw(words: Words) -> None:
    """From what is on the page to what is on the shelf."""
    visit = current()
    st.title(words("ui.page.library"), anchor=False)
    draw_identity(visit, words)
    messages = st.container(key="library-messages")
    if visit.shelf.round_id:
        draw_round(visit, words)
    draw_keep(visit, words)
    if draw_listing(visit, words) and visit.shelf.chosen:
        draw_details(visit, words)
    # Last, so that what the library does not answer to any part of the page is said once.
    with messages:
        _messages(visit.shelf, words)


def _messages(shelf: Shelf, words: Words) -> None:
    """What the last call came to; said once."""
    for fault in dict.fromkeys(map(words.complaint, shelf.faults)):
        st.error(fault, icon=":material/error:")
    if shelf.notice:
        st.success(words(f"library.did.{shelf.notice}"), icon=":material/check:")
    shelf.faults, shelf.notice = (), None
