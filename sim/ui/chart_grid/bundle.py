"""A bundle of JavaScript modules without those that nothing in it leads to.

A bundler such as esbuild puts every module into a function that is called by whoever needs it first:
``var a=wrap((exports,module)=>{...});``. Which of them are wanted is plain from the names alone: a
statement is left out where the name it is wanted by stands, in whatever sense, nowhere in what is kept.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# A name in JavaScript, and whatever else is one word.
NAME: Final = r"[\w$]+"
_WORD: Final = re.compile(NAME)

# A slash after one of these, or after one of the words, begins a pattern; after a value it divides.
_NO_VALUE: Final = r"[(,=:\[!&|?{};+*%~^<>\n-]"
_NO_VALUE_EITHER: Final = ("return", "typeof", "case", "else", "void", "in", "of", "do")
_BEFORE: Final = "|".join(
    (rf"(?<={_NO_VALUE}/)", *(rf"(?<=\b{word}/)" for word in _NO_VALUE_EITHER))
)
# What a template says, up to its end or to the next expression in it.
_SAID: Final = r"(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)"
_INTO: Final = "${"
_TEMPLATE: Final = re.compile(_SAID, re.DOTALL)
# Strings, comments and patterns are no code: what stands in them is passed over.
_TOKEN: Final = re.compile(
    r"""["'`/()\[\]{};](?:"""
    r"(?<=[()\[\]{};])"
    r'|(?<=")[^"\\]*(?:\\.[^"\\]*)*"'
    r"|(?<=')[^'\\]*(?:\\.[^'\\]*)*'"
    rf"|(?<=`){_SAID}"
    r"|(?<=/)(?:/[^\n]*|\*.*?\*/)"
    rf"|(?:{_BEFORE})(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
    r")",
    re.DOTALL,
)

_DECLARED: Final = re.compile(rf"(?:async )?(?:function\*? ?|class )({NAME})")
# One call, or what a call adds to something: ``var a,b=wrap(...);`` sets a when b is called.
_CALLED: Final = re.compile(rf"var (?:{NAME},)*({NAME})={NAME}\(|{NAME}\(({NAME}),\{{")
_OPENS: Final = ("(", "[", "{", _INTO)
_CLOSES: Final = {")": "(", "]": "[", "}": "{"}
# After the function that holds the whole bundle: it is called.
_END_OF_ALL: Final = "})();"


@dataclass(frozen=True)
class _Statement:
    """A piece of the text, and the name by which it is wanted; None where it always is."""

    begin: int
    end: int
    name: str | None


def reached(source: str, begin: int) -> str | None:
    """A bundle without the statements that nothing leads to.

    Parameters
    ----------
    source
        The text of the bundle.
    begin
        Where the first statement begins of the function that holds all of it.

    Returns
    -------
    None where the text does not read as is known here, and had better be left alone.
    """
    statements = _statements(source, begin)
    if not statements:
        return None
    wanted_by = defaultdict(list)
    for each in statements:
        wanted_by[each.name].append(each)
    kept: list[_Statement] = []
    todo = wanted_by.pop(None, [])
    while todo:
        kept += todo
        words = {word for each in todo for word in _WORD.findall(source, each.begin, each.end)}
        todo = [each for word in words for each in wanted_by.pop(word, ())]
    kept.sort(key=lambda each: each.begin)
    pieces = (source[each.begin : each.end] for each in kept)
    return source[:begin] + "".join(pieces) + source[statements[-1].end :]


def _statements(source: str, begin: int) -> list[_Statement]:
    """The statements of a function's body; none where they cannot be told apart."""
    found: list[_Statement] = []
    closed = 0
    for mark, at, depth in _marks(source, begin):
        if depth < 0:
            is_end = source.startswith(_END_OF_ALL, at - 1)
            return [*found, _Statement(begin, at - 1, None)] if is_end else []
        if depth == 0 and mark != ";":
            closed = closed or at
        declared = _DECLARED.match(source, begin) if depth == 0 and mark == "}" else None
        if depth == 0 and (mark == ";" or declared):
            # A call and nothing beside it: then there is no other name.
            called = _CALLED.match(source, begin) if closed == at - 1 else None
            name = declared[1] if declared else called and (called[1] or called[2])
            found.append(_Statement(begin, at, name))
            begin, closed = at, 0
    return []


def _marks(source: str, begin: int) -> Iterator[tuple[str, int, int]]:
    """Closing brackets and semicolons, where each ends, and in how many brackets one is then.

    It ends with a bracket that closes none of those that were opened here (-1).
    """
    open_ones: list[str] = []
    tokens = _TOKEN.finditer(source, begin)
    while token := next(tokens, None):
        mark, at = token[0], token.end()
        if mark[0] == "`":
            mark = mark[-2:]
        if mark in _OPENS:
            open_ones.append(mark)
        elif mark == ";":
            yield mark, at, len(open_ones)
        elif mark == "}" and open_ones[-1:] == [_INTO]:
            said = _TEMPLATE.match(source, at)
            if said is None or not said[0].endswith(_INTO):
                open_ones.pop()
            tokens = _TOKEN.finditer(source, said.end() if said else len(source))
        elif mark in _CLOSES:
            is_ours = bool(open_ones) and open_ones.pop() == _CLOSES[mark]
            yield mark, at, len(open_ones) if is_ours else -1
