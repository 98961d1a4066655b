"""Assumptions in the sidebar: basic ones first, all on demand, found in either language."""

import math
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, cast

import streamlit as st

from sim.declare import Declaration
from sim.places import value_at
from sim.text import LANGUAGES, Words, words_of
from sim.text.place_words import member_words
from sim.ui.flip_marks import draw_toggle
from sim.ui.link import require_shown
from sim.ui.rows.row_data import Named
from sim.ui.rows.rows import number_rows
from sim.ui.session import touch, touched
from sim.ui.visit import Visit
from sim.world import GROUPS, world_declarations

# More than a screen of rows is a search that has not ended.
_MOST_FOUND: Final = 12


def draw_assumptions(visit: Visit, words: Words) -> None:
    """Search, or a group at a time."""
    st.caption(words("ui.world.help"))
    wanted = st.text_input(
        words("ui.world.search"),
        key=f"world.search.{words.language}",
        on_change=touch,
        placeholder=words("ui.world.search.placeholder"),
        icon=":material/search:",
        live=True,
    )
    everything = st.toggle(words("ui.world.all"), key="world.all", on_change=touch)
    draw_toggle(visit, words)
    if wanted and wanted.strip():
        _found(wanted, everything=everything, visit=visit, words=words)
        return
    groups = [name for name in GROUPS if any(_of_group(name, everything=everything))]
    hold_group = st.session_state.get("world.group")
    if hold_group not in groups:
        st.session_state["world.group"] = groups[0]
    chosen = st.pills(
        words("ui.world.group"),
        groups,
        key="world.group",
        required=True,
        on_change=touch,
        format_func=lambda name: words(f"group.{name}"),
    )
    _parameters(_of_group(chosen or groups[0], everything=everything), visit, words)


def _of_group(name: str, *, everything: bool) -> Iterator[Declaration]:
    for each in world_declarations().values():
        if each.group == name and (everything or each.level == "basic"):
            yield each


def _found(wanted: str, *, everything: bool, visit: Visit, words: Words) -> None:
    matches = found(wanted)
    # A search goes through all of them: a word that was typed is demand enough.
    if not everything:
        matches = sorted(matches, key=lambda each: each.level != "basic")
    if not matches:
        st.caption(words("ui.world.none"))
    _parameters(matches[:_MOST_FOUND], visit, words)
    if len(matches) > _MOST_FOUND:
        st.caption(words("ui.world.more", count=len(matches) - _MOST_FOUND))


def found(wanted: str) -> list[Declaration]:
    """Every assumption whose id or label, in either language, has all the words."""
    terms = wanted.casefold().split()
    return [
        each
        for name, each in world_declarations().items()
        if all(term in _searched(name) for term in terms)
    ]


@lru_cache(maxsize=256)
def _searched(name: str) -> str:
    key = world_declarations()[name].key
    labels = [words_of(language)(key) for language in LANGUAGES]
    return " ".join([name, *labels]).casefold()


def _parameters(declarations: Iterable[Declaration], visit: Visit, words: Words) -> None:
    shown = tuple(declarations)
    names = [named for each in shown for named in _named(each, words)]
    if names:
        number_rows("world", names, visit, words)
    for each in shown:
        if each.sums_to_one and any(_drafted(each, visit)):
            st.button(
                words("ui.world.fit", name=words(each.key)),
                key=f"fit.{each.id}",
                icon=":material/balance:",
                on_click=_fit,
                args=(each.id,),
            )


def _named(declaration: Declaration, words: Words) -> Iterator[Named]:
    """The one row of a number, or a row for each member of a vector under its heading."""
    label, help = words(declaration.key), words(f"{declaration.key}.help")
    place = f"world.{declaration.id}"
    if not declaration.members:
        yield Named(place=place, label=label, help=help)
    for index, member in enumerate(declaration.members):
        yield Named(
            place=f"{place}.{member}",
            label=member_words(member, words),
            help=help,
            heading=None if index else label,
        )


def _drafted(declaration: Declaration, visit: Visit) -> Iterator[str]:
    for member in declaration.members:
        if f"world.{declaration.id}.{member}" in visit.drafts:
            yield member


def _fit(name: str) -> None:
    """Callback: what was typed stays, the other members share what is left as they did before."""
    visit = touched()
    declaration = world_declarations()[name]
    typed = {
        member: float(cast("float", visit.drafts[f"world.{name}.{member}"]))
        for member in _drafted(declaration, visit)
    }
    old = cast("tuple[float, ...]", value_at(visit.scenario, f"world.{name}"))
    vector = fitted(dict(zip(declaration.members, old, strict=True)), typed)
    if vector is None:
        return
    for member in typed:
        visit.withdraw(f"world.{name}.{member}")
    visit.propose(f"world.{name}", vector, require_shown)


def fitted(old: dict[str, float], typed: dict[str, float]) -> tuple[float, ...] | None:
    """The members with those typed fixed and the others scaled to a sum of 1; None if none can."""
    left = 1.0 - math.fsum(typed.values())
    others = [member for member in old if member not in typed]
    total = math.fsum(old[member] for member in others)
    if left < 0 or not others or any(not 0 <= value <= 1 for value in typed.values()):
        return None
    shares = {m: old[m] / total if total else 1 / len(others) for m in others}
    return tuple(typed[m] if m in typed else left * shares[m] for m in old)
