"""The menu of the header by which a scenario is handed on and comes in."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from sim.documents.toml_document import parse, write
from sim.errors import Fault, Refused
from sim.reports.naming import name_of
from sim.scenario import TEXT_LIMITS, Scenario
from sim.text import Words
from sim.ui import compare_set
from sim.ui.assets import AssetsUnavailableError, component
from sim.ui.link import require_shown
from sim.ui.session import touched
from sim.ui.visit import Visit

_ROOT: Final = '<button type="button" class="sim-copy"><span aria-live="polite"></span></button>'
_MOST_FILES: Final = 50
_NO_FILE_NAME: Final = re.compile(r"[^\w.-]+")
_LONGEST_NAME: Final = 80


def draw_share(visit: Visit, words: Words) -> None:
    """A menu: copy the link, download the file, open files."""
    # After files came in it is another menu, and closed: what became of them stands under it.
    menu = st.container(key="share", width="content").popover(
        words("share.title"),
        icon=":material/share:",
        key=f"share-menu-{visit.uploads}",
        width="content",
    )
    with menu:
        st.caption(words("share.help"))
        left = compare_set.left_behind(visit)
        if left:
            st.warning(words("compare.left_behind", count=left), icon=":material/link_off:")
        _copy(words)
        name = file_name(visit.scenario, words)
        st.download_button(
            words("share.download"),
            # Of the scenario at the time of the click: a lever does not draw this menu again.
            data=partial(_document, visit),
            key="share.download",
            file_name=name,
            mime="application/toml",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )
        if visit.compared:
            st.download_button(
                words("share.download_all", count=len(visit.lineup)),
                data=partial(bundle, visit, words),
                key="share.download-all",
                file_name="scenarios.zip",
                mime="application/zip",
                on_click="ignore",
                icon=":material/folder_zip:",
                width="stretch",
            )
        is_full = compare_set.is_full(visit)
        st.button(
            words("share.add"),
            key="share.add",
            icon=":material/compare_arrows:",
            on_click=_add,
            disabled=is_full,
            help=words("compare.full") if is_full else None,
            width="stretch",
        )
        key = f"share.files.{visit.uploads}"
        st.file_uploader(
            words("share.upload"),
            accept_multiple_files=True,
            key=key,
            help=words("share.upload.help"),
            on_change=_take_files,
            args=(key,),
        )


def draw_messages(visit: Visit, words: Words) -> None:
    """What became of the files that came in last, until something is changed."""
    for name, fault in visit.file_faults:
        reason = words.fault(fault).replace("$", r"\$")
        st.error(words("share.refused", file=f"`{name}`", reason=reason), icon=":material/error:")
    if visit.files_opened:
        named = f"`{name_of(visit.scenario, words)}`"
        st.success(words("share.opened", name=named), icon=":material/check:")
    if visit.files_added:
        st.success(words("share.added", count=visit.files_added), icon=":material/check:")
    if visit.files_known:
        st.info(words("share.known", count=visit.files_known), icon=":material/check:")
    if visit.files_left:
        st.warning(words("share.no_room", count=visit.files_left), icon=":material/warning:")
    visit.file_faults, visit.files_opened = (), False
    visit.files_added = visit.files_known = visit.files_left = 0


def file_name(scenario: Scenario, words: Words) -> str:
    """The name of the scenario as that of a file."""
    plain = _NO_FILE_NAME.sub("-", name_of(scenario, words)).strip("-.")
    return f"{plain[:_LONGEST_NAME] or 'scenario'}.toml"


def bundle(visit: Visit, words: Words) -> bytes:
    """The documents of all that are compared, as they are numbered there, in one archive."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for number, scenario in enumerate(visit.lineup, start=1):
            archive.writestr(f"{number}-{file_name(scenario, words)}", write(scenario))
    return packed.getvalue()


def _document(visit: Visit) -> str:
    return write(visit.scenario)


def _copy(words: Words) -> None:
    try:
        button = component("share", _ROOT, js="copy.js", css="copy.css")
    except AssetsUnavailableError:
        st.info(words("share.failed"))
        return
    said = {name: words(f"share.{name}") for name in ("copy", "copied", "failed")}
    button(key="share.copy", data=said)


def _add() -> None:
    visit = touched()
    _tell(visit, compare_set.add(visit, [visit.scenario]))
    visit.uploads += 1


def _take_files(key: str) -> None:
    """Callback: every file that can be read comes in; of the others it is said what is wrong."""
    visit = touched()
    files = st.session_state.get(key) or []
    take(visit, [(file.name, file.getvalue()) for file in files])
    # A box of its own for the next files: this one would hand in the same again.
    visit.uploads += 1


def take(visit: Visit, files: list[tuple[str, bytes]]) -> None:
    """Open one file on the page, or put several into the comparison."""
    sound: list[Scenario] = []
    faults: list[tuple[str, Fault]] = []
    for name, content in files[:_MOST_FILES]:
        try:
            scenario = _named(parse(content), name)
            require_shown(scenario)
        except Refused as refused:
            faults.extend((_shown(name), _of_file(fault, content)) for fault in refused.faults)
        else:
            sound.append(scenario)
    visit.file_faults = tuple(faults)
    if len(files) == 1 and sound:
        visit.forget_drafts()
        visit.change(sound[0])
        visit.shelf.lay_out(sound[0])
        visit.files_opened = True
        return
    _tell(visit, compare_set.add(visit, sound), beyond=max(len(files) - _MOST_FILES, 0))


def _tell(visit: Visit, added: compare_set.Added, *, beyond: int = 0) -> None:
    visit.files_added, visit.files_known = added.new, added.known
    visit.files_left = added.left + beyond


def _of_file(fault: Fault, content: bytes) -> Fault:
    """What is no text at all, or nothing, is not told what a document lacks in it."""
    if not content.strip():
        return Fault(kind="empty_file")
    # Of UTF-16 the document's own fault says what to do.
    is_utf_16 = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    is_binary = fault.kind == "not_text" and b"\0" in content and not is_utf_16
    return Fault(kind="no_document") if is_binary else fault


def _named(scenario: Scenario, file: str) -> Scenario:
    """A scenario of no case that has no name is called as its file is."""
    if scenario.name or scenario.case is not None:
        return scenario
    return replace(scenario, name=PurePath(_shown(file)).stem[: TEXT_LIMITS["name"]])


def _shown(name: str) -> str:
    """The name of a file that came in, which may be anything, between back quotes."""
    return "".join(letter for letter in name if letter.isprintable() and letter != "`")[:120]
