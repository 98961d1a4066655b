"""Text that may be handed to a TOML parser: of a size, an encoding and a depth that it survives.

``tomllib`` recurses once for each bracket, so depth is counted before it sees the text. The scan
agrees with TOML's grammar up to the first error of syntax, and what follows one is never parsed.
"""

import re
from typing import Final

from sim.documents.limits import DEEPEST, MOST_BYTES, MOST_ENTRIES
from sim.errors import Fault, Refused, TooLarge

_TOKEN: Final = re.compile(
    r'''
      (?P<string> """(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}
                | \'\'\'(?:[^']++|'{1,2}(?!'))*+'{3,5}
                | "(?!"")(?:[^"\\\n]++|\\.)*+"
                | '(?!\'\')[^'\n]*+' )
    | (?P<comment> \#[^\n]*+ )
    | (?P<open> [\[{] )
    | (?P<close> [\]}] )
    | (?P<dot> \. )
    | (?P<equals> = )
    | (?P<end> [,\n] )
    | (?P<loose> ["'] )
    ''',
    re.VERBOSE | re.DOTALL,
)


def text_of(raw: bytes | str) -> str:
    """The text of a document, without a byte order mark.

    Raises
    ------
    TooLarge
        If it is over the limit of size.
    Refused
        If it is not UTF-8, or holds a NUL.
    """
    if len(raw) > MOST_BYTES:
        raise TooLarge([_large(len(raw))])
    text = _decoded(raw) if isinstance(raw, bytes) else _encodable(raw)
    if "\0" in text:
        raise Refused([Fault(kind="holds_nul", facts={"at": text.index("\0")})])
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def require_shallow(text: str) -> None:
    """Refuse a text nested too deeply or with too many entries.

    Raises
    ------
    TooLarge
        With the limit that is passed.
    """
    depth = dots = entries = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "loose":
            return
        depth += (kind == "open") - (kind == "close")
        # A dotted key nests like brackets do; a number has one dot, and is between two ends.
        dots = dots + 1 if kind == "dot" else dots * (kind in ("string", "comment"))
        entries += kind in ("open", "equals")
        if max(depth, dots) > DEEPEST:
            deep = {"got": max(depth, dots), "legal": DEEPEST}
            raise TooLarge([Fault(kind="too_deep", facts=deep)])
        if entries > MOST_ENTRIES:
            many = {"got": f"> {MOST_ENTRIES}", "legal": MOST_ENTRIES}
            raise TooLarge([Fault(kind="too_many", place="document", facts=many)])


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_text(f"0x{raw[error.start]:02x}", error.start) from None


def _encodable(text: str) -> str:
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise _not_text(f"U+{ord(text[error.start]):04X}", error.start) from None
    if size > MOST_BYTES:
        raise TooLarge([_large(size)])
    return text


def _large(size: int) -> Fault:
    # Of a file no more is read than shows that it is too large: how large, nobody knows.
    got = f"{size:,} bytes" if size > MOST_BYTES + 1 else f"> {MOST_BYTES:,} bytes"
    return Fault(kind="too_large", facts={"got": got, "legal": f"{MOST_BYTES:,} bytes"})


def _not_text(got: str, at: int) -> Refused:
    return Refused([Fault(kind="not_text", facts={"got": got, "at": at})])
