"""Changes as a list: what, and from what to what."""

from collections.abc import Sequence

from sim.reports.changes import Change, describe, title
from sim.text import Words
from sim.ui.markdown import plain


def change_lines(found: Sequence[Change], words: Words) -> str:
    """Markdown with a line a change; empty for none."""
    lines = (
        words("phrase.change", title=plain(title(each, words)), what=plain(describe(each, words)))
        for each in found
    )
    return "\n".join(f"- {line}" for line in lines)
