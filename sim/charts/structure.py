"""The diagram of the model: who makes a number, the number, and who uses it, drawn as one SVG.

Three columns. On the left the mechanisms in the order of the week; in the middle what each of them
makes for others or keeps for the next week; on the right the mechanisms that use it. Every box and
arrow comes from :class:`~sim.analyses.structure.Structure`; nothing is placed by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from sim.analyses.structure import Carried, Structure
from sim.text import Words

# Middle tones: at least 3:1 against the light page and against the dark one.
_COLOURS: Final = (
    "#3d7fd1",
    "#a07a10",
    "#c8681a",
    "#2e9160",
    "#8f6bd6",
    "#d1545c",
    "#2d8a9a",
    "#7a7f8c",
)
_WIDTH: Final = 780.0
_ROW: Final = 29.0
_BOX: Final = 22.0
_GAP: Final = 14.0
_TOP: Final = 34.0
_LEFT: Final = (0.0, 118.0)
_MIDDLE: Final = (176.0, 424.0)
_RIGHT: Final = (652.0, 780.0)

CSS: Final = """
.structure { overflow-x: auto; color: var(--st-text-color, currentColor);
  font-family: var(--st-font, sans-serif); }
.structure svg { display: block; min-width: 700px; width: 100%; max-width: 980px; height: auto; }
.structure text { fill: currentColor; font-size: 12.5px; }
.structure .head { font-size: 12px; font-weight: 600; opacity: .75; }
.structure .name { font-weight: 600; }
.structure path { fill: none; stroke-width: 1.5; opacity: .62; }
.structure .tip { stroke: none; opacity: .9; }
.structure g.row:hover path { stroke-width: 3; opacity: 1; }
.structure g.row:hover text { font-weight: 600; }
"""


@dataclass(frozen=True, kw_only=True)
class _Group:
    """A mechanism on the left with the rows it makes."""

    mechanism: str
    colour: str
    top: float
    rows: tuple[Carried, ...]

    @property
    def height(self) -> float:
        return max(len(self.rows), 1) * _ROW - (_ROW - _BOX)


def carried_words(carried: Carried, words: Words) -> str:
    """What a row is called; its id while nobody has found words for it yet."""
    key = f"carried.{carried.row.id}"
    return words(key) if key in words else carried.row.id


def mechanism_words(mechanism: str, words: Words) -> str:
    """What a mechanism is called; its id while nobody has found words for it yet."""
    key = f"mechanism.{mechanism}"
    return words(key) if key in words else mechanism


def structure_svg(structure: Structure, words: Words) -> str:
    """The diagram as an SVG in a scrolling box, with a label that says what is in it."""
    groups = list(_groups(structure))
    height = groups[-1].top + groups[-1].height + 8 if groups else _TOP
    users = _users(groups, height)
    body = "".join(
        (
            *_heads(words),
            *(_maker(group, words) for group in groups),
            *(
                _row(group, index, users, words)
                for group in groups
                for index in range(len(group.rows))
            ),
            *(
                _box(_RIGHT, y, _BOX + 8, mechanism_words(name, words), _colour(structure, name))
                for name, (y, _) in users.items()
            ),
        )
    )
    label = escape(
        words(
            "model.structure.alt",
            mechanisms=len(structure.mechanisms),
            stocks=sum(each.is_stock for each in structure.carried),
            flows=sum(not each.is_stock for each in structure.carried),
        )
    )
    return (
        f'<div class="structure" tabindex="0" role="group" aria-label="{label}">'
        f'<svg viewBox="0 0 {_WIDTH:g} {height:g}" role="img" aria-label="{label}" '
        f'xmlns="http://www.w3.org/2000/svg">{body}</svg></div>'
    )


def _colour(structure: Structure, mechanism: str) -> str:
    return _COLOURS[structure.mechanisms.index(mechanism) % len(_COLOURS)]


def _groups(structure: Structure) -> Iterator[_Group]:
    top = _TOP
    for mechanism in structure.mechanisms:
        mine = [each for each in structure.carried if each.makers[0] == mechanism]
        # What passes on within the week first, then what stays for the next.
        rows = tuple(sorted(mine, key=lambda each: each.is_stock))
        group = _Group(
            mechanism=mechanism, colour=_colour(structure, mechanism), top=top, rows=rows
        )
        yield group
        top += group.height + _GAP


def _users(groups: list[_Group], height: float) -> dict[str, tuple[float, int]]:
    """Where each user's box begins on the right, ordered by what it uses so that few arrows cross."""
    used: dict[str, list[float]] = {}
    for group in groups:
        for index, carried in enumerate(group.rows):
            for user in carried.users:
                used.setdefault(user, []).append(group.top + index * _ROW)
    ordered = sorted(used, key=lambda name: sum(used[name]) / len(used[name]))
    room = (height - _TOP) / max(len(ordered), 1)
    return {
        name: (_TOP + room * (place + 0.5) - _BOX / 2 - 4, len(used[name]))
        for place, name in enumerate(ordered)
    }


