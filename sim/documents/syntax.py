"""What is wrong with a text that is no TOML, with its line, and what was probably meant."""

import re
from typing import Final

from sim.errors import Fault
from sim.shown import one_line

_PLACE: Final = re.compile(r"at line (\d+), column (\d+)")
# Other formats have a word for "no value".
_NOTHING: Final = re.compile(r"(null|NULL|None|nil)\b")


def syntax_fault(text: str, reason: str) -> Fault:
    """The fault for a text, and the reason that the parser gave."""
    if text.lstrip().startswith("{"):
        return Fault(kind="json_text")
    where = _PLACE.search(reason)
    if where is None:
        return Fault(kind="not_toml", facts={"got": one_line(reason)})
    number, column = int(where[1]), int(where[2])
    line = text.replace("\r\n", "\n").split("\n")[number - 1]
    nothing = _NOTHING.match(line, column - 1)
    if nothing:
        return Fault(kind="no_null", facts={"got": nothing[1], "line": number})
    excerpt = f" > {one_line(line.strip())}" if line.strip() else ""
    return Fault(kind="not_toml", facts={"got": f"{one_line(reason)}{excerpt}"})
