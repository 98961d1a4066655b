"""What the browser asks for while a lever moves: a scenario, and changes to it."""

import json
from dataclasses import dataclass
from typing import Any, Final, cast

from sim.documents.token import decode
from sim.scenario import Scenario
from sim.text import LANGUAGES
from sim.ui.link import first_scenario
from sim.ui.places import with_value
from sim.ui.rows.edits import Edit, read_edits
from sim.ui.visit import AXES, AxisKind

MOST_BYTES: Final = 65_536


@dataclass(frozen=True, kw_only=True)
class Question:
    """A scenario by its token, edits to it in their order, and how the answer is to read."""

    token: str | None
    edits: tuple[Edit, ...]
    language: str
    axis: AxisKind

    def scenario(self) -> Scenario:
        """The scenario with all edits in it.

        Raises
        ------
        Refused
            If the token or a value cannot be.
        ValueError
            If an edit is not to a number of this scenario.
        """
        scenario = decode(self.token).scenario if self.token else first_scenario()
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
    token, language, axis = fields.get("s"), fields.get("language"), fields.get("axis")
    if token is not None and not isinstance(token, str):
        raise ValueError("s must be the token of a scenario")
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")
    if axis not in AXES:
        raise ValueError(f"axis must be one of {', '.join(AXES)}")
    return Question(
        token=token,
        edits=read_edits(fields.get("edits")),
        language=cast("str", language),
        axis=cast("AxisKind", axis),
    )
