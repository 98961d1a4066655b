"""The scenario document: read from a file or a text, and written with only what differs."""

import sys
from pathlib import Path

from sim.cases.catalogue import case
from sim.documents.acceptance import require_accepted
from sim.documents.limits import MOST_BYTES
from sim.documents.reader import scenario_of
from sim.errors import Fault, Refused
from sim.scenario import Scenario
from sim.shown import one_line


def parse(text_or_bytes: str | bytes) -> Scenario:
    """The scenario that the text of a document describes.

    Raises
    ------
    Refused
        With all that is wrong at once, each with its place.
    """
    return scenario_of(text_or_bytes, case_scenario=lambda name: case(name).scenario)


def read(path: str | Path) -> Scenario:
    """The scenario in a file; ``"-"`` is standard input.

    Raises
    ------
    Refused
        If the file cannot be read, or with all that is wrong in it.
    """
    # One byte more than is legal, so that a device that never ends is refused and not awaited.
    try:
        if str(path) == "-":
            if sys.stdin is None:
                raise OSError(0, "standard input is closed")
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        elif not str(path):
            raise ValueError("the path is empty")
        else:
            with Path(path).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        facts = {"got": one_line(reason)}
        raise Refused([Fault(kind="unreadable", place=one_line(str(path)), facts=facts)]) from None
    return parse(raw)


def base_of(scenario: Scenario) -> Scenario:
    """What a scenario is written as differences to: its case, or the defaults.

    Raises
    ------
    UnknownCase
        If its case is not in the catalogue.
    """
    return Scenario() if scenario.case is None else case(scenario.case).scenario


def write(scenario: Scenario) -> str:
    """The document of a scenario: its name and note, its case, and only what differs from that.

    Raises
    ------
    Refused
        If the document could not be read again, since a number is outside its limits.
    """
    # Reading, which every command does, is to stay light: only writing needs tomlkit.
    from sim.documents.toml_writer import document_text

    require_accepted(scenario)
    return document_text(scenario, base_of(scenario))