def _heads(words: Words) -> Iterator[str]:
    for (left, _), key in ((_LEFT, "maker"), (_MIDDLE, "carried"), (_RIGHT, "user")):
        text = escape(words(f"model.structure.{key}"))
        yield f'<text class="head" x="{left:g}" y="16">{text}</text>'


def _box(span: tuple[float, float], y: float, height: float, text: str, colour: str) -> str:
    left, right = span
    return (
        f'<rect x="{left + 1:g}" y="{y:g}" width="{right - left - 2:g}" height="{height:g}" '
        f'rx="4" fill="{colour}" fill-opacity=".16" stroke="{colour}" stroke-width="1.5"/>'
        f'<text class="name" x="{(left + right) / 2:g}" y="{y + height / 2 + 4.5:g}" '
        f'text-anchor="middle">{escape(text)}</text>'
    )


def _maker(group: _Group, words: Words) -> str:
    text = mechanism_words(group.mechanism, words)
    return _box(_LEFT, group.top, group.height, text, group.colour)


def _row(group: _Group, index: int, users: dict[str, tuple[float, int]], words: Words) -> str:
    carried, y = group.rows[index], group.top + index * _ROW
    left, right = _MIDDLE
    middle = y + _BOX / 2
    shape = 'stroke-width="2.5"' if carried.is_stock else 'stroke-dasharray="4 3" stroke-width="1"'
    fill = ".16" if carried.is_stock else "0"
    corner = 2 if carried.is_stock else _BOX / 2
    text = escape(carried_words(carried, words))
    arrows = "".join(
        _arrow(right, middle, _RIGHT[0], users[user][0] + _BOX / 2 + 4, group.colour)
        for user in carried.users
    )
    return (
        f'<g class="row"><title>{text}</title>'
        f"{_arrow(_LEFT[1], middle, left, middle, group.colour)}{arrows}"
        f'<rect x="{left + 1:g}" y="{y:g}" width="{right - left - 2:g}" height="{_BOX:g}" '
        f'rx="{corner:g}" fill="{group.colour}" fill-opacity="{fill}" '
        f'stroke="{group.colour}" {shape}/>'
        f'<text x="{(left + right) / 2:g}" y="{middle + 4.5:g}" text-anchor="middle">{text}</text>'
        "</g>"
    )


def _arrow(x0: float, y0: float, x1: float, y1: float, colour: str) -> str:
    bend = (x1 - x0) * 0.5
    tip = x1 - 7
    return (
        f'<path d="M{x0:g},{y0:g} C{x0 + bend:g},{y0:g} {tip - bend:g},{y1:g} {tip:g},{y1:g}" '
        f'stroke="{colour}"/>'
        f'<polygon class="tip" points="{tip:g},{y1 - 4:g} {x1:g},{y1:g} {tip:g},{y1 + 4:g}" '
        f'fill="{colour}"/>'
    )
