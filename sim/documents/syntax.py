"""What is wrong with a text that is no TOML, with its line, and what was probably meant."""

import re
from typing import Final

from sim.errors import Fault
from sim.shown import one_line

_PLACE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
# Other formats have a word for "no value".
_NOTHING: Final = re.compile(r"(null|NULL|None|nil)\b")
# The parser's reasons are English; these are the kinds of fault that a page says in any language.
_KINDS: Final = (
    ("toml_twice", re.compile(r"Cannot (declare|overwrite|mutate|redefine)|Duplicate")),
    ("toml_open_bracket", re.compile(r"Unclosed|Expected '\]")),
    ("toml_open_text", re.compile(r"Unterminated|Expected \"'|(Illegal|Found invalid) .* '\\n'")),
    ("toml_escape", re.compile(r"Unescaped|Escaped|Invalid hex|Illegal|Found invalid")),
    ("toml_value", re.compile(r"Invalid (value|date)|Expected newline")),
)


def syntax_fault(text: str, reason: str) -> Fault:
    """The fault for a text, and the reason that the parser gave."""
    if text.lstrip().startswith("{"):
        return Fault(kind="json_text")
    where = _PLACE.search(reason)
    if where is None:
        return Fault(kind="not_toml", facts={"got": one_line(reason)})
    lines = text.replace("\r\n", "\n").split("\n")
    # "End of document" is the line after the last one that says anything.
    number, column = (int(each or 0) for each in where.groups())
    number = number or len(text.rstrip().split("\n"))
    line = lines[number - 1]
    nothing = _NOTHING.match(line, max(column - 1, 0))
    if nothing:
        return Fault(kind="no_null", facts={"got": nothing[1], "line": number})
    kind = next((kind for kind, wanted in _KINDS if wanted.match(reason)), "toml_line")
    return Fault(kind=kind, facts={"line": number, "got": one_line(line.strip())})
