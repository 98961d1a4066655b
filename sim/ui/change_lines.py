"""Changes and reasons as lists: what, from what to what, and why."""

from collections.abc import Iterable, Mapping, Sequence

from sim.reports.changes import Change, describe, place_title
from sim.text import Words
from sim.ui.markdown import plain


def change_lines(
    found: Sequence[Change], words: Words, why: Mapping[str, str] | None = None
) -> str:
    """Markdown with a line a change, and the reason that is given for its place; empty for none."""
    reasons = why or {}
    return _listed(
        _line(place_title(each.place, words), describe(each, words), reasons.get(each.place), words)
        for each in found
    )


def reason_lines(why: Mapping[str, str], words: Words) -> str:
    """Markdown with a line a reason, by the place that it is given for; empty for none."""
    return _listed(
        _line(place_title(place, words), text, None, words) for place, text in why.items()
    )


def _line(what: str, said: str, why: str | None, words: Words) -> str:
    line = words("phrase.change", title=plain(what), what=plain(said))
    return words("library.why.line", change=line, why=plain(why)) if why else line


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
