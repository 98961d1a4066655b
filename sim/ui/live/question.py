"""What the browser asks for while a lever moves: a scenario, and changes to it."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from sim.documents.token import decode
from sim.places import with_value
from sim.scenario import Scenario
from sim.text import LANGUAGES
from sim.ui.link import first_scenario
from sim.ui.rows.edits import Edit, read_edits
from sim.ui.visit import AXES, SHOWS, Look

MOST_BYTES: Final = 65_536
_LONGEST_NAME: Final = 64
# Every change of a lever in the hand begins with the same token.
_REMEMBERED: Final = 256


@dataclass(frozen=True, kw_only=True)
class Question:
    """A scenario by its token, edits to it in their order, and how the answer is to read.

    ``worlds_of`` is the token of the scenario whose worlds stand on the page (empty: that of the clean
    address; None: there are none). Where ``waits``, the answer has time until worlds of this scenario
    are known; ``visitor`` names whoever waits.
    """

    token: str | None
    edits: tuple[Edit, ...]
    language: str
    look: Look
    worlds_of: str | None = None
    visitor: str = ""

    @property
    def waits(self) -> bool:
        """Whether the answer is to wait for worlds."""
        return bool(self.visitor)

    def base(self) -> Scenario:
        """The scenario before the edits, of which the page has drawn worlds.

        Raises
        ------
        Refused
            If the token cannot be read.
        """
        return _scenario(self.token)

    def fanned(self) -> Scenario | None:
        """The scenario whose worlds stand on the page, if any.

        Raises
        ------
        Refused
            If its token cannot be read.
        """
        return None if self.worlds_of is None else _scenario(self.worlds_of)

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


@lru_cache(maxsize=_REMEMBERED)
def _scenario(token: str | None) -> Scenario:
    return decode(token).scenario if token else first_scenario()


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
    language = fields.get("language")
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")
    return Question(
        token=_text(fields, "s"),
        edits=read_edits(fields.get("edits")),
        language=cast("str", language),
        look=_look(fields.get("look")),
        worlds_of=_text(fields, "worldsOf"),
        visitor=_visitor(fields.get("visitor", "")),
    )


def _text(fields: dict[str, Any], name: str) -> str | None:
    sent = fields.get(name)
    if sent is None or isinstance(sent, str):
        return sent
    raise ValueError(f"{name} must be the token of a scenario")


def _visitor(sent: object) -> str:
    if not isinstance(sent, str) or len(sent) > _LONGEST_NAME:
        raise ValueError(f"visitor must be a name of at most {_LONGEST_NAME} letters")
    return sent


def _look(sent: object) -> Look:
    match sent:
        case {"axis": axis, "shows": shows, "fan": bool(fan)} if axis in AXES and shows in SHOWS:
            return Look(axis=axis, shows=shows, fan=fan)
    legal = f"axis ({', '.join(AXES)}), shows ({', '.join(SHOWS)}) and fan (true, false)"
    raise ValueError(f"look must have {legal}")
