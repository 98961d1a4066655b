"""What is wrong with a text that is no TOML, with its line, and what was probably meant."""

import re
from typing import Final

from sim.errors import Fault
from sim.shown import one_line

_LINE: Final = re.compile(r"at line (\d+)")
# Other formats have a word for "no value".
_NOTHING: Final = re.compile(r"[=\[,]\s*(null|None|nil|NULL)\b")


def syntax_fault(text: str, reason: str) -> Fault:
    """The fault for a text, and the reason that the parser gave."""
    if text.lstrip().startswith("{"):
        return Fault(kind="json_text")
    where = _LINE.search(reason)
    lines = text.split("\n")
    number = int(where[1]) if where else len(lines)
    line = lines[number - 1].strip() if number <= len(lines) else ""
    nothing = _NOTHING.search(line)
    if nothing:
        return Fault(kind="no_null", facts={"got": nothing[1], "line": number})
    excerpt = f" > {one_line(line)}" if line else ""
    return Fault(kind="not_toml", facts={"got": f"{one_line(reason)}{excerpt}"})
