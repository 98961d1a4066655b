"""With whom an entry is shared: persons by their address, and links for whoever holds them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from sim.store.limits import TEXT_LIMITS
from sim.store.people import Person, Role
from sim.store.records import Entry
from sim.store.store import Store
from sim.text import Words
from sim.ui.address import full_address
from sim.ui.library_access import asked, login_is_configured
from sim.ui.pages.library.listing import when
from sim.ui.session import touch, touched
from sim.ui.visit import Visit

_ROLES: Final = (Role.VIEWER, Role.EDITOR)
_DAYS: Final = (7, 30, 365, 0)


def draw_sharing(entry: Entry, visit: Visit, words: Words) -> None:
    """Who has it, and the ways to give it to more, and to take it back."""
    with st.expander(words("library.sharing"), key="library-sharing"):
        if login_is_configured():
            _persons(entry, visit, words)
        _links(entry, visit, words)


def _role_words(role: Role, words: Words) -> str:
    return words(f"library.role.{role.name.lower()}")


def _persons(entry: Entry, visit: Visit, words: Words) -> None:
    for share in asked(visit, lambda store, me: store.sharing.shares(me, entry.id)) or ():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(f"{share.person} · {_role_words(share.role, words)}", width="content")
            st.button(
                words("library.unshare"),
                key=f"library.unshare.{share.person}",
                on_click=_act,
                args=(
                    lambda store, me, who=share.person: store.sharing.unshare(me, entry.id, who),
                ),
            )
            _hand_over(entry, share.person, words)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.text_input(
            words("library.share.person"),
            key="library.share.person",
            on_change=touch,
            max_chars=TEXT_LIMITS["person"],
            width=260,
        )
        role = st.selectbox(
            words("library.share.role"),
            _ROLES,
            key=f"library.share.role.{words.language}",
            on_change=touch,
            format_func=lambda each: _role_words(each, words),
            filter_mode=None,
            width=180,
        )
        st.button(
            words("library.share"), key="library.share", on_click=_share, args=(entry.id, role)
        )


def _hand_over(entry: Entry, person: str, words: Words) -> None:
    """The way to make somebody the owner: two steps, as only they can take it back."""
    with st.popover(words("library.hand_over"), width="content"):
        st.text(words("library.hand_over.how", person=person))
        st.button(
            words("library.hand_over.do"),
            key=f"library.hand_over.{person}",
            on_click=_act,
            args=(lambda store, me: store.sharing.hand_over(me, entry.id, person), "hand_over"),
        )


def _share(id: str, role: Role) -> None:
    who = str(st.session_state.get("library.share.person") or "")
    _act(lambda store, me: store.sharing.share(me, id, who, role), notice="share")


def _links(entry: Entry, visit: Visit, words: Words) -> None:
    for link in asked(visit, lambda store, me: store.sharing.links(me, entry.id)) or ():
        until = when(link.expires) or words("library.link.for_ever")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            line = words(
                "library.link.line",
                role=_role_words(link.role, words),
                made=when(link.made),
                until=until,
            )
            st.text(line, width="content")
            st.button(
                words("library.link.revoke"),
                key=f"library.revoke.{link.id}",
                on_click=_act,
                args=(
                    lambda store, me, which=link.id: store.sharing.revoke_link(me, entry.id, which),
                ),
            )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        role = st.selectbox(
            words("library.link.role"),
            _ROLES,
            key=f"library.link.role.{words.language}",
            on_change=touch,
            format_func=lambda each: _role_words(each, words),
            filter_mode=None,
            width=180,
        )
        days = st.selectbox(
            words("library.link.days"),
            _DAYS,
            key=f"library.link.days.{words.language}",
            on_change=touch,
            format_func=lambda each: (
                words("library.link.n_days", days=each) if each else words("library.link.for_ever")
            ),
            filter_mode=None,
            width=160,
        )
        st.button(
            words("library.link.make"),
            key="library.link.make",
            on_click=_make_link,
            args=(entry.id, role, days),
        )
    if visit.shelf.told_link:
        st.caption(words("library.link.once"))
        st.code(full_address("library", k=visit.shelf.told_link), language=None, wrap_lines=True)


def _make_link(id: str, role: Role, days: int) -> None:
    visit = touched()
    expires = datetime.now(UTC) + timedelta(days=days) if days else None
    found = asked(visit, lambda store, me: store.sharing.make_link(me, id, role, expires=expires))
    if found is not None:
        visit.shelf.told_link = found.text


def _act(call: Callable[[Store, Person], object], notice: str = "done") -> None:
    visit = touched()
    before = visit.shelf.faults
    asked(visit, call)
    # A link that was just told may be the one that is revoked.
    visit.shelf.told_link = None
    if visit.shelf.faults == before:
        visit.shelf.notice = notice
