"""Blind, then revealed: nobody reads what others entered, the owner neither, until the reveal.

The owner opens a round on one version and hands out its link. Whoever holds it enters their own
document, and may enter again until the reveal; from then on all who could enter read all.
"""

import json
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from sim.documents.toml_document import parse
from sim.errors import Fault, Refused
from sim.store.access import Admission, Visit, hashed
from sim.store.limits import TEXT_LIMITS
from sim.store.people import link_text, new_id, new_secret
from sim.store.reading import kept_json, maybe_time, time_of, version_row
from sim.store.records import Draft, Round, RoundEntry
from sim.store.saving import full
from sim.store.schema import ENTRIES, ROUNDS
from sim.store.texts import require_text, require_whys


def open_round(admission: Admission, question: str, number: int | None) -> Round:
    """A new round on a version (the newest: None), with its link, which is never told again.

    Raises
    ------
    Refused
        If the question is no text, or there are too many rounds on this scenario.
    NotFound
        If there is no version of that number.
    """
    visit, scenario, secret = admission.visit, admission.scenario, new_secret()
    asked = require_text("question", question, most=TEXT_LIMITS["question"])
    count = select(func.count()).where(ROUNDS.c.scenario_id == scenario.id)
    if visit.connection.execute(count).scalar_one() >= visit.limits.rounds:
        raise full("rounds", visit.limits.rounds)
    version = version_row(
        visit.connection, scenario.id, scenario.head if number is None else number
    )
    id = new_id()
    visit.connection.execute(
        insert(ROUNDS).values(
            id=id,
            scenario_id=scenario.id,
            number=version.number,
            owner=visit.keeper,
            question=asked,
            document=version.document,
            hash=hashed(secret),
            opened=visit.now,
        )
    )
    row = visit.connection.execute(select(ROUNDS).where(ROUNDS.c.id == id)).one()
    return round_of(visit, row, link=link_text(id, secret))


def rounds(admission: Admission) -> tuple[Round, ...]:
    """The rounds on a scenario, the newest first."""
    of_this = ROUNDS.c.scenario_id == admission.scenario.id
    wanted = select(ROUNDS).where(of_this).order_by(ROUNDS.c.opened.desc(), ROUNDS.c.id)
    found = admission.visit.connection.execute(wanted).all()
    return tuple(round_of(admission.visit, row) for row in found)


def round_of(visit: Visit, row: Row[Any], link: str | None = None) -> Round:
    """A round as whoever takes part may see it: how many have entered, and not what."""
    count = select(func.count()).where(ENTRIES.c.round_id == row.id)
    return Round(
        id=row.id,
        scenario_id=row.scenario_id,
        number=row.number,
        question=row.question,
        document=row.document,
        opened=time_of(row.opened),
        revealed=maybe_time(row.revealed),
        count=visit.connection.execute(count).scalar_one(),
        link=link,
    )


def put_entry(visit: Visit, round: Row[Any], name: str, draft: Draft) -> None:
    """Enter one's own document; what the same person entered before is replaced.

    Raises
    ------
    Refused
        If the round is revealed, the document cannot be read, or as many have entered as may.
    """
    if round.revealed is not None:
        raise Refused([Fault(kind="round_over")])
    shown = require_text("entrant", name, most=TEXT_LIMITS["entrant"], one_line=True, empty=False)
    why = kept_json(require_whys(draft.why))
    parse(draft.document)
    own = (ENTRIES.c.round_id == round.id) & (ENTRIES.c.person == visit.keeper)
    others = (ENTRIES.c.round_id == round.id) & (ENTRIES.c.person != visit.keeper)
    count = select(func.count()).where(others)
    if visit.connection.execute(count).scalar_one() >= visit.limits.entries:
        raise full("entries", visit.limits.entries)
    visit.connection.execute(delete(ENTRIES).where(own))
    visit.connection.execute(
        insert(ENTRIES).values(
            round_id=round.id,
            person=visit.keeper,
            name=shown,
            document=draft.document,
            why=why,
            entered=visit.now,
        )
    )


def withdraw_entry(visit: Visit, round: Row[Any]) -> None:
    """Take back what one has entered; nothing of this person's is in the round after it.

    Raises
    ------
    Refused
        If the round is revealed: everybody has seen it by then.
    """
    if round.revealed is not None:
        raise Refused([Fault(kind="round_shown")])
    own = (ENTRIES.c.round_id == round.id) & (ENTRIES.c.person == visit.keeper)
    visit.connection.execute(delete(ENTRIES).where(own))


def entries(visit: Visit, round: Row[Any]) -> tuple[RoundEntry, ...]:
    """One's own entry before the reveal, everybody's after it, in the order of their names."""
    wanted = select(ENTRIES).where(ENTRIES.c.round_id == round.id)
    if round.revealed is None:
        wanted = wanted.where(ENTRIES.c.person == visit.keeper)
    rows = visit.connection.execute(wanted.order_by(ENTRIES.c.name, ENTRIES.c.entered))
    return tuple(
        RoundEntry(
            name=row.name,
            document=row.document,
            why=json.loads(row.why),
            entered=time_of(row.entered),
            is_own=row.person == visit.keeper,
        )
        for row in rows
    )


def reveal(visit: Visit, round: Row[Any]) -> None:
    """Show everybody's entries to everybody; from then on nothing more is entered."""
    once = (ROUNDS.c.id == round.id) & ROUNDS.c.revealed.is_(None)
    visit.connection.execute(update(ROUNDS).where(once).values(revealed=visit.now))


def remove_round(visit: Visit, round: Row[Any]) -> None:
    """Remove a round with all its entries."""
    visit.connection.execute(delete(ROUNDS).where(ROUNDS.c.id == round.id))
