"""A round that is revealed: what everybody believes and comes to, who differs where, and why."""

from dataclasses import replace

import streamlit as st

from sim.analyses.gap import Gap, gap
from sim.declare import Value
from sim.documents.toml_document import parse
from sim.errors import Refused
from sim.reports.changes import place_title
from sim.reports.naming import told_apart
from sim.reports.side_by_side import setting_title, value_text
from sim.scenario import Scenario
from sim.store.records import Round, RoundEntry
from sim.text import Words
from sim.text.numbers import money, share
from sim.text.place_words import place_words
from sim.ui import compare_set
from sim.ui.library_access import asked
from sim.ui.link import require_shown
from sim.ui.markdown import plain
from sim.ui.session import touched
from sim.ui.simulation import compared
from sim.ui.visit import Visit


def draw_revealed(found: Round, visit: Visit, words: Words) -> None:
    """The spread in a sentence, a column for everybody, their reasons, and all into the comparison."""
    entries = asked(visit, lambda store, person: store.rounds.entries(person, found.id)) or ()
    if len(entries) < 2:
        st.info(words("round.few"), icon=":material/info:")
        return
    ground = parse(found.document)
    # People put in what they believe; what is done is that of the round, for all alike.
    named = tuple(
        replace(parse(each.document), name=each.name, policy=ground.policy) for each in entries
    )
    result = gap(named, ground, _answer)
    st.markdown(f"**{_sentence(result, words)}**")
    st.table(_rows(result, ground, entries, words), border="horizontal")
    st.caption(words("round.method"))
    reasons = _reasons(entries, words)
    if reasons:
        st.markdown(f"**{words('round.reasons')}**\n\n{reasons}")
    st.button(
        words("round.compare"),
        key="round.compare",
        on_click=_compare,
        args=(named,),
    )


def _answer(scenario: Scenario) -> float | None:
    try:
        return compared(scenario).outcomes["npv_change"]
    except Refused:
        return None


def _sentence(found: Gap, words: Words) -> str:
    text = _span(found, words)
    if not found.pair or found.spread == 0:
        return text + words("round.agree")
    names = [place_words(f"world.{name}", words) for name in found.pair]
    return text + words(
        "round.explains" if len(names) > 1 else "round.explains.one",
        names=words("phrase.and").join(names),
        share=share(max(found.explains, 0.0), words),
    )


def _span(found: Gap, words: Words) -> str:
    known = [answer for answer in found.answers if answer is not None]
    low = money(min(known, default=None), words, signed=True)
    high = money(max(known, default=None), words, signed=True)
    count = len(found.answers)
    if low == high:
        return words("round.same", count=count, value=low)
    return words("round.range", count=count, low=low, high=high)


def _rows(
    found: Gap, ground: Scenario, entries: tuple[RoundEntry, ...], words: Words
) -> list[dict[str, str]]:
    """A row for the answer and each assumption on which people differ; the scenario's own beside it."""
    # Somebody may be called as a column is: the fixed ones come first, and names get a number.
    fixed = [words(f"round.{name}") for name in ("what", "alone", "ground")]
    what, alone, *names = told_apart([*fixed, *(each.name for each in entries)], words)
    heads = [plain(head) for head in (what, *names, alone)]
    answers = [money(each, words, signed=True) for each in (_answer(ground), *found.answers)]
    rows = [[words("outcome.npv_change"), *answers, ""]]
    for each in found.disagreements:
        place = f"world.{each.name}"
        values: tuple[Value, ...] = (ground.world.value(each.name), *each.values)
        cells = [value_text(place, value, words) for value in values]
        rows.append([setting_title(place, words), *cells, share(max(each.explains, 0.0), words)])
    return [dict(zip(heads, row, strict=True)) for row in rows]


def _reasons(entries: tuple[RoundEntry, ...], words: Words) -> str:
    """Markdown with a line a reason, by what it is given for and then by person."""
    names = told_apart([each.name for each in entries], words)
    given = sorted(
        (place, at, why) for at, each in enumerate(entries) for place, why in each.why.items()
    )
    lines = [
        words(
            "round.reason",
            what=plain(place_title(place, words)),
            name=plain(names[at]),
            why=plain(why),
        )
        for place, at, why in given
        if why.strip() and place.startswith("world.")
    ]
    return "\n".join(f"- {line}" for line in lines)


def _compare(scenarios: tuple[Scenario, ...]) -> None:
    visit = touched()
    sound = []
    for each in scenarios:
        try:
            require_shown(each)
        except Refused as refused:
            visit.shelf.faults = (*visit.shelf.faults, *refused.faults)
        else:
            sound.append(each)
    visit.shelf.notice = "full" if compare_set.add(visit, sound).left else "compare"
