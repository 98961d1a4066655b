"""Writes the newest schema to the archive; run once, when it is released: python -m tests.store.archive.write."""

import shutil
import sqlite3
import tempfile
from pathlib import Path

from sim.store.people import Person, Role
from sim.store.records import Draft
from sim.store.schema import NEWEST
from sim.store.store import open_store
from tests.store import postgres
from tests.store.drafts import ANNA, BEN, document

HERE = Path(__file__).parent


def filled(url: str) -> None:
    """Something of everything."""
    store = open_store(url)
    given = Draft(
        document=document("“快手”"),
        note="first",
        why={"world.diversion": "四分之三"},
        outcomes={"npv_change": 0.1, "payback_week": None},
    )
    id = store.scenarios.create(ANNA, given, tags=("周会", "Q4")).scenario_id
    store.scenarios.save(ANNA, id, Draft(document=document("Two", 0.8)), based_on=1)
    store.scenarios.restore(ANNA, id, 1, based_on=2)
    store.sharing.share(ANNA, id, BEN.id, Role.EDITOR)
    store.sharing.make_link(ANNA, id, Role.VIEWER)
    round = store.rounds.open(ANNA, id, "多少？")
    store.rounds.put_entry(ANNA, round.id, "Anna", given)
    store.rounds.put_entry(Person(id=BEN.id, links=(str(round.link),)), round.id, "Ben", given)
    store.rounds.reveal(ANNA, round.id)
    other = store.scenarios.create(BEN, given).scenario_id
    store.scenarios.trash(BEN, other)
    store.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.sqlite"
        filled(f"sqlite:///{path}")
        connection = sqlite3.connect(path)
        dump = "\n".join(connection.iterdump())
        connection.close()
        (HERE / f"{NEWEST}.sqlite.sql").write_text(dump + "\n", encoding="utf-8")
    server = postgres.made()
    try:
        filled(server.url("postgres"))
        done = server.tool("pg_dump", "--inserts", "--no-owner", "postgres")
        (HERE / f"{NEWEST}.postgresql.sql").write_bytes(done.stdout)
    finally:
        server.stop()
        shutil.rmtree(server.folder)


if __name__ == "__main__":
    main()
