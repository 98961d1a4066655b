"""What the browser asks for while a lever moves: a scenario, and changes to it."""

import json
from dataclasses import dataclass
from typing import Any, Final, cast

from sim.documents.token import decode
from sim.places import with_value
from sim.scenario import Scenario
from sim.text import LANGUAGES
from sim.ui.link import first_scenario
from sim.ui.rows.edits import Edit, read_edits
from sim.ui.visit import AXES, SHOWS, Look

MOST_BYTES: Final = 65_536


@dataclass(frozen=True, kw_only=True)
class Question:
    """A scenario by its token, edits to it in their order, and how the answer is to read."""

    token: str | None
    edits: tuple[Edit, ...]
    language: str
    look: Look

    def base(self) -> Scenario:
        """The scenario before the edits, of which the page has drawn worlds.

        Raises
        ------
        Refused
            If the token cannot be read.
        """
        return decode(self.token).scenario if self.token else first_scenario()

    def scenario(self) -> Scenario:
        """The scenario with all edits in it.

        Raises
        ------
        Refused
            If the token or a value cannot be.
        ValueError
            If an edit is not to a number of this scenario.
        """
        scenario = self.base()
        for edit in self.edits:
            value = edit.value(scenario, self.language)
            scenario = with_value(scenario, edit.place, value)
        return scenario


def read_question(body: bytes) -> Question:
    """A question from the body of a request.

    Raises
    ------
    ValueError
        If it is none, with what is wrong.
    """
    if len(body) > MOST_BYTES:
        raise ValueError(f"a question has at most {MOST_BYTES} bytes")
    try:
        sent = json.loads(body)
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError("a question is a JSON object") from error
    if not isinstance(sent, dict):
        raise ValueError("a question is a JSON object")
    fields = cast("dict[str, Any]", sent)
    token, language = fields.get("s"), fields.get("language")
    if token is not None and not isinstance(token, str):
        raise ValueError("s must be the token of a scenario")
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")
    return Question(
        token=token,
        edits=read_edits(fields.get("edits")),
        language=cast("str", language),
        look=_look(fields.get("look")),
    )


def _look(sent: object) -> Look:
    match sent:
        case {"axis": axis, "shows": shows, "fan": bool(fan)} if axis in AXES and shows in SHOWS:
            return Look(axis=axis, shows=shows, fan=fan)
    legal = f"axis ({', '.join(AXES)}), shows ({', '.join(SHOWS)}) and fan (true, false)"
    raise ValueError(f"look must have {legal}")
