"""The address of the page: the whole scenario in one token, ``?s=``, written once a change.

The scenarios that are compared with it stand behind it, ``?c=``, and how many they are before it,
``?n=``: a link that is cut off anywhere tells so.
"""

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from sim.documents.token import decode
from sim.documents.toml_document import base_of
from sim.errors import Fault, Refused, unknown
from sim.scenario import Scenario
from sim.shown import key_shown, shown
from sim.store.people import opened_by
from sim.text import LANGUAGES
from sim.ui.compare_set import take_written, written
from sim.ui.hosting.log_in_way import FAILED
from sim.ui.link import first_scenario, require_shown, token_of
from sim.ui.visit import Visit

TOKEN: Final = "s"
COMPARED: Final = "c"
COUNT: Final = "n"
LANGUAGE: Final = "lang"
# Links of the library: to a scenario that is shared, and to a round.
SHARED: Final = "k"
ROUND: Final = "round"
# Each websocket has a key of its own.
_CONNECTION: Final = "Sec-WebSocket-Key"
# What the way to the provider and back adds where it failed.
_LOG_IN: Final = {"failed", "declined"}


def read(visit: Visit) -> None:
    """Take over what the address says, unless something has changed after it was written.

    A widget was touched, or the connection broke: what was written last may never have arrived.
    """
    visit.is_late = _is_connected_anew(visit) or visit.is_late
    if visit.first:
        said = st.query_params.get(FAILED)
        visit.shelf.log_in = said if said in _LOG_IN else None
    cut_off = _take_links(visit)
    token, compared = (st.query_params.get(name) for name in (TOKEN, COMPARED))
    if visit.first:
        cut_off = (*cut_off, *_empty(token, compared), *_no_language(st.query_params.get(LANGUAGE)))
    is_known = (token, compared) == (visit.token, visit.compare_token)
    if not visit.touched and (visit.first or not (is_known or visit.is_late)):
        if visit.first or token != visit.token:
            _take_scenario(visit, token)
        if visit.first or compared != visit.compare_token:
            faults = take_written(visit, compared, st.query_params.get(COUNT))
            visit.notices = (*visit.notices, *faults)
    visit.notices = (*visit.notices, *cut_off)


def is_older(visit: Visit) -> bool:
    """Whether what the browser asks was asked before it had the address that was written last."""
    asked = tuple(st.query_params.get(name) for name in (TOKEN, COMPARED, LANGUAGE))
    return asked != (visit.token, visit.compare_token, visit.language_asked)


def _is_connected_anew(visit: Visit) -> bool:
    """Whether the browser comes back to a visit that it had lost."""
    before, visit.connection = visit.connection, st.context.headers.get(_CONNECTION)
    return before not in (None, visit.connection)


def _take_links(visit: Visit) -> tuple[Fault, ...]:
    """Keep the links of the library that the address carries; at first it is told which are none."""
    faults = []
    for name in (SHARED, ROUND):
        text = st.query_params.get(name)
        if text is None:
            continue
        if opened_by(text) is not None:
            visit.shelf.take_link(text, to_round=name == ROUND)
        elif visit.first:
            faults.append(Fault(kind="damaged_link", facts={"got": shown(text)}))
    return tuple(faults)


def _empty(token: str | None, compared: str | None) -> tuple[Fault, ...]:
    """A part that is announced and says nothing was cut off at its beginning."""
    return (Fault(kind="headless_link"),) if "" in (token, compared) else ()


def _no_language(asked: str | None) -> tuple[Fault, ...]:
    if asked is None or asked in LANGUAGES:
        return ()
    return (unknown(f"{LANGUAGE}.{key_shown(asked)}", key_shown(asked), LANGUAGES),)


def _take_scenario(visit: Visit, token: str | None) -> None:
    visit.token = token
    scenario, notices = read_token(token)
    if visit.first:
        visit.scenario = scenario
    else:
        visit.follow(scenario)
    visit.notices = notices
    visit.addressed = visit.scenario


def read_token(token: str | None) -> tuple[Scenario, tuple[Fault, ...]]:
    """The scenario that a token leads to, and what was wrong with it; what cannot be run is left out."""
    if not token:
        return first_scenario(), ()
    try:
        decoded = decode(token)
    except Refused as refused:
        return first_scenario(), refused.faults
    base = base_of(decoded.scenario)
    faults = tuple(decoded.notices)
    tries = {"world": decoded.scenario, "policy": replace(decoded.scenario, world=base.world)}
    for dropped, scenario in tries.items():
        try:
            require_shown(scenario)
        except Refused as refused:
            faults += (*refused.faults, Fault(kind="left_out", place=dropped))
        else:
            return scenario, faults
    return base, faults


def write(visit: Visit) -> None:
    """Bring the address up to the visit; at most one entry in the browser's history."""
    visit.touched, visit.heard_late = False, False
    asked = None if visit.language == language_of_browser() else visit.language
    compared = written(visit)
    is_known = visit.scenario == visit.addressed and compared == visit.compare_token
    is_known = is_known and len(visit.compared) == visit.compare_count
    if is_known and asked == visit.language_asked and not visit.is_late:
        return
    visit.is_late = False
    if visit.scenario != visit.addressed:
        visit.addressed = visit.scenario
        visit.token = token_of(visit.scenario)
    visit.language_asked, visit.compare_token = asked, compared
    visit.compare_count = len(visit.compared)
    st.query_params.from_dict(link_parameters(visit))


def link_parameters(visit: Visit) -> dict[str, str]:
    """The query of the page's address; links to the other pages carry the same."""
    asked = None if visit.language == language_of_browser() else visit.language
    # A damaged link stays as it came until something is changed.
    is_as_read = visit.scenario == visit.addressed
    token = visit.token if is_as_read else token_of(visit.scenario)
    compared = written(visit)
    # First in the address, so that it is there when the end is cut off.
    wanted: dict[str, str | None] = {COUNT: None}
    wanted |= {
        **st.query_params.to_dict(),
        COUNT: str(len(visit.compared)) if compared and visit.compared else None,
        TOKEN: token,
        COMPARED: compared,
        LANGUAGE: asked,
        FAILED: None,
    }
    return {key: each for key, each in wanted.items() if each}


def read_language(visit: Visit) -> None:
    """The language of the address, else of the browser; a choice just made goes first."""
    asked = st.query_params.get(LANGUAGE)
    is_older = visit.touched or visit.is_late
    if is_older or (not visit.first and asked == visit.language_asked):
        return
    visit.language_asked = asked
    visit.language = asked if asked in LANGUAGES else language_of_browser()


def language_of_browser() -> str:
    """``zh`` for a browser set to any Chinese, else ``en``."""
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def full_address(page: str, **query: str) -> str:
    """The whole address of a page with a query of its own, to be handed on."""
    parts = urlsplit(st.context.url or "")
    # The page's own path is the last part of it; what stands before is where the server is mounted.
    mount = parts.path.rstrip("/").rpartition("/")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"{mount}/{page}", urlencode(query), ""))
