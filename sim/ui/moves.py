"""Moves on links: the first one as direct levers, later stages below it."""

from dataclasses import replace
from functools import partial
from typing import Any, Final, cast

import streamlit as st

from sim.places import with_moves
from sim.policy import Move
from sim.sets import PARTNERS, SURFACES
from sim.text import Words
from sim.ui.link import require_shown
from sim.ui.refresh import block_key, part, redraw_after_change, redraw_everything
from sim.ui.rows.rows import names_of, number_rows
from sim.ui.session import adopts, hold, overtaken, touched
from sim.ui.visit import Visit

_MEASURES: Final = ("openness", "fee")
# What a measure that is added begins with: a full cut, and the fee that Douyin took in August 2020.
_BEGIN_WITH: Final = {"openness": 0.0, "fee": 0.20}
_STAGE_WEEKS: Final = 26


def draw_moves(visit: Visit, words: Words) -> None:
    """The moves of the scenario, with a button to add one."""
    moves = visit.scenario.policy.moves
    if not moves:
        st.caption(words("ui.moves.none"))
    for index, move in enumerate(moves):
        if index == 0:
            _draw_move(index, move, visit, words)
        else:
            _draw_stage(index, move, visit, words)
    label = words("ui.moves.add" if moves else "ui.moves.add_first")
    st.button(label, key="moves.add", icon=":material/add:", on_click=_add, width="stretch")
    for fault in visit.refusals.get("policy.moves", ()):
        st.error(words.complaint(fault))


def _draw_stage(index: int, move: Move, visit: Visit, words: Words) -> None:
    """A later move: one line, and its levers when it is opened."""
    name = f"move{index}"
    is_open = visit.open.setdefault(name, False)
    with st.container(key=f"stage.{index}", border=True, gap="small"):
        st.button(
            f"**{words('ui.moves.stage', number=index + 1)}** {move_line(move, words)}",
            key=f"moves.{index}.open",
            type="tertiary",
            on_click=_turn,
            args=(name,),
            icon=":material/expand_less:" if is_open else ":material/expand_more:",
            width="stretch",
        )
        if is_open:
            _draw_move(index, move, visit, words)


def _turn(name: str) -> None:
    visit = touched()
    visit.open[name] = not visit.open.get(name, False)


def move_line(move: Move, words: Words) -> str:
    """A move in one line: week, what is done, where, to whom."""
    done = []
    if move.openness is not None:
        done.append(words("ui.moves.open_to", share=f"{move.openness * 100:.4g}%"))
    if move.fee is not None:
        done.append(words("ui.moves.fee_of", share=f"{move.fee * 100:.4g}%"))
    comma = words("ui.comma")
    return words(
        "ui.moves.line",
        week=move.week,
        done=comma.join(done),
        surfaces=comma.join(words(f"surface.{each}") for each in move.surfaces),
        partners=comma.join(words(f"partner.{each}") for each in move.partners),
    )


def _draw_move(index: int, move: Move, visit: Visit, words: Words) -> None:
    at = f"policy.moves[{index}]"
    _names(index, f"{at}.partners", PARTNERS, visit, words)
    _names(index, f"{at}.surfaces", SURFACES, visit, words)
    _measures(index, move, words)
    numbers = ["week", *(name for name in _MEASURES if getattr(move, name) is not None)]
    keys = {f"{at}.{name}": f"move.{name}" for name in (*numbers, "ramp_weeks")}
    number_rows(f"moves.{index}", names_of(keys, words), visit, words)
    st.button(
        words("ui.moves.remove", number=index + 1),
        key=f"moves.{index}.remove",
        type="tertiary",
        icon=":material/delete:",
        on_click=_remove,
        args=(index,),
    )


def _names(index: int, place: str, names: tuple[str, ...], visit: Visit, words: Words) -> None:
    visit.blocks[place] = place
    part(block_key(place), partial(_name_pills, index, place, names, visit, words), words)


def _name_pills(index: int, place: str, names: tuple[str, ...], visit: Visit, words: Words) -> None:
    what = place.rpartition(".")[2]
    key, title, kind = f"{place}.pills", f"move.{what}", what.removesuffix("s")
    wanted = list(cast("tuple[str, ...]", visit.shown(place)))
    hold(key, wanted)
    got = st.pills(
        words(title),
        names,
        selection_mode="multi",
        default=wanted,
        key=key,
        format_func=lambda name: words(f"{kind}.{name}"),
        help=words(f"{title}.help"),
        on_change=_take_names,
        args=(index, place, key, names),
    )
    if adopts(list(got), wanted):
        visit.propose(place, tuple(each for each in names if each in got), require_shown)
    if place in visit.refusals:
        st.error(words("ui.refused.none_chosen", name=words(title)))


def _take_names(index: int, place: str, key: str, names: tuple[str, ...]) -> None:
    visit = touched()
    if overtaken(key) or not _has(visit, index):
        return
    drafted_before = bool(visit.drafts)
    chosen = st.session_state.get(key) or []
    visit.propose(place, tuple(each for each in names if each in chosen), require_shown)
    redraw_after_change(visit, [place], drafted_before=drafted_before)
    redraw_everything()


def _measures(index: int, move: Move, words: Words) -> None:
    """What the move does: how far open, at which fee, or both; at least one."""
    key = f"moves.{index}.measures"
    wanted = [name for name in _MEASURES if getattr(move, name) is not None]
    hold(key, wanted)
    st.pills(
        words("ui.moves.measures"),
        _MEASURES,
        selection_mode="multi",
        default=wanted,
        key=key,
        format_func=lambda name: words(f"ui.moves.{name}"),
        on_change=_take_measures,
        args=(index, key),
    )


def _take_measures(index: int, key: str) -> None:
    visit = touched()
    chosen = st.session_state.get(key) or []
    moves = list(visit.scenario.policy.moves)
    # A move must do something: the widget is put back by the next hold.
    if not chosen or overtaken(key) or not _has(visit, index):
        return
    old = moves[index]
    values: dict[str, Any] = {
        name: (getattr(old, name) if getattr(old, name) is not None else _BEGIN_WITH[name])
        if name in chosen
        else None
        for name in _MEASURES
    }
    moves[index] = replace(old, **values)
    visit.attempt("policy.moves", with_moves(visit.scenario, moves), require_shown)


def _has(visit: Visit, index: int) -> bool:
    """Whether a move is still there, of which a box tells that the browser has not taken away yet."""
    return index < len(visit.scenario.policy.moves)


def _add() -> None:
    visit = touched()
    moves = visit.scenario.policy.moves
    last = moves[-1] if moves else None
    week = (
        min(last.week + _STAGE_WEEKS, 5200) if last else min(_STAGE_WEEKS, visit.scenario.weeks - 1)
    )
    reopens = last is not None and last.openness is not None and last.openness < 1
    new = Move(
        week=week,
        surfaces=last.surfaces if last else ("live",),
        partners=last.partners if last else PARTNERS,
        openness=1.0 if reopens else 0.0,
    )
    visit.open[f"move{len(moves)}"] = True
    visit.attempt("policy.moves", with_moves(visit.scenario, [*moves, new]), require_shown)


def _remove(index: int) -> None:
    visit = touched()
    moves = [move for at, move in enumerate(visit.scenario.policy.moves) if at != index]
    visit.forget_drafts()
    visit.change(with_moves(visit.scenario, moves))
