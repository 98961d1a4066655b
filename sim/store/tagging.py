"""Tags: few, short, and the same whether they are typed in capitals or not."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from sim.errors import Fault, Refused
from sim.store.access import Visit
from sim.store.limits import TEXT_LIMITS
from sim.store.schema import TAGS
from sim.store.texts import folded, require_text


def put_tags(visit: Visit, scenario_id: str, tags: Sequence[str]) -> tuple[str, ...]:
    """The tags that a scenario has from now on, each once, in the order that they were given.

    Raises
    ------
    Refused
        If there are too many, or one is no text that can be kept.
    """
    most = visit.limits.tags
    if isinstance(tags, str) or len(tags) > most:
        facts = {"got": len(tags), "legal": most}
        raise Refused([Fault(kind="too_many", place="tags", facts=facts)])
    by_name: dict[str, str] = {}
    for tag in tags:
        text = require_text("tag", tag, most=TEXT_LIMITS["tag"], one_line=True, empty=False)
        by_name.setdefault(folded(text.strip()), text.strip())
    visit.connection.execute(delete(TAGS).where(TAGS.c.scenario_id == scenario_id))
    rows = [
        {"scenario_id": scenario_id, "folded": name, "tag": tag, "place": place}
        for place, (name, tag) in enumerate(by_name.items())
    ]
    if rows:
        visit.connection.execute(insert(TAGS), rows)
    return tuple(by_name.values())


def tags_of(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The tags of each of some scenarios, by id."""
    wanted = select(TAGS).where(TAGS.c.scenario_id.in_(ids)).order_by(TAGS.c.place)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(ids, ())
    for row in connection.execute(wanted):
        found[row.scenario_id] += (row.tag,)
    return found
